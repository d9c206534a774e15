"""What the page shows is what the model does: pictures, luck, levers, time, members, lessons."""

from __future__ import annotations

import json

import numpy as np
import pytest

import engagesim as es

from .conftest import picture, pixels, seek, series, served, stands, stop, until

EMPLOYEE, CUSTOMER, PARTNER = "#0072b2", "#e69f00", "#009e73"
SMALL = "#v=1&a=plain_organization&b=plain_organization&seed=3&week=0"


def weekly(name: str, seed: int, column: str, **sets) -> np.ndarray:
    run = es.simulate(es.Scenario.load(name).changed(**sets), seed=seed)
    return run.weeks.query("group == 'everyone'")[column].to_numpy()


def check_same(shown: list[float | None], expected: np.ndarray) -> None:
    """Frames carry measures in single precision, weeks without a frame seven digits of them."""
    assert shown[0] is None
    assert len(shown) - 1 <= len(expected)
    np.testing.assert_allclose(np.array(shown[1:]), expected[: len(shown) - 1], rtol=5e-7, atol=0)


def test_the_three_kinds_of_members_have_their_colours_and_can_be_filtered(page):
    before = {colour: pixels(page, "a", colour) for colour in (EMPLOYEE, CUSTOMER, PARTNER)}
    assert all(count > 100 for count in before.values()), before
    page.click("#legend-card summary")
    page.get_by_label("Employees", exact=True).uncheck()
    assert pixels(page, "a", EMPLOYEE) < before[EMPLOYEE] / 20
    assert pixels(page, "a", CUSTOMER) == before[CUSTOMER]


def test_orders_of_engagement_can_be_filtered(page):
    whole = picture(page, "a", ties=True)
    page.click("#legend-card summary")
    page.get_by_label("3rd order: among outsiders").uncheck()
    without = picture(page, "a", ties=True)
    page.get_by_label("3rd order: among outsiders").check()
    assert without != whole
    assert picture(page, "a", ties=True) == whole


def test_the_same_design_gives_the_same_picture_in_a_and_b(opener):
    page = opener(SMALL)
    seek(page, 12)
    until(page, "engagesim.store.topologies.a.week === engagesim.store.topologies.b.week")
    assert picture(page, "a", ties=True) == picture(page, "b", ties=True)
    page.select_option("#design-b", "the_suggestion_machine")
    until(page, "engagesim.store.opened.designs.b.name === 'the_suggestion_machine'")
    seek(page, 12)
    assert picture(page, "a") != picture(page, "b")


def test_reset_brings_back_the_same_people_and_the_same_luck(opener):
    page = opener(SMALL)
    seek(page, 9)
    first = picture(page, "a"), series(page, "a", "effort")
    seek(page, 20)
    assert picture(page, "a") != first[0]
    page.click("#reset")
    stands(page, 0)
    seek(page, 9)
    assert (picture(page, "a"), series(page, "a", "effort")[:10]) == first
    page.fill("#seed", "4")
    page.press("#seed", "Tab")
    until(page, "engagesim.store.seed === 4")
    seek(page, 9)
    assert series(page, "a", "effort") != first[1]


def test_numbers_are_those_of_a_run(opener):
    page = opener("#v=1&a=the_suggestion_machine&b=neighbours_helping_neighbours&seed=11")
    seek(page, 156)
    for name in ("effort", "value_created", "trust", "exits"):
        check_same(series(page, "a", name), weekly("the_suggestion_machine", 11, name))
        check_same(series(page, "b", name), weekly("neighbours_helping_neighbours", 11, name))
    shown = page.inner_text("#value-1")
    last = series(page, "a", "effort")[-1]
    assert f"A {float(f'{last:.3g}'):g}" in shown


WRITTEN = """() => {
  const { fillText } = CanvasRenderingContext2D.prototype;
  globalThis.written = new Set();
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    written.add(text);
    fillText.call(this, text, ...place);
  };
}"""
"""Keeps every text that is drawn on a canvas."""


