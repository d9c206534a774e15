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


State = tuple[int, list[NDArray[Any]]]
"""The era of a state, and copies of its arrays."""


class Checkpoints:
    """Copies of a company's state at evenly spaced weeks, as many as the memory for them allows.

    A run that is reorganized has eras, each with ties of its own; a state belongs to the era in which it was saved.
    """

    def __init__(self, company: Company, weeks: int, memory: int = CHECKPOINTS) -> None:
        size = sum(array.nbytes for array in changing(company))
        room = max(1, memory // size - 1)
        self.spacing = max(CLOSEST, -(-weeks // room))
        self.saved: dict[int, State] = {}

    def pass_by(self, week: int, era: int, company: Company) -> None:
        """Save the state at `week` if it is one of those to keep and not yet there."""
        if week % self.spacing == 0 and week not in self.saved:
            self.saved[week] = era, [array.copy() for array in changing(company)]

    def before(self, week: int) -> tuple[int, int]:
        """Week and era of the latest saved state that is not after `week`."""
        kept = sorted(self.saved)
        found = kept[bisect_right(kept, week) - 1]
        return found, self.saved[found][0]

    def restore(self, week: int, company: Company) -> None:
        """Write the state saved at `week` into a company of its era."""
        for array, copy in zip(changing(company), self.saved[week][1], strict=True):
            np.copyto(array, copy)

    def forget_after(self, week: int) -> None:
        """Drop the states after `week`."""
        self.saved = {kept: state for kept, state in self.saved.items() if kept <= week}
