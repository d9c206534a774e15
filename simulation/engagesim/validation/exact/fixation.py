"""Fixation probabilities: how likely the descendants of one mutant take a population over."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...population import Floats

Game = tuple[tuple[float, float], tuple[float, float]]
"""Payoffs ((a, b), (c, d)) of the row player; the first strategy cooperates."""


def moran(r: float, size: int) -> float:
    """A mutant of relative fitness `r` among `size` in a Moran process (Moran 1958)."""
    return 1.0 / size if r == 1.0 else (1.0 - 1.0 / r) / (1.0 - r ** -float(size))


def two_strategies(game: Game, size: int, selection: float) -> float:
    """One first among second strategies in a well-mixed Moran process (Nowak, Sasaki, Taylor, Fudenberg 2004).

    Fitness is 1 + selection x mean payoff against all others.
    """
    (a, b), (c, d) = game
    k = np.arange(1, size)
    f = 1.0 + selection * (a * (k - 1) + b * (size - k)) / (size - 1)
    g = 1.0 + selection * (c * k + d * (size - k - 1)) / (size - 1)
    return float(1.0 / (1.0 + np.cumprod(g / f).sum()))


def weak_advantage(game: Game, size: int) -> float:
    """Above 0 where, under weak selection, the first strategy takes over more often than by chance (same paper)."""
    (a, b), (c, d) = game
    return a * (size - 2) + b * (2 * size - 1) - c * (size + 1) - d * (2 * size - 4)


def threshold(advantage: Callable[[float], float], low: float, high: float) -> float:
    """Where an advantage that rises with the benefit changes its sign, by bisection to 1e-12."""
    while high - low > 1e-12 * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if advantage(middle) < 0.0 else (low, middle)
    return (low + high) / 2.0


def direct(benefit: float, cost: float, another_round: float) -> Game:
    """Tit for tat against defection, with a chance of another round (Nowak 2006)."""
    return ((benefit - cost) / (1.0 - another_round), -cost), (benefit, 0.0)


def indirect(benefit: float, cost: float, known: float) -> Game:
    """Helping all but those whose bad name is known, against defection (Nowak 2006)."""
    return (benefit - cost, -cost * (1.0 - known)), (benefit * (1.0 - known), 0.0)


def group(benefit: float, cost: float, members: int, groups: int) -> Game:
    """Cooperation against defection in groups that split and replace each other (Nowak 2006)."""
    n, m = members, groups
    return ((benefit - cost) * (m + n), (benefit - cost) * m - cost * n), (benefit * n, 0.0)


def on_graph(benefit: float, cost: float, degree: int) -> Game:
    """Cooperation against defection on a regular graph, death-birth updating (Ohtsuki, Nowak 2006)."""
    k = degree
    h = ((benefit - cost) * k - 2.0 * cost) / ((k + 1.0) * (k - 2.0))
    return (benefit - cost, h - cost), (benefit - h, 0.0)


def public_goods_threshold(size: int, members: int) -> float:
    """Multiplier from which cooperators fare better in random groups of `members` out of `size`."""
    return members * (size - 1) / (size - members)


def regular_graph_threshold(size: int, degree: int) -> float:
    """Critical ratio on a regular graph (Taylor, Day, Wild 2007; Allen, Nowak 2014)."""
    gain = size / degree - 2.0
    return float("inf") if gain == 0.0 else (size - 2.0) / gain


def on_network(
    weights: Floats, benefit: float, cost: float, selection: float, accumulated: bool = False
) -> tuple[float, float]:
    """One cooperator, and one defector, at a random place of a network of up to 12: the chain of all 2^N states.

    Death-birth updating; payoffs are means over ties by weight, or sums; fitness is 1 + selection x payoff.
    """
    size = len(weights)
    states = (np.arange(1 << size)[:, None] >> np.arange(size)) & 1
    total = weights.sum(axis=1)
    payoff = benefit * (states @ weights.T) / total - cost * states
    if accumulated:
        payoff = payoff * total
    pull = 1.0 + selection * payoff
    attraction = pull[:, None, :] * weights[None, :, :]
    to_cooperate = (attraction * states[:, None, :]).sum(axis=2) / attraction.sum(axis=2)
    return _absorbed(states, to_cooperate)


def _absorbed(states: NDArray[np.int64], to_cooperate: Floats) -> tuple[float, float]:
    """Chances of a random single 1 and of a single 0 to take over, where a random place takes 1 with given chances."""
    size = states.shape[1]
    count, numbers = len(states), np.arange(len(states))
    matrix = np.zeros((count, count))
    for i in range(size):
        bit = 1 << i
        np.add.at(matrix, (numbers, numbers | bit), to_cooperate[:, i] / size)
        np.add.at(matrix, (numbers, numbers & ~bit), (1.0 - to_cooperate[:, i]) / size)
    inner = slice(1, count - 1)
    ends = np.linalg.solve(np.eye(count - 2) - matrix[inner, inner], matrix[inner, count - 1])
    one = np.mean([ends[(1 << i) - 1] for i in range(size)])
    zero = 1.0 - np.mean([ends[count - 2 - (1 << i)] for i in range(size)])
    return float(one), float(zero)
