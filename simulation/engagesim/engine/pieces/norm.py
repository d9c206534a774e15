"""M1 in loops: beliefs."""

from __future__ import annotations

from ...design.catalogue import slot
from ...population import Floats
from ...rules.norm import observed_norm, update_belief
from ..jit import piece

BELIEF_UPDATE = slot("belief_update")


@piece
def believe(levers: Floats, weighted: Floats, tie_strength: Floats, belief: Floats) -> None:
    """Move the beliefs of a block toward what its members saw."""
    rate = levers[BELIEF_UPDATE]
    for i in range(len(belief)):
        belief[i] = update_belief(belief[i], observed_norm(weighted[i], tie_strength[i], belief[i]), rate)
