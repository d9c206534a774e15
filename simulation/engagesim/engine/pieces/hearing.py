"""What partners tell, added up over the ties: a second look at each partner, only where a mechanism listens."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ..arrays import LINE
from ..jit import piece
from ..prefetch import prefetch
from . import media
from .ties import AHEAD, FAR_FROM

FELT_RATE = slot("felt_rate")
RECIPROCITY = slot("reciprocity")
LISTENING = slot("listening")


@piece
def listens(levers: Floats) -> bool:
    """Whether any mechanism listens this week."""
    return bool(levers[FELT_RATE] > 0.0 or levers[RECIPROCITY] > 0.0 or levers[LISTENING] > 0.0 or media.busy(levers))


@piece
def hear(first: int, ties: Any, told: Floats, heard: Floats) -> None:
    """Write float64[8, n]: what partners told members first, first + 1, ..., each by the strength of the tie."""
    start, degree, neighbour, strength = ties.start, ties.degree, ties.neighbour, ties.strength
    far, base = len(told) >= FAR_FROM, told.ctypes.data
    for i in range(heard.shape[1]):
        a = b = c = d = e = f = g = h = 0.0
        begin = start[first + i]
        for s in range(begin, begin + degree[first + i]):
            if far and s + AHEAD < len(neighbour):
                prefetch(base + LINE * int(neighbour[s + AHEAD]))
            j, w = neighbour[s], strength[s]
            a += w * told[j, 0]
            b += w * told[j, 1]
            c += w * told[j, 2]
            d += w * told[j, 3]
            e += w * told[j, 4]
            f += w * told[j, 5]
            g += w * told[j, 6]
            h += w * told[j, 7]
        heard[0, i], heard[1, i], heard[2, i], heard[3, i] = a, b, c, d
        heard[4, i], heard[5, i], heard[6, i], heard[7, i] = e, f, g, h
