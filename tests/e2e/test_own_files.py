"""A visitor's own files: taken in, told of, taken away again, and brought back when the server comes back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import engagesim as es

from .conftest import picture, plan, seek, series, served, stands, stop, until, violations

START = "#v=1&a=the_pyramid&seed=2"
PAIR = "#v=1&a=the_pyramid&b=wirearchy&seed=2"
MEMBERS = 30
MINE = "engagesim.store.opened.designs.a.title === 'My own'"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A scenario for A, ties and a roster of thirty members."""
    scenario, edges, roster = (tmp_path / name for name in ("mine.toml", "edges.csv", "roster.csv"))
    scenario.write_text('title = "My own"\nextends = "the_pyramid"\n[value]\ncapture_share = 0.65\n')
    pairs = [(i, (i + k) % MEMBERS) for i in range(MEMBERS) for k in (1, 2, 7)]
    edges.write_text("from,to\n" + "".join(f"p{i},p{j}\n" for i, j in pairs))
    roles = ["customer" if i % 3 == 0 else "employee" for i in range(MEMBERS)]
    roster.write_text("id,role\n" + "".join(f"p{i},{role}\n" for i, role in enumerate(roles)))
    return {"scenario-a": scenario, "scenario-b": scenario, "network": edges, "roster": roster}


def give(page: Any, place: str, file: Path) -> None:
    """Choose a file and wait until the page says what became of it."""
    if not page.locator("#own[open]").count():
        page.click("#own > summary")
    page.set_input_files(f"#own-{place}", file)
    until(page, f"document.getElementById('own-says').textContent.includes('{file.name} is')")


def away(page: Any, file: Path) -> Any:
    """The button that takes a file away."""
    return page.get_by_role("button", name=f"Take {file.name} away")


def members(page: Any, count: int) -> None:
    """Wait until the designs that are open have so many members, and are drawn."""
    until(page, f"engagesim.store.opened.members === {count} && engagesim.store.topologies.a?.n === {count}")


def test_ones_own_scenario_ties_and_roster(opener, files):
    page = opener(START)
    give(page, "scenario-a", files["scenario-a"])
    until(page, MINE)
    assert page.evaluate("engagesim.store.opened.designs.a.levers.capture_share") == 0.65
    give(page, "roster", files["roster"])
    assert "used with a file of ties" in page.inner_text("#own")
    give(page, "network", files["network"])
    members(page, MEMBERS)
    roles = page.evaluate("Array.from(engagesim.store.topologies.a.role)")
    assert roles.count(1) == MEMBERS // 3
    page.fill("#find-text", "p4")
    page.press("#find-text", "Enter")
    page.get_by_role("button", name=re.compile("^p4 ")).click()
    page.wait_for_selector("#story:not([hidden])")
    assert page.inner_text("#story-title").startswith("p4")


