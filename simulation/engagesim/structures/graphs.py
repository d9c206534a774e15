"""Networks from graphs of networkx: employees without units or reporting lines."""

from __future__ import annotations

from typing import Any

import numpy as np

from .assembly import Ties, assemble, members_of
from .network import Network


def from_graph(graph: Any, weight: str = "weight") -> Network:
    """The network of an undirected graph; its nodes become members in sorted order.

    Strengths are the edge attribute `weight` over its largest value, or 1 where there is none.
    """
    order = {node: k for k, node in enumerate(sorted(graph))}
    edges = [(order[a], order[b], data.get(weight, 1.0)) for a, b, data in graph.edges(data=True)]
    a, b, strength = np.array(edges, dtype=np.float64).reshape(-1, 3).T
    most = float(strength.max(initial=0.0)) or 1.0
    return assemble(
        members_of([len(order), 0, 0]), [Ties("lateral", a.astype(np.int64), b.astype(np.int64), strength / most)]
    )
