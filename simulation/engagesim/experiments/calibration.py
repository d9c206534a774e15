"""Fit parameters to a user's own summary statistics by approximate Bayesian computation.

A calibration is a sweep over worlds: every world is a draw from the prior (even over the ranges of `[uncertainties]`),
its runs are simulated data. Worlds whose data come near the targets are kept, and what is left of the distance is taken
out by local linear regression (Beaumont, Zhang & Balding 2002, Approximate Bayesian computation in population genetics;
ranges are respected by a logit, as in Blum & Francois 2010). Whether the data can tell a parameter at all is asked by
fitting simulated data whose parameters are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.files import Document
from ..draws import key_of, named
from ..problems import InputError, Problem
from .findings import Outcomes, case_points
from .question.factors import Factor
from .question.layout import Layout
from .question.question import Question
from .question.reading import Target
from .runner.folder import SweepFolder

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

ACCEPTED = 0.05
"""Share of simulated data that is kept."""

FEWEST_ACCEPTED = 100
LEAST_RUNS = 500
TRIED = 60
"""Simulated data sets with known parameters that are fitted to see what can be told."""

CHECKED = 40
"""Draws from the posterior whose runs are held against the targets."""

LEVEL = 0.9
EDGE = 1e-6
IDENTIFIED, WEAK = 0.3, 0.8
"""Errors of prediction (0 exact, 1 no better than the prior) up to which a parameter is told well, and weakly."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a calibration found.

    Attributes:
        question: what was asked.
        folder: the sweep behind it.
        runs: simulated data sets; those with a missing number are left out.
        accepted: how many were kept.
        posterior: one row per kept data set: weight, and one column per parameter, after regression.
        parameters: parameter, low and high of the prior, mean, median, low and high (90 %), sd against that of the
            prior, error of prediction and coverage of 90 % intervals for simulated data, and in words how well it is
            told.
        targets: arm, outcome, target, error; share of all simulated data below the target; and, once it is checked,
            mean, low and high (90 %, with the error) of runs with fitted parameters, and whether they reach the target.
        correlation: of the parameters in the posterior.
        notes: what a reader has to know.
    """

    question: Question = field(repr=False)
    folder: SweepFolder = field(repr=False)
    runs: int
    accepted: int
    posterior: pd.DataFrame
    parameters: pd.DataFrame
    targets: pd.DataFrame
    correlation: pd.DataFrame
    notes: tuple[str, ...]


def check_calibration(question: Question) -> None:
    """Whether a question can be calibrated.

    Raises:
        InputError: with everything that is missing.
    """
    wrong = [
        (not question.targets, "targets", "needs [[targets]]: measure, value, error"),
        (not question.uncertainties, "uncertainties", "needs [uncertainties]: what to fit, with its ranges"),
        (bool(question.levers) or question.design is not None, "levers", "a calibration varies uncertainties only"),
        (any(f.low is None for f in question.uncertainties), "uncertainties", "must be ranges, not lists of values"),
    ]  # fmt: skip
    design = question.world_design
    if design is not None:
        runs = design.points * question.replicates
        wrong += [
            (design.kind != "latin_hypercube", "design", "must be a latin_hypercube, which is even over the ranges"),
            (runs < LEAST_RUNS, "points", f"points x replicates = {runs}; must be at least {LEAST_RUNS}"),
        ]
    problems = [Problem(question.name, None, key, message) for bad, key, message in wrong if bad]
    if problems:
        raise InputError(problems)


def calibration_of(place: Path) -> Calibration:
    """Fit the parameters of the finished sweep in a folder.

    Raises:
        InputError: there is none, or it has no targets, or too few runs have every number.
    """
    folder = SweepFolder.open(place)
    layout = Layout.of(folder.plan)
    question = folder.plan.question
    check_calibration(question)
    theta, data = _simulated(folder, layout, question)
    usable = ~np.isnan(data).any(axis=1)
    if usable.sum() < LEAST_RUNS:
        message = (
            f"only {int(usable.sum())} of {len(data)} simulated data sets have every number; {LEAST_RUNS} are needed"
        )
        raise InputError([Problem(str(place), None, "", message)])
    theta, data = theta[usable], data[usable]
    return _fitted(question, folder, theta, data, int((~usable).sum()))


def _fitted(question: Question, folder: SweepFolder, theta: Floats, data: Floats, missing: int) -> Calibration:
    import pandas as pd

    factors, target = question.uncertainties, np.array([t.value for t in question.targets])
    noisy = _with_errors(data, question)
    found = fit(theta, noisy, target, factors)
    told = recovery(theta, noisy, factors, question.seed)
    posterior = pd.DataFrame(found.values, columns=[f.key for f in factors])
    posterior.insert(0, "weight", found.weights)
    parameters = _parameters(factors, theta, found, told)
    targets = _targets(question.targets, noisy)
    correlation = pd.DataFrame(_correlation(found), index=posterior.columns[1:], columns=posterior.columns[1:])
    notes = (*_beyond(targets), *_notes(parameters, missing, question.replicates))
    return Calibration(
        question, folder, len(theta), len(found.chosen), posterior, parameters, targets, correlation, notes
    )


def check_of(found: Calibration) -> Question:
    """The question that checks a calibration: the arms at parameters drawn from the posterior, run anew."""
    asked = found.question
    rng = np.random.default_rng(key_of(asked.seed, named("check"), 0))
    weights = found.posterior["weight"].to_numpy()
    drawn = rng.choice(len(weights), size=min(CHECKED, len(weights)), replace=False, p=weights / weights.sum())
    factors = {f.key: f for f in asked.uncertainties}
    rows = found.posterior.drop(columns="weight").iloc[np.sort(drawn)].to_dict("records")
    points = [{key: factors[str(key)].fitting(float(value)) for key, value in row.items()} for row in rows]
    design = {"uncertainties": {"kind": "list", "list": points}}
    path = found.folder.place.absolute() / f"{asked.name}_check.toml"
    anew = Question.of(Document(str(path), path.parent, {**asked.data, "design": design, "worlds": 1}, {}))
    return replace(anew, arms=asked.arms)


def checked(found: Calibration, place: Path) -> Calibration:
    """The calibration with its targets held against the finished check in a folder.

    Raises:
        InputError: there is none, or it is not finished.
    """
    folder = SweepFolder.open(place)
    _, data = _simulated(folder, Layout.of(folder.plan), found.question)
    data = data[~np.isnan(data).any(axis=1)]
    noisy = _with_errors(data, found.question)
    low, high = np.quantile(noisy, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2), axis=0)
    targets = found.targets.assign(mean=data.mean(axis=0), low=low, high=high)
    targets["reached"] = (low <= targets["target"]) & (targets["target"] <= high)
    return replace(found, targets=targets, notes=(*found.notes, *_missed(targets)))


def _missed(targets: pd.DataFrame) -> list[str]:
    return [
        f"{row['arm']}: {row['outcome']} = {row['target']:.4g} is not reached: runs with fitted parameters, taken with "
        f"the error of the figure, have {row['low']:.4g} to {row['high']:.4g}. The model, as restricted here, does not "
        "explain it."
        for row in targets[~targets["reached"]].to_dict("records")
    ]


def _simulated(folder: SweepFolder, layout: Layout, question: Question) -> tuple[Floats, Floats]:
    """Parameters and simulated data of every run: float64[worlds * replicates, parameters or targets]."""
    outcomes, names = Outcomes(folder, layout), [arm.name for arm in question.arms]
    per_arm = layout.policies // len(names)
    cubes = [outcomes.cube(t.column)[names.index(t.arm) * per_arm] for t in question.targets]
    data = np.stack([cube.reshape(-1) for cube in cubes], axis=1)
    theta = np.repeat(case_points(layout, question.uncertainties), cubes[0].shape[1], axis=0)
    drawn = ~np.isnan(theta).any(axis=1)
    return theta[drawn], data[drawn]


def _with_errors(data: Floats, question: Question) -> Floats:
    """Simulated data as they would have been measured: with the error of each target."""
    rng = np.random.default_rng(key_of(question.seed, named("calibration"), 0))
    return data + rng.normal(size=data.shape) * [t.error for t in question.targets]


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters of the kept data sets after regression, their weights (sum 1), and which data sets these are."""

    values: Floats
    weights: Floats
    chosen: NDArray[np.int64]


