"""The week added up by role: every number goes onto the value grid first, so that the sums are exact in any order."""

from __future__ import annotations

from typing import Any

from ..design.catalogue import slot
from ..population import Floats, Members
from ..portable import grid
from ..rules.creation import own_part, quality, spilled_part
from ..rules.motivation import engagement
from ..tallies import ENGAGED, EXHAUSTED, index
from .arrays import EFFORT, RELATIONAL, TASK, Scratch
from .jit import piece
from .pieces import extraction, reciprocity
from .pieces.imitation import add_types

QUALITY_FLOOR = slot("quality_floor")
OWN_SHARE = slot("own_share")
CAPTURE_SHARE = slot("capture_share")
FELT_RATE = slot("felt_rate")

MEMBERS, PARTICIPANTS, TASK_EFFORT, RELATIONAL_EFFORT = map(
    index, ("members", "participants", "task_effort", "relational_effort")
)
MOTIVATION, EXHAUSTION, TIRED, KEEN, TRUST = map(index, ("motivation", "exhaustion", "exhausted", "engaged", "trust"))
EXPECTATION, BELIEF, SKILL, SATISFACTION = map(index, ("expectation", "belief", "skill", "satisfaction"))
QUALITY, CREATED, OWN, SPILLED_IN = map(index, ("quality", "created", "own", "spilled_in"))
CAPTURED, SHARED, REWARDS, COST = map(index, ("captured", "shared", "rewards", "reward_cost"))
BREACH, TIE_STRENGTH, TIES, CONTACTS = map(index, ("breach", "tie_strength", "ties", "contacts"))
JOINT, JOINT_OUTSIDE, CONTACT_LOAD = map(index, ("joint", "joint_outside", "contact_load"))
FELT, IMAGE = map(index, ("felt_extraction", "image"))


@piece
def tally_block(
    levers: Floats, threshold: float, a: int, b: int, members: Members, public: Floats, scratch: Scratch,
    tallies: Floats,
) -> None:  # fmt: skip
    """Add members a..b - 1 to float64[3, tallies], run by run of equal roles."""
    first = a
    while first < b:
        role = members.role[first]
        last = first + 1
        while last < b and members.role[last] == role:
            last += 1
        add_states(levers, first, last, members, tallies[role])
        add_types(first, last, members, tallies[role])
        add_flows(levers, threshold, first, last, first - a, members, public, scratch, tallies[role])
        first = last
    add_feelings(levers, a, b, members, tallies)


@piece
def add_feelings(levers: Floats, a: int, b: int, members: Members, tallies: Floats) -> None:
    """Add what members a..b - 1 feel and are known for, where it plays a part."""
    active, role = members.active[a:b], members.role[a:b]
    if levers[FELT_RATE] > 0.0:
        add_column(members.felt_extraction[a:b], active, role, FELT, tallies)
        extraction.count(members.felt_extraction[a:b], active, role, tallies)
    if reciprocity.counts(levers):
        add_column(members.image[a:b], active, role, IMAGE, tallies)


@piece
def add_states(levers: Floats, first: int, last: int, members: Members, row: Floats) -> None:
    """Add the stocks of members first..last - 1."""
    floor = levers[QUALITY_FLOOR]
    n = motivation = exhaustion = tired = engaged = trust = expectation = belief = skill = good = strength = load = 0.0
    for i in range(first, last):
        here = float(members.active[i])
        n += here
        motivation += here * grid(members.motivation[i])
        exhaustion += here * grid(members.exhaustion[i])
        tired += here if members.exhaustion[i] > EXHAUSTED else 0.0
        engaged += here if engagement(members.motivation[i], members.exhaustion[i]) >= ENGAGED else 0.0
        trust += here * grid(members.trust[i])
        expectation += here * grid(members.expectation[i])
        belief += here * grid(members.belief[i])
        skill += here * grid(members.skill[i])
        good += here * grid(quality(members.motivation[i], floor))
        strength += here * grid(members.tie_strength[i])
        load += here * grid(members.contact_load[i])
    row[MEMBERS] += n
    row[MOTIVATION] += motivation
    row[EXHAUSTION] += exhaustion
    row[TIRED] += tired
    row[KEEN] += engaged
    row[TRUST] += trust
    row[EXPECTATION] += expectation
    row[BELIEF] += belief
    row[SKILL] += skill
    row[QUALITY] += good
    row[TIE_STRENGTH] += strength
    row[CONTACT_LOAD] += load


@piece
def add_flows(
    levers: Floats, threshold: float, first: int, last: int, offset: int, members: Members, public: Floats,
    scratch: Scratch, row: Floats,
) -> None:  # fmt: skip
    """Add what members first..last - 1 did and received; row `offset` of the block belongs to `first`."""
    own = levers[OWN_SHARE]
    capture = levers[CAPTURE_SHARE]
    joined = task = relational = satisfied = created = captured = kept = came = shared = rewards = cost = 0.0
    breach = ties = contacts = joint = outside = 0.0
    for i in range(first, last):
        k = i - first + offset
        here = float(members.active[i])
        value = members.value[i]
        joined += here if public[k, EFFORT] >= threshold else 0.0
        task += grid(public[k, TASK])
        relational += grid(public[k, RELATIONAL])
        satisfied += here * grid(scratch.satisfaction[k])
        created += value
        captured += value - own_part(value, own) - spilled_part(value, own, capture)
        kept += scratch.kept[k]
        came += scratch.spilled_in[k]
        shared += here * scratch.shared[k]
        rewards += here * scratch.rewards[k]
        cost += here * grid(scratch.cost[k])
        breach += here * grid(scratch.breach[k])
        ties += scratch.ties[k]
        contacts += grid(scratch.contacts[k])
        joint += grid(scratch.joint[k])
        outside += grid(scratch.joint_outside[k])
    row[PARTICIPANTS] += joined
    row[TASK_EFFORT] += task
    row[RELATIONAL_EFFORT] += relational
    row[SATISFACTION] += satisfied
    row[CREATED] += created
    row[CAPTURED] += captured
    row[OWN] += kept
    row[SPILLED_IN] += came
    row[SHARED] += shared
    row[REWARDS] += rewards
    row[COST] += cost
    row[BREACH] += breach
    row[TIES] += ties
    row[CONTACTS] += contacts
    row[JOINT] += joint
    row[JOINT_OUTSIDE] += outside


@piece
def add_column(column: Floats, active: Any, role: Any, k: int, tallies: Floats) -> None:
    """Add one column of a block to sum `k` of float64[3, tallies], by role."""
    for i in range(len(column)):
        tallies[role[i], k] += active[i] * grid(column[i])


@piece
def add_flags(column: Any, active: Any, role: Any, k: int, tallies: Floats) -> None:
    """Count the members present of a block for whom a flag is 1, by role."""
    for i in range(len(column)):
        tallies[role[i], k] += float(active[i] * column[i])
