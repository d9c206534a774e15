"""Runs with other luck are those of `engagesim compare`, and end when nobody wants them."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from engagesim.measures import measure
from engagesim.runs import replicates
from engagesim.web.band import Band
from engagesim.web.messages import WrongError

from .page import SEED, A, B, Page, asked


def finished(band: Band) -> list[dict]:
    """All messages of a band that is let run to its end."""
    said = []
    while band.going:
        said += band.news(time.monotonic())
        time.sleep(0.005)
    return said


def test_a_band_is_the_middle_of_the_replicates():
    page = Page().open(asked(A), asked(B), weeks=8)
    band = Band(page.session.sides, SEED, 9, ["effort", "trust", "effort"])
    said = finished(band)
    last = {(m["design"], m["measure"]): m for m in said if m["done"] == m["of"] == 9}
    assert set(last) == {(d, m) for d in "ab" for m in ("effort", "trust")}
    for letter, side in zip("ab", page.session.sides, strict=True):
        tallies, _, _ = replicates(side.track.scenario, SEED, 9)
        expected = np.percentile(measure("effort", tallies), [10, 50, 90], axis=0)
        found = last[letter, "effort"]
        np.testing.assert_allclose([found["low"], found["mid"], found["high"]], expected, rtol=1e-4)


def test_what_is_not_there_in_any_run_is_nothing():
    page = Page().open(asked(A, set={"problem_rate": 0.0}), weeks=5)
    (last,) = [m for m in finished(Band(page.session.sides, SEED, 2, ["time_to_help"])) if m["done"] == 2]
    assert last["low"] == last["high"] == [None] * 5


def test_a_band_that_is_stopped_says_nothing_more_and_its_thread_ends():
    page = Page().open(asked(A), weeks=30)
    before = threading.active_count()
    band = Band(page.session.sides, SEED, 400, ["effort"])
    band.stop()
    assert not band.going
    assert band.news(time.monotonic()) == []
    band.thread.join(30.0)
    assert not band.thread.is_alive()
    assert threading.active_count() <= before


def test_an_unknown_measure_is_refused():
    page = Page().open(asked(A), weeks=5)
    with pytest.raises(WrongError, match="no measure happiness"):
        Band(page.session.sides, SEED, 2, ["happiness"])


def test_networks_from_file_stay_the_same_in_all_runs(tmp_path):
    edges = tmp_path / "e.csv"
    edges.write_text("a,b\n1,2\n2,3\n3,1\n3,4\n")
    page = Page({"t": edges}).open({"scenario": A, "network": "t"}, weeks=5)
    (last,) = [m for m in finished(Band(page.session.sides, SEED, 3, ["effort"])) if m["done"] == 3]
    side = page.session.sides[0]
    tallies, _, _ = replicates(side.track.scenario, SEED, 3, network=side.track.network)
    np.testing.assert_allclose(last["mid"], np.median(measure("effort", tallies), axis=0), rtol=1e-4)
