"""M26 in loops: contributions counted one by one, and which of them is the last."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import uniform
from ...population import Floats
from ...rules.momentum import contributions_made, given_on, stop_chance
from ..arrays import EFFORT
from ..jit import piece

STOPPING = slot("stopping")
OFFSET = slot("stopping_offset")
PACE = slot("pace")
AMOUNT, STOP = range(2)
"""Keys in `Organization.momentum_luck`."""


@piece
def rest(stopped: Any, effort: Floats) -> None:
    """Let who has stopped give nothing."""
    for i in range(len(effort)):
        effort[i] = given_on(effort[i], stopped[i] == 1)


@piece
def count(levers: Floats, luck: Any, first: int, public: Floats, contributions: Floats, stopped: Any) -> None:
    """Count the contributions of members first, first + 1, ... up to the one that is the last, if any is."""
    for i in range(len(contributions)):
        effort = public[i, EFFORT]
        if effort <= 0.0:
            continue
        made = contributions_made(effort, levers[PACE], uniform(luck[AMOUNT], first + i))
        u, going_on = uniform(luck[STOP], first + i), 1.0
        for _ in range(made):
            contributions[i] += 1.0
            going_on *= 1.0 - stop_chance(contributions[i], levers[STOPPING], levers[OFFSET])
            if going_on <= u:
                stopped[i] = 1
                break
