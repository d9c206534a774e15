"""What flips a claim: the one split of one uncertain parameter that best tells where it holds from where it fails.

A decision stump (Breiman, Friedman, Olshen & Stone 1984) over the worlds. Whether it says more than chance is tested
by permuting the answers: the best split of shuffled answers is as good in at most 5 % of shuffles, or there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SHUFFLES = 199
LEVEL = 0.05
LEAST_LEAF = 0.1
"""Share of worlds on the smaller side of a split."""


@dataclass(frozen=True, slots=True)
class Split:
    """Where a claim turns: the share of worlds in which it holds below (or at) and above `value` of `parameter`.

    `flips` says whether most worlds on one side hold and most on the other fail; else the split only shifts the share.
    """

    parameter: str
    value: float
    below: float
    above: float
    p: float
    flips: bool


def split_of(names: Sequence[str], worlds: Floats, held: Bools, seed: int) -> Split | None:
    """The split that best tells the worlds float64[W, parameters] where a claim `held` from the others.

    None where it held or failed in all of them, or where no split says more than chance.
    """
    if len(held) < 10 or held.all() or not held.any():
        return None
    gain, column, value = best_split(worlds, held)
    rng = np.random.default_rng(key_of(seed, named("claims.shuffles"), 0))
    shuffled = [best_split(worlds, rng.permutation(held))[0] for _ in range(SHUFFLES)]
    p = (1 + sum(other >= gain for other in shuffled)) / (1 + SHUFFLES)
    if column < 0 or p > LEVEL:
        return None
    low = worlds[:, column] <= value
    below, above = float(held[low].mean()), float(held[~low].mean())
    return Split(names[column], value, below, above, p, (below > 0.5) != (above > 0.5))


def best_split(worlds: Floats, held: Bools) -> tuple[float, int, float]:
    """Gain in Gini impurity, column and threshold of the best stump; column -1 if there is none."""
    from sklearn.tree import DecisionTreeClassifier

    stump = DecisionTreeClassifier(max_depth=1, min_samples_leaf=LEAST_LEAF, random_state=0).fit(worlds, held)
    tree = stump.tree_
    if tree.node_count == 1:
        return 0.0, -1, float("nan")
    share = tree.n_node_samples / len(held)
    gain = tree.impurity[0] - share[1] * tree.impurity[1] - share[2] * tree.impurity[2]
    return float(gain), int(tree.feature[0]), float(tree.threshold[0])
