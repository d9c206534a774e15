"""How well a network holds together when members are taken out, from the top or by their number of ties."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from .critical import strengths
from .network import Network


def taken_first(network: Network) -> NDArray[np.int64]:
    """Members in the order in which they are taken out: by level from the top, then by number of ties, then by place.

    Without a reporting line that is by number of ties alone.
    """
    level = np.where(network.level < 0, np.iinfo(np.int16).max, network.level.astype(np.int64))
    return np.lexsort((np.arange(network.size), -network.degree, level))


def still_connected(network: Network, removed: int) -> float:
    """Share of the rest who are in its largest connected part after the first `removed` are out, 0..1.

    S of Dodds, Watts & Sabel (2003): C / (N - N_r).
    """
    rest = np.sort(taken_first(network)[removed:])
    if not len(rest):
        return 0.0
    _, part = connected_components(strengths(network)[rest][:, rest], directed=False)
    return float(np.bincount(part).max() / len(rest))


def robustness(network: Network, share: float) -> float:
    """`still_connected` after a share of the members, at least one, is out."""
    return still_connected(network, max(1, round(share * network.size)))
