"""Whose view a network ends with when all keep listening to each other."""

from __future__ import annotations

import numpy as np

from .critical import strengths
from .network import Network
from .streams import Floats


def influence(network: Network, own_view: float = 1.0) -> Floats:
    """Weight of each member's first view in the consensus: float64[N], sums to 1.

    Everybody takes the mean of partners, by strength of tie, and of itself with strength `own_view` (DeGroot 1974). As
    ties are undirected, the left eigenvector is proportional to own view plus total strength (Golub, Jackson 2010).
    """
    weight = own_view + np.asarray(strengths(network).sum(axis=1)).ravel()
    share: Floats = weight / weight.sum()
    return share


def concentration(network: Network) -> float:
    """Error of the consensus against that of the plain mean: N x sum of squared influence, 1 to N."""
    share = influence(network)
    return float(network.size * (share @ share))
