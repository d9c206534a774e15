"""M18's own pass at the end of the week: problems arise, and requests look for who knows."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats, Members
from ..portable import grid
from ..rules.knowledge import arises, on_record
from ..tallies import index
from .company import Company
from .jit import kernel, piece
from .organization import Organization
from .pieces import knowledge

RATE = slot("problem_rate")
STORE = slot("record_store")
REQUESTS, ANSWERED, HELPED, HOPS = map(index, ("requests", "answered", "helped", "hops"))
DIRECTORY = index("directory")

ARISES = named("problem.arises")
EXPERT = named("problem.expert")
RECORD = named("problem.record")
HOP = named("problem.hop")


@piece
def informs(organization: Organization) -> bool:
    """Whether problems arise this week, or those of last week are to be put away."""
    return bool(organization.levers[RATE] > 0.0 or organization.asked[0] > 0.0)


@kernel
def inform(seed: int, week: int, first: int, last: int, company: Company, handled: Floats, tallies: Floats) -> None:
    """Let members first..last - 1 ask; counts what others handle in float64[N], sums in float64[3, tallies]."""
    members, rate = company.members, company.organization.levers[RATE]
    experts = company.positions.employees
    arising, knowing = key_of(seed, ARISES, week), key_of(seed, EXPERT, week)
    for i in range(first, last):
        members.hindered[i] = 0.0
        if members.active[i] == 0 or rate == 0.0:
            continue
        sums = tallies[members.role[i]]
        sums[DIRECTORY] += grid(members.directory[i])
        if len(experts) > 0 and arises(uniform(arising, i), rate):
            target = int(experts[integer(knowing, i, len(experts))])
            if target != i:
                ask(seed, week, i, target, company, handled, sums)


@piece
def ask(seed: int, week: int, i: int, target: int, company: Company, handled: Floats, sums: Floats) -> None:
    """Let i look for an answer that `target` knows: in the records, then over ties."""
    levers, members = company.organization.levers, company.members
    sums[REQUESTS] += 1.0
    if on_record(uniform(key_of(seed, RECORD, week), i), levers[STORE], company.organization.records[0]):
        sums[ANSWERED] += 1.0
        return
    luck = key_of(seed, HOP, week)
    hops = knowledge.travel(levers, luck, i, target, members, company.positions, company.ties, handled)
    if hops > 0:
        sums[ANSWERED] += 1.0
        sums[HELPED] += 1.0
        sums[HOPS] += hops
    else:
        members.hindered[i] = 1.0


@kernel
def take_load(first: int, last: int, handled: Floats, members: Members) -> None:
    """Write what members first..last - 1 handled, counted in float64[threads, N], and clear the counts."""
    members.handled[first:last] = handled[0, first:last]
    for row in range(1, len(handled)):
        members.handled[first:last] += handled[row, first:last]
    handled[:, first:last] = 0.0
