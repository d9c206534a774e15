"""M16 in loops over the whole organization: everybody reads the old types, then those who chose change at once."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats
from ..rules.imitation import DEATH_BIRTH, IN_EACH_UNIT, PAIRWISE, YES, attraction, random_type, takes_over
from ..tallies import index
from .arrays import Positions, Ties
from .columns import copy
from .company import Company
from .jit import piece

RATE = slot("imitation_rate")
ONE_AT_A_TIME = slot("one_at_a_time")
UPDATING = slot("updating")
SELECTION = slot("selection")
MUTATION = slot("mutation_rate")
SPLIT = slot("split_rate")
SWITCHES = index("switches")

WHO = named("strategy.who")
RECONSIDERS = named("strategy.reconsiders")
MUTATES = named("strategy.mutates")
MUTANT = named("strategy.mutant")
MODEL = named("strategy.model")
TAKES_OVER = named("strategy.takes_over")
SPLITS = named("strategy.splits")
PARENT = named("strategy.parent_unit")
REPLACED = named("strategy.replaced_unit")


@piece
def reconsider(seed: int, week: int, first: int, last: int, company: Company) -> None:
    """Note the cooperation types with which members first..last - 1 go on."""
    levers, members, types = company.organization.levers, company.members, company.desk.events
    copy(members.cooperation_type[first:last], types[first:last])
    reconsiders = key_of(seed, RECONSIDERS, week)
    a, b, turns = first, last, int(levers[ONE_AT_A_TIME])
    if turns == YES:
        one = integer(key_of(seed, WHO, week), 0, len(types))
        a, b = max(first, one), min(last, one + 1)
    whose, unit, one = key_of(seed, WHO, week), -1, -1
    for i in range(a, b):
        if turns == IN_EACH_UNIT and company.positions.unit_index[i] != unit:
            unit = int(company.positions.unit_index[i])
            one = whose_turn(whose, unit, company.positions)
        if turns == IN_EACH_UNIT and i != one:
            continue
        if members.active[i] == 1 and uniform(reconsiders, i) < levers[RATE]:
            types[i] = next_type(seed, week, i, company)


@piece
def whose_turn(key: int, unit: int, positions: Positions) -> int:
    """The member of a unit that may reconsider this week."""
    first, last = int(positions.unit_start[unit]), int(positions.unit_start[unit + 1])
    return int(positions.unit_members[first + integer(key, unit, last - first)])


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
    elif int(levers[UPDATING]) == DEATH_BIRTH:
        j = fit_partner(u, i, levers[SELECTION], members.payoff, company.ties)
    else:
        j = fit_colleague(u, i, levers[SELECTION], company)
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


@piece
def fit_colleague(u: float, i: int, selection: float, company: Company) -> int:
    """Member of the unit of i, i included, with a chance by payoff, by inversion; i itself where nobody attracts."""
    positions, members, total = company.positions, company.members, 0.0
    unit = positions.unit_index[i]
    first, last = positions.unit_start[unit], positions.unit_start[unit + 1]
    for k in range(first, last):
        j = positions.unit_members[k]
        total += attraction(float(members.active[j]), members.payoff[j], selection)
    found, left = i, u * total
    for k in range(first, last):
        j = positions.unit_members[k]
        weight = attraction(float(members.active[j]), members.payoff[j], selection)
        if weight > 0.0 and left >= 0.0:
            found = int(j)
        left -= weight
    return found


@piece
def switch(company: Company, tallies: Floats) -> None:
    """Let everybody go on with the type that was noted, and count those for whom it is another."""
    types, members = company.desk.events, company.members
    for i in range(len(types)):
        if types[i] != members.cooperation_type[i]:
            members.cooperation_type[i] = types[i]
            tallies[members.role[i], SWITCHES] += 1.0


@piece
def split(seed: int, week: int, company: Company, tallies: Floats) -> None:
    """Perhaps let one unit grow and split: the types of its members replace those of another unit, or of itself."""
    positions, members = company.positions, company.members
    units = len(positions.unit_start) - 1
    if uniform(key_of(seed, SPLITS, week), 0) >= company.organization.levers[SPLIT]:
        return
    parent = fit_unit(uniform(key_of(seed, PARENT, week), 0), company)
    child = integer(key_of(seed, REPLACED, week), 0, units)
    if parent < 0 or parent == child:
        return
    source, size = positions.unit_start[parent], positions.unit_start[parent + 1] - positions.unit_start[parent]
    for k in range(positions.unit_start[child], positions.unit_start[child + 1]):
        i = positions.unit_members[k]
        kind = members.cooperation_type[positions.unit_members[source + (k - positions.unit_start[child]) % size]]
        if members.active[i] == 1 and kind != members.cooperation_type[i]:
            members.cooperation_type[i] = kind
            tallies[members.role[i], SWITCHES] += 1.0


@piece
def fit_unit(u: float, company: Company) -> int:
    """A unit with a chance by the summed fitness of its members, by inversion; -1 where nobody attracts."""
    start, total = company.positions.unit_start, 0.0
    for unit in range(len(start) - 1):
        total += fitness_of(unit, company)
    found, left = -1, u * total
    for unit in range(len(start) - 1):
        weight = fitness_of(unit, company)
        if weight > 0.0 and left >= 0.0:
            found = unit
        left -= weight
    return found


@piece
def fitness_of(unit: int, company: Company) -> float:
    """Summed weights of the members of a unit in being taken as models."""
    positions, members, total = company.positions, company.members, 0.0
    for k in range(positions.unit_start[unit], positions.unit_start[unit + 1]):
        i = positions.unit_members[k]
        total += attraction(float(members.active[i]), members.payoff[i], company.organization.levers[SELECTION])
    return total