@pytest.mark.parametrize(("week", "told"), [(0, ("power",)), (26, ("contribution", "power"))])
def test_a_gini_beside_its_curve_is_that_of_the_run_and_none_is_told_of_nothing(opener, week, told):
    page = opener(f"{SMALL.removesuffix('0')}{week}")
    stands(page, week)
    until(page, f"engagesim.store.curves?.week === {week}")
    page.evaluate(WRITTEN)
    page.evaluate("engagesim.store.emit('curves')")
    until(page, "[...written].some((text) => text.includes('Gini'))")
    run = es.simulate(es.Scenario.load("plain_organization").changed(steps=max(week, 1)), seed=3)
    ginis = page.evaluate("engagesim.store.curves.gini.a")
    if week:
        assert ginis["power"] == pytest.approx(run.measures["influence_gini"], abs=1e-4)
    words = {text for text in page.evaluate("[...written]") if text.startswith("A: Gini")}
    assert words == {f"A: Gini {ginis[name]:.2f}" for name in told}


@pytest.mark.parametrize(
    ("name", "week", "said"), [("plain_organization", 0, False), ("plain_organization", 3, False), ("theory", 3, True)]
)
def test_only_a_design_without_states_of_participation_is_said_to_have_none(opener, name, week, said):
    page = opener(f"#v=1&a={name}&seed=3&week={week}")
    stands(page, week)
    page.evaluate(WRITTEN)
    page.evaluate("engagesim.store.emit('curves')")
    until(page, "written.has('week 0')")
    assert page.evaluate("[...written].some((text) => text.includes('no states of participation'))") == said


def test_going_back_in_time_shows_what_was_there(opener):
    page = opener(SMALL)
    seek(page, 5)
    then = picture(page, "a")
    seek(page, 40)
    page.press("body", "ArrowLeft")
    stands(page, 39)
    seek(page, 5)
    assert picture(page, "a") == then


def test_a_lever_changes_its_own_design_from_the_coming_week_on(opener):
    page = opener(SMALL)
    seek(page, 30)
    before = series(page, "a", "trust")
    slider = page.get_by_label("Capture share, design B")
    slider.focus()
    for _ in range(20):
        slider.press("ArrowRight")
    until(page, "engagesim.store.opened.designs.b.levers.capture_share > 0.5")
    value = page.evaluate("engagesim.store.opened.designs.b.levers.capture_share")
    page.click("#step")
    stands(page, 31)
    seek(page, 50)
    a, b = series(page, "a", "trust"), series(page, "b", "trust")
    assert a[:31] == before
    assert b[:31] == before
    assert a[35:] != b[35:]
    check_same(a, weekly("plain_organization", 3, "trust"))
    assert page.evaluate("engagesim.store.opened.designs.a.levers.capture_share") != value
    assert page.locator("#marks .mark.of-b").count() == 1


def test_a_change_can_be_planned_and_taken_back(opener):
    page = opener(SMALL)
    page.click("#plans summary")
    page.select_option("#plan-design", "a")
    page.fill("#plan-week", "10")
    page.select_option("#plan-lever", "return_share")
    page.fill("#plan-value", "0.9")
    page.click("#plan button")
    page.wait_for_selector("#marks .mark.of-a")
    assert "Week 10, A: Return share becomes 0.9" in page.inner_text("#changes")
    seek(page, 25)
    a, b = series(page, "a", "value_shared"), series(page, "b", "value_shared")
    assert a[:11] == b[:11]
    assert all(x > 1.5 * y for x, y in zip(a[11:], b[11:], strict=True))
    page.click("#changes button")
    until(page, "document.querySelectorAll('#marks .mark').length === 0")
    until(page, "engagesim.store.series.a.value_shared.length === 26")
    assert series(page, "a", "value_shared") == b


