"""Intervals of means: one at a time, or for many at once.

They say how well a mean over all possible luck is known in the assumed world, nothing about other worlds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named
from .means import extremes, mean_of
from .resampling import LARGEST, MANY, RESAMPLES, resampled_means, resampled_rows

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

CONFIDENCE = 0.95

NEVER = 1_000_000
"""Further units from which on no number is named: no affordable number would tell two policies apart."""


def interval(rows: Floats, seed: int) -> tuple[Floats, Floats]:
    """Bounds of the 95 % interval of each row's mean alone, from float64[rows, n].

    The percentile bootstrap (Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13); below some twenty
    numbers it comes out too narrow. Nans are left out. A row without any variation has its mean as both bounds; one
    with less than two numbers none.
    """
    mean = mean_of(rows)
    least, most = extremes(rows)
    counted = ~np.isnan(rows)
    low = np.where(counted.sum(axis=1) > 1, mean, np.nan)
    high = low.copy()
    varied = np.flatnonzero((least < most) & (counted.sum(axis=1) > 1))
    patterns, which = np.unique(counted[varied], axis=0, return_inverse=True)
    for k, pattern in enumerate(patterns):
        alike = varied[which.ravel() == k]
        low[alike], high[alike] = _bootstrap(rows[alike][:, pattern], seed)
    return low, high


def _bootstrap(rows: Floats, seed: int) -> tuple[Floats, Floats]:
    from scipy.stats import bootstrap

    found = bootstrap(
        (rows,), np.mean, axis=-1, vectorized=True, confidence_level=CONFIDENCE, n_resamples=RESAMPLES,
        batch=max(1, LARGEST // rows.size), method="percentile",
        rng=np.random.default_rng(key_of(seed, named("bootstrap"), 0)),
    ).confidence_interval  # fmt: skip
    return np.atleast_1d(found.low), np.atleast_1d(found.high)


@dataclass(frozen=True, slots=True)
class Simultaneous:
    """Means with intervals that all hold at once with 95 % confidence.

    Attributes:
        mean, low, high: float64[columns]; nan bounds for a column with fewer than two numbers.
        error: float64[columns], standard errors.
        critical: by how many standard errors the intervals reach out.
        n: int64[columns], numbers per column.
    """

    mean: Floats
    low: Floats
    high: Floats
    error: Floats
    critical: float
    n: NDArray[np.int64]


def simultaneous(samples: Floats, seed: int, among: Floats | None = None) -> Simultaneous:
    """Simultaneous 95 % intervals of the column means of float64[n, columns], by the bootstrap of the largest t.

    They hold all at once for the columns of `among`, if given, of which `samples` are some picked after looking.

    The critical value is the 95 % quantile over resamples of the largest |t| among columns (Romano and Wolf 2005),
    widened by Student's t for few rows. Nans are left out; a column without variation has its mean as both bounds.
    """
    counted = ~np.isnan(samples)
    n = counted.sum(axis=0)
    filled = np.where(counted, samples, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=0) / n
        spread = np.where(counted, (samples - mean) ** 2, 0.0).sum(axis=0) / (n - 1)
        error = np.sqrt(spread / n)
    critical = _critical(filled, counted, mean, error, seed) if among is None else simultaneous(among, seed).critical
    reach = np.where(n > 1, critical * error, np.nan)
    return Simultaneous(mean, mean - reach, mean + reach, error, critical, n)


def _critical(filled: Floats, counted: Flags, mean: Floats, error: Floats, seed: int) -> float:
    from scipy.stats import norm, t

    used = np.flatnonzero(error > 1e-12)
    rows = len(filled)
    if rows < 2 or not len(used):
        return math.nan if rows < 2 else 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        again = _means_again(filled[:, used], counted[:, used], seed)
        largest = np.fmax.reduce(np.abs(again - mean[used]) / error[used], axis=1)
    half = 0.5 + CONFIDENCE / 2.0
    few = float(t.ppf(half, rows - 1) / norm.ppf(half))
    return float(np.nanquantile(largest, CONFIDENCE)) * few


def _means_again(filled: Floats, counted: Flags, seed: int) -> Floats:
    """Means of columns over rows drawn anew, float64[RESAMPLES, columns]: a product of matrices, for many columns."""
    n = len(filled)
    if n > MANY and counted.all():
        return resampled_means(filled, seed)
    parts = []
    for drawn in resampled_rows(n, seed):
        places = np.arange(len(drawn))[:, None] * n + drawn
        weights = np.bincount(places.ravel(), minlength=drawn.size).reshape(drawn.shape).astype(np.float64)
        parts.append((weights @ filled) / (weights @ counted.astype(np.float64)))
    return np.concatenate(parts)


def more_needed(mean: float, error: float, critical: float, n: int) -> int:
    """Further units until the interval excludes 0, if mean and spread stay as they are; `NEVER` if there is no telling.

    Half-widths shrink with the square root of the number of units.
    """
    if math.isnan(mean) or math.isnan(error) or math.isnan(critical) or abs(mean) <= 1e-12:
        return NEVER
    wanted = n * (critical * error / abs(mean)) ** 2
    return 0 if wanted <= n else min(NEVER, math.ceil(wanted - n))
