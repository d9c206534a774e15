"""M16, rare mutants, in loops over units: a unit of one type gets a member of another, which dies out or takes over."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats
from ..rules.cooperation import FREE_RIDER
from ..rules.imitation import BY_UNIT, invader_type
from ..tallies import index
from .company import Company
from .jit import piece

RATE = slot("invasion_rate")
INVADED = slot("invaded")
INVASIONS, TAKEOVERS = index("giving_invasions"), index("giving_takeovers")
RIDING_INVASIONS, RIDING_TAKEOVERS = index("riding_invasions"), index("riding_takeovers")
INVADES, INVADER, PLACE = named("strategy.invades"), named("strategy.invader"), named("strategy.invaded_place")


@piece
def tries(company: Company) -> bool:
    """Whether units may be invaded this week, or an invasion is still undecided."""
    return bool(company.organization.levers[RATE] > 0.0 or company.desk.undecided[0] > 0)


@piece
def invade(seed: int, week: int, company: Company, tallies: Floats) -> None:
    """Conclude what has ended in one type, and let new types in, by unit or in the organization as a whole."""
    levers, start = company.organization.levers, company.positions.unit_start
    units = len(start) - 1
    if int(levers[INVADED]) == BY_UNIT:
        for u in range(units):
            settle_trial(seed, week, u, int(start[u]), int(start[u + 1]), company, tallies)
    else:
        settle_trial(seed, week, units, 0, int(start[units]), company, tallies)


@piece
def settle_trial(seed: int, week: int, u: int, begin: int, end: int, company: Company, tallies: Floats) -> None:
    """Conclude the trial of the listed members begin..end - 1 if they are of one type, and perhaps begin another."""
    desk = company.desk
    first, present = only_type(begin, end, company)
    if first < 0:
        return
    kind, role = int(company.members.cooperation_type[first]), company.members.role[first]
    if desk.invader[u] > 0:
        if desk.invader[u] == kind + 1:
            tallies[role, RIDING_TAKEOVERS if kind == FREE_RIDER else TAKEOVERS] += 1.0
        desk.invader[u] = 0
        desk.undecided[0] -= 1
    if uniform(key_of(seed, INVADES, week), u) < company.organization.levers[RATE]:
        plant(seed, week, u, begin, end, kind, present, company, tallies[role])


@piece
def only_type(begin: int, end: int, company: Company) -> tuple[int, int]:
    """First member present of a unit and how many are; -1 and 0 where nobody is there or types differ."""
    listed, members = company.positions.unit_members, company.members
    first, present = -1, 0
    for k in range(begin, end):
        i = listed[k]
        if members.active[i] == 1:
            if first >= 0 and members.cooperation_type[i] != members.cooperation_type[first]:
                return -1, 0
            first = i if first < 0 else first
            present += 1
    return first, present


@piece
def plant(
    seed: int, week: int, u: int, begin: int, end: int, kind: int, present: int, company: Company, row: Floats
) -> None:
    """Give one of the members present, all of one type, another type that exists."""
    listed, members, people = company.positions.unit_members, company.members, company.people
    luck = uniform(key_of(seed, INVADER, week), u)
    new = invader_type(luck, kind, people.conditional_share, people.free_rider_share, people.hump_share)
    if new < 0:
        return
    left = integer(key_of(seed, PLACE, week), u, present)
    for k in range(begin, end):
        if members.active[listed[k]] == 1:
            if left == 0:
                members.cooperation_type[listed[k]] = new
            left -= 1
    company.desk.invader[u] = new + 1
    company.desk.undecided[0] += 1
    row[RIDING_INVASIONS if new == FREE_RIDER else INVASIONS] += 1.0
