"""Fits of data whose posterior is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engagesim import InputError, Scenario
from engagesim.experiments.calibration import calibration_of, check_calibration, check_of, checked, fit, quantiles
from engagesim.experiments.question.factors import ranged
from engagesim.experiments.runner.sweep import sweep
from engagesim.report.calibrating import write_calibration
from tests.experiments.asked import asked

FACTORS = (ranged("drain", 0.0, 1.0, lever=False), ranged("help_value", 0.0, 2.0, lever=False))


def test_the_posterior_of_a_line_with_normal_noise_is_normal_around_the_truth():
    rng = np.random.default_rng(0)
    theta = rng.random((20_000, 2)) * [1.0, 2.0]
    noise = 0.05
    data = np.stack([theta[:, 0], theta[:, 0] + theta[:, 1]], axis=1) + rng.normal(scale=noise, size=(20_000, 2))
    found = fit(theta, data, np.array([0.4, 1.3]), FACTORS)
    mean = found.weights @ found.values
    spread = np.sqrt(found.weights @ (found.values - mean) ** 2)
    # Both are known with the noise of one number; the second is a difference of two.
    assert mean == pytest.approx([0.4, 0.9], abs=0.01)
    assert spread == pytest.approx([noise, noise * np.sqrt(2.0)], rel=0.15)
    low, high = quantiles(found, (0.05, 0.95))
    assert high - low == pytest.approx(2 * 1.645 * spread, rel=0.15)
    assert (found.values > 0).all()
    assert (found.values < [1.0, 2.0]).all()


TARGETS = [
    {"measure": "trust", "window": "late", "value": 0.7, "error": 0.02},
    {"arm": "badges_on_top", "measure": "effort", "window": "late", "value": 0.55, "error": 0.02},
]
CALIBRATION = {
    "replicates": 5,
    "targets": TARGETS,
    "uncertainties": {key: {"low": 0.0, "high": 1.0} for key in ("help_value", "norm_weight", "drain")},
    "design": {"uncertainties": {"kind": "latin_hypercube", "points": 400}},
}


def known(design: Scenario, columns, seed, network):
    """Trust is the first factor, effort the mean of the first two; the third does nothing; a little luck."""
    first, second = (float(str(design.values[key])) for key in ("help_value", "norm_weight"))
    luck = np.random.default_rng(seed).normal(scale=0.01)
    numbers = {"trust": first + luck, "effort": (first + second) / 2 - luck}
    return np.array([numbers[column.measure] for column in columns])


def distrusting(design: Scenario, columns, seed, network):
    """The same, with trust of a half at most."""
    halves = np.array([0.5 if column.measure == "trust" else 1.0 for column in columns])
    return known(design, columns, seed, network) * halves


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("calibration") / "out"
    sweep(asked(**CALIBRATION), place, evaluate=known)
    return place


def test_what_data_tell_and_what_they_do_not_is_said(place: Path):
    found = calibration_of(place)
    rows = found.parameters.set_index("parameter")
    assert rows["told"].to_dict() == {"help_value": "well", "norm_weight": "well", "drain": "not at all"}
    assert rows.loc["help_value", "mean"] == pytest.approx(0.7, abs=0.02)
    assert rows.loc["norm_weight", "mean"] == pytest.approx(0.4, abs=0.04)
    assert rows.loc["drain", "sd_ratio"] > 0.8
    assert (rows["coverage"] > 0.7).all()
    assert found.correlation.loc["help_value", "norm_weight"] < -0.2
    assert any("do not tell drain" in note for note in found.notes)
    assert (found.runs, found.accepted) == (2000, 100)


def test_a_check_runs_the_fitted_parameters_and_holds_them_against_the_targets(place: Path):
    found = calibration_of(place)
    question = check_of(found)
    sweep(question, place / "check", evaluate=known)
    told = checked(found, place / "check")
    assert told.targets["reached"].all()
    assert told.targets["mean"].to_numpy() == pytest.approx([0.7, 0.55], abs=0.02)
    page = write_calibration(told)
    text = page.read_text()
    assert "What the data tell about the parameters" in text
    assert "not at all" in text
    fitted = Scenario.load(place / "fitted" / "badges_on_top_fitted.toml")
    assert fitted.values["help_value"] == pytest.approx(0.7, abs=0.02)
    assert fitted.title == "Badges on top, fitted"
    low, high = fitted.uncertainties["help_value"]  # worlds of the fitted design are those that the figures leave
    assert 0.6 < low < 0.7 < high < 0.8
    assert set(Scenario.load("badges_on_top").uncertainties) <= set(fitted.uncertainties)


def test_a_target_that_the_model_cannot_reach_is_named(tmp_path: Path):
    out = [{**TARGETS[0], "value": 0.9}, TARGETS[1]]
    sweep(asked(**{**CALIBRATION, "targets": out}), tmp_path / "out", evaluate=distrusting)
    found = calibration_of(tmp_path / "out")
    sweep(check_of(found), tmp_path / "check", evaluate=distrusting)
    told = checked(found, tmp_path / "check")
    assert told.targets["reached"].tolist()[0] is False
    assert "trust_late = 0.9 lies beyond all simulated data" in told.notes[0]
    assert told.parameters["mean"].tolist()[0] == pytest.approx(0.95, abs=0.05)  # the nearest, not an extrapolation
    assert "trust_late = 0.9 is not reached" in told.notes[-1]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"targets": []}, r"needs \[\[targets\]\]"),
        ({"uncertainties": {}, "design": {}}, r"needs \[uncertainties\]"),
        ({"design": {"uncertainties": {"kind": "latin_hypercube", "points": 90}}}, "must be at least 500"),
        ({"design": {"uncertainties": {"kind": "factorial"}}}, "must be a latin_hypercube"),
        ({"levers": {"capture_share": [0.3, 0.5]}}, "varies uncertainties only"),
    ],
)
def test_what_cannot_be_calibrated_is_refused_with_what_is_missing(changed, message):
    with pytest.raises(InputError, match=message):
        check_calibration(asked(**{**CALIBRATION, **changed}))
