"""Where newcomers stumbled: what they do in an order that nobody planned for."""

from __future__ import annotations

from .conftest import look_at, plan, seek, served, stands, stop, until

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
