"""Outcomes about how things are spread over the members at the end of a run, declared once for both engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .engine.paths import betweenness
from .measures import GROUPS, Outcome
from .parameter import ROLES
from .population import Floats
from .structures.network import Network

Who = NDArray[np.bool_]


class End:
    """The end of a run: its members and the ties between them."""

    def __init__(self, members: Mapping[str, NDArray[Any]], network: Network) -> None:
        self.members, self.network = members, network

    @cached_property
    def active(self) -> Who:
        """Whether each place is taken: bool[N]."""
        taken: Who = self.members["active"] > 0
        return taken

    @cached_property
    def owner(self) -> NDArray[np.int64]:
        """Member whose row each slot is in: int64[slots]."""
        return np.repeat(np.arange(self.network.size), np.diff(self.network.start))

    @cached_property
    def betweenness(self) -> Floats:
        """Share of shortest paths on which each member lies: float64[N]."""
        return betweenness(self.network)

    def who(self, group: str) -> Who:
        """Active members of a group: bool[N]."""
        if group == "everyone":
            return self.active
        mine: Who = self.active & (self.members["role"] == ROLES.index(group))
        return mine


class Distribution(Outcome[Callable[[End, Who], float]]):
    """An outcome over the members at the end of a run; `compute` gives nan where there is nothing to tell."""


def gini(x: Floats) -> float:
    """Gini coefficient of numbers that are not negative, 0 (all alike) to 1; nan without any sum."""
    total = float(x.sum())
    if total <= 0.0:
        return float("nan")
    ranks = np.arange(1, len(x) + 1)
    return float((2.0 * ranks - len(x) - 1.0) @ np.sort(x) / (len(x) * total))


def share_of_top(x: Floats, first: float, last: float) -> float:
    """Share of the sum that belongs to those ranked from `first` to `last` (shares from the top); nan without a sum.

    Ranks that a boundary cuts count with the part that lies inside.
    """
    total = float(x.sum())
    if total <= 0.0:
        return float("nan")
    ordered = np.concatenate(([0.0], np.cumsum(np.sort(x)[::-1])))
    held = np.interp([first * len(x), last * len(x)], np.arange(len(x) + 1), ordered)
    return float((held[1] - held[0]) / total)


def gini_of(column: str) -> Callable[[End, Who], float]:
    """Gini coefficient of a column."""
    return lambda end, who: gini(end.members[column][who].astype(np.float64))


def top_of(column: str, first: float, last: float) -> Callable[[End, Who], float]:
    """Share of the top of a column."""
    return lambda end, who: share_of_top(end.members[column][who].astype(np.float64), first, last)


def between_units(end: End, who: Who) -> float:
    """Share of ties between members of units that join different units."""
    unit, owner, other = end.network.unit, end.owner, end.network.neighbour
    within = who[owner] & (unit[owner] >= 0) & (unit[other] >= 0)
    return float((unit[owner] != unit[other])[within].mean()) if within.any() else float("nan")


def reciprocity(end: End, who: Who) -> float:
    """How equally the two ends of a tie help: smaller over larger relational effort, by tie strength."""
    effort, owner, other = end.members["effort_relational"], end.owner, end.network.neighbour
    weight = np.where(who[owner], end.network.strength, 0.0)
    more = float((weight * np.maximum(effort[owner], effort[other])).sum())
    less = float((weight * np.minimum(effort[owner], effort[other])).sum())
    return less / more if more > 0.0 else float("nan")


def unit_correlation(column: str) -> Callable[[End, Who], float]:
    """Intraclass correlation ICC(1) of a column within units of two or more members (Bliese 2000)."""
    return lambda end, who: _icc(end.members[column][who & (end.network.unit >= 0)], end.network.unit, end, who)


def _icc(x: Floats, units: NDArray[np.int32], end: End, who: Who) -> float:
    _, where, sizes = np.unique(units[who & (end.network.unit >= 0)], return_inverse=True, return_counts=True)
    keep = sizes[where] > 1
    x, where = x[keep], where[keep]
    sizes = np.bincount(where, minlength=len(sizes))
    groups = int((sizes > 0).sum())
    if groups < 2 or float(x.var() if len(x) else 0.0) <= 0.0:
        return float("nan")
    means = np.bincount(where, x, minlength=len(sizes)) / np.maximum(sizes, 1)
    between = float(sizes @ (means - x.mean()) ** 2) / (groups - 1)
    inside = float(((x - means[where]) ** 2).sum()) / (len(x) - groups)
    usual = (len(x) - float((sizes**2).sum()) / len(x)) / (groups - 1)
    return (between - inside) / (between + (usual - 1.0) * inside)


def betweenness_concentration(end: End, who: Who) -> float:
    """Gini coefficient of the shares of shortest paths."""
    return gini(end.betweenness[who])


DISTRIBUTIONS = (
    Distribution("contribution_gini", "Inequality of contributions", "Gini", 0, 1, "Gini(contributed)",
                 gini_of("contributed")),
    Distribution("contribution_top_1", "Value created by the top 1 %", "share of value", 0, 1,
                 "sum of the top 1 % / sum", top_of("contributed", 0.0, 0.01)),
    Distribution("contribution_next_9", "Value created by the next 9 %", "share of value", 0, 1,
                 "sum of ranks 1 % to 10 % / sum", top_of("contributed", 0.01, 0.10)),
    Distribution("contribution_other_90", "Value created by the other 90 %", "share of value", 0, 1,
                 "sum of ranks 10 % to 100 % / sum", top_of("contributed", 0.10, 1.0)),
    Distribution("influence_gini", "Inequality of realized influence", "Gini", 0, 1,
                 "Gini(tie_strength): the weight of a member's view in a lasting consensus follows its tie strengths",
                 gini_of("tie_strength")),
    Distribution("power_gini", "Inequality of power to decide", "Gini", 0, 1,
                 "Gini(decision_weight): what each member's view weighed in the last decision",
                 gini_of("decision_weight")),
    Distribution("betweenness_concentration", "Concentration of brokerage", "Gini", 0, 1,
                 "Gini(share of shortest paths through a member)", betweenness_concentration),
    Distribution("cross_unit_ties", "Ties between units", "share of ties", 0, 1,
                 "ties between different units / ties between members of units", between_units),
    Distribution("reciprocity", "Reciprocity of help", "share", 0, 1,
                 "sum of strength x smaller relational effort / sum of strength x larger", reciprocity, 1),
    Distribution("trust_within_units", "Likeness of trust within units", "ICC(1)", -1, 1,
                 "(between - within) / (between + (k - 1) within) mean squares", unit_correlation("trust")),
    Distribution("motivation_within_units", "Likeness of motivation within units", "ICC(1)", -1, 1,
                 "(between - within) / (between + (k - 1) within) mean squares", unit_correlation("motivation")),
)  # fmt: skip

BY_NAME: Mapping[str, Distribution] = {d.name: d for d in DISTRIBUTIONS}


def at_the_end(end: End, names: tuple[str, ...] = tuple(BY_NAME)) -> Floats:
    """Distributions by group: float64[groups, names]."""
    people = [end.who(group) for group in GROUPS]
    rows = [[BY_NAME[name].compute(end, who) if who.any() else float("nan") for name in names] for who in people]
    return np.array(rows, dtype=np.float64).reshape(len(GROUPS), len(names))
