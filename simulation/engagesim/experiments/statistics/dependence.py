"""On what a difference between two schemes depends: straight-line effects of uncertain numbers.

Worlds are points of a Latin hypercube, so effects are read off a linear regression over worlds (tornado), with the
share of the variation that it explains; no decomposition of variance is claimed. What flips it is in `flipping`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOW, HIGH = 0.1, 0.9
"""Quantiles of an uncertain number between which its effect is told."""


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
