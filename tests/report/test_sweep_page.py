"""The page of a sweep (a calibration has the same) in a real browser: tables that scroll nowhere, desk and phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagesim.experiments.findings import findings_of
from engagesim.experiments.question.question import Question
from engagesim.experiments.runner.carrier import Here
from engagesim.experiments.runner.sweep import sweep
from engagesim.report.sweeping import write_sweep_report

from .test_browser import SIZES, axe, opened

QUESTION = """
title = "Small"
arms = ["the_suggestion_machine", "neighbours_helping_neighbours"]
replicates = 3
measures = ["participation", "trust"]
windows = ["late"]
[set]
employees = 12
customers = 6
partners = 2
steps = 8
[levers]
return_share = [0.05, 0.4]
sharing_rule = ["equal", "proportional"]
[uncertainties]
help_value = { low = 0.0, high = 1.0 }
[design.uncertainties]
kind = "latin_hypercube"
points = 8
"""

SPILT = """() => [...document.querySelectorAll('.wide table')].flatMap((table) => {
  const edge = table.closest('.wide').getBoundingClientRect();
  const words = [...table.querySelectorAll('tbody th, td span')];
  return words.filter((w) => w.getBoundingClientRect().right > edge.right).map((w) => w.textContent);
})"""
"""Words and numbers that stand out of the region of their table."""

TALLEST = "() => Math.max(...[...document.querySelectorAll('tbody tr')].map((row) => row.offsetHeight))"
LABELS = """() => [...document.querySelector('tbody tr').querySelectorAll('td')].map((cell) =>
  getComputedStyle(cell, '::before').content === 'none' ? null : cell.dataset.label)"""
"""The label that is shown before each number of the first row; none where the head of the column is there."""


@pytest.fixture(scope="module")
def page_of_a_sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a small sweep of policies with long names."""
    place = tmp_path_factory.mktemp("sweep")
    (place / "small.toml").write_text(QUESTION)
    sweep(Question.load(str(place / "small.toml")), place / "out", carrier=Here())
    return write_sweep_report(findings_of(place / "out"), figures=False)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_it_fits_and_breaks_no_rule_of_accessibility(browser, page_of_a_sweep: Path, width: int, scheme: str):
    page = opened(browser, page_of_a_sweep, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    scrolled = "[...document.querySelectorAll('.wide:has(table)')].map((part) => part.scrollWidth - part.clientWidth)"
    assert set(page.evaluate(scrolled)) == {0}
    assert page.evaluate(SPILT) == []
    assert page.complaints == []
    assert axe.Axe().run(page).response["violations"] == []


def test_on_a_phone_rows_are_cards_whose_numbers_are_named(browser, page_of_a_sweep: Path):
    wide, narrow = (opened(browser, page_of_a_sweep, width, "light") for width in (1280, 380))
    assert narrow.evaluate(TALLEST) < 200
    heads = wide.locator("table").first.get_by_role("columnheader").all_inner_texts()
    assert narrow.evaluate(LABELS) == heads[1:]
    assert set(wide.evaluate(LABELS)) == {None}
    table = narrow.get_by_role("table").first
    assert table.get_by_role("columnheader").count() == len(heads)
    assert table.get_by_role("rowheader").first.inner_text() == wide.locator("tbody th").first.inner_text()