def fit(theta: Floats, data: Floats, target: Floats, factors: Sequence[Factor]) -> Fit:
    """Rejection with local linear regression.

    Args:
        theta: float64[n, parameters] from the prior.
        data: float64[n, targets] simulated from it.
        target: float64[targets].
        factors: the parameters, with their ranges.
    """
    spread = np.median(np.abs(data - np.median(data, axis=0)), axis=0)
    scale = np.where(spread > 0.0, spread, np.where(data.std(axis=0) > 0.0, data.std(axis=0), 1.0))
    away = (data - target) / scale
    distance = np.sqrt((away**2).sum(axis=1))
    count = min(len(theta), max(FEWEST_ACCEPTED, round(ACCEPTED * len(theta))))
    chosen = np.argsort(distance, kind="stable")[:count]
    reach = float(distance[chosen[-1]])
    weights = 1.0 - (distance[chosen] / reach) ** 2 if reach > 0.0 else np.ones(count)  # Epanechnikov
    weights = np.maximum(weights, EDGE)
    low, high = (np.array([getattr(f, end) for f in factors]) for end in ("low", "high"))
    place = np.clip((theta[chosen] - low) / (high - low), EDGE, 1.0 - EDGE)
    free = np.log(place / (1.0 - place))
    # Regression may move what is near a target, not reach for one beyond all that was kept.
    reached = np.clip(target, data[chosen].min(axis=0), data[chosen].max(axis=0))
    rest = (data[chosen] - reached) / scale
    design = np.column_stack([np.ones(count), rest])
    root = np.sqrt(weights)[:, None]
    slopes = np.linalg.lstsq(design * root, free * root, rcond=None)[0][1:]
    moved = free - rest @ slopes
    values = low + (high - low) / (1.0 + np.exp(-moved))
    return Fit(values, weights / weights.sum(), chosen)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Of parameters fitted to simulated data: error of prediction, and how often 90 % intervals hold the truth."""

    error: Floats
    coverage: Floats


def recovery(theta: Floats, data: Floats, factors: Sequence[Factor], seed: int) -> Recovery:
    """Fit simulated data whose parameters are known, each from all the others (leave one out).

    The error of prediction is the mean squared error of the posterior mean over the variance of the prior.
    """
    rng = np.random.default_rng(key_of(seed, named("recovery"), 0))
    tried = rng.choice(len(theta), size=min(TRIED, len(theta)), replace=False)
    error, held = np.zeros(theta.shape[1]), np.zeros(theta.shape[1])
    for k in tried:
        # Worlds have several replicates: those with the same parameters are left out with it.
        others = (theta != theta[k]).any(axis=1)
        found = fit(theta[others], data[others], data[k], factors)
        mean = found.weights @ found.values
        low, high = quantiles(found, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2))
        error += (mean - theta[k]) ** 2
        held += (low <= theta[k]) & (theta[k] <= high)
    return Recovery(error / len(tried) / theta.var(axis=0), held / len(tried))


def quantiles(found: Fit, levels: Sequence[float]) -> Floats:
    """Weighted quantiles of the posterior: float64[levels, parameters]."""
    result = np.empty((len(levels), found.values.shape[1]))
    for k, column in enumerate(found.values.T):
        order = np.argsort(column, kind="stable")
        total = np.cumsum(found.weights[order])
        result[:, k] = column[order][np.minimum(np.searchsorted(total, levels), len(order) - 1)]
    return result


def _parameters(factors: Sequence[Factor], theta: Floats, found: Fit, told: Recovery) -> pd.DataFrame:
    import pandas as pd

    mean = found.weights @ found.values
    spread = np.sqrt(found.weights @ (found.values - mean) ** 2)
    low, median, high = quantiles(found, (0.5 - LEVEL / 2, 0.5, 0.5 + LEVEL / 2))
    frame = pd.DataFrame({
        "parameter": [f.key for f in factors], "prior_low": [f.low for f in factors],
        "prior_high": [f.high for f in factors], "mean": mean, "median": median, "low": low, "high": high,
        "sd_ratio": spread / theta.std(axis=0), "error": told.error, "coverage": told.coverage,
    })  # fmt: skip
    return frame.assign(told=[how_well(value) for value in told.error])


def how_well(error: float) -> str:
    """How well data like these tell a parameter, in words."""
    return "well" if error <= IDENTIFIED else "weakly" if error <= WEAK else "not at all"


def _targets(targets: Sequence[Target], noisy: Floats) -> pd.DataFrame:
    import pandas as pd

    value = np.array([t.value for t in targets])
    return pd.DataFrame({
        "arm": [t.arm for t in targets], "outcome": [t.column.name for t in targets], "target": value,
        "error": [t.error for t in targets], "share_below": (noisy < value).mean(axis=0),
    })  # fmt: skip


def _correlation(found: Fit) -> Floats:
    moved = (found.values - found.weights @ found.values) * np.sqrt(found.weights)[:, None]
    covariance = moved.T @ moved
    spread = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation: Floats = covariance / np.outer(spread, spread)
    return correlation


def _beyond(targets: pd.DataFrame) -> list[str]:
    return [
        f"{row['arm']}: {row['outcome']} = {row['target']:.4g} lies beyond all simulated data: no values of these "
        "parameters give it, and the posterior only says which come least far from it."
        for row in targets[targets["share_below"].isin([0.0, 1.0])].to_dict("records")
    ]


def _notes(parameters: pd.DataFrame, missing: int, replicates: int) -> list[str]:
    notes = []
    if missing:
        notes.append(f"{missing:,} simulated data sets have a missing number and are left out.")
    notes += [
        f"Data like these do not tell {name}: its posterior is little more than its prior."
        for name in parameters[parameters["told"] == "not at all"]["parameter"]
    ]
    if replicates < 5:
        notes.append(f"Luck is represented by {replicates} replicates only; 5 or more are better.")
    return notes
