"""Uncertain worlds: what no designer chooses, drawn anew and set alike in every design that is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..design.scenario import Scenario
from ..draws import key_of, named
from ..problems import InputError, Problem
from .question.factors import placed

if TYPE_CHECKING:
    import pandas as pd

Ranges = dict[str, tuple[float, float]]


def ranges_of(arms: Sequence[Scenario]) -> Ranges:
    """Every uncertainty that some design declares; where several do, from the lowest to the highest.

    Raises:
        InputError: no design declares any.
    """
    found: Ranges = {}
    for arm in arms:
        for key, (low, high) in arm.uncertainties.items():
            known = found.get(key, (low, high))
            found[key] = (min(low, known[0]), max(high, known[1]))
    if not found:
        names = ", ".join(arm.name for arm in arms)
        message = "declare no [uncertainties], so that there is only one world; add some, or compare in 1 world"
        raise InputError([Problem("compare", None, names, message)])
    return found


def worlds_of(ranges: Ranges, count: int, seed: int) -> pd.DataFrame:
    """Points of a Latin hypercube (McKay, Beckman, Conover 1979), one row per world and one column per uncertainty."""
    import numpy as np
    import pandas as pd
    from scipy.stats import qmc

    rng = np.random.default_rng(key_of(seed, named("worlds"), 0))
    low, high = zip(*ranges.values(), strict=True)
    points = qmc.scale(qmc.LatinHypercube(len(ranges), rng=rng).random(count), low, high)
    return pd.DataFrame(points, columns=list(ranges), index=pd.RangeIndex(1, count + 1, name="world"))


def points_of(worlds: pd.DataFrame) -> Iterator[tuple[int, Mapping[str, float]]]:
    """Number of each world, from 1, and its values by key."""
    for world, row in enumerate(worlds.to_numpy(), start=1):
        yield world, dict(zip(worlds.columns, map(float, row), strict=True))


def in_world(arm: Scenario, world: int, point: Mapping[str, float]) -> Scenario:
    """The design in one world; keys of instruments that it does not have are left out.

    Raises:
        InputError: the design does not hold together in that world.
    """
    return placed(arm, point, f"in world {world}")
