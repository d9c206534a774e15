"""Policies over cases and goals: regret, how often good enough, who is beaten on every count, who is efficient."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def regret(samples: Floats) -> Floats:
    """By how much each column falls short of the best of its row, where more is better (Savage 1951).

    float64[n, columns] to the same, 0 for the best; nan in rows where any column has no value.
    """
    return np.asarray(samples.max(axis=1, keepdims=True) - samples)


def satisficing(samples: Floats, at_least: float, at_most: float) -> Floats:
    """Share of rows in which each column is good enough: float64[columns]. One without a value is not."""
    with np.errstate(invalid="ignore"):
        good: Floats = ((samples >= at_least) & (samples <= at_most)).mean(axis=0)
    return good


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


def pareto(points: Floats) -> Flags:
    """Which rows of float64[rows, goals] no other beats; one with a nan never is."""
    beaten = np.array([by is not None for by in dominators(points)], dtype=np.bool_)
    return np.asarray(~beaten & ~np.isnan(points).any(axis=1))


@dataclass(frozen=True, slots=True)
class Step:
    """Standing of one policy in a cost-effectiveness analysis.

    Attributes:
        status: `frontier`, `dominated` (another does at least as well for no more) or `extended` (a mix of two does).
        by: columns that dominate it.
        ratio: extra cost per extra unit of effect against the policy before it on the frontier; nan elsewhere.
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
    """Position of a policy whose next step up is cheaper per unit than the step to it."""
    for k in range(1, len(left) - 1):
        first, second = _ratio(left[k - 1], left[k], cost, effect), _ratio(left[k], left[k + 1], cost, effect)
        if second < first:
            return k
    return None
