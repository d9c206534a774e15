"""Everybody can use the page: axe finds no violation, in light and dark, wide and narrow, with all parts open."""

from __future__ import annotations

import pytest

from .conftest import look_at, seek, stands, until, violations

LOOKS = [("light", 1440), ("dark", 1024), ("light", 380)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing(opener, scheme, width):
    page = opener(
        "#v=1&a=badges_on_top&b=thank_you_and_training&seed=1&week=20&lesson=badges&step=1",
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True,
    )  # fmt: skip
    stands(page, 20)
    for part in ("legend-card", "plans", "numbers", "own"):
        page.evaluate(f"document.getElementById('{part}').open = true")
    look_at(page, 12)
    until(page, "document.querySelector('#numbers-body table')")
    assert violations(page) == []


def test_axe_finds_nothing_in_the_dialogs(opener):
    page = opener("#v=1&a=badges_on_top&seed=1", viewport={"width": 380, "height": 500}, bypass_csp=True)
    for dialog in ("keys-dialog", "link-dialog"):
        page.evaluate(f"document.getElementById('{dialog}').showModal()")
        assert violations(page) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [1440, 1024, 760, 380])
def test_nothing_is_cut_off_sideways(opener, width):
    page = opener("#v=1&a=the_pyramid&b=wirearchy&seed=1", viewport={"width": width, "height": 800})
    seek(page, 3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_page_has_one_column(opener):
    page = opener("#v=1&a=the_pyramid&b=wirearchy&seed=1", viewport={"width": 700, "height": 800})
    boxes = [page.locator(f"#view-{d}").bounding_box() for d in "ab"]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]


def test_who_wants_less_motion_gets_no_flashes_and_no_start_by_itself(opener):
    page = opener()
    assert page.evaluate("engagesim.networks.pictures.a.motion") is False
    page.wait_for_timeout(600)
    assert page.evaluate("engagesim.store.week") == 0


def test_colours_can_be_chosen_and_stay(opener):
    page = opener()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    until(page, "document.documentElement.dataset.theme === 'dark'")


def test_a_request_to_another_machine_is_stopped_and_would_be_seen(page, watch):
    blocked = page.evaluate("fetch('http://engagesim.invalid/x').then(() => false, () => true)")
    page.wait_for_timeout(100)
    seen = [fault for fault in watch.faults if "engagesim.invalid" in fault]
    watch.faults.clear()
    assert blocked
    assert seen
