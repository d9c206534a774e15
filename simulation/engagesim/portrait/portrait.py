"""The portrait of a network: a few numbers with known meaning, and the members behind them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from ..structures.critical import critical_ratio, strengths
from ..structures.influence import concentration, influence
from ..structures.robustness import robustness
from .congestion import by_shortest_paths, by_the_line

if TYPE_CHECKING:
    from ..structures.network import Network

Floats = NDArray[np.float64]

LARGEST = 1200
"""Members up to which the critical ratio is computed; its time grows with the square of their number and more."""
SOURCES = 300
"""Members from whom shortest paths are followed; in larger networks they are drawn by chance."""
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
        largest_part: share of the members in the largest part.
        critical_ratio: benefit over cost from which giving spreads (Allen et al. 2017); infinite: never; nan: too
            large or too small to tell.
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
    largest_part: float
    critical_ratio: float
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
        """The portrait as JSON; a ratio that is infinite or unknown is null, and `critical_ratio_note` says which."""
        ratio = self.critical_ratio
        return {
            "members": self.members, "ties": self.ties, "parts": self.parts, "largest_part": self.largest_part,
            "critical_ratio": ratio if math.isfinite(ratio) else None, "critical_ratio_note": note(ratio),
            "max_congestion": float(self.congestion.max()),
            "congestion_along": "reporting line" if self.by_line else "shortest paths",
            "busiest": _rows(self.top(self.congestion)), "robustness": self.robustness[HEADLINE_LOSS],
            "robustness_by_loss": {f"{loss:g}": kept for loss, kept in self.robustness.items()},
            "influence_concentration": self.influence_concentration,
            "most_influential": _rows(self.top(self.influence)), "brokers": _rows(self.brokers),
        }  # fmt: skip


def _rows(named: list[Named]) -> list[dict[str, Any]]:
    return [{"member": one.member, "share": one.share} for one in named]


def note(ratio: float) -> str:
    """What a critical ratio says, in words."""
    if math.isnan(ratio):
        return f"not computed: needs 3 to {LARGEST} members who are connected"
    if math.isinf(ratio):
        return "giving never spreads here, whatever it is worth"
    if ratio < 0.0:
        return "giving never spreads here; harming others at own cost may"
    return f"giving spreads when it is worth more than {ratio:.2f} times its cost"


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
    between = betweenness(network, seed)
    return Portrait(
        members=network.size,
        ties=network.ties,
        parts=int(parts),
        largest_part=largest / network.size,
        critical_ratio=critical_ratio(network) if largest <= LARGEST else math.nan,
        congestion=by_the_line(network, seed) if by_line else by_shortest_paths(network, between),
        by_line=by_line,
        robustness={loss: robustness(network, loss) for loss in LOSSES},
        influence=influence(network),
        influence_concentration=concentration(network),
        between=between,
        labels=network.labels or tuple(map(str, range(network.size))),
    )


def betweenness(network: Network, seed: int) -> Floats:
    """Share of pairs of others whose shortest path runs through each member: float64[N], ties as steps of length 1."""
    import networkx as nx

    rows = strengths(network).tocoo()
    graph = nx.Graph()
    graph.add_nodes_from(range(network.size))
    graph.add_edges_from(zip(rows.row.tolist(), rows.col.tolist(), strict=True))
    sources = None if network.size <= SOURCES else SOURCES
    found = nx.betweenness_centrality(graph, k=sources, seed=seed % 2**32)
    return np.array([found[i] for i in range(network.size)])
