"""Where newcomers stumbled: what they do in an order that nobody planned for."""

from __future__ import annotations

from .conftest import stands, until

PAIR = "#v=1&a=the_pyramid&b=wirearchy&seed=2"


def test_new_luck_keeps_as_many_changes_as_one_may_make(opener):
    page = opener(PAIR)
    for week in range(1, 61):
        change = f"design: 'a', at: {week}, key: 'capture_share', value: {0.3 + week / 200}"
        page.evaluate(f"engagesim.session.send({{cmd: 'schedule', {change}}})")
    until(page, "document.querySelectorAll('#marks .mark').length === 60")
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
