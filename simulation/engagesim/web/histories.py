"""How members fared: a few columns of every member's state over the weeks, in bounded memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..engine.arrays import EFFORT
from ..engine.company import Company
from .limits import HISTORY

COLUMNS = (
    "motivation", "exhaustion", "trust", "felt_extraction", "belief", "skill", "value", "tie_strength", "image",
)  # fmt: skip
"""Columns that are kept, after effort."""
LARGEST = 60_000.0
"""Numbers above are kept as this; half precision holds no larger ones."""


class Histories:
    """Effort and `COLUMNS` of all members in every week, or every second, third ... where memory is short.

    Numbers are kept in half precision, three digits: for pictures.
    """

    def __init__(self, weeks: int, size: int, memory: int = HISTORY) -> None:
        each = 2 * size * (1 + len(COLUMNS))
        self.stride = max(1, -(-each * (weeks + 1) // memory))
        self.kept = np.zeros((weeks // self.stride + 1, 1 + len(COLUMNS), size), dtype=np.float16)
        self.present = np.zeros((weeks // self.stride + 1, size), dtype=np.bool_)

    def keep(self, week: int, company: Company) -> None:
        """Take down the state after `week` weeks, if it is one of those kept."""
        if week % self.stride:
            return
        row = self.kept[week // self.stride]
        np.minimum(company.public[:, EFFORT], LARGEST, out=row[0], casting="same_kind")
        for k, name in enumerate(COLUMNS, 1):
            np.minimum(getattr(company.members, name), LARGEST, out=row[k], casting="same_kind")
        self.present[week // self.stride] = company.members.active == 1

    def weeks(self, until: int) -> list[int]:
        """The weeks that are kept, up to `until`."""
        return list(range(0, until + 1, self.stride))

    def of(self, member: int, until: int) -> dict[str, NDArray[np.float64]]:
        """Columns of one member over `weeks(until)`; nan while the place is empty."""
        rows = slice(0, until // self.stride + 1)
        here = self.present[rows, member]
        columns = ("effort", *COLUMNS)
        return {
            name: np.where(here, self.kept[rows, k, member].astype(np.float64), np.nan)
            for k, name in enumerate(columns)
        }
