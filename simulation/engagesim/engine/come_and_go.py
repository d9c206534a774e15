"""M12 and the forming of ties (M11) in loops: one pass notices rare events, then they are carried out one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats, Members
from ..rules.participation import EXITED
from ..rules.ties import accepts, by_introduction, new_kind, reaches_out
from ..rules.turnover import exit_chance, place_filled, worn_out
from ..tallies import index
from .arrays import ATTENTION, RELATIONAL, Ties
from .company import Company
from .jit import kernel, piece
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
REACHES_OUT = named("tie.reaches_out")
INTRODUCED = named("tie.introduced")
FIRST_PARTNER = named("tie.first_partner")
SECOND_PARTNER = named("tie.second_partner")
MEETS_WHOM = named("tie.meets_whom")
LIKES = named("tie.likes")

LEAVES, ARRIVES, SEEKS = 1, 2, 4
"""Bits of the event that a member has this week."""


@kernel
def notice(seed: int, week: int, first: int, last: int, company: Company, events: Any) -> None:
    """Write the events of members first..last - 1 into uint8[N], and let time pass for all of them."""
    levers, members, public = company.organization.levers, company.members, company.public
    leaving, reaching = key_of(seed, EXIT, week), key_of(seed, REACHES_OUT, week)
    weight, distrust = levers[EXIT_EXHAUSTION], levers[EXIT_DISTRUST]
    rate = levers[CLOSURE] + levers[MEETING]
    for i in range(first, last):
        role = members.role[i]
        event = 0
        members.tenure[i] += 1
        if members.active[i] == 1:
            push_out = worn_out(members.exhaustion[i], members.trust[i], weight, distrust)
            chance = exit_chance(levers[HAZARD + role], push_out)
            if chance > 0.0 and uniform(leaving, i) < chance:
                event = LEAVES
                members.tenure[i] = 0
            elif rate > 0.0 and reaches_out(uniform(reaching, i), rate, public[i, RELATIONAL], public[i, ATTENTION]):
                event = SEEKS
        elif place_filled(members.tenure[i], levers[VACANCY + role]):
            event = ARRIVES
        events[i] = event


@kernel
def carry_out(seed: int, week: int, company: Company, events: Any, tallies: Floats) -> None:
    """Leavers go, newcomers come, and then those who seek form ties; nobody's turn depends on the others'."""
    levers, members, ties = company.organization.levers, company.members, company.ties
    seekers = 0
    for i in range(len(events)):
        if events[i] == LEAVES:
            set_ties_of(i, 0.0, members, ties)
            members.active[i] = 0
            members.participation[i] = EXITED
            tallies[members.role[i], EXITS] += 1.0
        seekers += events[i] == SEEKS
    for i in range(len(events)):
        if events[i] == ARRIVES:
            settle_in(members, company.people, seed, week + 1, i, i + 1)
            set_ties_of(i, levers[NEWCOMER_STRENGTH], members, ties)
            tallies[members.role[i], ARRIVALS] += 1.0
    if seekers > 0:
        form_ties(levers, seed, week, find_wishes(levers, seed, week, ties, events, seekers), members, ties)


@piece
def set_tie(i: int, j: int, value: float, ties: Ties) -> None:
    """Set the strength of i's tie to j in i's row."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        if ties.neighbour[s] == j:
            ties.strength[s] = value
            break


@piece
def set_ties_of(i: int, value: float, members: Members, ties: Ties) -> None:
    """Set both halves of all ties of i to active partners, and the sums of both ends."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        if members.active[j] == 1:
            ties.strength[s] = value
            set_tie(j, i, value, ties)
            sum_ties(ties, members, j, j + 1)
    sum_ties(ties, members, i, i + 1)


@piece
def find_wishes(levers: Floats, seed: int, week: int, ties: Ties, events: Any, seekers: int) -> Any:
    """Who seeks a tie with whom: int64[seekers, 2]; the second is -1 where the search ends with nobody."""
    wishes = np.full((seekers, 2), -1, dtype=np.int64)
    rate = levers[CLOSURE] + levers[MEETING]
    found = 0
    for i in range(len(events)):
        if events[i] != SEEKS:
            continue
        wishes[found, 0] = i
        if by_introduction(uniform(key_of(seed, INTRODUCED, week), i), levers[CLOSURE], rate):
            wishes[found, 1] = introduced_to(seed, week, i, ties)
        else:
            wishes[found, 1] = integer(key_of(seed, MEETS_WHOM, week), i, len(events))
        found += 1
    return wishes


@piece
def partner_by(u: float, i: int, ties: Ties) -> int:
    """Partner of i picked by a uniform draw among its ties, or -1 if it has none or the tie waits for a successor."""
    if ties.degree[i] == 0:
        return -1
    s = ties.start[i] + int(u * ties.degree[i])
    return int(ties.neighbour[s]) if ties.strength[s] > 0.0 else -1


@piece
def introduced_to(seed: int, week: int, i: int, ties: Ties) -> int:
    """Partner of a partner, both picked by chance; -1 if the way ends."""
    j = partner_by(uniform(key_of(seed, FIRST_PARTNER, week), i), i, ties)
    return partner_by(uniform(key_of(seed, SECOND_PARTNER, week), i), j, ties) if j >= 0 else -1


@piece
def has_room(i: int, j: int, ties: Ties) -> bool:
    """Whether i has a free slot and is not tied to j already."""
    if ties.start[i] + ties.degree[i] == ties.start[i + 1]:
        return False
    tied = False
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        tied = tied or ties.neighbour[s] == j
    return not tied


@piece
def append_tie(i: int, j: int, kind: int, strength: float, members: Members, ties: Ties) -> None:
    """Add one half of a tie at the end of i's row."""
    s = ties.start[i] + ties.degree[i]
    ties.neighbour[s], ties.kind[s], ties.strength[s] = j, kind, strength
    ties.degree[i] += 1
    sum_ties(ties, members, i, i + 1)


@piece
def form_ties(levers: Floats, seed: int, week: int, wishes: Any, members: Members, ties: Ties) -> None:
    """Carry out wishes in order of who wishes; one without room at both ends, or for a tie that is there, lapses."""
    likes = key_of(seed, LIKES, week)
    for w in range(len(wishes)):
        i, j = int(wishes[w, 0]), int(wishes[w, 1])
        if j < 0 or i == j or members.active[j] == 0:
            continue
        if not accepts(uniform(likes, i), levers[HOMOPHILY], members.role[i] == members.role[j]):
            continue
        if has_room(i, j, ties) and has_room(j, i, ties):
            kind = new_kind(members.role[i] != 0, members.role[j] != 0)
            append_tie(i, j, kind, levers[NEW_STRENGTH], members, ties)
            append_tie(j, i, kind, levers[NEW_STRENGTH], members, ties)
