"""Statistics of paired replicates: what differs between two designs that share their people and their luck.

Intervals are those of `statistics.intervals.interval`, over replicates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..measures import GROUPS, WINDOWS
from .reduction import MAIN, Reduced
from .statistics.intervals import interval
from .statistics.means import mean_of

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""Spread against the mean below which numbers differ by rounding only."""

BAND = (0.05, 0.95)
"""Quantiles between which a band lies: over replicates, or over worlds."""


def _rows(reduced: Reduced, groups: tuple[str, ...]) -> Floats:
    """float64[measures * windows * groups, R] in the order of `_labels`."""
    chosen = reduced.windows[:, [GROUPS.index(g) for g in groups]]
    return np.ascontiguousarray(chosen.transpose(3, 2, 1, 0).reshape(-1, len(chosen)))


def _labels(reduced: Reduced, groups: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    index = pd.MultiIndex.from_product([reduced.measures, WINDOWS, groups], names=["measure", "window", "group"])
    return index.to_frame(index=False)


def shared_groups(a: Reduced, b: Reduced) -> tuple[str, ...]:
    """Groups that have members in both designs."""
    return tuple(g for g in a.present if g in b.present)


def mean_differences(a: Reduced, b: Reduced, groups: tuple[str, ...]) -> Floats:
    """Mean of b - a by measure, window and group."""
    return mean_of(_rows(b, groups) - _rows(a, groups))


def differences(names: tuple[str, str], a: Reduced, b: Reduced, seed: int) -> pd.DataFrame:
    """Paired differences b - a: one row per measure, window and group.

    Columns: a, b, measure, window, group; mean, low, high; n (pairs that have a value); same_sign (share of those pairs
    whose difference has the sign of the mean); standardized (mean over the standard deviation of a between replicates;
    nan without any).
    """
    groups = shared_groups(a, b)
    baseline, pairs = _rows(a, groups), _rows(b, groups) - _rows(a, groups)
    mean = mean_of(pairs)
    n = (~np.isnan(pairs)).sum(axis=1)
    low, high = interval(pairs, seed)
    with np.errstate(invalid="ignore"):
        same = (np.sign(pairs) == np.sign(mean)[:, None]).sum(axis=1) / n
    frame = _labels(a, groups)
    frame.insert(0, "a", names[0])
    frame.insert(1, "b", names[1])
    return frame.assign(
        mean=mean, low=low, high=high, n=n, same_sign=same, standardized=_standardized(mean, baseline, pairs)
    )


def _standardized(mean: Floats, baseline: Floats, pairs: Floats) -> Floats:
    """Glass's delta: differences in standard deviations of the baseline over the pairs that have a value."""
    used = np.where(np.isnan(pairs), np.nan, baseline)
    middle = mean_of(used)
    n = (~np.isnan(used)).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = np.sqrt(np.nansum((used - middle[:, None]) ** 2, axis=1) / (n - 1))
        return np.where(mean == 0.0, 0.0, np.where(deviation > ROUNDING * np.abs(middle), mean / deviation, np.nan))


def levels(name: str, reduced: Reduced, seed: int) -> pd.DataFrame:
    """Means of one design with their intervals: arm, measure, window, group, mean, low, high, n."""
    samples = _rows(reduced, reduced.present)
    low, high = interval(samples, seed)
    frame = _labels(reduced, reduced.present)
    frame.insert(0, "arm", name)
    return frame.assign(mean=mean_of(samples), low=low, high=high, n=(~np.isnan(samples)).sum(axis=1))


def weekly(name: str, reduced: Reduced) -> pd.DataFrame:
    """Weekly course of one design: arm, week, group, measure, mean, and low and high of the band over replicates."""
    import pandas as pd

    chosen = reduced.weekly[:, [GROUPS.index(g) for g in reduced.present]]
    index = pd.MultiIndex.from_product(
        [[name], reduced.present, range(1, chosen.shape[2] + 1), MAIN], names=["arm", "group", "week", "measure"]
    )
    samples = np.ascontiguousarray(chosen.reshape(len(chosen), -1).T)
    low, high = _band(samples)
    return index.to_frame(index=False).assign(mean=mean_of(samples), low=low, high=high)


def _band(samples: Floats) -> tuple[Floats, Floats]:
    found = np.full((2, len(samples)), np.nan)
    missing = np.isnan(samples).sum(axis=1)
    whole, partly = missing == 0, (missing > 0) & (missing < samples.shape[1])
    # numpy takes rows with gaps one by one, a hundred times slower: only those that have any.
    for rows, quantile in ((whole, np.quantile), (partly, np.nanquantile)):
        if rows.any():
            found[:, rows] = quantile(samples[rows], BAND, axis=1)
    return found[0], found[1]
