"""M3 in loops: effort under push and demand, and the ratchet."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.evaluation import gamed_task_share
from ...rules.market import at_stake
from ...rules.norm import visible_effort
from ...rules.push import capacity, demanded_effort, ratchet, standing_demand, total_effort, trusted_effort
from ..arrays import EFFORT, RELATIONAL, TASK, TRUST, VISIBLE
from ..jit import piece

DEMAND = slot("demand")
RATCHET = slot("demand_ratchet")
IMPOSED = slot("imposed")
SENSITIVITY = slot("push_sensitivity")
WITHDRAWAL = slot("withdrawal")
TASK_SHARE = slot("task_share")
EVALUATION = slot("evaluation")
FINE = slot("fine")
VISIBILITY_TASK = slot("visibility_task")
VISIBILITY_RELATIONAL = slot("visibility_relational")


@piece
def demands(levers: Floats, excess: Floats, demand: Floats) -> None:
    """Write this week's demand per role: the lever plus what has ratcheted up."""
    for r in range(len(demand)):
        demand[r] = standing_demand(levers[DEMAND + r], excess[r])


@piece
def raise_demands(levers: Floats, demand: Floats, effort: Floats, members: Floats, excess: Floats) -> None:
    """Raise next week's demand where one is made; `effort` and `members` are this week's sums per role."""
    for r in range(len(demand)):
        if levers[DEMAND + r] > 0.0 and members[r] > 0.0:
            excess[r] = ratchet(demand[r], effort[r] / members[r], levers[RATCHET]) - levers[DEMAND + r]


@piece
def spend(
    levers: Floats, demand: Floats, role: Any, active: Any, voluntary: Floats, trust: Floats, expected: Floats,
    involvement: Floats, exhaustion: Floats, load: Floats, effort: Floats,
) -> None:  # fmt: skip
    """Write the total effort of a block."""
    imposed = levers[IMPOSED]
    sensitivity = levers[SENSITIVITY]
    withdrawal = levers[WITHDRAWAL]
    for i in range(len(effort)):
        own = trusted_effort(voluntary[i], trust[i], withdrawal)
        asked = demanded_effort(demand[role[i]], imposed, involvement[i])
        wanted = total_effort(own, at_stake(expected[i], levers[FINE + role[i]]), asked, sensitivity)
        effort[i] = active[i] * min(wanted, capacity(exhaustion[i], load[i]))


@piece
def publish(
    levers: Floats, role: Any, trust: Floats, willing: Floats, gamed: Floats, public: Floats, effort: Floats
) -> None:
    """Split effort into task and relational, put both where partners see them, and let effort be their sum."""
    seen_task = levers[VISIBILITY_TASK]
    seen_relational = levers[VISIBILITY_RELATIONAL]
    for i in range(len(effort)):
        task = effort[i] * gamed_task_share(levers[TASK_SHARE + role[i]], gamed[i], levers[EVALUATION])
        relational = (effort[i] - task) * willing[i]
        effort[i] = task + relational
        public[i, EFFORT] = effort[i]
        public[i, TASK] = task
        public[i, RELATIONAL] = relational
        public[i, VISIBLE] = visible_effort(task, relational, seen_task, seen_relational)
        public[i, TRUST] = trust[i]
