"""Where newcomers stumbled: what they do in an order that nobody planned for."""

from __future__ import annotations

from .conftest import look_at, plan, seek, series, served, stands, stop, until

PAIR = "#v=1&a=the_pyramid&b=wirearchy&seed=2"


def test_new_luck_keeps_as_many_changes_as_one_may_make(opener):
    page = opener(PAIR)
    for week in range(1, 61):
        plan(page, "a", week, "capture_share", 0.3 + week / 200)
    page.click("#luck")
    until(page, "engagesim.store.seed !== 2")
    assert page.locator("#marks .mark").count() == 60
    assert page.is_hidden("#notice")


def test_the_menu_of_what_can_be_kept_is_whole_on_a_phone(opener):
    page = opener(PAIR, viewport={"width": 380, "height": 800})
    page.click("details.menu > summary")
    for button in page.locator("details.menu button:visible").all():
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 380


def test_the_focus_stays_in_the_lessons_when_one_is_left(page):
    page.select_option("#lesson-choice", "badges")
    page.wait_for_selector("#lesson h3")
    page.focus("#lesson-leave")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "lesson-choice"
    assert page.input_value("#lesson-choice") == ""


def test_a_lesson_says_when_other_designs_are_open_and_offers_its_own(page):
    page.select_option("#lesson-choice", "badges")
    until(page, "engagesim.store.opened.designs.a.name === 'badges_on_top'")
    assert "Other designs" not in page.inner_text("#lesson")
    page.select_option("#design-a", "wirearchy")
    until(page, "engagesim.store.opened.designs.a.name === 'wirearchy'")
    assert "Other designs are open than the lesson speaks of" in page.inner_text("#lesson")
    page.get_by_role("button", name="Open those of the lesson").click()
    until(page, "engagesim.store.opened.designs.a.name === 'badges_on_top'")
    stands(page, 0)
    assert "Other designs" not in page.inner_text("#lesson")


def test_closing_a_story_leaves_the_focus_where_members_are_found(opener):
    page = opener(PAIR)
    page.fill("#find-text", "3")
    page.press("#find-text", "Enter")
    page.get_by_role("button", name="Member 3,").click()
    page.wait_for_selector("#story:not([hidden])")
    page.focus("#story-close")
    page.keyboard.press("Enter")
    page.wait_for_selector("#story", state="hidden")
    assert page.evaluate("document.activeElement.id") == "find-text"


def test_a_story_of_people_who_are_not_there_any_more_is_closed(opener):
    page = opener(PAIR)
    seek(page, 2)
    look_at(page, 3)
    page.click("#luck")
    until(page, "engagesim.store.seed !== 2")
    assert page.is_hidden("#story")


def test_taking_changes_back_from_the_keyboard_keeps_the_focus_in_their_list(opener):
    page = opener(PAIR)
    for week in (5, 9):
        plan(page, "a", week, "return_share", week / 10)
    page.click("#plans > summary")
    page.focus("#changes button")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#changes button').length === 1")
    assert "Week 9" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#changes button').length === 0")
    assert page.evaluate("document.activeElement === document.querySelector('#plans > summary')")


def test_a_link_pasted_into_an_open_page_is_followed(opener):
    page = opener(PAIR)
    page.evaluate("location.hash = '#v=1&a=badges_on_top&seed=9&week=5'")
    until(page, "engagesim.store.seed === 9")
    stands(page, 5)
    assert page.evaluate("engagesim.store.opened.designs.a.name") == "badges_on_top"


def test_skipping_to_the_weeks_opens_nothing_else(opener):
    page = opener(PAIR)
    seek(page, 4)
    page.focus("a.skip")
    page.keyboard.press("Enter")
    until(page, "location.hash === '#week'")
    page.keyboard.press("Tab")
    page.click("#step")
    stands(page, 5)
    assert page.evaluate("engagesim.store.opened.designs.a.name") == "the_pyramid"


def test_while_the_server_is_gone_the_page_shows_what_is_in_force_and_then_all_of_it_comes_back(opener, watch):
    watch.expected += ["WebSocket connection to", "Failed to load resource"]
    with served() as (url, process):
        page = opener(PAIR, url=url)
        seek(page, 7)
        look_at(page, 3)
        stop(page, process)
        page.select_option("#design-a", "wirearchy")
        slider = page.locator("#levers input[type=range]").first
        value = slider.input_value()
        slider.focus()
        slider.press("End")
        assert (page.input_value("#design-a"), slider.input_value()) == ("the_pyramid", value)
    with served(at=url):
        until(page, "document.getElementById('notice').hidden")
        stands(page, 7)
        page.wait_for_selector("#story:not([hidden])")
        assert page.evaluate("engagesim.store.selected") == 3


