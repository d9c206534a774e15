"""All that a pointer can do on the page, the keyboard can."""

from __future__ import annotations

import numpy as np

from .conftest import series, stands, until


def test_the_whole_page_can_be_used_from_the_keyboard(page):
    page.keyboard.press("?")
    page.wait_for_selector("#keys-dialog[open]")
    assert "One week on" in page.inner_text("#keys-dialog")
    page.keyboard.press("Escape")
    until(page, "document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    stands(page, 1)
    page.keyboard.press("ArrowRight")
    stands(page, 2)
    page.keyboard.press("End")
    stands(page, 156)
    page.keyboard.press("Home")
    stands(page, 0)
    page.keyboard.press("Space")
    until(page, "engagesim.store.playing && engagesim.store.week > 2")
    page.keyboard.press("Space")
    until(page, "!engagesim.store.playing")
    speed = page.evaluate("engagesim.store.speed")
    page.keyboard.press("+")
    assert page.evaluate("engagesim.store.speed") > speed


def tab_to(page, text: str, most: int = 60) -> None:
    """Press Tab until the element with the focus says `text`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("(document.activeElement.closest('label') ?? document.activeElement).textContent.trim()")
        if said.startswith(text):
            return
    raise AssertionError(f"Tab does not reach {text!r}")


def test_a_lesson_can_be_walked_through_with_the_keyboard_alone(page):
    page.keyboard.press("l")
    assert page.evaluate("document.activeElement.id") == "lesson-choice"
    page.keyboard.type("2. Extr")
    page.wait_for_selector("#lesson h3")
    assert page.evaluate("document.activeElement.tagName") == "H3"
    assert "Choose a guess first" in page.inner_text("#lesson")
    tab_to(page, "A, which asks")
    page.keyboard.press("ArrowDown")
    until(page, "document.querySelector('#lesson .said').textContent !== ''")
    assert "Choose a guess first" not in page.inner_text("#lesson")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    assert "Your guess was: B, which gives." in page.inner_text("#lesson")
    tab_to(page, "Go to week 26")
    page.keyboard.press("Enter")
    stands(page, 26)
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#lesson h3').textContent === 'And in the last year?'")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    assert "press Next once more to go on without" in page.inner_text("#lesson")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#lesson h3').textContent === 'Three years'")
    tab_to(page, "Run to the end")
    page.keyboard.press("Enter")
    stands(page, 156)
    for _ in range(2):
        tab_to(page, "Next")
        page.keyboard.press("Enter")
    assert "Try it out first" in page.inner_text("#lesson")
    tab_to(page, "Do it for me")
    page.keyboard.press("Enter")
    until(page, "engagesim.store.opened.designs.b.name === 'the_suggestion_machine'")
    stands(page, 156)
    tab_to(page, "Effort falls")
    page.keyboard.press("ArrowDown")
    until(page, "document.querySelectorAll('#lesson .said')[0].textContent.startsWith('Yes.')")
    a, b = series(page, "a", "felt_extraction"), series(page, "b", "felt_extraction")
    assert np.mean(a[1:]) < np.mean(b[1:])
