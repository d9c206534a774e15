"""What drives an outcome, on functions whose indices are known."""

import numpy as np
import pytest

from engagesim import InputError
from engagesim.experiments.question.designs import Design, default_design
from engagesim.experiments.question.factors import ranged
from engagesim.experiments.question.plan import Plan
from engagesim.experiments.runner.sweep import sweep_frame
from engagesim.experiments.statistics.sensitivity import morris_effects, sobol_indices
from tests.experiments.asked import CUBE, asked, ishigami

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
"""Saltelli et al. 2008, Global sensitivity analysis: the primer; a = 7, b = .1."""


def sobol_of(frame, points: int) -> np.ndarray:
    means = frame.groupby(["arm", "point"], sort=False)["trust_late"].mean()
    return means.loc["the_suggestion_machine"].to_numpy()[-points:].copy()


@pytest.fixture(scope="module")
def ishigami_frame():
    question = asked(**CUBE, arms=["the_suggestion_machine"], design={"kind": "sobol", "points": 256}, windows=["late"])
    return question, sweep_frame(question, evaluate=ishigami)


def test_a_plan_of_a_sobol_design_has_its_points_in_order(ishigami_frame):
    question, _ = ishigami_frame
    points = [point for _, point in Plan.of(question).points]
    # Saltelli: row 0 is a point of A, the next take one coordinate each from B.
    differing = [[key for key in points[0] if points[0][key] != points[k][key]] for k in (1, 2, 3)]
    assert differing == [["help_value"], ["norm_weight"], ["drain"]]


def test_indices_of_a_function_with_known_indices_lie_in_their_intervals(ishigami_frame):
    question, frame = ishigami_frame
    assert len(frame) == 256 * (3 + 2) * 2
    found = sobol_indices(question.design, question.factors, sobol_of(frame, 1280), 0)
    for k, (first, total) in enumerate(zip(ISHIGAMI_FIRST, ISHIGAMI_TOTAL, strict=True)):
        row = found.iloc[k]
        assert row["first_low"] <= first <= row["first_high"], row
        assert row["total_low"] <= total <= row["total_high"], row
        assert row["total_high"] - row["total_low"] < 0.4


def test_noise_of_a_replicate_would_swell_indices_if_it_were_not_the_same_at_every_point(ishigami_frame):
    question, frame = ishigami_frame
    values = sobol_of(frame, 1280)
    noisy = values + np.random.default_rng(0).normal(scale=5.0 / np.sqrt(2), size=len(values))
    total = sobol_indices(question.design, question.factors, noisy, 0)["total"]
    assert total[2] > ISHIGAMI_TOTAL[2] + 0.2


def test_missing_numbers_are_refused_by_name(ishigami_frame):
    question, frame = ishigami_frame
    values = sobol_of(frame, 1280)
    values[[7, 99]] = np.nan
    with pytest.raises(InputError, match=r"trust\s+has no value at 2 of 1280 points \(8, 100\)"):
        sobol_indices(question.design, question.factors, values, 0, "trust")
    with pytest.raises(InputError, match="has 5 points where the sobol design has 1280"):
        sobol_indices(question.design, question.factors, values[:5], 0)


def test_an_outcome_that_nothing_moves_has_no_indices():
    factors, design = [ranged("drain", 0, 1, lever=False), ranged("help_value", 0, 1, lever=False)], Design("sobol", 8)
    assert sobol_indices(design, factors, np.full(32, 0.3), 0)["total"].isna().all()


def test_morris_effects_of_a_plane_are_its_slopes():
    factors = [ranged("drain", 0.0, 0.5, lever=False), ranged("help_value", 0.0, 2.0, lever=False)]
    design = default_design("morris", points=6)
    values = np.array(
        [3.0 * point["drain"] - 0.5 * point["help_value"] for _, point in design.numbered(factors, 9, "design")]
    )
    found = morris_effects(design, factors, values, 9)
    assert found["mu"].tolist() == pytest.approx([1.5, -1.0])
    assert found["mu_star"].tolist() == pytest.approx([1.5, 1.0])
    assert found["sigma"].tolist() == pytest.approx([0.0, 0.0], abs=1e-12)
