"""M2 in loops: voluntary effort."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.cooperation import voluntary_effort
from ..jit import piece

NORM_WEIGHT = slot("norm_weight")
CONDITIONALITY = slot("conditionality")


@piece
def give(levers: Floats, kind: Any, motivation: Floats, belief: Floats, slope: Floats, voluntary: Floats) -> None:
    """Write the voluntary effort of a block."""
    weight = levers[NORM_WEIGHT]
    strength = levers[CONDITIONALITY]
    for i in range(len(voluntary)):
        voluntary[i] = voluntary_effort(kind[i], motivation[i], belief[i], slope[i], weight, strength)
