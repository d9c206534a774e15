"""How something is timed: several times, in turns with what it is compared with, so that a machine that slows down
meets all alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Work = Callable[[], float]
"""Does something and returns how long it took; the unit is the caller's."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and largest of several measurements."""

    median: float
    low: float
    high: float


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
