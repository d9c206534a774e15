"""What was found on a claim: where it holds, which controls failed, what JSON can hold."""

import json

import numpy as np
import pytest

from engagesim.experiments.claims.finding import Held, failures_of, held_as_one, plain
from engagesim.experiments.claims.reading import load_claim

from .small import TEXT, write


def test_worlds_without_a_value_do_not_count():
    one = Held(np.array([True, False, False, True]), np.array([True, True, False, True]))
    two = Held(np.array([True, True, True, False]), np.array([True, True, True, True]))
    assert (one.share, two.share) == (pytest.approx(2 / 3), 0.75)
    assert held_as_one([one, two], "all").share == pytest.approx(1 / 3)
    assert held_as_one([one, two], "any").share == 1.0
    assert Held(np.array([False]), np.array([False])).share is None
    assert held_as_one([], "all") is None


@pytest.mark.parametrize(
    ("kind", "ablation", "label_control", "failures"),
    [
        ("E", "removed", True, []),
        ("E", "stays", True, ["an effect stays when its mechanism is switched off"]),
        ("R", "stays", True, []),
        ("R", "removed", False, ["another label changes the outcome"]),
        ("E", "stays", False,
         ["another label changes the outcome", "an effect stays when its mechanism is switched off"]),
    ],
)  # fmt: skip
def test_controls_that_failed_are_named(tmp_path, kind, ablation, label_control, failures):
    claim = load_claim(write(tmp_path, TEXT.replace('class = "E"', f'class = "{kind}"')))
    assert failures_of(claim, ablation, label_control) == failures


def test_what_is_no_number_is_null_in_json():
    found = plain({"means": np.array([[1.0, np.nan]]), "low": float("-inf"), "keys": ("a", 2), "none": None})
    told = json.dumps(found, allow_nan=False)
    assert told == '{"means": [[1.0, null]], "low": null, "keys": ["a", 2], "none": null}'
