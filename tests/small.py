"""Small organizations on which comparisons take a fraction of a second."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engagesim import Scenario
from engagesim.tallies import NAMES, SIGNED

PEOPLE = {"employees": 20, "customers": 10, "partners": 5}
STEPS = 20
SETS = ["employees=20", "customers=10", "partners=5", f"steps={STEPS}"]


def never_negative(tallies: NDArray[np.float64]) -> bool:
    """Whether all sums are at least 0 but those that may lie on either side of it."""
    counted = [k for k, name in enumerate(NAMES) if name not in SIGNED]
    return bool((tallies[..., counted] >= 0.0).all())


def small(name: str, *sets: str) -> Scenario:
    """A shipped scenario with few people and weeks."""
    return Scenario.load(name, [*SETS, *sets])


def on_command_line(*sets: str) -> list[str]:
    """The same as options."""
    return [word for text in (*SETS, *sets) for word in ("--set", text)]
