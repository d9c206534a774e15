"""M12 and the forming of ties (M11) in loops: rare events, found by a filter and carried out one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats, Members, People
from ..rules.ties import accepts, new_kind, reaches_out
from ..rules.turnover import exit_chance, place_filled
from ..structures.network import FREE
from ..tallies import index
from .arrays import ATTENTION, RELATIONAL, Ties
from .jit import kernel
from .people import settle_in, sum_ties

HAZARD = slot("exit_hazard")
EXIT_EXHAUSTION = slot("exit_exhaustion")
EXIT_DISTRUST = slot("exit_distrust")
VACANCY = slot("vacancy_weeks")
NEWCOMER_STRENGTH = slot("newcomer_tie_strength")
CLOSURE = slot("closure_rate")
MEETING = slot("meeting_rate")
HOMOPHILY = slot("homophily")
NEW_STRENGTH = slot("new_tie_strength")
EXITS, ARRIVALS = index("exits"), index("arrivals")

EXIT = named("exit")
INTRODUCED = named("tie.introduced")
FIRST_PARTNER = named("tie.first_partner")
SECOND_PARTNER = named("tie.second_partner")
MEETS = named("tie.meets")
MEETS_WHOM = named("tie.meets_whom")
LIKES = named("tie.likes")


@kernel
def find_leavers(levers: Floats, key: Any, first: int, last: int, members: Members, leaving: Any) -> None:
    """Mark who of members first..last - 1 leaves this week."""
    for i in range(first, last):
        chance = exit_chance(
            levers[HAZARD + members.role[i]], members.exhaustion[i], members.trust[i], levers[EXIT_EXHAUSTION],
            levers[EXIT_DISTRUST],
        )  # fmt: skip
        leaving[i] = members.active[i] == 1 and uniform(key, i) < chance


@kernel
def set_tie(i: int, j: int, value: float, ties: Ties) -> None:
    """Set the strength of i's tie to j in i's row."""
    for s in range(ties.start[i], ties.start[i + 1]):
        if ties.neighbour[s] == j:
            ties.strength[s] = value
            break


@kernel
def set_ties_of(i: int, value: float, members: Members, ties: Ties) -> None:
    """Set both halves of all ties of i to active partners, and the partners' sums; i's own sum too."""
    nobody = len(members.role)
    for s in range(ties.start[i], ties.start[i + 1]):
        j = np.int64(ties.neighbour[s])
        if j != nobody and members.active[j] == 1:
            ties.strength[s] = value
            set_tie(j, i, value, ties)
            sum_ties(ties.start, ties.strength, members, j, j + 1)
    sum_ties(ties.start, ties.strength, members, i, i + 1)


@kernel
def leave(i: int, members: Members, ties: Ties) -> None:
    """Empty the place of i: its ties wait, without strength, for a successor."""
    set_ties_of(i, 0.0, members, ties)
    members.active[i] = 0
    members.tenure[i] = 0


@kernel
def turn_over(
    levers: Floats, people: People, seed: int, week: int, leaving: Any, members: Members, ties: Ties, tallies: Floats
) -> None:  # fmt: skip
    """Leavers go, time passes, empty places are filled; in order of member number."""
    for i in range(len(leaving)):
        if leaving[i]:
            leave(i, members, ties)
            tallies[members.role[i], EXITS] += 1.0
        else:
            members.tenure[i] += 1
    for i in range(len(leaving)):
        if members.active[i] == 0 and place_filled(members.tenure[i], levers[VACANCY + members.role[i]]):
            settle_in(members, people, seed, week + 1, i, i + 1)
            set_ties_of(i, levers[NEWCOMER_STRENGTH], members, ties)
            tallies[members.role[i], ARRIVALS] += 1.0


@kernel
def partner_at(i: int, u_slot: int, ties: Ties, nobody: int) -> int:
    """Partner in one slot of i's row, or nobody if the slot is free or its tie waits."""
    s = ties.start[i] + u_slot
    return np.int64(ties.neighbour[s]) if ties.strength[s] > 0.0 else nobody


@kernel
def introduced_to(seed: int, week: int, i: int, ties: Ties, nobody: int) -> int:
    """Partner of a partner, both picked by chance; nobody if the way ends."""
    room = ties.start[i + 1] - ties.start[i]
    if room == 0:
        return nobody
    j = partner_at(i, integer(key_of(seed, FIRST_PARTNER, week), i, room), ties, nobody)
    if j == nobody:
        return nobody
    room = ties.start[j + 1] - ties.start[j]
    return partner_at(j, integer(key_of(seed, SECOND_PARTNER, week), i, room), ties, nobody)


@kernel
def find_proposals(
    levers: Floats, seed: int, week: int, first: int, last: int, members: Members, ties: Ties, public: Floats,
    proposals: Any,
) -> int:  # fmt: skip
    """Write who of members first..last - 1 proposes a tie to whom, int64[:, 2]; return how many."""
    size = len(members.role)
    introduction, meeting = key_of(seed, INTRODUCED, week), key_of(seed, MEETS, week)
    found = 0
    for i in range(first, last):
        relational, attention = public[i, RELATIONAL], public[i, ATTENTION]
        if members.active[i] == 0:
            continue
        if reaches_out(uniform(introduction, i), levers[CLOSURE], relational, attention):
            found = propose(levers, seed, week, i, introduced_to(seed, week, i, ties, size), members, proposals, found)
        if reaches_out(uniform(meeting, i), levers[MEETING], relational, attention):
            met = integer(key_of(seed, MEETS_WHOM, week), i, size)
            found = propose(levers, seed, week, i, met, members, proposals, found)
    return found


@kernel
def propose(
    levers: Floats, seed: int, week: int, i: int, j: int, members: Members, proposals: Any, found: int
) -> int:
    """Add the proposal of i to j if there is a j, other than i, and they take to each other."""
    if j == len(members.role) or j == i or members.active[j] == 0:
        return found
    if not accepts(uniform(key_of(seed, LIKES, week), i), levers[HOMOPHILY], members.role[i] == members.role[j]):
        return found
    if found < len(proposals):
        proposals[found, 0] = i
        proposals[found, 1] = j
    return found + 1


@kernel
def free_slot(i: int, j: int, ties: Ties) -> int:
    """First free slot of i, or -1 if there is none or i is tied to j already."""
    free = -1
    for s in range(ties.start[i], ties.start[i + 1]):
        if ties.neighbour[s] == j:
            return -1
        if free < 0 and ties.kind[s] == FREE:
            free = s
    return free


@kernel
def form_ties(levers: Floats, proposals: Any, members: Members, ties: Ties) -> None:
    """Carry out proposals in order of proposer; one without room at both ends, or made twice, lapses."""
    for p in range(len(proposals)):
        i, j = proposals[p, 0], proposals[p, 1]
        mine, theirs = free_slot(i, j, ties), free_slot(j, i, ties)
        if mine >= 0 and theirs >= 0:
            kind = new_kind(members.role[i] != 0, members.role[j] != 0)
            ties.neighbour[mine], ties.neighbour[theirs] = j, i
            ties.kind[mine] = ties.kind[theirs] = kind
            ties.strength[mine] = ties.strength[theirs] = levers[NEW_STRENGTH]
            sum_ties(ties.start, ties.strength, members, i, i + 1)
            sum_ties(ties.start, ties.strength, members, j, j + 1)
