"""How members fared: a few columns of every member's state over the weeks, in bounded memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..engine.arrays import EFFORT
from ..engine.company import Company
from ..population import Floats
from .limits import HISTORY

LARGEST = {
    "effort": 1.0, "motivation": 1.0, "exhaustion": 1.0, "trust": 1.0, "felt_extraction": 1.0, "belief": 1.0,
    "image": 1.0, "skill": 10.0, "value": 10.0, "tie_strength": 1_000.0,
}  # fmt: skip
"""Columns that are kept, and the number above which each is kept as that."""
GRADES = 65_535.0
"""Grades between 0 and the largest number: four digits, for pictures."""


class Histories:
    """Columns of all members in every week, or in every second, third ... where memory is short."""

    def __init__(self, weeks: int, size: int, memory: int = HISTORY) -> None:
        each = 2 * size * len(LARGEST)
        self.stride = max(1, -(-each * (weeks + 1) // memory))
        rows = weeks // self.stride + 1
        self.kept = np.zeros((rows, len(LARGEST), size), dtype=np.uint16)
        self.present = np.zeros((rows, size), dtype=np.bool_)

    def keep(self, week: int, company: Company) -> None:
        """Take down the state after `week` weeks, if it is one of those kept."""
        if week % self.stride:
            return
        row = self.kept[week // self.stride]
        for k, (name, largest) in enumerate(LARGEST.items()):
            column: Floats = company.public[:, EFFORT] if name == "effort" else getattr(company.members, name)
            row[k] = np.minimum(column * (GRADES / largest), GRADES)
        self.present[week // self.stride] = company.members.active == 1

    def weeks(self, until: int) -> list[int]:
        """The weeks that are kept, up to `until`."""
        return list(range(0, until + 1, self.stride))

    def of(self, member: int, until: int) -> dict[str, NDArray[np.float64]]:
        """Columns of one member over `weeks(until)`; nan while the place is empty."""
        rows = slice(0, until // self.stride + 1)
        here = self.present[rows, member]
        return {
            name: np.where(here, self.kept[rows, k, member] * (largest / GRADES), np.nan)
            for k, (name, largest) in enumerate(LARGEST.items())
        }
