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
from ..arrays import RELATIONAL, Positions, Ties
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
def superior(i: int, depth: int, positions: Positions) -> int:
    """Who stands above i with so many managers above itself; i itself if it stands no deeper."""
    while positions.depth[i] > depth:
        i = int(positions.manager[i])
    return i


@piece
def common_depth(i: int, j: int, positions: Positions) -> int:
    """Depth of the lowest place that is above both or one of them; -1 if there is none."""
    i, j = superior(i, positions.depth[j], positions), superior(j, positions.depth[i], positions)
    while i != j and positions.depth[i] > 0:
        i, j = int(positions.manager[i]), int(positions.manager[j])
    return int(positions.depth[i]) if i == j else -1


@piece
def tied(i: int, j: int, ties: Ties) -> bool:
    """Whether i has a live tie to j."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        if ties.neighbour[s] == j:
            return bool(ties.strength[s] > 0.0)
    return False


@piece
def strongest_employee(i: int, role: Any, ties: Ties) -> int:
    """The employee to whom i has its strongest live tie; -1 if there is none."""
    most, found = 0.0, -1
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        if ties.strength[s] > most and role[ties.neighbour[s]] == 0:
            most, found = ties.strength[s], int(ties.neighbour[s])
    return found


@piece
def along_the_line(i: int, target: int, positions: Positions, ties: Ties) -> int:
    """The partner under the lowest manager that it shares with the target, if lower than i's, or i's own manager.

    -1 if i is above the target and has no way further down, or no manager at hand.
    """
    mine = lowest = common_depth(i, target, positions)
    found = -1
    below = superior(target, lowest + 1, positions)
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        shares = positions.depth[below] == lowest + 1 and superior(j, lowest + 1, positions) == below
        if shares and ties.strength[s] > 0.0:
            found, lowest = j, common_depth(j, target, positions)
            below = superior(target, lowest + 1, positions)
    if found >= 0 or positions.depth[i] == mine:
        return found
    manager = int(positions.manager[i])
    return manager if manager >= 0 and tied(i, manager, ties) else -1


@piece
def travel(
    levers: Floats, key: int, asker: int, target: int, members: Members, positions: Positions, ties: Ties,
    handled: Floats,
) -> int:  # fmt: skip
    """Steps in which a request reaches its target, or 0 if it does not; adds to what each on its way has handled."""
    holder = asker
    for hop in range(int(levers[MAX_HOPS])):
        if tied(holder, target, ties):
            following = target
        elif members.role[holder] == 0:
            following = along_the_line(holder, target, positions, ties)
        else:
            following = strongest_employee(holder, members.role, ties)
        if following < 0:
            return 0
        if not passes_on(uniform(key, asker * MOST_HOPS + hop), members.directory[holder], levers[SPACE]):
            return 0
        handled[following] += 1.0
        holder = following
        if holder == target:
            return hop + 1
    return 0
