"""The report in a real browser: on a desk, on a phone, in the dark, on paper, and for who cannot see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagesim.experiments.comparison import Study
from engagesim.report.folder import write_report

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")

SIZES = [(1280, "light"), (1280, "dark"), (380, "light"), (380, "dark")]


def opened(browser, path: Path, width: int, scheme: str):
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_it_fits_is_readable_and_breaks_no_rule_of_accessibility(browser, folder: Path, width: int, scheme: str):
    page = opened(browser, folder / "report.html", width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('svg text')].map(t => t.getBoundingClientRect().height))"
    )
    assert smallest >= 8.0, "letters of figures are too small to read"
    outside = page.evaluate(
        """[...document.querySelectorAll('figure svg')].flatMap(svg => [...svg.querySelectorAll('text')]
            .filter(t => { const a = t.getBoundingClientRect(), b = svg.getBoundingClientRect();
                           return a.right > b.right + 2 || a.left < b.left - 2 || a.bottom > b.bottom + 2; })
            .map(t => t.textContent))"""
    )
    assert outside == []


def test_tables_are_tables_for_who_hears_them_on_a_phone_too(browser, folder: Path):
    page = opened(browser, folder / "report.html", 380, "light")
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader").count() > 3
    assert table.get_by_role("rowheader").count() == 3
    assert page.get_by_role("img").count() >= 9


def test_letters_are_dark_on_light_and_light_on_dark(browser, folder: Path):
    for scheme, dark_page in (("light", False), ("dark", True)):
        page = opened(browser, folder / "report.html", 1280, scheme)
        colours = page.evaluate(
            """['body', 'figure svg text'].map(s => { const c = getComputedStyle(document.querySelector(s));
                return [s === 'body' ? c.backgroundColor : c.fill]; })"""
        )
        (paper,), (ink,) = ([sum(map(int, c[4:-1].split(","))) for c in part] for part in colours)
        assert (paper < 200, ink > 500) == (dark_page, dark_page)


def test_it_prints(browser, folder: Path, tmp_path: Path):
    page = opened(browser, folder / "report.html", 1280, "dark")
    page.emulate_media(media="print")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), "paper is white, whatever the screen was"
    page.pdf(path=str(tmp_path / "report.pdf"), prefer_css_page_size=True)
    assert (tmp_path / "report.pdf").stat().st_size > 50_000


def test_a_comparison_in_one_world_fits_too(browser, study: Study, tmp_path: Path):
    write_report(tmp_path, study, "engagesim compare")
    page = opened(browser, tmp_path / "report.html", 380, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    assert axe.Axe().run(page).response["violations"] == []
