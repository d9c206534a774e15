"""Policies over worlds that nobody can choose: regret, how often good enough, and who is beaten on every count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def regret(values: Floats) -> Floats:
    """What each policy misses in each case against the best there, where more is better (Savage 1951).

    float64[policies, cases] to the same; nan in cases where any policy has no value.
    """
    missed: Floats = values.max(axis=0) - values
    return missed


def satisficing(values: Floats, at_least: float, at_most: float) -> Floats:
    """Share of cases in which each policy is good enough: float64[policies]. A case without a value is not."""
    with np.errstate(invalid="ignore"):
        good: Floats = ((values >= at_least) & (values <= at_most)).mean(axis=1)
    return good


def pareto(values: Floats) -> Flags:
    """Which policies no other beats: at least as good on every count, and better on one.

    Args:
        values: float64[policies, counts], more is better; a policy with a nan is never on the front.
    """
    found = np.zeros(len(values), dtype=np.bool_)
    usable = ~np.isnan(values).any(axis=1)
    for k in np.flatnonzero(usable):
        others = values[usable]
        beaten = ((others >= values[k]).all(axis=1) & (others > values[k]).any(axis=1)).any()
        found[k] = not beaten
    return found
