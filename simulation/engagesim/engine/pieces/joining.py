"""Joining (M12) in loops: how many participating partners an empty place has."""

from __future__ import annotations

from ...design.catalogue import slot
from ...rules.joining import is_fresh, recruiter, signal_chance
from ..arrays import EFFORT
from ..company import Company
from ..jit import piece

RECRUIT_RATE = slot("recruit_rate")
SECOND = slot("second_signal")
LATER = slot("later_signals")
THIRD_ORDER = slot("third_order")


@piece
def recruiters(i: int, third_order: float, company: Company) -> float:
    """Participating partners of place i, an outsider counted as `third_order` says."""
    members, ties = company.members, company.ties
    found = 0.0
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        if members.active[j] == 1 and company.public[j, EFFORT] >= company.people.participation_threshold:
            found += recruiter(members.role[j] != 0, third_order)
    return found


@piece
def signals(i: int, company: Company) -> float:
    """Chance that one of this week's signals is followed at place i; those of earlier weeks were not."""
    levers, members, ties = company.organization.levers, company.members, company.ties
    before, fresh = 0, 0
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        if members.active[j] == 0 or company.public[j, EFFORT] < company.people.participation_threshold:
            continue
        if recruiter(members.role[j] != 0, levers[THIRD_ORDER]) <= 0.0:
            continue
        if is_fresh(members.tenure[j]):
            fresh += 1
        else:
            before += 1
    deaf = 1.0
    for k in range(before + 1, before + fresh + 1):
        deaf *= 1.0 - signal_chance(k, levers[RECRUIT_RATE], levers[SECOND], levers[LATER])
    return 1.0 - deaf
