"""M11 in loops: the one pass over all ties of a block; each tie costs one look at its partner's public record."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.creation import spill_over
from ...rules.ties import INFORMAL_FROM, breaks, grow_tie, joint_activity
from ..arrays import ATTENTION, EFFORT, LINE, OUTSIDER, RELATIONAL, SPILL_RATE, TRUST, VISIBLE
from ..jit import piece
from ..prefetch import prefetch

DEEP = slot("tie_growth_deep")
SHALLOW = slot("tie_growth_shallow")
DECAY = slot("tie_decay")
FLOOR = slot("tie_floor")
FAR_FROM = 50_000
"""Members from which their public records no longer fit into the near caches."""
AHEAD = 96
"""Slots ahead at which a partner's record is asked for."""


@piece
def relate(
    levers: Floats, first: int, ties: Any, public: Floats, weighted: Floats, tie_strength: Floats,
    help_received: Floats, trust_told: Floats, spilled_in: Floats, given: Floats, contacts: Floats, live: Floats,
    joint: Floats, joint_outside: Floats, outside_strength: Floats,
) -> None:  # fmt: skip
    """Let the ties of members first, first + 1, ... grow, and write what comes to the members over them.

    Ties that break are closed up behind, so that the live ties of a row stay together and in order.
    """
    start, degree, neighbour = ties.start, ties.degree, ties.neighbour
    strength, kind = ties.strength, ties.kind
    deep = levers[DEEP]
    shallow = levers[SHALLOW]
    decay = levers[DECAY]
    floor = levers[FLOOR]
    far, base = len(public) >= FAR_FROM, public.ctypes.data
    for i in range(len(weighted)):
        effort, relational = public[first + i, EFFORT], public[first + i, RELATIONAL]
        rate, mine = public[first + i, SPILL_RATE], public[first + i, ATTENTION]
        seen = total = helped = told = came = went = met = going = together = outside = abroad = 0.0
        begin = start[first + i]
        keep = begin
        for s in range(begin, begin + degree[first + i]):
            if far and s + AHEAD < len(neighbour):
                prefetch(base + LINE * int(neighbour[s + AHEAD]))
            j = neighbour[s]
            before = strength[s]
            common = joint_activity(relational, public[j, RELATIONAL])
            contact = effort * public[j, EFFORT]
            now = grow_tie(before, common, contact, mine * public[j, ATTENTION], deep, shallow, decay)
            came += spill_over(public[j, SPILL_RATE], before)
            went += spill_over(rate, before)
            met += contact
            if now < floor and breaks(now, before, floor, kind[s] >= INFORMAL_FROM):
                continue
            if keep != s:
                neighbour[keep] = j
                kind[keep] = kind[s]
            strength[keep] = now
            keep += 1
            seen += now * public[j, VISIBLE]
            total += now
            helped += now * public[j, RELATIONAL]
            told += now * public[j, TRUST]
            going += 1.0 if now > 0.0 else 0.0
            together += now * common
            outside += now * common * public[j, OUTSIDER]
            abroad += now * public[j, OUTSIDER]
        degree[first + i] = keep - begin
        weighted[i] = seen
        tie_strength[i] = total
        help_received[i] = helped
        trust_told[i] = told
        spilled_in[i] = came
        given[i] = went
        contacts[i] = met
        live[i] = going
        joint[i] = together
        joint_outside[i] = outside
        outside_strength[i] = abroad
