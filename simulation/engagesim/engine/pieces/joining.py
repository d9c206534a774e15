"""Joining (M12) in loops: how many participating partners an empty place has."""

from __future__ import annotations

from ...rules.joining import recruiter
from ..arrays import EFFORT
from ..company import Company
from ..jit import piece


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