def test_a_trait_of_people_begins_anew_with_the_same_luck(opener):
    page = opener(SMALL)
    seek(page, 8)
    page.click("#all-levers")
    page.fill("#lever-search", "skill_sd")
    slider = page.get_by_label("Skill sd, design B")
    slider.focus()
    slider.press("End")
    until(page, "engagesim.store.opened.designs.b.fixed.skill_sd === 0.5")
    stands(page, 8)
    check_same(series(page, "a", "skill"), weekly("plain_organization", 3, "skill"))
    check_same(series(page, "b", "skill"), weekly("plain_organization", 3, "skill", skill_sd=0.5))


def test_an_organization_can_be_reorganized_while_it_runs(opener):
    page = opener(SMALL)
    seek(page, 8)
    field = page.get_by_label("Lateral tie rate, design B")
    field.fill("1.5")
    field.press("Enter")
    until(page, "engagesim.store.opened.designs.b.levers.lateral_tie_rate === 1.5")
    seek(page, 12)
    a, b = series(page, "a", "ties"), series(page, "b", "ties")
    check_same(a, weekly("plain_organization", 3, "ties"))
    assert a[:9] == b[:9]
    assert b[10] > a[10] * 1.1


def test_a_member_tells_its_story(opener):
    page = opener("#v=1&a=badges_on_top&b=thank_you_and_training&seed=1&week=20")
    stands(page, 20)
    at = page.evaluate(
        "(() => {const p = engagesim.networks.pictures.a; return [p.px[7] / p.scale, p.py[7] / p.scale]})()"
    )
    page.click("#network-a", position={"x": at[0], "y": at[1]})
    page.wait_for_selector("#story-body table.terms")
    title = page.inner_text("#story-title")
    assert "employee" in title
    body = page.inner_text("#story-body")
    assert "Why A got effort" in body
    assert "Why B got effort" in body
    totals = page.locator("table.terms").first.locator("tbody tr td:nth-child(3)").all_inner_texts()
    effort = page.inner_text("table.terms >> nth=0 >> caption").split("effort ")[1].split(" ")[0]
    assert totals[-1] == effort
    page.locator("#story-body table.ties button.small").first.click()
    page.wait_for_selector("#tie:not([hidden])")
    assert "strength" in page.inner_text("#tie")
    page.focus("#network-a")
    page.keyboard.press("ArrowRight")
    until(page, f"document.getElementById('story-title').textContent !== {title!r}")


def test_a_member_can_be_found(page):
    page.fill("#find-text", "17")
    page.press("#find-text", "Enter")
    page.get_by_role("button", name="Member 17,").click()
    until(page, "document.getElementById('story-title').textContent.startsWith('Member 17')")
    page.fill("#find-text", "nobody-of-that-name")
    page.press("#find-text", "Enter")
    until(page, "document.getElementById('found').textContent.includes('Nobody fits')")
    assert page.inner_text("#story-title").startswith("Member 17"), "the story stays"


def test_what_cannot_be_is_refused_in_words_and_nothing_changes(opener):
    page = opener(SMALL)
    page.click("#all-levers")
    page.fill("#lever-search", "span_of_control")
    field = page.get_by_label("Span of control, design B")
    field.fill("1")
    field.press("Enter")
    until(page, "!document.getElementById('notice').hidden")
    assert "span_of_control" in page.inner_text("#notice")
    assert field.input_value() == "5"
    seek(page, 3)
    check_same(series(page, "b", "ties"), weekly("plain_organization", 3, "ties"))


def test_a_seed_that_is_none_is_refused_in_words(opener):
    page = opener(SMALL)
    seed = page.input_value("#seed")
    page.fill("#seed", "-3")
    page.keyboard.press("Enter")
    until(page, "!document.getElementById('notice').hidden")
    assert "whole number" in page.inner_text("#notice")
    assert page.input_value("#seed") == seed


