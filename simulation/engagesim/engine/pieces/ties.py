"""M11 in loops: the one pass over all ties of a block; each tie costs one look at its partner's public record."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.creation import spill_over
from ...rules.ties import INFORMAL_FROM, breaks, grow_tie, joint_activity
from ...structures.network import FREE
from ..arrays import ATTENTION, OUTSIDER, RELATIONAL, SPILL_RATE, TASK, TRUST, VISIBLE
from ..jit import kernel

DEEP = slot("tie_growth_deep")
SHALLOW = slot("tie_growth_shallow")
DECAY = slot("tie_decay")
FLOOR = slot("tie_floor")


@kernel
def relate(
    levers: Floats, first: int, nobody: int, start: Any, neighbour: Any, strength: Floats, kind: Any, public: Floats,
    weighted: Floats, tie_strength: Floats, help_received: Floats, trust_told: Floats, spilled_in: Floats,
    given: Floats, contacts: Floats, ties: Floats, joint: Floats, joint_outside: Floats,
) -> None:  # fmt: skip
    """Let the ties of members first, first + 1, ... grow, and write what comes to the members over them."""
    deep = levers[DEEP]
    shallow = levers[SHALLOW]
    decay = levers[DECAY]
    floor = levers[FLOOR]
    for i in range(len(weighted)):
        me = public[first + i]
        relational = me[RELATIONAL]
        effort = me[TASK] + relational
        rate = me[SPILL_RATE]
        mine = me[ATTENTION]
        seen = total = helped = told = came = went = met = live = together = outside = 0.0
        for s in range(start[first + i], start[first + i + 1]):
            them = public[neighbour[s]]
            before = strength[s]
            common = joint_activity(relational, them[RELATIONAL])
            contact = effort * (them[TASK] + them[RELATIONAL])
            now = grow_tie(before, common, contact, mine * them[ATTENTION], deep, shallow, decay)
            if breaks(now, floor, kind[s] >= INFORMAL_FROM):
                now = 0.0
                neighbour[s] = nobody
                kind[s] = FREE
            strength[s] = now
            seen += now * them[VISIBLE]
            total += now
            helped += now * them[RELATIONAL]
            told += now * them[TRUST]
            came += spill_over(them[SPILL_RATE], before)
            went += spill_over(rate, before)
            met += contact
            live += 1.0 if now > 0.0 else 0.0
            together += now * common
            outside += now * common * them[OUTSIDER]
        weighted[i] = seen
        tie_strength[i] = total
        help_received[i] = helped
        trust_told[i] = told
        spilled_in[i] = came
        given[i] = went
        contacts[i] = met
        ties[i] = live
        joint[i] = together
        joint_outside[i] = outside
