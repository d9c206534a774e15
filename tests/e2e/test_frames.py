"""How fast the page is, told and never judged; `python -m tests.e2e.frames` measures in full."""

from __future__ import annotations

from .frames import report


def test_frames_and_latencies_are_reported(browser, server, capsys):
    told: list[str] = []
    report(browser, server, 1.5, told.append, [300, 10_000], 3)
    assert len(told) == 4
    with capsys.disabled():
        print("", *told, sep="\n    ")
