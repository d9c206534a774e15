"""Where does a design fail? Boxes and trees over uncertain worlds (scenario discovery, Bryant & Lempert 2010)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PEEL = 0.05
"""Share of the points in the box that one step of peeling may take off, at most about."""

LEAST_SUPPORT = 0.05
"""Share of all points that a box must hold."""

LEAST_POINTS = 20
"""Points below which nothing is looked for, and cases of each kind below 5."""

FEWEST_OF_A_KIND = 5
DEPTH = 3
CHANCE = 0.05
"""Chance of so dense a box by luck alone, for all boxes that are looked for together, up to which any is told."""
LEAST_GAIN = 0.1
"""A limit that raises the density of the box by less than this share of what it could is left out."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the space of factors in which the cases of interest are dense.

    Attributes:
        limits: low and high of every factor that the box restricts.
        ranges: least and most of those factors over all points.
        density: share of interest within the box.
        coverage: share of all cases of interest that it holds.
        base: share of interest over all points.
        points: points within the box.
        density_elsewhere: of a box made from half of the points, on the other half.
        chance: probability that a box there would be as dense by luck alone (hypergeometric); 1 where it is empty.
    """

    limits: dict[str, tuple[float, float]]
    ranges: dict[str, tuple[float, float]]
    density: float
    coverage: float
    base: float
    points: int
    density_elsewhere: float
    chance: float


def enough(flags: Flags) -> bool:
    """Whether there are enough points of both kinds to look for a box or a tree."""
    return len(flags) >= LEAST_POINTS and min(int(flags.sum()), int((~flags).sum())) >= FEWEST_OF_A_KIND


def prim(points: Floats, flags: Flags, names: Sequence[str]) -> Box | None:
    """The box of the patient rule induction method (Friedman & Fisher 1999): peeled from all sides, then thinned.

    Args:
        points: float64[n, factors].
        flags: which points are of interest.
        names: of the factors.

    Returns:
        None where there are too few points of one kind, or no box is denser than the whole.
    """
    if not enough(flags):
        return None
    chosen = _thinned(points, flags, _peeled(points, flags))
    inside = _inside(points, chosen)
    if not chosen or flags[inside].mean() <= flags.mean():
        return None
    kept = {names[k]: limits for k, limits in sorted(chosen.items())}
    ranges = {names[k]: (float(points[:, k].min()), float(points[:, k].max())) for k in sorted(chosen)}
    return Box(
        kept, ranges, float(flags[inside].mean()), float(flags[inside].sum() / flags.sum()), float(flags.mean()),
        int(inside.sum()), *_tried(points, flags),
    )  # fmt: skip


def beyond_luck(box: Box | None, looked_for: int) -> Box | None:
    """The box, unless luck would give one as dense in one of so many that were `looked_for` (Bonferroni)."""
    return box if box is not None and box.chance < CHANCE / looked_for else None


def _tried(points: Floats, flags: Flags) -> tuple[float, float]:
    """Density on the other half of a box made from every second point, and the chance of so much by luck."""
    from scipy.stats import hypergeom

    half, rest = flags[::2], flags[1::2]
    inside = _inside(points[1::2], _thinned(points[::2], half, _peeled(points[::2], half)))
    if not inside.any():
        return float("nan"), 1.0
    hits = int(rest[inside].sum())
    luck = hypergeom.sf(hits - 1, len(rest), int(rest.sum()), int(inside.sum()))
    return float(rest[inside].mean()), float(luck)


Limits = dict[int, tuple[float, float]]


def _inside(points: Floats, limits: Limits) -> Flags:
    inside = np.ones(len(points), dtype=np.bool_)
    for k, (low, high) in limits.items():
        inside &= (points[:, k] >= low) & (points[:, k] <= high)
    return inside


def _peeled(points: Floats, flags: Flags) -> Limits:
    """Peel off, again and again, the thin slice whose loss makes the box densest; keep the best trade-off.

    The best box has the highest product of density and coverage: dense, and not by leaving most cases out.
    """
    limits: Limits = {}
    best, best_score = limits, _score(points, flags, limits)
    while True:
        choices = [c for c in _slices(points, limits) if _inside(points, c).mean() >= LEAST_SUPPORT]
        if not choices:
            return best
        limits = max(choices, key=lambda c: float(flags[_inside(points, c)].mean()))
        score = _score(points, flags, limits)
        if score > best_score:
            best, best_score = limits, score


def _score(points: Floats, flags: Flags, limits: Limits) -> float:
    inside = _inside(points, limits)
    return float(flags[inside].mean() * flags[inside].sum() / flags.sum()) if inside.any() else 0.0


def _slices(points: Floats, limits: Limits) -> list[Limits]:
    """The box with one side of one factor peeled."""
    inside = points[_inside(points, limits)]
    found = []
    for k in range(points.shape[1]):
        low, high = limits.get(k, (float(points[:, k].min()), float(points[:, k].max())))
        column = inside[:, k]
        above = column[column > np.quantile(column, PEEL, method="lower")]
        below = column[column < np.quantile(column, 1.0 - PEEL, method="higher")]
        if len(above):
            found.append({**limits, k: (float(above.min()), high)})
        if len(below):
            found.append({**limits, k: (low, float(below.max()))})
    return found


def _thinned(points: Floats, flags: Flags, limits: Limits) -> Limits:
    """Without the limits that hardly matter, the least first."""
    while limits:
        density = float(flags[_inside(points, limits)].mean())
        without = {k: {j: ends for j, ends in limits.items() if j != k} for k in limits}
        losses = {k: density - float(flags[_inside(points, rest)].mean()) for k, rest in without.items()}
        weakest = min(losses, key=lambda k: losses[k])
        if losses[weakest] >= LEAST_GAIN * (1.0 - float(flags.mean())):
            return limits
        limits = without[weakest]
    return limits


def tree(points: Floats, flags: Flags, names: Sequence[str], seed: int) -> list[str]:
    """A classification tree (CART) in words, one line per leaf, and how well it does on points it was not made from.

    Empty where there are too few points of one kind.
    """
    if not enough(flags):
        return []
    from sklearn.model_selection import cross_val_score
    from sklearn.tree import DecisionTreeClassifier

    least = max(5, round(LEAST_SUPPORT * len(flags)))
    model = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=least, random_state=seed % 2**31)
    scores = cross_val_score(model, points, flags, cv=5, scoring="balanced_accuracy")
    model.fit(points, flags)
    leaves = _leaves(model, names)
    lines = [f"{share:.0%} of {count} points where {rule or 'anything holds'}" for rule, share, count in leaves]
    return [*lines, f"right in {scores.mean():.0%} of new points (balanced; 50 % is guessing)"]


def _leaves(model: Any, names: Sequence[str]) -> list[tuple[str, float, int]]:
    """Rule, share of interest and number of points of every leaf."""
    grown = model.tree_
    found = []

    def walk(node: int, rule: list[str]) -> None:
        left, right = int(grown.children_left[node]), int(grown.children_right[node])
        if left == right:
            shares = grown.value[node][0]
            share = float(shares[-1] / shares.sum()) if len(shares) > 1 else float(model.classes_[0])
            found.append((" and ".join(rule), share, int(grown.n_node_samples[node])))
            return
        name, at = names[int(grown.feature[node])], float(grown.threshold[node])
        walk(left, [*rule, f"{name} <= {at:.3g}"])
        walk(right, [*rule, f"{name} > {at:.3g}"])

    walk(0, [])
    return found
