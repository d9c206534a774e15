"""What a comparison says about the choice between its designs, and over what its means are taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..statistics.means import mean_over
from .aim import Aim
from .cases import Cases

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a comparison says about the choice between its designs.

    Attributes:
        aim: what they are chosen for.
        cases: the outcomes from which every number here follows.
        complete: bool[units], units in which every design has a value of the aim; the others are left out everywhere.
        best: position of the design with the best mean.
        tied: positions of the designs that cannot be told apart from it.
        tables: by name, see `choice.tables`; the numbers of the report, as it is stored.
    """

    aim: Aim
    cases: Cases
    complete: NDArray[np.bool_]
    best: int
    tied: tuple[int, ...]
    tables: dict[str, pd.DataFrame] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the designs, the baseline first."""
        return self.cases.arms

    @property
    def unit(self) -> str:
        """Over what means and intervals are taken: worlds, or replicates of the world as stated."""
        return unit_of(self.cases)


def unit_of(cases: Cases) -> str:
    """`world` where there are several, else `replicate`."""
    return "world" if len(cases.worlds) > 1 else "replicate"


def units(cases: Cases, values: Floats) -> Floats:
    """float64[worlds, replicates, arms] as float64[units, arms]: means over the replicates of each world."""
    if unit_of(cases) == "replicate":
        return np.asarray(values[0])
    return mean_over(values, 1)
