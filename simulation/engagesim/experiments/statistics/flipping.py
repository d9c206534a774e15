"""What flips an answer: the one split of one uncertain number that best tells the worlds with yes from those with no.

A decision stump (Breiman, Friedman, Olshen & Stone 1984): of all splits of all numbers, the one after which Gini
impurity has fallen most. Whether it says more than chance is tested by permuting the answers: the best split of
shuffled answers is as good in at most 5 % of shuffles, or there is none. So where answers depend on no number, a split
is told in at most 5 % of cases, however many numbers and thresholds are tried, and a flip no more often than a split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEWEST = 10
"""Worlds from which on a split is looked for."""
SHUFFLES = 199
LEVEL = 0.05
LEAST_LEAF = 0.1
"""Share of worlds on the smaller side of a split."""


@dataclass(frozen=True, slots=True)
class Split:
    """Where an answer turns: the share of worlds with yes below (or at) and above `value` of the number `parameter`.

    `p` is the chance of so clear a split, in any of the numbers, by luck alone. `flips` says whether most worlds on one
    side say yes and most on the other no; else the split only shifts the share.
    """

    parameter: str
    value: float
    below: float
    above: float
    p: float
    flips: bool


def split_of(names: Sequence[str], worlds: Floats, held: Bools, seed: int) -> Split | None:
    """The split that best tells the worlds float64[W, parameters] where an answer `held` (bool[W]) from the others.

    None in fewer than `FEWEST` worlds, where it held or failed in all of them, or where no split says more than chance.
    """
    if len(held) < FEWEST or held.all() or not held.any():
        return None
    # Under this name the verdicts on claims were drawn; another would give their chances other last digits.
    rng = np.random.default_rng(key_of(seed, named("claims.shuffles"), 0))
    answers = np.stack([held, *(rng.permutation(held) for _ in range(SHUFFLES))])
    clear, column, value = best_splits(worlds, answers)
    p = float((clear >= clear[0]).mean())
    if clear[0] == 0.0 or p > LEVEL:
        return None
    low = worlds[:, column] <= value
    below, above = float(held[low].mean()), float(held[~low].mean())
    return Split(names[column], value, below, above, p, (below > 0.5) != (above > 0.5))


def best_splits(worlds: Floats, answers: Bools) -> tuple[Floats, int, float]:
    """How clear the best split of each of several answers bool[A, W] is, float64[A], and that of the first of them.

    A split with k of W worlds below it, h of which have one of the H in all, lowers Gini impurity by
    2 (h W - k H)^2 / (k (W - k) W^2). Only the part that differs between splits is taken, a quotient of whole numbers:
    splits that are equally clear come out equal to the last bit. Of those, the first number's lowest threshold is told.

    Returns:
        That quotient of the best split of every answer (0 where there is none), and the column and the threshold of the
        first answer's.
    """
    count, total = answers.shape[1], answers.sum(axis=1, keepdims=True)
    least = max(1, int(np.ceil(LEAST_LEAF * count)))
    k = np.arange(least, count - least + 1)
    best, column, value = np.zeros(len(answers)), -1, float("nan")
    for j in range(worlds.shape[1]):
        order = np.argsort(worlds[:, j], kind="stable")
        # In single precision, as scikit-learn's stump has it: thresholds of kept verdicts are its to the last digit.
        point = worlds[order, j].astype(np.float32).astype(np.float64)
        apart = point[k - 1] < point[k]
        hits = np.cumsum(answers[:, order], axis=1)[:, k - 1]
        clear = np.where(apart, (hits * count - k * total).astype(np.float64) ** 2 / (k * (count - k)), 0.0)
        at = int(clear[0].argmax())
        if clear[0, at] > best[0]:
            column, value = j, float(point[k[at] - 1] + point[k[at]]) / 2.0
        best = np.maximum(best, clear.max(axis=1))
    return best, column, value
