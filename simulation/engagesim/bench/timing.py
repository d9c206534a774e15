"""How something is timed: several times, in turns with what it is compared with, so that a machine that slows down
meets all alike."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any

Row = dict[str, Any]
"""A part of a document for JSON."""

Work = Callable[[], float]
"""Does something and returns how long it took; the unit is the caller's."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and largest of several measurements."""

    median: float
    low: float
    high: float

    def named(self, name: str) -> Row:
        """The median under `name` and the range under `name_range`."""
        return {name: self.median, f"{name}_range": [self.low, self.high]}


def spread(measured: Sequence[float]) -> Spread:
    """Median and range of at least one measurement."""
    return Spread(median(measured), min(measured), max(measured))


def ratio(above: Sequence[float], below: Sequence[float]) -> Spread:
    """Median and range of the ratio of two things that were measured in turns, turn by turn."""
    return spread([a / b for a, b in zip(above, below, strict=True)])


def in_turns(works: Mapping[str, Work], repetitions: int, done: Callable[[], None]) -> dict[str, list[float]]:
    """Measure all `works` one after the other, `repetitions` times: A B A B, not A A B B.

    Args:
        works: what to measure, by name.
        repetitions: measurements of each.
        done: called after each turn.
    """
    measured: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repetitions):
        for name, work in works.items():
            gc.collect()
            measured[name].append(work())
        done()
    return measured


def steps(told: Callable[[int], None] | None) -> Callable[[], None]:
    """What to call after each step, so that `told` hears how many are done."""
    numbers = count(1)

    def done() -> None:
        if told:
            told(next(numbers))

    return done


def load() -> list[float] | None:
    """Processes that wanted to run over the last 1, 5 and 15 minutes, where the system tells."""
    return [round(n, 2) for n in os.getloadavg()] if hasattr(os, "getloadavg") else None
