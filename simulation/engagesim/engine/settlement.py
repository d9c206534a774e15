"""Between the two passes of a week: what the members' first half adds up to, and what the organization does with it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import slot
from ..population import Floats
from ..portable import grid
from ..rules.creation import own_part, spilled_part
from ..rules.learning import MOST_FACETS
from ..rules.rewards import CONTINGENCY, RANK, RANK_BINS, VALUE, budget_scale
from ..rules.sharing import pool_rate
from .arrays import BLOCK
from .columns import add, add_rows
from .company import Company
from .jit import piece
from .organization import Organization
from .pieces import evaluation, push, rewards

OWN_SHARE = slot("own_share")
CAPTURE_SHARE = slot("capture_share")
RETURN_SHARE = slot("return_share")
SHARING_RULE = slot("sharing_rule")
BUDGET = slot("budget")


class Ledger(NamedTuple):
    """What the first pass leaves for the settlement of the week; one row per thread, added up exactly."""

    effort: Floats
    """float64[threads, 3], total effort by role."""
    members: Floats
    """float64[threads, 3], active members by role."""
    captured: Floats
    """float64[threads], value captured."""
    claims: Floats
    """float64[threads], claims on the pool."""
    cost: Floats
    """float64[threads], cost of rewards before the budget."""
    ranks: NDArray[np.int64]
    """int64[threads, instruments, RANK_BINS], active members by class of score, for each contest."""
    views: NDArray[np.int64]
    """int64[threads, MOST_FACETS], views +1 minus -1 on each facet among those who did better than the code."""


def new_ledger(threads: int, instruments: int) -> Ledger:
    """Zeroed sums for `threads` threads and so many reward instruments."""
    three = np.zeros((2, threads, 3))
    one = np.zeros((3, threads))
    ranks = np.zeros((threads, instruments, RANK_BINS), dtype=np.int64)
    views = np.zeros((threads, MOST_FACETS), dtype=np.int64)
    return Ledger(three[0], three[1], one[0], one[1], one[2], ranks, views)


@piece
def contests(instruments: Floats) -> bool:
    """Whether any instrument rewards rank this week."""
    found = False
    for k in range(len(instruments)):
        found = found or (int(instruments[k, CONTINGENCY]) == RANK and instruments[k, VALUE] > 0.0)
    return found


@piece
def clear(row: int, ledger: Ledger) -> None:
    """Begin a row of the ledger anew."""
    ledger.effort[row] = 0.0
    ledger.members[row] = 0.0
    ledger.captured[row] = ledger.claims[row] = 0.0


@piece
def report(levers: Floats, role: Any, active: Any, effort: Floats, value: Floats, row: int, ledger: Ledger) -> None:
    """Add a block's effort, members and captured value to the ledger."""
    own = levers[OWN_SHARE]
    capture = levers[CAPTURE_SHARE]
    captured = 0.0
    for i in range(len(effort)):
        captured += value[i] - own_part(value[i], own) - spilled_part(value[i], own, capture)
        ledger.effort[row, role[i]] += grid(effort[i])
        ledger.members[row, role[i]] += active[i]
    ledger.captured[row] += captured


@piece
def price(first: int, last: int, row: int, instruments: Floats, company: Company, ledger: Ledger) -> None:
    """Cost of all rewards of members first..last - 1 before the budget, into `row` of the ledger."""
    members = company.members
    ledger.cost[row] = 0.0
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        ledger.cost[row] += rewards.costs(instruments, a, members.active[a:b], company)


@piece
def settle_contests(instruments: Floats, organization: Organization, ledger: Ledger) -> None:
    """Find who wins the contests of the week."""
    for row in range(1, len(ledger.ranks)):
        for k in range(len(organization.bar)):
            add(ledger.ranks[row, k], ledger.ranks[0, k])
    rewards.bars(instruments, ledger.ranks[0], organization.bar)


@piece
def settle(instruments: Floats, organization: Organization, ledger: Ledger) -> None:
    """Between the passes: pool, budget, felt control; `excess` holds what demand becomes next week."""
    levers = organization.levers
    add_rows(ledger.effort)
    add_rows(ledger.members)
    for row in range(1, len(ledger.captured)):
        ledger.captured[0] += ledger.captured[row]
        ledger.claims[0] += ledger.claims[row]
        ledger.cost[0] += ledger.cost[row]
    kind = int(levers[SHARING_RULE])
    organization.pool[0] = pool_rate(ledger.captured[0], levers[RETURN_SHARE], ledger.claims[0], kind)
    everyone = ledger.members[0, 0] + ledger.members[0, 1] + ledger.members[0, 2]
    organization.scale[0] = budget_scale(levers[BUDGET], everyone, ledger.cost[0])
    organization.control[0] = rewards.felt_control(levers, instruments, organization.scale[0])
    organization.watching[0] = evaluation.watching(levers, instruments)
    push.raise_demands(levers, organization.demand, ledger.effort[0], ledger.members[0], organization.excess)
