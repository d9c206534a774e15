"""Who in each unit is committed to a new way of doing things."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..parameter import Value
from .parameters import number
from .streams import Longs, Stream


def committed_places(
    values: Mapping[str, Value], unit_start: Longs, unit_members: Longs, seed: int
) -> NDArray[np.uint8]:
    """uint8[N], 1 for the share of each unit, rounded to whole members, that a lot has drawn."""
    share, size = number(values, "committed_share"), len(unit_members)
    committed = np.zeros(size, dtype=np.uint8)
    if share == 0.0:
        return committed
    sizes = np.diff(unit_start)
    unit = np.repeat(np.arange(len(sizes)), sizes)
    by_lot = unit_members[np.lexsort((Stream(seed, "committed").uniform(size), unit))]
    rank = np.arange(size) - np.repeat(unit_start[:-1], sizes)
    committed[by_lot[rank < np.floor(share * sizes + 0.5)[unit]]] = 1
    return committed
