"""M16 in loops over the whole organization: everybody reads the old types, then those who chose change at once."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats
from ..rules.imitation import PAIRWISE, attraction, random_type, takes_over
from ..tallies import index
from .arrays import Ties
from .columns import copy
from .company import Company
from .jit import kernel, piece

RATE = slot("imitation_rate")
ONE_AT_A_TIME = slot("one_at_a_time")
UPDATING = slot("updating")
SELECTION = slot("selection")
MUTATION = slot("mutation_rate")
SWITCHES = index("switches")

WHO = named("strategy.who")
RECONSIDERS = named("strategy.reconsiders")
MUTATES = named("strategy.mutates")
MUTANT = named("strategy.mutant")
MODEL = named("strategy.model")
TAKES_OVER = named("strategy.takes_over")


@kernel
def reconsider(seed: int, week: int, first: int, last: int, company: Company) -> None:
    """Note the cooperation types with which members first..last - 1 go on."""
    levers, members, types = company.organization.levers, company.members, company.desk.events
    copy(members.cooperation_type[first:last], types[first:last])
    reconsiders = key_of(seed, RECONSIDERS, week)
    a, b = first, last
    if levers[ONE_AT_A_TIME] > 0.0:
        one = integer(key_of(seed, WHO, week), 0, len(types))
        a, b = max(first, one), min(last, one + 1)
    for i in range(a, b):
        if members.active[i] == 1 and uniform(reconsiders, i) < levers[RATE]:
            types[i] = next_type(seed, week, i, company)


@piece
def next_type(seed: int, week: int, i: int, company: Company) -> int:
    """Type of member i after reconsidering: a random one, or that of a partner, or its own."""
    levers, members, people = company.organization.levers, company.members, company.people
    if uniform(key_of(seed, MUTATES, week), i) < levers[MUTATION]:
        u = uniform(key_of(seed, MUTANT, week), i)
        return random_type(u, people.conditional_share, people.free_rider_share, people.hump_share)
    u = uniform(key_of(seed, MODEL, week), i)
    if int(levers[UPDATING]) == PAIRWISE:
        j = live_partner(u, i, company.ties)
        luck = uniform(key_of(seed, TAKES_OVER, week), i)
        if not takes_over(luck, members.payoff[i], members.payoff[j], levers[SELECTION]):
            j = i
    else:
        j = fit_partner(u, i, levers[SELECTION], members.payoff, company.ties)
    return int(members.cooperation_type[j])


@piece
def live_partner(u: float, i: int, ties: Ties) -> int:
    """Partner of i picked by a uniform draw among its live ties; i itself without any."""
    live = 0
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        live += 1 if ties.strength[s] > 0.0 else 0
    found, left = i, int(u * live)
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        if ties.strength[s] > 0.0:
            if left == 0:
                found = int(ties.neighbour[s])
            left -= 1
    return found


@piece
def fit_partner(u: float, i: int, selection: float, payoff: Floats, ties: Ties) -> int:
    """Partner of i with a chance by strength and payoff, by inversion; i itself where nobody attracts."""
    total = 0.0
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        total += attraction(ties.strength[s], payoff[ties.neighbour[s]], selection)
    found, left = i, u * total
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        weight = attraction(ties.strength[s], payoff[ties.neighbour[s]], selection)
        if weight > 0.0 and left >= 0.0:
            found = int(ties.neighbour[s])
        left -= weight
    return found


@kernel
def switch(company: Company, tallies: Floats) -> None:
    """Let everybody go on with the type that was noted, and count those for whom it is another."""
    types, members = company.desk.events, company.members
    for i in range(len(types)):
        if types[i] != members.cooperation_type[i]:
            members.cooperation_type[i] = types[i]
            tallies[members.role[i], SWITCHES] += 1.0
