"""On what a difference between two schemes depends: straight-line effects of uncertain numbers, and what flips it.

Worlds are points of a Latin hypercube, so effects are read off a linear regression over worlds (tornado), with the
share of the variation that it explains; no decomposition of variance is claimed. A flip is the best single split of
the worlds by one number such that the other scheme wins on one side, kept only where chance alone would hardly give it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOW, HIGH = 0.1, 0.9
"""Quantiles of an uncertain number between which its effect is told."""
SMALLEST_SIDE = 6
"""Worlds on either side of a split at least."""
CHANCE = 0.05
"""Chance of so clear a split in any of the numbers by luck alone, up to which it is told."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Effects on float64[n] of columns of float64[n, p]: float64[p] each.

    Attributes:
        low, high: values of each number at its 10 % and 90 % quantile.
        at_low, at_high: the difference expected there, all other numbers at their means.
        explained: share of the variation over worlds that straight lines explain, adjusted for their number.
    """

    low: Floats
    high: Floats
    at_low: Floats
    at_high: Floats
    explained: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A split of the worlds by one number.

    Attributes:
        column: of the number.
        threshold: between the two sides.
        below, above: share of the worlds on each side in which the difference is positive.
        chance: probability of so clear a split by luck alone, for all numbers together.
    """

    column: int
    threshold: float
    below: float
    above: float
    chance: float


def least_worlds(numbers: int) -> int:
    """Worlds from which on the effects of so many uncertain numbers are told."""
    return max(2 * numbers, numbers + 3)


def effects(points: Floats, difference: Floats) -> Effects | None:
    """Straight-line effects; None with fewer than two worlds per number."""
    n, p = points.shape
    if n < least_worlds(p):
        return None
    centre, scale = points.mean(axis=0), points.std(axis=0)
    z = np.where(scale > 0.0, (points - centre) / np.where(scale > 0.0, scale, 1.0), 0.0)
    slopes, *_ = np.linalg.lstsq(z, difference - difference.mean(), rcond=None)
    rest = difference - difference.mean() - z @ slopes
    total = float(((difference - difference.mean()) ** 2).sum())
    explained = 1.0 - float((rest**2).sum()) / (n - p - 1) / (total / (n - 1)) if total > 0.0 else 0.0
    low, high = (np.quantile(points, q, axis=0) for q in (LOW, HIGH))
    at = [difference.mean() + slopes * np.where(scale > 0.0, (x - centre) / np.where(scale > 0, scale, 1.0), 0.0)
          for x in (low, high)]  # fmt: skip
    return Effects(low, high, at[0], at[1], max(0.0, explained))


def flip(points: Floats, difference: Floats) -> Flip | None:
    """The split that best separates worlds where `difference` is positive from the others, if it turns the majority.

    Every number and every threshold is tried; Fisher's exact test of the best, times the number of thresholds tried,
    must stay below `CHANCE` (Bonferroni), and the majority must differ between its sides.
    """
    from scipy.stats import fisher_exact

    wins = difference > 0.0
    tried, best = 0, None
    for column in range(points.shape[1]):
        order = np.argsort(points[:, column], kind="stable")
        for k in range(SMALLEST_SIDE, len(order) - SMALLEST_SIDE + 1):
            tried += 1
            below, above = wins[order[:k]], wins[order[k:]]
            gap = abs(float(below.mean()) - float(above.mean()))
            weight = gap * np.sqrt(k * (len(order) - k))
            if (below.mean() - 0.5) * (above.mean() - 0.5) < 0.0 and (best is None or weight > best[0]):
                threshold = float(points[order[k - 1 : k + 1], column].mean())
                best = (weight, column, threshold, below, above)
    if best is None:
        return None
    _, column, threshold, below, above = best
    table = [[int(side.sum()), int((~side).sum())] for side in (below, above)]
    chance = min(1.0, float(fisher_exact(np.array(table))[1]) * tried)
    return Flip(column, threshold, float(below.mean()), float(above.mean()), chance) if chance < CHANCE else None