def test_every_problem_of_a_file_is_named_and_it_can_be_chosen_again(opener, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text('title = "Broken"\n[value]\ncapture_share = 3\nno_such_lever = 1\n')
    page = opener(START)
    page.click("#own summary")
    page.set_input_files("#own-scenario-a", broken)
    until(page, "document.querySelectorAll('#own-says li').length >= 2")
    said = page.inner_text("#own-says")
    assert "capture_share" in said
    assert "no_such_lever" in said
    assert page.evaluate("engagesim.store.opened.designs.a.name") == "the_pyramid"
    assert away(page, broken).count() == 0
    with page.expect_file_chooser() as chosen:
        page.click("#own-scenario-a")
    broken.write_text('title = "Mended"\n')
    chosen.value.set_files(broken)
    until(page, "engagesim.store.opened.designs.a.title === 'Mended'")


def test_a_scenario_is_taken_away_from_the_keyboard_and_the_design_before_it_comes_back(opener, files):
    page = opener(PAIR)
    seek(page, 12)
    before = series(page, "a", "effort"), series(page, "b", "effort")
    drawn = picture(page, "a")
    give(page, "scenario-a", files["scenario-a"])
    until(page, MINE)
    seek(page, 12)
    assert series(page, "a", "effort") != before[0]
    away(page, files["scenario-a"]).focus()
    page.keyboard.press("Enter")
    until(page, "engagesim.store.opened.designs.a.name === 'the_pyramid'")
    assert page.evaluate("document.activeElement.id") == "own-scenario-a"
    assert page.input_value("#own-scenario-a") == ""
    assert "mine.toml is taken away" in page.inner_text("#own-says")
    assert page.input_value("#design-a") == "the_pyramid"
    seek(page, 12)
    assert (series(page, "a", "effort"), series(page, "b", "effort")) == before
    assert picture(page, "a") == drawn
    assert away(page, files["scenario-a"]).count() == 0


def test_changes_made_before_a_scenario_of_ones_own_come_back_with_the_design(opener, files):
    page = opener(START)
    plan(page, "a", 5, "return_share", 0.7)
    give(page, "scenario-a", files["scenario-a"])
    until(page, "document.querySelectorAll('#marks .mark').length === 0")
    give(page, "scenario-a", files["scenario-a"])
    away(page, files["scenario-a"]).click()
    until(page, "engagesim.store.opened.designs.a.name === 'the_pyramid'")
    assert "Week 5, A: Return share becomes 0.7" in page.text_content("#changes")


def test_where_there_was_no_design_there_is_none_again(opener, files):
    page = opener(START)
    give(page, "scenario-b", files["scenario-b"])
    until(page, "engagesim.store.opened.designs.b?.title === 'My own'")
    away(page, files["scenario-b"]).click()
    until(page, "engagesim.store.opened.designs.b === null")
    assert page.is_hidden("#view-b")


def test_ties_and_roster_are_taken_away_one_by_one(opener, files):
    page = opener(PAIR)
    usual = page.evaluate("engagesim.store.opened.members")
    give(page, "roster", files["roster"])
    give(page, "network", files["network"])
    members(page, MEMBERS)
    away(page, files["roster"]).click()
    until(page, "Array.from(engagesim.store.topologies.a?.role ?? [1]).every((role) => role === 0)")
    give(page, "roster", files["roster"])
    until(page, "Array.from(engagesim.store.topologies.a?.role ?? []).includes(1)")
    away(page, files["network"]).click()
    members(page, usual)
    assert page.evaluate("engagesim.store.opened.labels") is None
    assert "used with a file of ties" in page.inner_text("#own")
    away(page, files["roster"]).click()
    until(page, "document.querySelectorAll('#own button').length === 0")
    assert page.evaluate("engagesim.store.opened.members") == usual


def test_a_roster_without_ties_keeps_no_other_design_from_being_chosen(opener, files):
    page = opener(START)
    give(page, "roster", files["roster"])
    page.select_option("#design-a", "wirearchy")
    until(page, "engagesim.store.opened.designs.a.name === 'wirearchy'")
    assert page.is_hidden("#notice")


def test_changes_stay_when_ties_come_and_go(opener, files):
    page = opener(START)
    plan(page, "a", 5, "return_share", 0.7)
    give(page, "network", files["network"])
    members(page, MEMBERS)
    assert "Week 5, A: Return share becomes 0.7" in page.text_content("#changes")


def test_a_file_that_does_not_fit_is_not_kept(opener, files, tmp_path):
    page = opener(START)
    give(page, "network", files["network"])
    members(page, MEMBERS)
    others = tmp_path / "others.csv"
    others.write_text("id,role\nq1,employee\nq2,customer\n")
    give(page, "roster", others)
    until(page, "document.getElementById('own-says').textContent.includes('others.csv is not used')")
    assert "p0" in page.inner_text("#own-says")
    assert away(page, others).count() == 0
    assert away(page, files["network"]).count() == 1
    page.select_option("#design-a", "wirearchy")
    until(page, "engagesim.store.opened.designs.a.name === 'wirearchy'")
    assert page.evaluate("engagesim.store.opened.members") == MEMBERS


def test_choosing_another_design_lets_go_of_ones_own(opener, files):
    page = opener(START)
    give(page, "scenario-a", files["scenario-a"])
    until(page, MINE)
    page.select_option("#design-a", "wirearchy")
    until(page, "engagesim.store.opened.designs.a.name === 'wirearchy'")
    assert away(page, files["scenario-a"]).count() == 0


def test_files_are_listed_within_the_page_and_for_everybody(opener, files):
    page = opener(START, viewport={"width": 380, "height": 800}, bypass_csp=True)
    long = files["network"].rename(files["network"].with_name("everybody_who_works_here_in_the_autumn_of_2026.csv"))
    give(page, "network", long)
    give(page, "roster", files["roster"])
    until(page, "document.querySelectorAll('.kept button').length === 2")
    wide = "(e) => e.scrollWidth > e.clientWidth"
    assert not page.locator("#own").evaluate(f"(own) => [...own.querySelectorAll('p, div, ul')].some({wide})")
    assert violations(page) == []


def test_a_link_leaves_ones_own_files_out_and_opens_what_was_there_before(opener, files):
    page = opener(PAIR)
    give(page, "scenario-a", files["scenario-a"])
    until(page, MINE)
    page.click("#link")
    assert "own files are not in it" in page.inner_text("#link-note")
    link = page.input_value("#link-text")
    other = opener(link[link.index("#") :])
    assert [other.evaluate(f"engagesim.store.opened.designs.{d}.name") for d in "ab"] == ["the_pyramid", "wirearchy"]
    assert other.is_hidden("#notice")


def test_ones_own_files_come_back_with_the_server(opener, files, watch):
    watch.expected += ["WebSocket connection to", "Failed to load resource"]
    with served() as (url, process):
        page = opener(PAIR, url=url)
        for place in ("scenario-a", "roster", "network"):
            give(page, place, files[place])
        members(page, MEMBERS)
        seek(page, 7)
        then = picture(page, "a")
        stop(page, process)
    with served(at=url):
        until(page, "document.getElementById('notice').hidden")
        stands(page, 7)
        assert page.evaluate(MINE)
        assert picture(page, "a") == then
        away(page, files["network"]).click()
        until(page, "engagesim.store.opened.labels === null")


def test_a_kept_design_calls_files_by_their_own_names(opener, files, tmp_path):
    edges, roster = tmp_path / "Kanten für 2024.csv", tmp_path / "Liste (neu).csv"
    edges.write_text(files["network"].read_text())
    roster.write_text(files["roster"].read_text() + "p99,partner\n")
    page = opener(START)
    give(page, "roster", roster)
    give(page, "network", edges)
    members(page, MEMBERS + 1)
    assert f"{3 * MEMBERS} ties between {MEMBERS} members." in page.inner_text("#own-says")
    assert f"The organization has {MEMBERS + 1} members." in page.inner_text("#own-says")
    page.click("details.menu > summary")
    with page.expect_download() as kept:
        page.click("#save-toml-a")
    (tmp_path / "kept.toml").write_bytes(kept.value.path().read_bytes())
    seek(page, 156)
    digest = page.inner_text("#digests code")
    assert es.simulate(tmp_path / "kept.toml", seed=2).digest == digest


def test_a_file_of_another_kind_is_refused_under_its_own_name(opener, tmp_path):
    picture_file = tmp_path / "Bild 1.png"
    picture_file.write_bytes(b"\x89PNG")
    page = opener(START)
    page.click("#own summary")
    page.set_input_files("#own-network", picture_file)
    until(page, "document.getElementById('own-says').textContent.includes('valid:')")
    assert page.inner_text("#own-says") == "Bild 1.png is no such file; valid: .csv, .tsv, .txt, .graphml, .xml"
    assert page.input_value("#own-network") == ""