def test_a_lesson_tells_what_came_out_only_to_who_has_looked_or_asks_twice(page):
    page.select_option("#lesson-choice", "same_people_same_luck")
    page.wait_for_selector("#lesson h3")
    following = page.get_by_role("button", name="Next")
    following.click()
    assert "step 1 of 4" in page.inner_text("#lesson")
    page.get_by_label("A little apart").check()
    following.click()
    following.click()
    assert "step 2 of 4" in page.inner_text("#lesson")
    assert "Run to week 78 first" in page.inner_text("#lesson")
    following.click()
    assert "step 3 of 4" in page.inner_text("#lesson")
    page.get_by_role("button", name="Do it for me").click()
    stands(page, 130)
    following.click()
    page.get_by_role("button", name="Done").click()
    assert "Go on with the next lesson: Extraction and contribution" in page.inner_text("#lesson")


def test_the_lesson_on_luck_says_what_its_lever_does(page):
    page.select_option("#lesson-choice", "same_people_same_luck")
    page.wait_for_selector("#lesson h3")
    seek(page, 78)
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Do it for me").click()
    stands(page, 130)
    trust, effort = ([series(page, d, name) for d in "ab"] for name in ("trust", "effort"))
    assert trust[0][:79] == trust[1][:79]
    assert min(b - a for a, b in zip(trust[0][90:131], trust[1][90:131], strict=True)) > 0.01
    assert max(abs(b - a) for a, b in zip(effort[0][90:131], effort[1][90:131], strict=True)) < 0.005


def test_a_figure_says_what_was_set_and_what_was_changed_on_the_way(opener):
    page = opener(PAIR + "&set_a=%7B%22return_share%22%3A0.5%7D")
    plan(page, "b", 4, "demand.employee", 0.3)
    seek(page, 6)
    page.click("details.menu > summary")
    with page.expect_download() as kept:
        page.click("#save-svg")
    text = kept.value.path().read_text("utf-8")
    assert "A: The pyramid: return share 0.5" in text
    assert "Seed 2, week 6 of 156, 300 members. Week 4, B: Demand (employees) becomes 0.3." in text


def test_a_group_of_levers_stays_open_when_one_of_it_begins_anew(opener):
    page = opener(PAIR)
    page.click("#all-levers")
    page.locator("#levers summary", has_text="Population").click()
    field = page.get_by_label("Partners, design A", exact=True)
    field.fill("20")
    place = page.evaluate("document.querySelector('.side').scrollTop")
    field.press("Enter")
    until(page, "engagesim.store.opened.members === 290")
    field = page.get_by_label("Partners, design A", exact=True)
    assert field.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Partners, design A"
    assert page.evaluate("document.querySelector('.side').scrollTop") == place


def test_fingers_find_every_control_on_a_phone(opener):
    page = opener(PAIR, viewport={"width": 380, "height": 740}, has_touch=True, is_mobile=True)
    for summary in ("#own summary", "#legend-card summary", "#plans summary"):
        page.locator(summary).tap()
    controls = page.locator("button:visible, select:visible, summary:visible, input:visible").all()
    sizes = [(each.bounding_box(), each.get_attribute("type")) for each in controls]
    assert len(sizes) > 60
    for box, kind in sizes:
        assert box["height"] >= (24 if kind in ("checkbox", "radio") else 32) - 0.5
        assert box["width"] >= 24


def test_a_sentence_about_a_wrong_seed_goes_with_a_right_one(page):
    page.fill("#seed", "-3")
    page.press("#seed", "Enter")
    assert "A seed is a whole number" in page.inner_text("#notice")
    page.fill("#seed", "7")
    page.press("#seed", "Enter")
    until(page, "engagesim.store.seed === 7")
    assert page.is_hidden("#notice")


def test_links_that_say_nonsense_are_told_what_is_wrong(opener):
    page = opener("#v=1&seed=-3&a=the_pyramid")
    assert page.inner_text("#notice") == "The link was damaged; this is left out: seed."
    page = opener("#v=1&seed=3&a=the_pyramidd", ready=False)
    until(page, "document.getElementById('notice').textContent !== ''")
    assert "There is no scenario the_pyramidd; did you mean the_pyramid?" in page.inner_text("#notice")
