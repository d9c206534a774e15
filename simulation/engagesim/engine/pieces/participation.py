"""M20 in loops: who contributes and who lurks, and what lurkers carry elsewhere."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...portable import grid
from ...rules.norm import observed_norm
from ...rules.participation import (
    ACTIVE_LURKER,
    PASSIVE_LURKER,
    carried,
    contributes,
    standing_threshold,
    state_of,
)
from ...tallies import index
from ..jit import piece

CONTRIBUTE_FROM = slot("contribute_from")
HYSTERESIS = slot("hysteresis")
CORE_FROM = slot("core_from")
PRESSURE = slot("pressure_to_post")
CARRY_FROM = slot("carry_from")
SPILLOVER = slot("lurker_spillover")
LURKERS, OFF_PLATFORM = index("passive_lurkers"), index("off_platform")


@piece
def stands(levers: Floats) -> bool:
    """Whether any role has a threshold this week."""
    return bool(levers[CONTRIBUTE_FROM] + levers[CONTRIBUTE_FROM + 1] + levers[CONTRIBUTE_FROM + 2] > 0.0)


@piece
def take_part(
    levers: Floats, role: Any, active: Any, motivation: Floats, threshold: Floats, state: Any, effort: Floats
) -> None:
    """Write the participation states of a block, and let who lurks give nothing."""
    for i in range(len(effort)):
        if active[i] == 0:
            continue
        needed = standing_threshold(levers[CONTRIBUTE_FROM + role[i]], threshold[i], levers[PRESSURE])
        gives = contributes(effort[i], needed, levers[HYSTERESIS], state[i])
        state[i] = state_of(gives, effort[i], levers[CORE_FROM], motivation[i], levers[CARRY_FROM])
        effort[i] = effort[i] if gives else 0.0


@piece
def count(
    levers: Floats, role: Any, active: Any, state: Any, weighted: Floats, tie_strength: Floats, tallies: Floats
) -> None:
    """Add the states of a block, and what its active lurkers carry elsewhere, to float64[3, tallies]."""
    for i in range(len(state)):
        if active[i] == 1:
            tallies[role[i], LURKERS + state[i] - PASSIVE_LURKER] += 1.0
            if state[i] == ACTIVE_LURKER:
                seen = observed_norm(weighted[i], tie_strength[i], 0.0)
                tallies[role[i], OFF_PLATFORM] += grid(carried(seen, levers[SPILLOVER], levers[PRESSURE]))
