"""Many policies on shared replicates: which differ, which are as good as equal, and which is best.

Everything here takes float64[policies, replicates], the first policy being the baseline; replicate r has the same
people and the same luck in every row, so that a difference between rows is taken replicate by replicate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
POWER = 0.8
RESAMPLES = 2000
MANY = 20_000
"""Replicates from which on means are drawn from the normal distribution that they then follow closely."""

LARGEST = 4_000_000
"""Resampled numbers in memory at one time."""


def whole(samples: Floats) -> Floats:
    """Only replicates in which every policy has a value, so that all statements rest on the same luck."""
    kept: Floats = samples[:, ~np.isnan(samples).any(axis=0)]
    return kept


def resampled_means(samples: Floats, seed: int, name: str) -> Floats:
    """Means of rows over replicates drawn anew, the same draws for every row: float64[rows, RESAMPLES]."""
    rng = np.random.default_rng(key_of(seed, named(name), 0))
    n = samples.shape[1]
    if n > MANY:
        spread = np.atleast_2d(np.cov(samples)) / n
        near: Floats = rng.multivariate_normal(samples.mean(axis=1), spread, RESAMPLES, method="svd").T
        return near
    found = np.empty((len(samples), RESAMPLES))
    step = max(1, LARGEST // max(1, n * len(samples)))
    for begin in range(0, RESAMPLES, step):
        end = min(begin + step, RESAMPLES)
        # How often each replicate is drawn: a product of matrices, not a table of drawn numbers.
        counts = rng.multinomial(n, np.full(n, 1.0 / n), size=end - begin)
        found[:, begin:end] = samples @ counts.T / n
    return found


def simultaneous(pairs: Floats, seed: int) -> tuple[Floats, Floats]:
    """Bounds of intervals that hold for all rows at once with 95 %: float64[rows], for pairs float64[rows, n].

    The largest studentized deviation over rows is bootstrapped (Westfall & Young 1993, Resampling-based multiple
    testing); rows that do not vary have their mean as both bounds. Nan with less than two replicates.
    """
    n = pairs.shape[1]
    if n < 2:
        return np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    mean, error = pairs.mean(axis=1), pairs.std(axis=1, ddof=1) / np.sqrt(n)
    varied = error > 1e-12 * (1.0 + np.abs(mean))
    if not varied.any():
        return mean.copy(), mean.copy()
    drawn = resampled_means(pairs[varied], seed, "simultaneous")
    largest = (np.abs(drawn - mean[varied, None]) / error[varied, None]).max(axis=0)
    reach = np.where(varied, np.quantile(largest, CONFIDENCE) * error, 0.0)
    return mean - reach, mean + reach


def equivalence(pairs: Floats, matters: float) -> Floats:
    """p of the test that a mean difference is not within +-`matters`: two one-sided t tests (Schuirmann 1987).

    Args:
        pairs: float64[rows, n].
        matters: smallest difference that matters, above 0.
    """
    from scipy.stats import t

    n = pairs.shape[1]
    if n < 2:
        return np.full(len(pairs), np.nan)
    mean, error = pairs.mean(axis=1), pairs.std(axis=1, ddof=1) / np.sqrt(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = t.sf((matters - np.abs(mean)) / error, n - 1)
    same: Floats = np.where(error > 0.0, p, np.where(np.abs(mean) < matters, 0.0, 1.0))
    return same


def replicates_needed(pairs: Floats, matters: float) -> Floats:
    """Pairs with which a true difference of `matters` is found in 80 % of studies (two-sided, 5 %); at least 2."""
    from scipy.stats import norm

    factor = (norm.ppf(0.5 + CONFIDENCE / 2) + norm.ppf(POWER)) ** 2
    spread = pairs.var(axis=1, ddof=1) if pairs.shape[1] > 1 else np.full(len(pairs), np.nan)
    needed: Floats = np.maximum(2.0, np.ceil(factor * spread / matters**2))
    return needed


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who is best, where more is better.

    Attributes:
        chance_mean: probability that the policy's mean over all luck is the highest.
        chance_once: share of replicates, that is of single organizations, in which it is the highest; ties shared.
        expected_loss: what choosing it is expected to cost against the policy with the highest mean.
    """

    chance_mean: Floats
    chance_once: Floats
    expected_loss: Floats


def ranking(samples: Floats, seed: int) -> Ranking:
    """Who is best of float64[policies, n], where more is better; the same draws for all policies."""
    drawn = resampled_means(samples, seed, "best")
    loss = (drawn.max(axis=0) - drawn).mean(axis=1)
    return Ranking(_shares(drawn), _shares(samples), loss)


def _shares(values: Floats) -> Floats:
    """Share of columns in which each row is the highest; equal ones share."""
    best = values == values.max(axis=0)
    shares: Floats = (best / best.sum(axis=0)).mean(axis=1)
    return shares


def compared(samples: Floats, seed: int, matters: float | None) -> pd.DataFrame:
    """Paired differences of every policy but the first from the first.

    Columns: mean, low, high (bootstrap, one at a time), low_all, high_all (for all policies at once, over the pairs
    that all of them have), n, dz (mean in standard deviations of the difference), superiority (share of pairs above the
    baseline, ties half), and with `matters` also equivalence (p) and needed (pairs).
    """
    import pandas as pd

    from ..paired import interval, mean_of

    pairs = samples[1:] - samples[0]
    low, high = interval(pairs, seed)
    kept = whole(samples)
    low_all, high_all = simultaneous(kept[1:] - kept[0], seed)
    frame = pd.DataFrame({
        "mean": mean_of(pairs), "low": low, "high": high, "low_all": low_all, "high_all": high_all,
        "n": (~np.isnan(pairs)).sum(axis=1),
    })  # fmt: skip
    own = [row[None, ~np.isnan(row)] for row in pairs]
    frame["dz"] = [_standardized(row[0]) for row in own]
    frame["superiority"] = [float(((row > 0.0) + 0.5 * (row == 0.0)).mean()) if row.size else np.nan for row in own]
    if matters:
        frame["equivalence"] = [float(equivalence(row, matters)[0]) for row in own]
        frame["needed"] = [float(replicates_needed(row, matters)[0]) for row in own]
    return frame


def _standardized(pairs: Floats) -> float:
    """Mean in standard deviations of the difference; 0 where there is no difference, nan where it never varies."""
    if len(pairs) < 2:
        return float("nan")
    mean, spread = float(pairs.mean()), float(pairs.std(ddof=1))
    if mean == 0.0:
        return 0.0
    return mean / spread if spread > 1e-12 * abs(mean) else float("nan")
