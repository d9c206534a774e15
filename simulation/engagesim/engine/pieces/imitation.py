"""M16 in loops: payoffs, and how many members are of each cooperation type."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats, Members
from ...rules import cooperation
from ...rules.imitation import DONATION, OUTCOMES, average_outcome, donation_payoff, summed_payoff
from ...rules.norm import observed_norm
from ...tallies import TYPES, index
from ..arrays import EFFORT
from ..jit import piece

RATE = slot("imitation_rate")
PAYOFF_RULE = slot("payoff_rule")
MEMORY = slot("payoff_memory")
EFFORT_COST = slot("effort_cost")
ACCUMULATED = slot("accumulated")
GAME_COST = slot("game_cost")
GAME_BENEFIT = slot("game_benefit")

FREE_RIDERS, CONDITIONAL, HUMP_SHAPED, UNCONDITIONAL = map(index, TYPES)
PAYOFF = index("payoff")
assert cooperation.TYPES == TYPES


@piece
def gain(
    levers: Floats, first: int, ties: Any, public: Floats, delivered: Floats, tie_strength: Floats, payoff: Floats
) -> None:
    """Write what members first, first + 1, ... gained by contributing as they did."""
    rule = int(levers[PAYOFF_RULE])
    for i in range(len(payoff)):
        effort = public[first + i, EFFORT]
        if rule == DONATION:
            partners = observed_norm(partners_effort(first + i, ties, public), tie_strength[i], 0.0)
            mean = donation_payoff(partners, effort, levers[GAME_BENEFIT], levers[GAME_COST])
            payoff[i] = summed_payoff(mean, tie_strength[i], levers[ACCUMULATED])
        elif rule == OUTCOMES:
            payoff[i] = average_outcome(payoff[i], delivered[i], effort, levers[EFFORT_COST], levers[MEMORY])


@piece
def partners_effort(i: int, ties: Any, public: Floats) -> float:
    """Effort of the partners of member i, each by the strength of the tie."""
    total = 0.0
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        total += ties.strength[s] * public[ties.neighbour[s], EFFORT]
    return total


@piece
def add_types(first: int, last: int, members: Members, row: Floats) -> None:
    """Add members first..last - 1 by cooperation type."""
    riding = conditional = humped = unconditional = 0.0
    for i in range(first, last):
        here, kind = float(members.active[i]), members.cooperation_type[i]
        riding += here if kind == cooperation.FREE_RIDER else 0.0
        conditional += here if kind == cooperation.CONDITIONAL else 0.0
        humped += here if kind == cooperation.HUMP_SHAPED else 0.0
        unconditional += here if kind == cooperation.UNCONDITIONAL else 0.0
    row[FREE_RIDERS] += riding
    row[CONDITIONAL] += conditional
    row[HUMP_SHAPED] += humped
    row[UNCONDITIONAL] += unconditional
