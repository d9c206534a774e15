"""Decision statistics: pure functions of arrays, one row per unit (a world or a replicate), one column per scheme.

P(best) in two meanings, expected loss, regret, Pareto front, cost-effectiveness frontier, simultaneous intervals and
how many more units would tell two schemes apart. Nothing here knows scenarios or runs. Ranking by the probability of
being best alone is misleading (a scheme may be best by a hair often and far behind otherwise): show `expected_loss`
beside it (Claxton 1999, The irrelevance of inference, Journal of Health Economics 18).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..draws import key_of, named

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

RESAMPLES = 2000
CONFIDENCE = 0.95
NEVER = 1_000_000
"""Further units from which on no number is named: no affordable number would tell two schemes apart."""


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


def resamples(n: int, seed: int) -> NDArray[np.int64]:
    """Rows of `RESAMPLES` bootstrap samples, int64[RESAMPLES, n]; the same for the same seed."""
    rng = np.random.default_rng(key_of(seed, named("decision.resample"), 0))
    return rng.integers(0, n, (RESAMPLES, n))


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
    bounded = n > 1
    reach = np.where(bounded, critical * error, np.nan)
    return Simultaneous(mean, mean - reach, mean + reach, error, critical, n)


def _critical(filled: Floats, counted: Flags, mean: Floats, error: Floats, seed: int) -> float:
    from scipy.stats import norm, t

    used = np.flatnonzero(error > 1e-12)
    rows = len(filled)
    if rows < 2 or not len(used):
        return math.nan if rows < 2 else 0.0
    places = np.arange(RESAMPLES)[:, None] * rows + resamples(rows, seed)
    weights = np.bincount(places.ravel(), minlength=RESAMPLES * rows).reshape(RESAMPLES, rows).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        again = (weights @ filled[:, used]) / (weights @ counted[:, used].astype(np.float64))
        largest = np.nanmax(np.abs(again - mean[used]) / error[used], axis=1)
    half = 0.5 + CONFIDENCE / 2.0
    few = float(t.ppf(half, rows - 1) / norm.ppf(half))
    return float(np.quantile(largest, CONFIDENCE)) * few


def gaps_to(best: int, samples: Floats, seed: int) -> Simultaneous:
    """By how much the mean of each column of float64[n, columns] lacks to that of `best`, with simultaneous intervals.

    Which column is best was found by looking, so that the intervals hold at once for all pairs of columns (as Tukey's
    do), not only for those with it: of eight columns that are all alike, the luckiest would else be told from another
    about one time in five.
    """
    first, second = np.triu_indices(samples.shape[1], 1)
    return simultaneous(samples[:, [best]] - samples, seed, among=samples[:, first] - samples[:, second])


def chance_of_best_mean(samples: Floats, seed: int) -> Floats:
    """How sure it is that each column's mean is the highest, float64[columns]: share of resamples, ties split."""
    return _firsts(_means(samples, seed))


def chance_of_best_case(samples: Floats) -> Floats:
    """How often each column is the highest in one single row, float64[columns]; ties split."""
    return _firsts(samples)


def expected_loss(samples: Floats, seed: int) -> Floats:
    """What choosing each column would lose, for not knowing the means better, float64[columns].

    Mean over resamples of the highest mean minus the column's: the expected opportunity loss.
    """
    means = _means(samples, seed)
    return np.asarray((means.max(axis=1, keepdims=True) - means).mean(axis=0))


def regret(samples: Floats) -> Floats:
    """By how much each column falls short of the best of its row, float64[n, columns], 0 for the best."""
    return np.asarray(samples.max(axis=1, keepdims=True) - samples)


def _means(samples: Floats, seed: int) -> Floats:
    return np.asarray(samples[resamples(len(samples), seed)].mean(axis=1))


def _firsts(rows: Floats) -> Floats:
    best = rows >= rows.max(axis=1, keepdims=True)
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def more_needed(mean: float, error: float, critical: float, n: int) -> int:
    """Further units until the interval excludes 0, if mean and spread stay as they are; `NEVER` if there is no telling.

    Half-widths shrink with the square root of the number of units.
    """
    if math.isnan(mean) or math.isnan(error) or math.isnan(critical) or abs(mean) <= 1e-12:
        return NEVER
    wanted = n * (critical * error / abs(mean)) ** 2
    return 0 if wanted <= n else min(NEVER, math.ceil(wanted - n))


def dominators(points: Floats) -> list[int | None]:
    """For each row of float64[rows, goals] (all to be high) a row that is no worse in any and better in some goal.

    None for rows of the Pareto front. Of several, the first in the order of rows.
    """
    found: list[int | None] = []
    for point in points:
        no_worse, better = (points >= point).all(axis=1), (points > point).any(axis=1)
        who = np.flatnonzero(no_worse & better)
        found.append(int(who[0]) if len(who) else None)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """Standing of one scheme in a cost-effectiveness analysis.

    Attributes:
        status: `frontier`, `dominated` (another does at least as well for no more) or `extended` (a mix of two does).
        by: columns that dominate it.
        ratio: extra cost per extra unit of effect against the scheme before it on the frontier; nan elsewhere.
    """

    status: str
    by: tuple[int, ...] = ()
    ratio: float = math.nan


def frontier(cost: Sequence[float], effect: Sequence[float]) -> list[Step]:
    """Who is on the efficient frontier (Drummond et al. 2015, Methods for the Economic Evaluation, chapter 8)."""
    points = np.column_stack([-np.asarray(cost), np.asarray(effect)])
    steps = [Step("frontier") if by is None else Step("dominated", (by,)) for by in dominators(points)]
    left = sorted((i for i, s in enumerate(steps) if s.status == "frontier"), key=lambda i: (cost[i], effect[i]))
    while (k := _bend(left, cost, effect)) is not None:
        steps[left[k]] = Step("extended", (left[k - 1], left[k + 1]))
        del left[k]
    for before, after in pairwise(left):
        steps[after] = Step("frontier", (), _ratio(before, after, cost, effect))
    return steps


def _ratio(a: int, b: int, cost: Sequence[float], effect: Sequence[float]) -> float:
    gain = effect[b] - effect[a]
    return (cost[b] - cost[a]) / gain if gain > 0.0 else math.nan


def _bend(left: Sequence[int], cost: Sequence[float], effect: Sequence[float]) -> int | None:
    """Position of a scheme whose next step up is cheaper per unit than the step to it."""
    for k in range(1, len(left) - 1):
        first, second = _ratio(left[k - 1], left[k], cost, effect), _ratio(left[k], left[k + 1], cost, effect)
        if second < first:
            return k
    return None
