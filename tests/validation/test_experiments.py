"""The checks of experiments and field data, with few runs: what they measure is right, and controls fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from engagesim.literature import REFERENCES
from engagesim.validation import checks
from engagesim.validation import complex_contagion as contagion
from engagesim.validation.broken_promises import asked, partial
from engagesim.validation.check import Effort, Found
from engagesim.validation.crowding_out import ratio
from engagesim.validation.day_care import CONTROL, CONTROL_CHILDREN, FINED, FINED_CHILDREN
from engagesim.validation.means import less, mean_of
from engagesim.validation.participation_inequality import likelihood_ratio, shares_of
from engagesim.validation.parts import inside
from engagesim.validation.public_goods import classified
from engagesim.validation.running import run_check

EXPERIMENTS = (
    "awards",
    "broken_promises",
    "complex_contagion",
    "crowding_out",
    "participation_inequality",
    "public_goods",
)


class Few(Effort):
    """A handful of runs of each kind."""

    def runs(self, quick: int, full: int) -> int:
        return max(2, min(6, quick // 4))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_names_what_was_fitted_runs_and_its_controls_fail(name, monkeypatch):
    check = checks()[name]
    if name == "complex_contagion":
        monkeypatch.setattr(contagion, "CASCADES", {(3, 0.2): 0.04, (2, 0.1): 1.0})
    found = check.measure(Few(seed=3))
    controls = [part for part in found.parts if part.control]
    assert controls, "a negative control"
    assert [part.what for part in controls if not part.as_it_should] == []
    assert np.isfinite([part.ours for part in found.parts]).all()
    assert {part.kind for part in found.parts} <= set(check.kind.replace(" + ", ""))
    assert all(source in REFERENCES for source in check.sources)
    fitted = any(part.role == "calibrated" for part in found.parts)
    assert bool(check.calibrated) == fitted
    assert any(part.role == "predicted" for part in found.parts)
    failing = [part for part in found.parts if not part.as_it_should]
    assert check.explanation or not failing
    figure = Figure(figsize=(9, 3.6))
    check.draw(figure, found)
    assert all(axes.get_title() or axes.get_ylabel() for axes in figure.axes)


def test_the_day_care_data_are_those_that_were_published():
    """Means that the paper and its data set tell."""
    fined, control = np.array(FINED), np.array(CONTROL)
    assert fined.shape == (6, 20)
    assert control.shape == (4, 20)
    assert (sum(FINED_CHILDREN), sum(CONTROL_CHILDREN)) == (202, 135)
    assert fined[:, :4].mean() == pytest.approx(8.00, abs=0.005)
    assert fined[:, 8:16].mean() == pytest.approx(18.52, abs=0.005)
    assert fined[:, 16:].mean() == pytest.approx(18.71, abs=0.005)
    assert control[:, :4].mean() == pytest.approx(10.0, abs=0.005)
    assert ratio(FINED, 9, 16).mean() == pytest.approx(2.33, abs=0.005)
    assert ratio(FINED, 17, 20).mean() == pytest.approx(2.32, abs=0.005)
    assert ratio(CONTROL, 9, 16).mean() == pytest.approx(0.96, abs=0.005)


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (np.zeros(21), "free_rider"),
        (0.8 * np.arange(21), "conditional"),
        (np.minimum(np.arange(21), 20 - np.arange(21)), "hump_shaped"),
        (np.full(21, 7.0), "other"),
        (20.0 - np.arange(21), "other"),
    ],
)
def test_strategy_tables_are_classified_by_the_rule_of_the_paper(table, kind):
    assert classified(table) == kind


def test_shares_and_likelihoods_know_a_power_law_from_an_exponential():
    luck = np.random.default_rng(1)
    power = np.minimum(np.floor((1 - luck.random(4000)) ** -2), 3000)
    exponential = luck.geometric(0.1, 4000).astype(float)
    assert likelihood_ratio(power) > 0.5
    assert abs(likelihood_ratio(exponential)) < 0.01, "the truncated law has the exponential inside"
    even = {"contributions": np.ones(1000)}
    assert shares_of(even) == pytest.approx((0.01, 0.09, 0.90))


def test_an_answer_has_its_reliability_and_what_is_known_is_taken_out():
    luck = np.random.default_rng(2)
    truth = luck.standard_normal(200_000)
    answer = asked(luck, "mistrust", truth)
    assert np.corrcoef(truth, answer)[0, 1] ** 2 == pytest.approx(0.8, abs=0.01)
    assert asked(luck, "turnover", truth) is truth
    cause, noise = luck.standard_normal((2, 5000)), luck.standard_normal(5000)
    answers = {"breach": cause[0] + cause[1], "mistrust": cause[0] + cause[1], "commitment": noise, "satisfaction":
               cause[0] + cause[1] + luck.standard_normal(5000)}  # fmt: skip
    answers["breach"] = answers["breach"] + luck.standard_normal(5000)
    assert abs(partial(answers, "satisfaction")) < 0.05
    assert partial({**answers, "mistrust": noise}, "satisfaction") > 0.3


def test_means_and_their_errors_by_hand():
    x, y = np.array([1.0, 3.0]), np.array([0.0, 0.0])
    assert mean_of(x) == (2.0, 1.0)
    assert less(x, y) == (2.0, 1.0)


@pytest.mark.parametrize(("ours", "looks"), [(0.0, 1), (3.5, 2), (9.0, 1)])
def test_a_part_is_looked_at_again_only_where_luck_may_have_brought_it_there(ours, looks):
    asked_ = []

    def measure(effort):
        asked_.append(effort)
        return Found([inside("x", 0.0, ours, -1.0, 1.0, se=1.0)])

    result = run_check(replace(checks()["awards"], measure=measure), Effort())
    assert len(asked_) == looks
    assert result.effort.again == looks - 1