def test_what_was_adapted_to_the_other_design_is_said(opener):
    page = opener(SMALL)
    page.select_option("#design-a", "theory_public_goods")
    until(page, "document.getElementById('design-notes').textContent.startsWith('Adapted to design A')")
    assert page.is_visible("#design-notes")


def test_nothing_can_be_turned_before_designs_are_open(opener):
    page = opener(SMALL)
    assert page.locator("[inert]").count() == 0
    page.route_web_socket("**/ws", lambda socket: None)  # a server that takes its time
    page.reload()
    until(page, "globalThis.engagesim?.store.catalogue")
    assert page.locator("[inert]").count() == 2
    page.keyboard.press("k")
    page.keyboard.press("n")
    page.keyboard.press("Space")
    assert not page.is_visible("#link-dialog")


def test_a_hundred_more_runs_give_a_band(opener):
    tiny = json.dumps({"employees": 12, "customers": 6, "partners": 2})
    page = opener(f"#v=1&a=plain_organization&seed=3&weeks=40&set_a={tiny}")
    page.click("#many")
    until(page, "document.getElementById('many-says').textContent.startsWith('100 runs')")
    low, high = page.evaluate(
        "[engagesim.store.bands['a effort'].low.at(-1), engagesim.store.bands['a effort'].high.at(-1)]"
    )
    assert 0.0 < low < high < 1.0
    seek(page, 40)
    assert low * 0.7 < series(page, "a", "effort")[-1] < high * 1.3


def test_the_picture_can_be_read_as_a_table(opener):
    page = opener(SMALL)
    seek(page, 4)
    page.press("body", "t")
    until(page, "document.getElementById('numbers-body').textContent.includes('week 4')")
    rows = page.locator("#numbers-body table").nth(1).locator("tbody tr").all_inner_texts()
    counts = [[int(n) for n in row.split("\t")[1:]] for row in rows]
    assert [sum(row) for row in counts] == [120, 150, 30]
    page.click("#step")
    stands(page, 5)
    until(page, "document.getElementById('spoken').textContent.startsWith('Week 5.')")


def test_one_design_alone(opener):
    page = opener("#v=1&a=the_pyramid&seed=2&week=6")
    stands(page, 6)
    assert page.is_hidden("#view-b")
    assert page.is_hidden("#panel-stack-b")
    check_same(series(page, "a", "effort"), weekly("the_pyramid", 2, "effort"))


def test_a_newcomer_who_does_not_mind_motion_sees_it_run_at_once(opener):
    page = opener(reduced_motion="no-preference")
    until(page, "engagesim.store.week > 3")
    assert page.evaluate("engagesim.networks.frames") > 3


def test_a_page_says_when_all_places_are_taken_and_comes_back_when_the_server_does(opener, watch):
    watch.expected += ["WebSocket connection to", "Failed to load resource"]
    with served("--sessions", "1") as (url, process):
        first = opener(SMALL, url=url)
        seek(first, 7)
        then = picture(first, "a")
        second = opener(url=url, ready=False)
        until(second, "!document.getElementById('notice').hidden")
        assert "taken" in second.inner_text("#notice")
        seek(first, 8)
        second.context.close()
        seek(first, 7)
        stop(first, process)
        first.evaluate("engagesim.store.on('opened', () => { globalThis.again = true; })")
    with served("--sessions", "1", at=url):
        until(first, "globalThis.again && document.getElementById('notice').hidden")
        stands(first, 7)
        assert picture(first, "a") == then


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#v=1&a=no_such_design&seed=1", "There is no scenario no_such_design"),
        ("#v=1&a=the_pyramid&seed=x&set_a={broken", "The link was damaged; this is left out: set_a, seed."),
    ],
)
def test_a_damaged_link_is_told_in_words(opener, fragment, said):
    page = opener(fragment, ready=False)
    until(page, "!document.getElementById('notice').hidden")
    assert page.inner_text("#notice").startswith(said)
