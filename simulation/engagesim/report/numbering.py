"""Numbers beside the points of a plane: those that would be written over each other are written as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

NEAR = (0.05, 0.06)
"""Share of the width and height of a plane within which the numbers of two points are written as one."""


def close_together(places: Mapping[int, tuple[float, float]]) -> list[list[int]]:
    """Numbers of points, those that would be written over each other in one list; each list in order.

    Args:
        places: where each number stands, in the units of the two axes.
    """
    at = np.array(list(places.values()))
    width = np.where(np.ptp(at, axis=0) > 0.0, np.ptp(at, axis=0), 1.0)
    groups: list[list[int]] = []
    for number in sorted(places):
        here = np.array(places[number])
        near = [g for g in groups
                if any((np.abs(here - places[other]) < np.array(NEAR) * width).all() for other in g)]  # fmt: skip
        groups = [*(g for g in groups if g not in near), sorted([number, *(n for g in near for n in g)])]
    return groups


def in_short(numbers: Sequence[int]) -> str:
    """Numbers in order, three or more that follow each other as a range: 3-5, 8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
