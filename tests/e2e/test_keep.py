"""What a page gives away keeps its word: links, files, figures, films, replays."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PIL import Image

import engagesim as es

from .conftest import picture, plan, seek, series, stands, until

PAIR = "#v=1&a=badges_on_top&b=thank_you_and_training&seed=5&week=30"
STATIC = Path(es.__file__).parent / "web" / "static"


def saved(page, button: str) -> Path:
    """The file that a button of the menu gives."""
    if not page.locator("details.menu[open]").count():
        page.click("details.menu > summary")
    with page.expect_download() as waited:
        page.click(button)
    path = Path(waited.value.path())
    named = path.with_name(waited.value.suggested_filename)
    path.rename(named)
    return named


def test_a_link_restores_design_levers_plans_luck_week_and_view(opener):
    page = opener(PAIR)
    stands(page, 30)
    page.select_option("#measure-1", "trust")
    slider = page.get_by_label("Return share, design A")
    slider.focus()
    slider.press("PageUp")
    until(page, "engagesim.store.opened.designs.a.levers.return_share > 0.1")
    plan(page, "b", 33, "demand.employee", 0.9)
    until(page, "document.querySelectorAll('#marks .mark').length === 2")
    seek(page, 41)
    at = page.evaluate(
        "(() => {const p = engagesim.networks.pictures.a; return [p.px[3] / p.scale, p.py[3] / p.scale]})()"
    )
    page.click("#network-a", position={"x": at[0], "y": at[1]})
    page.wait_for_selector("#story:not([hidden])")
    page.click("#link")
    link = page.input_value("#link-text")
    other = opener(link[link.index("#") :])
    stands(other, 41)
    other.wait_for_selector("#story:not([hidden])")
    for design in "ab":
        for name in ("trust", "effort"):
            assert series(other, design, name)[1:] == pytest.approx(series(page, design, name)[1:], rel=5e-7)
        assert picture(other, design) == picture(page, design)
    assert other.input_value("#measure-1") == "trust"
    assert other.inner_text("#changes") == page.inner_text("#changes")
    assert other.input_value("#seed") == "5"


def test_a_link_into_a_lesson_opens_its_step(opener):
    page = opener("#v=1&lesson=badges&step=2")
    page.wait_for_selector("#lesson h3")
    assert "step 3 of" in page.inner_text("#lesson")
    assert page.evaluate("engagesim.store.opened.designs.a.name") == "badges_on_top"


def test_scenario_and_weeks_are_those_of_a_run(opener):
    page = opener(PAIR)
    stands(page, 30)
    seek(page, 156)
    toml = saved(page, "#save-toml-b")
    assert toml.suffix == ".toml"
    kept = es.Scenario.load(toml)
    assert kept.digest == es.Scenario.load("thank_you_and_training").digest
    table = list(csv.DictReader(io.StringIO(saved(page, "#save-csv-a").read_text())))
    weeks = es.simulate("badges_on_top", seed=5).weeks
    assert len(table) == len(weeks)
    for name in ("effort", "trust", "value_created"):
        assert [float(row[name]) for row in table if row["group"] == "everyone"] == weeks.query("group == 'everyone'")[
            name
        ].tolist()


def test_a_changed_design_is_kept_with_its_changes(opener):
    page = opener(PAIR)
    stands(page, 30)
    page.evaluate("engagesim.session.send({cmd: 'set', design: 'a', key: 'return_share', value: 0.5})")
    until(page, "engagesim.store.opened.designs.a.schedule.some((c) => c.key === 'return_share')")
    seek(page, 156)
    kept = es.Scenario.load(saved(page, "#save-toml-a"))
    run = es.simulate(kept, seed=5)
    weeks = run.weeks.query("group == 'everyone'")
    assert series(page, "a", "trust")[1:] == pytest.approx(weeks["trust"].tolist(), rel=5e-7)
    until(page, "!document.getElementById('digests').hidden")
    assert f"A: {run.digest}" in page.inner_text("#digests")
    page.evaluate("engagesim.session.send({cmd: 'set', design: 'a', key: 'return_share', value: 0.4})")
    plan(page, "a", 3, "return_share", 0.4)
    until(page, "document.getElementById('digests').hidden")


def test_figures_can_be_kept(opener):
    page = opener(PAIR)
    stands(page, 30)
    until(page, "engagesim.store.curves?.week === 30")
    with Image.open(saved(page, "#save-png")) as image:
        assert image.size[0] == 2400
        colours = {colour for _, colour in image.convert("RGB").resize((600, 450), 0).getcolors(1 << 20)}
        assert len(colours) > 40
    tree = ElementTree.parse(saved(page, "#save-svg"))
    words = " ".join(text for text in tree.getroot().itertext())
    assert "Badges on top" in words
    assert "seed 5, week 30" in words
    circles = tree.getroot().findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(circles) > 100


def test_a_film_can_be_kept(opener):
    page = opener(PAIR)
    stands(page, 30)
    page.click("details.menu > summary")
    page.click("#save-film")
    until(page, "engagesim.store.week > 50")
    film = saved(page, "#save-film")
    assert film.suffix == ".webm"
    assert film.read_bytes()[:4] == bytes.fromhex("1a45dfa3")
    assert film.stat().st_size > 5000


def test_a_replay_opens_from_disk_without_a_server(opener, tmp_path):
    page = opener(PAIR)
    stands(page, 30)
    page.evaluate("engagesim.session.send({cmd: 'set', design: 'b', key: 'demand.employee', value: 0.9})")
    until(page, "engagesim.store.opened.designs.b.schedule.some((c) => c.key === 'demand.employee')")
    seek(page, 60)
    file = saved(page, "#save-replay")
    text = file.read_text()
    assert not re.search(r"{{(style|module|data)", text)
    assert not re.search(r"(src|href)=", text)
    target = tmp_path / "replay.html"
    target.write_text(text)
    shown = opener(url=target.as_uri(), ready=False)
    until(shown, "globalThis.replay")
    last = shown.evaluate("replay.record.weeks.at(-1)")
    assert last >= 60
    assert "Seed 5" in shown.inner_text("#replay-made")
    assert "300 members" in shown.inner_text("#replay-made")
    assert "Week 30, B: demand (employees) becomes 0.9" in shown.inner_text("#replay-made")
    assert shown.locator(".swatches.states").first.inner_text().split() == [
        *("core", "contributor", "active", "lurker", "passive", "lurker", "outside", "left")
    ]
    shown.evaluate("replay.seek(replay.record.weeks.indexOf(60))")
    shown.select_option("#measure-1", "trust")
    value = shown.inner_text("#value-1")
    a, b = (f"{series(page, d, 'trust')[60]:.3g}" for d in "ab")
    assert [float(v) for v in re.findall(r"[\d.]+", value)] == [float(a), float(b)]
    differs = """(d) => {
      const canvas = document.getElementById(`network-${d}`);
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    shown.wait_for_timeout(300)
    assert shown.evaluate(differs, "a") > 50
    shown.click("#play")
    until(shown, "replay.at > 0")


def test_modules_of_the_replay_share_one_scope_without_clashes():
    template = (STATIC / "replay.html").read_text()
    names: list[str] = []
    for module in re.findall(r"{{module:(.+?)}}", template):
        code = (STATIC / module).read_text()
        assert all(line.endswith(";") for line in code.splitlines() if line.startswith("import "))
        names += re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", code, re.MULTILINE)
    assert sorted(names) == sorted(set(names))
