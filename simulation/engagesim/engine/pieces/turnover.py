"""M12 in loops: an organized exit, the rank of leavers, and whom their leaving shakes."""

from __future__ import annotations

from typing import Any

from ...population import Floats, Members
from ...rules.turnover import STAKE_CLASSES, in_quartile, shake, stake_class
from ...tallies import index
from ..arrays import LEAVES, Ties
from ..jit import piece

TOP, BOTTOM = index("exits_top"), index("exits_bottom")


@piece
def send_off_spanner(members: Members, events: Any) -> None:
    """Let the employee with the strongest ties to outsiders leave, the first among equals; nobody if none has any."""
    found, most = -1, 0.0
    for i in range(len(events)):
        if members.role[i] == 0 and members.active[i] == 1 and members.outside_strength[i] > most:
            found, most = i, members.outside_strength[i]
    if found >= 0:
        events[found] = LEAVES
        members.tenure[found] = 0


@piece
def rank_leavers(members: Members, events: Any, counts: Any, tallies: Floats) -> None:
    """Count the leavers from the top and the bottom quarter of the stakes in their role."""
    leavers = 0
    for i in range(len(events)):
        leavers += events[i] == LEAVES
    if leavers == 0:
        return
    counts[:] = 0
    for i in range(len(events)):
        counts[members.role[i], stake_class(members.stake[i]) + 1] += members.active[i]
    for k in range(STAKE_CLASSES):
        for role in range(3):
            counts[role, k + 1] += counts[role, k]
    for i in range(len(events)):
        if events[i] == LEAVES:
            role, k = members.role[i], stake_class(members.stake[i])
            below, through, all_ = counts[role, k], counts[role, k + 1], counts[role, STAKE_CLASSES]
            tallies[role, TOP] += in_quartile(float(all_ - through), float(through - below), float(all_))
            tallies[role, BOTTOM] += in_quartile(float(below), float(through - below), float(all_))


@piece
def shake_partners(i: int, members: Members, ties: Ties) -> None:
    """Let the leaving of i shake its partners, each by the strength of the tie."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        members.shaken[j] = shake(members.shaken[j], ties.strength[s])
