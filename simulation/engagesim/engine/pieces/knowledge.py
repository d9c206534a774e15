"""M18 in loops: what waiting and helping cost, who learns who knows what, and the way of a request."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import uniform
from ...population import Floats, Members
from ...portable import grid
from ...rules.knowledge import (
    MOST_HOPS,
    keep_records,
    learn_who_knows,
    miss_partner,
    passes_on,
    unhindered,
    with_requests,
)
from ...tallies import index
from ..arrays import RELATIONAL, Ties
from ..jit import piece

PROBLEM_COST = slot("problem_cost")
HANDLING_COST = slot("handling_cost")
GROWTH = slot("directory_growth")
DECAY = slot("directory_decay")
LOSS = slot("directory_loss")
STORE = slot("record_store")
UPKEEP = slot("record_upkeep")
RECORD_DECAY = slot("record_decay")
SPACE = slot("engagement_space")
MAX_HOPS = slot("max_hops")
MEMBERS, RELATIONAL_EFFORT, ACCURACY = map(index, ("members", "relational_effort", "record_accuracy"))


@piece
def hinder(levers: Floats, hindered: Floats, output: Floats) -> None:
    """Lower the output of those of a block who wait for an answer."""
    for i in range(len(output)):
        output[i] *= unhindered(hindered[i], levers[PROBLEM_COST])


@piece
def carry(levers: Floats, handled: Floats, load: Floats) -> None:
    """Add the requests that a block handled last week to the attention its contacts take."""
    for i in range(len(load)):
        load[i] = with_requests(load[i], handled[i], levers[HANDLING_COST])


@piece
def learn(levers: Floats, public: Floats, directory: Floats) -> None:
    """Let a block learn, and forget, who knows what."""
    for i in range(len(directory)):
        directory[i] = learn_who_knows(directory[i], public[i, RELATIONAL], levers[GROWTH], levers[DECAY])


@piece
def miss(levers: Floats, i: int, members: Members, ties: Ties) -> None:
    """Let the partners of i, who leaves, lose what they knew through it."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        members.directory[j] = miss_partner(members.directory[j], ties.strength[s], levers[LOSS])


@piece
def keep(levers: Floats, records: Floats, tallies: Floats) -> None:
    """Let the records answer to the week's relational effort, and note how many are right in float64[3, tallies]."""
    effort = tallies[0, RELATIONAL_EFFORT] + tallies[1, RELATIONAL_EFFORT] + tallies[2, RELATIONAL_EFFORT]
    members = tallies[0, MEMBERS] + tallies[1, MEMBERS] + tallies[2, MEMBERS]
    mean = effort / members if members > 0.0 else 0.0
    records[0] = keep_records(records[0], mean, levers[STORE], levers[UPKEEP], levers[RECORD_DECAY])
    for r in range(len(tallies)):
        tallies[r, ACCURACY] = tallies[r, MEMBERS] * grid(records[0])


@piece
def leads_to(i: int, j: int, branch: Any) -> bool:
    """Whether i is j or stands above j."""
    return bool(branch[i, 0] <= branch[j, 0] < branch[i, 1])


@piece
def turning(i: int, target: int, manager: Any, branch: Any) -> int:
    """The highest place above the target, or itself, that does not lead to i; -1 if the target leads to i."""
    below, place = -1, target
    while place >= 0 and not leads_to(place, i, branch):
        below, place = place, int(manager[place])
    return below


@piece
def along_the_line(i: int, target: int, manager: Any, branch: Any, ties: Ties) -> int:
    """The target if tied; else the partner who shares the lowest manager with it, if lower than i's; else i's manager.

    -1 if i is above the target and has no way further down, or no manager at hand.
    """
    start, degree, neighbour, strength = ties.start, ties.degree, ties.neighbour, ties.strength
    below, boss, found, up = turning(i, target, manager, branch), int(manager[i]), -1, -1
    for s in range(start[i], start[i] + degree[i]):
        j = int(neighbour[s])
        if strength[s] > 0.0:
            if j == target:
                return j
            if j == boss:
                up = j
            if below >= 0 and leads_to(below, j, branch):
                found, below = j, turning(j, target, manager, branch)
    return found if found >= 0 or leads_to(i, target, branch) else up


@piece
def across_the_boundary(i: int, target: int, role: Any, ties: Ties) -> int:
    """The target, or else the employee to whom i, who is none, has its strongest live tie; -1 if there is none."""
    start, degree, neighbour, strength = ties.start, ties.degree, ties.neighbour, ties.strength
    most, found = 0.0, -1
    for s in range(start[i], start[i] + degree[i]):
        j, now = int(neighbour[s]), strength[s]
        if j == target and now > 0.0:
            return j
        if now > most and role[j] == 0:
            most, found = now, j
    return found


@piece
def travel(
    levers: Floats, key: int, asker: int, target: int, role: Any, directory: Floats, manager: Any, branch: Any,
    ties: Ties, handled: Floats,
) -> int:  # fmt: skip
    """Steps in which a request reaches its target, or 0 if it does not; adds to what each on its way has handled."""
    holder = asker
    for hop in range(int(levers[MAX_HOPS])):
        if not passes_on(uniform(key, asker * MOST_HOPS + hop), directory[holder], levers[SPACE]):
            return 0
        if role[holder] == 0:
            holder = along_the_line(holder, target, manager, branch, ties)
        else:
            holder = across_the_boundary(holder, target, role, ties)
        if holder < 0:
            return 0
        handled[holder] += 1.0
        if holder == target:
            return hop + 1
    return 0
