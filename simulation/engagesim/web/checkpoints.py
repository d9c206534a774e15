"""Saved states of a run, from which any week of the past can be computed again."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..engine.company import Company
from .limits import CHECKPOINTS

CLOSEST = 4
"""Weeks between two saved states at least."""


def changing(company: Company) -> list[NDArray[Any]]:
    """Every array that weeks change."""
    ties = company.ties
    return [
        *company.members, *company.organization, *company.desk, company.public, company.told, ties.degree,
        ties.neighbour, ties.strength, ties.kind,
    ]  # fmt: skip


class Checkpoints:
    """Copies of a company's state at evenly spaced weeks, as many as the memory for them allows."""

    def __init__(self, company: Company, weeks: int, memory: int = CHECKPOINTS) -> None:
        self.arrays = changing(company)
        size = sum(array.nbytes for array in self.arrays)
        room = max(1, memory // size - 1)
        self.spacing = max(CLOSEST, -(-weeks // room))
        self.saved: dict[int, list[NDArray[Any]]] = {}

    def pass_by(self, week: int) -> None:
        """Save the state at `week` if it is one of those to keep and not yet there."""
        if week % self.spacing == 0 and week not in self.saved:
            self.saved[week] = [array.copy() for array in self.arrays]

    def back_to(self, week: int) -> int:
        """Restore the latest saved state that is not after `week`; returns its week."""
        kept = sorted(self.saved)
        found = kept[bisect_right(kept, week) - 1]
        for array, copy in zip(self.arrays, self.saved[found], strict=True):
            np.copyto(array, copy)
        return found

    def forget_after(self, week: int) -> None:
        """Drop the states after `week`."""
        self.saved = {kept: state for kept, state in self.saved.items() if kept <= week}
