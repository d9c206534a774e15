"""M24 in loops: what is put into the pool, teams of the week, sanctions within them, and what is seen there."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats, Members
from ...rules.norm import update_belief
from ...rules.pooling import chosen, deter, first_tries, pool_payoff, put_in, sanction
from ..arrays import EFFORT
from ..jit import piece

POOL_SIZE = slot("pool_size")
MATCHING = slot("pool_matching")
RETURN = slot("pool_return")
RETURN_RESPONSE = slot("return_response")
INEXPERIENCE = slot("inexperience")
FIRST_TRY = slot("first_try")
EXPERIENCE_RATE = slot("experience_rate")
SANCTIONING = slot("sanctioning")
ANTISOCIAL = slot("antisocial")
IMPACT = slot("sanction_impact")
RESPONSE = slot("sanction_response")
FADE = slot("sanction_fade")
BELIEF_UPDATE = slot("belief_update")
ALONE = -1.0
"""What is noted for who had no team mate to see."""


@piece
def give(levers: Floats, tenure: Any, deterred: Floats, voluntary: Floats) -> None:
    """Turn the voluntary effort of a block into what it puts into the pool."""
    for i in range(len(voluntary)):
        own = chosen(voluntary[i], levers[RETURN_RESPONSE], levers[RETURN])
        trying = first_tries(levers[INEXPERIENCE], levers[EXPERIENCE_RATE], tenure[i])
        voluntary[i] = put_in(own, levers[FIRST_TRY], trying, deterred[i])


@piece
def share_out(levers: Floats, team: Any, members: Members, public: Floats, seen: Floats) -> None:
    """Let one team see, sanction and earn; `team` holds places."""
    total, size = 0.0, 0
    for i in team:
        total += public[i, EFFORT]
        size += members.active[i]
    for i in team:
        if members.active[i] == 0:
            continue
        mine, spent, loss, others = public[i, EFFORT], 0.0, 0.0, 0.0
        for j in team:
            if j == i or members.active[j] == 0:
                continue
            theirs = public[j, EFFORT]
            others += theirs
            spent += sanction(mine, theirs, levers[SANCTIONING], levers[ANTISOCIAL])
            loss += levers[IMPACT] * sanction(theirs, mine, levers[SANCTIONING], levers[ANTISOCIAL])
        seen[i] = others / (size - 1) if size > 1 else ALONE
        members.pool_payoff[i] = pool_payoff(mine, total, levers[RETURN], spent, loss)
        members.deterred[i] = deter(members.deterred[i], loss, levers[RESPONSE], levers[FADE])


@piece
def believe(levers: Floats, seen: Floats, active: Any, belief: Floats) -> None:
    """Move the beliefs of a block toward what its members saw in their teams."""
    for i in range(len(belief)):
        if active[i] == 1 and seen[i] != ALONE:
            belief[i] = update_belief(belief[i], seen[i], levers[BELIEF_UPDATE])
