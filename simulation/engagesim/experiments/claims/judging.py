"""Verdicts: what replicates of a contrast say about a claim, against the smallest difference that matters.

Intervals are percentile bootstrap intervals over replicates, expanded for few of them as those of comparisons are.
Equivalence is two one-sided tests at 5 %: the 90 % interval lies inside the bounds (Schuirmann 1987; Lakens 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named
from ..statistics.intervals import expanded
from ..statistics.resampling import RESAMPLES
from .claim import Direction, Rule

Floats = NDArray[np.float64]
Verdict = Literal["supported", "opposite", "equivalent", "undecided", "partly"]
VERDICTS: Mapping[Verdict, str] = {
    "supported": "the whole 95 % interval lies beyond the smallest difference that matters, as claimed",
    "opposite": "the whole interval lies beyond it on the other side",
    "equivalent": "there is no difference that matters (two one-sided tests at 5 %)",
    "undecided": "none of these",
    "partly": "some parts of the claim are supported and others are not",
}

NAN = float("nan")
WIDE, NARROW = 0.95, 0.9
"""Confidence of the two intervals."""
ENOUGH = 0.5
"""Share of pairs that must have a value for a verdict."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean of a contrast with its 95 % interval (`low`, `high`) and 90 % interval, from `n` of `of` replicates."""

    mean: float
    low: float
    low90: float
    high90: float
    high: float
    n: int
    of: int

    @property
    def known(self) -> bool:
        """Whether enough replicates have a value."""
        return self.n >= 2 and self.n >= ENOUGH * self.of


UNKNOWN = Estimate(NAN, NAN, NAN, NAN, NAN, 0, 1)
"""Of what was not run or has no value."""


def contrast(values: Mapping[str, Floats], weights: Mapping[str, float], constant: float = 0.0) -> Floats:
    """Sum of weight x values by arm, replicate by replicate, plus a constant; nan where an arm has none."""
    total: Floats = np.sum([weight * values[arm] for arm, weight in weights.items()], axis=0) + constant
    return total


def estimate(samples: Floats, seed: int) -> Estimate:
    """Mean and intervals of the mean of float64[R]; nans are left out."""
    counted = samples[~np.isnan(samples)]
    if len(counted) < 2:
        mean = float(counted[0]) if len(counted) else NAN
        return Estimate(mean, NAN, NAN, NAN, NAN, len(counted), len(samples))
    if counted.min() == counted.max():
        only = float(counted[0])
        return Estimate(only, only, only, only, only, len(counted), len(samples))
    return of_resamples(float(counted.mean()), _resampled(counted, seed), len(counted), len(samples))


def of_resamples(mean: float, resampled: Floats, n: int, of: int) -> Estimate:
    """An estimate from the bootstrap distribution of its mean of `n` numbers."""
    tail, tail90 = (0.5 - expanded(n, confidence) / 2.0 for confidence in (WIDE, NARROW))
    low, low90, high90, high = map(float, np.quantile(resampled, (tail, tail90, 1.0 - tail90, 1.0 - tail)))
    return Estimate(mean, low, low90, high90, high, n, of)


def _resampled(samples: Floats, seed: int) -> Floats:
    from scipy.stats import bootstrap

    rng = np.random.default_rng(key_of(seed, named("claims.bootstrap"), 0))
    found = bootstrap((samples,), np.mean, n_resamples=RESAMPLES, method="percentile", vectorized=True, rng=rng)
    distribution: Floats = found.bootstrap_distribution
    return distribution


def equivalent(found: Estimate, sesoi: float) -> bool:
    """Whether the contrast is too small to matter, by two one-sided tests at 5 %."""
    return found.known and -sesoi < found.low90 and found.high90 < sesoi


def judge(found: Estimate, direction: Direction, sesoi: float) -> Verdict:
    """The verdict on one test."""
    if not found.known:
        return "undecided"
    if direction in ("down", "at_most"):
        return judge(mirrored(found), "up" if direction == "down" else "at_least", sesoi)
    if direction == "at_least":
        return _beyond(found.low > -sesoi, found.high < -sesoi)
    if direction == "same":
        return _beyond(equivalent(found, sesoi), found.low > sesoi or found.high < -sesoi)
    return "equivalent" if equivalent(found, sesoi) else _beyond(found.low >= sesoi, found.high <= -sesoi)


def _beyond(claimed: bool, other: bool) -> Verdict:
    if claimed:
        return "supported"
    return "opposite" if other else "undecided"


def mirrored(found: Estimate) -> Estimate:
    """The estimate of minus the contrast."""
    return Estimate(-found.mean, -found.high, -found.high90, -found.low90, -found.low, found.n, found.of)


def holds(means: Floats, direction: Direction, sesoi: float) -> NDArray[np.bool_]:
    """Where the predicted sign holds: bool of the shape of `means`; nowhere for nan.

    A claim of no difference holds where the mean is too small to matter.
    """
    found: NDArray[np.bool_]
    with np.errstate(invalid="ignore"):
        if direction == "same":
            found = np.abs(means) <= sesoi
        elif direction in ("up", "down"):
            found = (means if direction == "up" else -means) > 0.0
        else:
            found = (means if direction == "at_least" else -means) > -sesoi
    return found


def combined(verdicts: Sequence[Verdict], rule: Rule) -> Verdict:
    """One verdict on a claim of several parts.

    `all` parts have to hold: supported if all are, partly if only some are, else the plainest failure (opposite before
    equivalent before undecided). `any` part is enough: supported if one is, else opposite, equivalent or undecided if
    all are.
    """
    if rule == "any":
        if "supported" in verdicts:
            return "supported"
        return verdicts[0] if len(set(verdicts)) == 1 else "undecided"
    if set(verdicts) == {"supported"}:
        return "supported"
    if "supported" in verdicts:
        return "partly"
    failures: tuple[Verdict, ...] = ("opposite", "equivalent", "undecided")
    return next(failure for failure in failures if failure in verdicts)


Ablated = Literal["removed", "stays", "nothing to remove"]


def ablated(base: Estimate, without: Estimate, direction: Direction, sesoi: float) -> Ablated:
    """Whether switching a mechanism off takes a claimed difference away: what is left must be too small to matter.

    There is something to remove only where a difference is claimed and found. An outcome that no longer exists without
    the mechanism (nobody asks, so nobody is answered) is removed with it.
    """
    if direction not in ("up", "down") or judge(base, direction, sesoi) != "supported":
        return "nothing to remove"
    return "removed" if without.n == 0 or equivalent(without, sesoi) else "stays"


def ablated_as_one(parts: Sequence[Ablated]) -> Ablated:
    """The ablation of a claim of several parts: every effect there is has to go."""
    if "stays" in parts:
        return "stays"
    return "removed" if "removed" in parts else "nothing to remove"
