"""M24's own pass between deciding and settling: teams of the week, one after the other."""

from __future__ import annotations

from ..draws import integer, key_of, named
from ..rules.pooling import STRANGERS
from .company import Company
from .jit import piece
from .pieces.pooling import MATCHING, POOL_SIZE, share_out

TEAM = named("pool.team")


@piece
def pool(seed: int, week: int, company: Company) -> None:
    """Members meet in teams of the week, see what was put in, sanction and earn."""
    levers, members, order = company.organization.levers, company.members, company.desk.order
    size, last = max(1, int(levers[POOL_SIZE])), len(order)
    for i in range(last):
        order[i] = i
    if int(levers[MATCHING]) == STRANGERS:
        key = key_of(seed, TEAM, week)
        for i in range(last - 1, 0, -1):
            j = integer(key, i, i + 1)
            order[i], order[j] = order[j], order[i]
    for first in range(0, last, size):
        share_out(levers, order[first : min(last, first + size)], members, company.public, company.desk.seen_in_team)
