"""M8 in loops: what members tell of what they give and get, how they compare it, and what they withhold."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats, Members
from ...portable import log_
from ...rules.creation import support
from ...rules.extraction import balance, feel, inputs, outcomes, promised, reference, withheld
from ...rules.norm import observed_norm
from ...tallies import FELT_STRONGLY, index
from ..arrays import BALANCE, RELATIONAL, TASK, Scratch
from ..jit import piece

RATE = slot("felt_rate")
SCALE = slot("felt_scale")
PEERS = slot("peer_reference")
TASK_COST = slot("task_cost")
RELATIONAL_COST = slot("relational_cost")
HELP_WORTH = slot("help_worth")
RECOGNITION_WORTH = slot("recognition_worth")
HELP_VALUE = slot("help_value")
HELP_HALF = slot("help_half")
RESPONSE = slot("equity_response")
STRONGLY = index("strongly_extracted")


@piece
def withhold(levers: Floats, felt: Floats, voluntary: Floats) -> None:
    """Lower the voluntary effort of a block by what those who feel extracted from withhold."""
    for i in range(len(felt)):
        voluntary[i] = withheld(voluntary[i], felt[i], levers[RESPONSE])


@piece
def tell(balances: Floats, told: Floats) -> None:
    """Let a block tell the logarithm of its balance."""
    for i in range(len(balances)):
        told[i, BALANCE] = log_(balances[i])


@piece
def compare(levers: Floats, a: int, b: int, members: Members, public: Floats, told: Floats, scratch: Scratch) -> None:
    """Let members a..b - 1 compare last week's balance with what is fair, and keep this week's."""
    for k in range(b - a):
        i = a + k
        offered = promised(members.expectation[i])
        peers = observed_norm(scratch.heard[BALANCE, k], members.tie_strength[i], offered)
        fair = reference(peers, offered, levers[PEERS])
        members.felt_extraction[i] = feel(
            members.felt_extraction[i], told[i, BALANCE], fair, levers[SCALE], levers[RATE]
        )
        helped = levers[HELP_VALUE] * support(members.help_received[i], levers[HELP_HALF])
        given = inputs(public[i, TASK], public[i, RELATIONAL], levers[TASK_COST], levers[RELATIONAL_COST])
        got = outcomes(scratch.delivered[k], helped, scratch.feedback[k], levers[HELP_WORTH], levers[RECOGNITION_WORTH])
        members.balance[i] = balance(given, got)


@piece
def count(felt: Floats, active: Any, role: Any, tallies: Floats) -> None:
    """Count a block's active members who feel strongly extracted from."""
    for i in range(len(felt)):
        if felt[i] > FELT_STRONGLY:
            tallies[role[i], STRONGLY] += active[i]
