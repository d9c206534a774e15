"""Selection between groups that split and replace each other: the chain of all compositions of a few small groups."""

from __future__ import annotations

from itertools import product

import numpy as np

from ...population import Floats


def takeovers(
    members: int, groups: int, benefit: float, cost: float, selection: float, split: float
) -> tuple[float, float]:
    """Chances of one cooperator, and of one defector, to take all groups over.

    Everybody gives to all others of its group or to nobody; payoffs are means over the others. In a step one random
    member of each group takes over the way of a member of its group drawn by fitness, 1 + selection x payoff; then with
    chance `split` a group drawn by the summed fitness it had replaces a random group (after Traulsen & Nowak 2006).
    """
    states = list(product(range(members + 1), repeat=groups))
    index = {state: k for k, state in enumerate(states)}
    moves = [_within(c, members, benefit, cost, selection) for c in range(members + 1)]
    fitness = [_total(c, members, benefit, cost, selection) for c in range(members + 1)]
    matrix = np.zeros((len(states), len(states)))
    for state in states:
        weights = np.array([fitness[c] for c in state]) / sum(fitness[c] for c in state)
        for steps in product((-1, 0, 1), repeat=groups):
            chance = float(np.prod([moves[c][step] for c, step in zip(state, steps, strict=True)]))
            if chance > 0.0:
                after = tuple(c + step for c, step in zip(state, steps, strict=True))
                _replace(matrix[index[state]], index, after, chance, weights, split)
    return _ends(matrix, index, members, groups)


def _payoffs(c: int, members: int, benefit: float, cost: float) -> tuple[float, float]:
    """Payoff of a cooperator and of a defector in a group with c cooperators."""
    return benefit * (c - 1) / (members - 1) - cost, benefit * c / (members - 1)


def _total(c: int, members: int, benefit: float, cost: float, selection: float) -> float:
    give, ride = _payoffs(c, members, benefit, cost)
    return c * (1.0 + selection * give) + (members - c) * (1.0 + selection * ride)


def _within(c: int, members: int, benefit: float, cost: float, selection: float) -> dict[int, float]:
    """Chances that the number of cooperators of a group falls, stays or rises by one."""
    give, _ = _payoffs(c, members, benefit, cost)
    drawn = c * (1.0 + selection * give) / _total(c, members, benefit, cost, selection)
    up, down = (members - c) / members * drawn, c / members * (1.0 - drawn)
    return {-1: down, 0: 1.0 - up - down, 1: up}


def _replace(
    row: Floats, index: dict[tuple[int, ...], int], after: tuple[int, ...], chance: float, weights: Floats, split: float
) -> None:
    """Add where a composition goes by one group replacing another, or none."""
    row[index[after]] += chance * (1.0 - split)
    for parent, child in product(range(len(after)), repeat=2):
        changed = list(after)
        changed[child] = after[parent]
        row[index[tuple(changed)]] += chance * split * weights[parent] / len(after)


def _ends(matrix: Floats, index: dict[tuple[int, ...], int], members: int, groups: int) -> tuple[float, float]:
    none, every = (0,) * groups, (members,) * groups
    inner = [k for state, k in index.items() if state not in (none, every)]
    left = np.eye(len(inner)) - matrix[np.ix_(inner, inner)]
    chance = dict(zip(inner, np.linalg.solve(left, matrix[inner, index[every]]), strict=True))
    one, other = (1, *none[1:]), (members - 1, *every[1:])
    return float(chance[index[one]]), float(1.0 - chance[index[other]])
