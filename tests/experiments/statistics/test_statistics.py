"""Statistics on numbers whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from engagesim import InputError
from engagesim.experiments.question.designs import Design, default_design
from engagesim.experiments.question.factors import ranged
from engagesim.experiments.question.plan import Plan
from engagesim.experiments.runner.sweep import sweep_frame
from engagesim.experiments.statistics import intervals, resampling
from engagesim.experiments.statistics.best import chance_of_best_case, chance_of_best_mean, expected_loss
from engagesim.experiments.statistics.comparing import compared, equivalence, replicates_needed
from engagesim.experiments.statistics.discovery import prim, tree
from engagesim.experiments.statistics.intervals import simultaneous
from engagesim.experiments.statistics.resampling import resampled_means
from engagesim.experiments.statistics.robustness import pareto, regret, satisficing
from engagesim.experiments.statistics.sensitivity import morris_effects, sobol_indices
from tests.experiments.asked import CUBE, asked, ishigami

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
"""Saltelli et al. 2008, Global sensitivity analysis: the primer; a = 7, b = .1."""


def test_simultaneous_intervals_hold_for_all_rows_at_once_as_often_as_stated():
    rng = np.random.default_rng(1)
    both = single = 0
    for study in range(100):
        pairs = rng.normal(size=(8, 40))
        told = simultaneous(pairs.T, study)
        both += bool(((told.low <= 0) & (told.high >= 0)).all())
        wide = stats.t.ppf(0.975, 39) * pairs.std(axis=1, ddof=1) / np.sqrt(40)
        single += bool((np.abs(pairs.mean(axis=1)) <= wide).all())
    # 8 independent rows: one-at-a-time intervals all hold in .95**8 = 66 % of studies.
    assert stats.binom(100, 0.95).cdf(both) > 0.001
    assert stats.binom(100, 0.66).cdf(single) < 0.999


def test_rows_that_do_not_vary_have_their_mean_as_both_bounds():
    pairs = np.stack([np.full(30, 0.25), np.random.default_rng(0).normal(size=30)])
    told = simultaneous(pairs.T, 0)
    assert (told.low[0], told.high[0]) == (0.25, 0.25)
    assert told.low[1] < pairs[1].mean() < told.high[1]
    assert simultaneous(np.zeros((9, 2)), 0).high.tolist() == [0.0, 0.0]
    assert np.isnan(simultaneous(np.zeros((1, 2)), 0).low).all()


def test_resampled_means_are_those_of_a_bootstrap():
    samples = np.random.default_rng(2).gamma(2.0, size=(2, 60))
    drawn = resampled_means(samples.T, 3).T
    assert drawn.mean(axis=1) == pytest.approx(samples.mean(axis=1), abs=0.02)
    assert drawn.std(axis=1) == pytest.approx(samples.std(axis=1) / np.sqrt(60), rel=0.06)
    # The same draws for both columns: the mean of a sum is the sum of the means.
    assert resampled_means(samples.sum(axis=0)[:, None], 3)[:, 0] == pytest.approx(drawn.sum(axis=0))


def test_resampled_means_do_not_depend_on_how_many_are_in_memory_at_one_time(monkeypatch):
    samples = np.random.default_rng(2).gamma(2.0, size=(60, 2))
    whole, told = resampled_means(samples, 3), simultaneous(samples, 3)
    for module in (resampling, intervals):
        monkeypatch.setattr(module, "LARGEST", 1000)
    assert np.array_equal(resampled_means(samples, 3), whole)
    assert simultaneous(samples, 3).critical == pytest.approx(told.critical, rel=1e-12)


def test_means_of_very_many_replicates_are_drawn_as_a_bootstrap_would():
    samples = np.random.default_rng(3).gamma(2.0, size=(2, 30_000))
    drawn = resampled_means(samples.T, 3).T
    assert drawn.std(axis=1) == pytest.approx(samples.std(axis=1) / np.sqrt(30_000), rel=0.06)
    assert drawn.mean(axis=1) == pytest.approx(samples.mean(axis=1), abs=0.002)


def test_equivalence_agrees_with_two_one_sided_tests():
    pairs = np.random.default_rng(4).normal(0.02, 0.1, size=(1, 50))
    upper = stats.ttest_1samp(pairs[0], 0.05, alternative="less").pvalue
    lower = stats.ttest_1samp(pairs[0], -0.05, alternative="greater").pvalue
    assert equivalence(pairs[0], 0.05) == pytest.approx(max(upper, lower))
    assert equivalence(np.zeros(9), 0.05) == 0.0
    assert equivalence(np.full(9, 0.07), 0.05) == 1.0


def test_so_many_replicates_as_said_find_what_matters_four_times_in_five():
    rng = np.random.default_rng(5)
    pilot = rng.normal(size=4000)
    n = int(replicates_needed(pilot, 0.3))
    found = [stats.ttest_1samp(rng.normal(0.3, 1.0, n), 0.0).pvalue < 0.05 for _ in range(1000)]
    assert n == pytest.approx((1.96 + 0.8416) ** 2 / 0.09, rel=0.06)
    assert stats.binom(1000, 0.8).ppf(0.0005) <= sum(found) <= stats.binom(1000, 0.8).ppf(0.9995)


def test_chance_of_the_best_mean_and_of_being_best_once_are_told_apart():
    noise = np.random.default_rng(6).normal(size=(2, 400))
    samples = np.stack([noise[0], noise[1] + 0.2], axis=1)
    once, loss = chance_of_best_case(samples), expected_loss(samples, 0)
    assert chance_of_best_mean(samples, 0)[1] > 0.95
    assert once[1] == pytest.approx(stats.norm.cdf(0.2 / np.sqrt(2)), abs=0.08)
    assert once.sum() == pytest.approx(1.0)
    assert loss[0] == pytest.approx(samples[:, 1].mean() - samples[:, 0].mean(), abs=0.02)
    assert 0.0 <= loss[1] < 0.01
    assert chance_of_best_mean(np.zeros((9, 4)), 0).tolist() == [0.25] * 4


def test_policies_that_are_one_share_the_chance_of_the_best_mean():
    pair = np.random.default_rng(6).normal(size=(25, 1)).repeat(3, axis=1)
    assert chance_of_best_mean(pair, 0) == pytest.approx([1 / 3] * 3)


def test_a_comparison_counts_pairs_that_have_a_value():
    samples = np.array([[1.0, 2.0, 3.0, np.nan], [2.0, 2.0, 5.0, 1.0], [0.0, 1.0, 2.0, 9.0]])
    frame = compared(samples.T, 0, 0.5)
    assert frame["mean"].tolist() == [1.0, -1.0]
    assert frame["n"].tolist() == [3, 3]
    assert frame["superiority"].tolist() == [pytest.approx(2.5 / 3), 0.0]
    assert frame["dz"].tolist()[0] == pytest.approx(1.0)
    assert np.isnan(frame["dz"].tolist()[1])


def sobol_of(frame, points: int) -> np.ndarray:
    means = frame.groupby(["arm", "point"], sort=False)["trust_late"].mean()
    return means.loc["the_suggestion_machine"].to_numpy()[-points:].copy()


@pytest.fixture(scope="module")
def ishigami_frame():
    question = asked(**CUBE, arms=["the_suggestion_machine"], design={"kind": "sobol", "points": 256}, windows=["late"])
    return question, sweep_frame(question, evaluate=ishigami)


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


def test_a_box_is_found_where_it_was_put_and_only_there():
    points = np.random.default_rng(7).random((600, 4))
    flags = (points[:, 0] > 0.6) & (points[:, 2] < 0.4)
    box = prim(points, flags, ["a", "b", "c", "d"])
    assert box is not None
    assert set(box.limits) == {"a", "c"}
    assert box.limits["a"][0] == pytest.approx(0.6, abs=0.05)
    assert box.limits["c"][1] == pytest.approx(0.4, abs=0.05)
    assert box.density > 0.9
    assert box.coverage > 0.85
    assert box.density_elsewhere > 0.8
    lines = tree(points, flags, ["a", "b", "c", "d"], 0)
    assert any("c <= 0.4" in line and "a > 0.598" in line and line.startswith("100%") for line in lines), lines
    assert "right in 9" in lines[-1] or "right in 100%" in lines[-1]


def test_a_box_in_nothing_but_luck_does_not_hold_on_other_points():
    rng = np.random.default_rng(8)
    points, flags = rng.random((400, 5)), rng.random(400) < 0.3
    box = prim(points, flags, list("abcde"))
    assert box is None or box.density_elsewhere < 0.45
    assert (
        "right in 4" in tree(points, flags, list("abcde"), 0)[-1]
        or "right in 5" in tree(points, flags, list("abcde"), 0)[-1]
    )


def test_too_few_points_of_a_kind_give_no_box_and_no_tree():
    points = np.random.default_rng(9).random((40, 2))
    flags = np.zeros(40, dtype=bool)
    flags[:3] = True
    assert prim(points, flags, ["a", "b"]) is None
    assert tree(points, flags, ["a", "b"], 0) == []


def test_regret_good_enough_and_the_front():
    values = np.array([[0.5, 0.9], [0.7, 0.6], [0.4, 0.5]])
    assert regret(values.T).T.tolist() == [
        pytest.approx([0.2, 0.0]),
        pytest.approx([0.0, 0.3]),
        pytest.approx([0.3, 0.4]),
    ]
    assert satisficing(values.T, 0.5, 0.8).tolist() == [0.5, 1.0, 0.5]
    assert satisficing(np.array([[np.nan], [0.6]]), 0.5, 1.0).tolist() == [0.5]
    assert pareto(np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 1.0], [2.0, np.nan]])).tolist() == [True, True, False, False]
    assert pareto(np.array([[1.0, 1.0], [1.0, 1.0]])).tolist() == [True, True]


def test_a_plan_of_a_sobol_design_has_its_points_in_order(ishigami_frame):
    question, _ = ishigami_frame
    points = [point for _, point in Plan.of(question).points]
    # Saltelli: row 0 is a point of A, the next take one coordinate each from B.
    differing = [[key for key in points[0] if points[0][key] != points[k][key]] for k in (1, 2, 3)]
    assert differing == [["help_value"], ["norm_weight"], ["drain"]]
