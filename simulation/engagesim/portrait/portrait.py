"""The portrait of a network: a few numbers with known meaning, and the members behind them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse.csgraph import connected_components

from ..engine.paths import betweenness
from ..parameter import ROLES
from ..population import Floats
from ..structures.critical import strengths
from ..structures.influence import concentration, influence
from ..structures.robustness import robustness
from .congestion import by_shortest_paths, by_the_line
from .ratio import Ratio, note, ratio_of

if TYPE_CHECKING:
    from ..structures.network import Network


NAMED = 5
"""Members named under each heading."""
LOSSES = (0.01, 0.05, 0.10)
"""Shares of the members that are taken out."""
HEADLINE_LOSS = 0.05


@dataclass(frozen=True, slots=True)
class Named:
    """One member with its number."""

    member: str
    share: float


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a network is.

    Attributes:
        members, ties, parts: how many; a part is a connected piece.
        roles, units, places, lines: members by role, and how many units, places and reporting lines there are.
        largest_part: share of the members in the largest part.
        ratio: benefit over cost from which giving spreads in the largest part (Allen et al. 2017).
        congestion: share of requests that each member handles: float64[N].
        by_line: whether they go along a reporting line, or else along shortest paths.
        robustness: share of the rest still connected after the first 1, 5 and 10 % are out.
        influence: weight of each member's view in a consensus: float64[N].
        influence_concentration: error of that consensus over that of the plain mean; 1 if all weigh alike.
        between: share of pairs whose shortest path runs through each member: float64[N].
        labels: names of the members.
    """

    members: int
    ties: int
    parts: int
    roles: dict[str, int]
    units: int
    places: int
    lines: int
    largest_part: float
    ratio: Ratio
    congestion: Floats
    by_line: bool
    robustness: dict[float, float]
    influence: Floats
    influence_concentration: float
    between: Floats
    labels: tuple[str, ...]

    @property
    def brokers(self) -> list[Named]:
        """Members through whom most shortest paths run."""
        return self.top(self.between)

    def top(self, shares: Floats) -> list[Named]:
        """Members with the largest shares, above 0."""
        order = np.argsort(-shares, kind="stable")[:NAMED]
        return [Named(self.labels[i], float(shares[i])) for i in order.tolist() if shares[i] > 0.0]

    def document(self) -> dict[str, Any]:
        """The portrait as JSON; a number that is infinite or unknown is null, and `critical_ratio_note` says which."""
        ratio = self.ratio
        return {
            "members": self.members, "ties": self.ties, "parts": self.parts, "largest_part": self.largest_part,
            "roles": self.roles, "units": self.units, "places": self.places, "reporting_lines": self.lines,
            "critical_ratio": finite(ratio.value), "critical_ratio_se": finite(ratio.se),
            "critical_ratio_low": finite(ratio.low), "critical_ratio_high": finite(ratio.high),
            "critical_ratio_from": ratio.way, "critical_ratio_runs": ratio.runs,
            "critical_ratio_note": note(ratio, self.largest_part),
            "max_congestion": float(self.congestion.max()),
            "congestion_along": "reporting line" if self.by_line else "shortest paths",
            "busiest": _rows(self.top(self.congestion)), "robustness": self.robustness[HEADLINE_LOSS],
            "robustness_by_loss": {f"{loss:g}": kept for loss, kept in self.robustness.items()},
            "influence_concentration": self.influence_concentration,
            "most_influential": _rows(self.top(self.influence)), "brokers": _rows(self.brokers),
        }  # fmt: skip


def _rows(named: list[Named]) -> list[dict[str, Any]]:
    return [{"member": one.member, "share": one.share} for one in named]


def finite(number: float) -> float | None:
    """The number, or None where there is none that JSON can hold."""
    return number if math.isfinite(number) else None


def portrait(network: Network, seed: int = 0) -> Portrait:
    """The portrait of a network of at least one member.

    Args:
        network: who is tied to whom.
        seed: root seed of the requests that are sent through a reporting line.
    """
    weights = strengths(network)
    parts, part = connected_components(weights, directed=False)
    largest = int(np.bincount(part).max())
    by_line = bool((network.manager >= 0).any())
    between = betweenness(network)
    return Portrait(
        members=network.size,
        ties=network.ties,
        parts=int(parts),
        roles={role: int((network.role == code).sum()) for code, role in enumerate(ROLES)},
        units=len(np.unique(network.unit[network.unit >= 0])),
        places=len(np.unique(network.place[network.place >= 0])),
        lines=int((network.manager >= 0).sum()),
        largest_part=largest / network.size,
        ratio=ratio_of(network, seed),
        congestion=by_the_line(network, seed) if by_line else by_shortest_paths(network, between),
        by_line=by_line,
        robustness={loss: robustness(network, loss) for loss in LOSSES},
        influence=influence(network),
        influence_concentration=concentration(network),
        between=between,
        labels=network.labels or tuple(map(str, range(network.size))),
    )
