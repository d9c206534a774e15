"""M18's own pass at the end of the week: problems arise, and requests look for who knows."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats
from ..portable import grid
from ..rules.knowledge import arises, on_record
from ..tallies import index
from .company import Company
from .jit import piece
from .organization import Organization
from .pieces.knowledge import travel

RATE = slot("problem_rate")
STORE = slot("record_store")
REQUESTS, ANSWERED, HELPED, HOPS = map(index, ("requests", "answered", "helped", "hops"))
DIRECTORY = index("directory")

ARISES = named("problem.arises")
EXPERT = named("problem.expert")
RECORD = named("problem.record")
HOP = named("problem.hop")


@piece
def asks(organization: Organization) -> bool:
    """Whether problems arise this week, or those of last week are to be put away."""
    return bool(organization.levers[RATE] > 0.0 or organization.asked[0] > 0.0)


@piece
def ask(seed: int, week: int, first: int, last: int, company: Company, handled: Floats, tallies: Floats) -> None:
    """Let members first..last - 1 ask; counts what others handle in float64[N], sums in float64[3, tallies]."""
    levers, records = company.organization.levers, company.organization.records[0]
    rate, store, experts = levers[RATE], levers[STORE], company.positions.employees
    role, active, hindered = company.members.role, company.members.active, company.members.hindered
    directory, manager, branch = company.members.directory, company.positions.manager, company.positions.branch
    ties = company.ties
    arising, knowing = key_of(seed, ARISES, week), key_of(seed, EXPERT, week)
    finding, passing = key_of(seed, RECORD, week), key_of(seed, HOP, week)
    for i in range(first, last):
        hindered[i] = 0.0
        if active[i] == 0 or rate == 0.0:
            continue
        tallies[role[i], DIRECTORY] += grid(directory[i])
        if len(experts) == 0 or not arises(uniform(arising, i), rate):
            continue
        target = int(experts[integer(knowing, i, len(experts))])
        if target == i:
            continue
        tallies[role[i], REQUESTS] += 1.0
        if on_record(uniform(finding, i), store, records):
            tallies[role[i], ANSWERED] += 1.0
            continue
        hops = travel(levers, passing, i, target, role, directory, manager, branch, ties, handled)
        hindered[i] = 1.0 if hops == 0 else 0.0
        if hops > 0:
            tallies[role[i], ANSWERED] += 1.0
            tallies[role[i], HELPED] += 1.0
            tallies[role[i], HOPS] += hops
