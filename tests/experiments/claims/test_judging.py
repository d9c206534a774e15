"""Verdicts on constructed data whose answer is known."""

import numpy as np
import pytest

from engagesim.experiments.claims.judging import (
    ablated,
    ablated_as_one,
    combined,
    contrast,
    equivalent,
    estimate,
    holds,
    judge,
    mirrored,
)

SESOI = 0.05


def around(mean, spread=0.01, n=60):
    """Replicates with exactly this mean and standard deviation."""
    x = np.random.default_rng(1).normal(size=n)
    return mean + spread * (x - x.mean()) / x.std()


def found(mean, spread=0.01, n=60):
    return estimate(around(mean, spread, n), 0)


def test_an_interval_is_that_of_the_normal_approximation():
    e = found(0.2, 0.1, 400)
    half = 1.96 * 0.1 / np.sqrt(400)
    assert e.mean == pytest.approx(0.2)
    # A quantile of 2,000 resamples is off by 3 % of the half-width (standard error).
    assert (e.low, e.high) == pytest.approx((0.2 - half, 0.2 + half), abs=0.1 * half)
    assert e.low < e.low90 < e.mean < e.high90 < e.high


@pytest.mark.parametrize("n", [12, 50])
def test_intervals_of_few_replicates_cover_as_often_as_they_say(n):
    """Of 400 means, 95 and 90 %: less than 368 and 342, or more than 392 and 376, once in a hundred times each."""
    covered, covered90 = 0, 0
    for turn in range(400):
        e = estimate(np.random.default_rng(turn).normal(size=n), turn)
        covered += e.low <= 0.0 <= e.high
        covered90 += e.low90 <= 0.0 <= e.high90
    assert 368 <= covered <= 392
    assert 342 <= covered90 <= 376


@pytest.mark.parametrize(
    ("direction", "mean", "spread", "verdict"),
    [
        ("up", 0.1, 0.01, "supported"),
        ("up", -0.1, 0.01, "opposite"),
        ("up", 0.0, 0.01, "equivalent"),
        ("up", 0.03, 0.01, "equivalent"),  # a difference that is certain, and too small to matter
        ("up", 0.05, 0.01, "undecided"),
        ("up", 0.1, 1.0, "undecided"),
        ("down", -0.1, 0.01, "supported"),
        ("down", 0.1, 0.01, "opposite"),
        ("down", 0.0, 0.01, "equivalent"),
        ("same", 0.0, 0.01, "supported"),
        ("same", 0.1, 0.01, "opposite"),
        ("same", -0.1, 0.01, "opposite"),
        ("same", 0.0, 1.0, "undecided"),
        ("at_least", 0.3, 0.01, "supported"),
        ("at_least", -0.03, 0.01, "supported"),
        ("at_least", -0.1, 0.01, "opposite"),
        ("at_least", -0.05, 0.01, "undecided"),
        ("at_most", -0.3, 0.01, "supported"),
        ("at_most", 0.03, 0.01, "supported"),
        ("at_most", 0.1, 0.01, "opposite"),
    ],
)
def test_a_verdict_follows_from_the_interval_and_what_matters(direction, mean, spread, verdict):
    assert judge(found(mean, spread), direction, SESOI) == verdict


def test_equivalence_is_two_one_sided_tests_at_5_percent():
    from scipy.stats import ttest_1samp

    for mean in (0.0, 0.02, 0.045, 0.0475, 0.0483, 0.052):
        samples = around(mean, 0.01, 200)
        above = ttest_1samp(samples, -SESOI, alternative="greater").pvalue < 0.05
        below = ttest_1samp(samples, SESOI, alternative="less").pvalue < 0.05
        assert equivalent(estimate(samples, 0), SESOI) == (above and below)


def test_replicates_without_a_value_are_left_out_and_too_few_decide_nothing():
    samples = around(0.1)
    samples[:20] = np.nan
    e = estimate(samples, 0)
    assert (e.n, e.of) == (40, 60)
    assert judge(e, "up", SESOI) == "supported"
    samples[:35] = np.nan
    assert judge(estimate(samples, 0), "up", SESOI) == "undecided"
    assert judge(estimate(np.full(5, np.nan), 0), "same", SESOI) == "undecided"


def test_a_difference_without_any_spread_is_decided():
    assert judge(estimate(np.zeros(5), 0), "up", SESOI) == "equivalent"
    assert judge(estimate(np.full(5, 0.2), 0), "up", SESOI) == "supported"


def test_mirroring_swaps_the_bounds():
    e = found(0.2)
    assert mirrored(mirrored(e)) == e
    assert mirrored(e).low == -e.high


def test_a_contrast_pairs_replicates():
    values = {"a": np.array([1.0, 2.0]), "b": np.array([0.5, np.nan])}
    assert contrast(values, {"a": 2, "b": -1}, 0.5).tolist()[0] == 2.0
    assert np.isnan(contrast(values, {"a": 2, "b": -1})[1])


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("up", [False, False, True, True]),
        ("down", [True, False, False, False]),
        ("same", [False, True, True, False]),
        ("at_least", [False, True, True, True]),
        ("at_most", [True, True, True, False]),
    ],
)
def test_where_a_sign_holds(direction, expected):
    assert holds(np.array([-0.1, 0.0, 0.04, 0.1, np.nan]), direction, SESOI).tolist() == [*expected, False]


@pytest.mark.parametrize(
    ("verdicts", "rule", "verdict"),
    [
        (["supported"] * 3, "all", "supported"),
        (["supported", "opposite"], "all", "partly"),
        (["supported", "undecided"], "all", "partly"),
        (["undecided", "equivalent", "opposite"], "all", "opposite"),
        (["undecided", "equivalent"], "all", "equivalent"),
        (["undecided"], "all", "undecided"),
        (["opposite", "supported"], "any", "supported"),
        (["opposite", "opposite"], "any", "opposite"),
        (["opposite", "equivalent"], "any", "undecided"),
    ],
)
def test_parts_make_one_verdict(verdicts, rule, verdict):
    assert combined(verdicts, rule) == verdict


def test_an_ablation_removes_a_claimed_difference_or_does_not():
    effect, nothing = found(0.2), found(0.0)
    assert ablated(effect, nothing, "up", SESOI) == "removed"
    assert ablated(effect, found(0.1), "up", SESOI) == "stays"
    assert ablated(effect, found(-0.2), "up", SESOI) == "stays"
    assert ablated(effect, estimate(np.full(9, np.nan), 0), "up", SESOI) == "removed"
    assert ablated(nothing, nothing, "up", SESOI) == "nothing to remove"
    assert ablated(effect, effect, "down", SESOI) == "nothing to remove"
    assert ablated(effect, effect, "at_least", SESOI) == "nothing to remove"


def test_every_effect_has_to_go():
    assert ablated_as_one(["removed", "nothing to remove"]) == "removed"
    assert ablated_as_one(["removed", "stays"]) == "stays"
    assert ablated_as_one(["nothing to remove"]) == "nothing to remove"
