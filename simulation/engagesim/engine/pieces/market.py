"""M25 in loops: how far members see the act as a purchase, and what is left for the norm."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.market import for_the_norm, reframe, sets_price
from ...rules.rewards import CONTINGENCY, USE, VALUE
from ..jit import piece

FRAMING_RATE = slot("framing_rate")
RECOVERY = slot("frame_recovery")
NORM_LOST = slot("norm_lost")
FINE = slot("fine")


@piece
def paid(instruments: Floats) -> bool:
    """Whether any instrument pays for the act this week."""
    found = False
    for k in range(len(instruments)):
        row = instruments[k]
        found = found or sets_price(row[VALUE], int(row[CONTINGENCY]), int(row[USE]))
    return found


@piece
def keep_norm(levers: Floats, frame: Floats, voluntary: Floats) -> None:
    """Take from the voluntary effort of a block what was given for the norm and is bought now."""
    for i in range(len(voluntary)):
        voluntary[i] = for_the_norm(voluntary[i], frame[i], levers[NORM_LOST])


@piece
def look(levers: Floats, instruments: Floats, role: Any, active: Any, frame: Floats) -> None:
    """Let a block see whether its acts have a price."""
    pays = paid(instruments)
    for i in range(len(frame)):
        if active[i] == 1:
            priced = pays or levers[FINE + role[i]] > 0.0
            frame[i] = reframe(frame[i], priced, levers[FRAMING_RATE], levers[RECOVERY])
