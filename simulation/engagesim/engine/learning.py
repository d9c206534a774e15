"""M22 in loops: beliefs, the organization's code and reality as bits of 64-bit words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import slot
from ..draws import key_of, named, u64, uniform
from ..population import Floats
from ..portable import grid
from ..rules.learning import (
    BELIEFS,
    adoption_chance,
    all_facets,
    differing,
    disagrees,
    facet,
    holds,
    is_naive,
    knowledge_share,
    known_after,
    net_knowledge,
    positive_after,
    view,
    without,
)
from ..tallies import index
from .columns import add_rows
from .company import Company
from .jit import piece
from .settlement import Ledger

SOCIALIZATION = slot("socialization")
SLOW_SOCIALIZATION = slot("slow_socialization")
CODE_LEARNING = slot("code_learning")
NAIVE_RATE = slot("naive_rate")
TURBULENCE = slot("turbulence")
BELIEF_STEP = slot("belief_step")
LEARNED_FROM = slot("learned_from")
MEMBERS, KNOWLEDGE, CODE_KNOWLEDGE = map(index, ("members", "knowledge", "code_knowledge"))

REALITY = named("learning.reality")
TURNS = named("learning.turns")
REPLACED = named("learning.replaced")
HAS_BELIEF = named("learning.has_belief")
BELIEF = named("learning.belief")
GUESS = named("learning.guess")
SOCIALIZED = named("learning.socialized")
ADOPTED = named("learning.adopted")
SLOW = named("trait.slow_learner")

CODE_KNOWN, CODE_POSITIVE, IS_POSITIVE = range(3)
"""Words of `Organization.code`: the code's two, and reality."""


@piece
def learns(levers: Floats) -> bool:
    """Whether anybody learns from anybody this week."""
    return bool(levers[SOCIALIZATION] > 0.0 or levers[CODE_LEARNING] > 0.0)


@piece
def drawn(key: int, who: int, chance: float, among: int) -> int:
    """Each bit of `among` with the same chance: a draw for each facet of `who`."""
    found, k = u64(0), 0
    rest = u64(among) if chance > 0.0 else u64(0)
    while rest != u64(0):
        if holds(rest, 0) and uniform(key, who * 64 + k) < chance:
            found = u64(found | facet(k))
        rest = u64(rest >> u64(1))
        k += 1
    return found


@piece
def open_learning(seed: int, week: int, company: Company, ledger: Ledger) -> None:
    """Reality comes to be in the first week of learning, and turns in any."""
    organization = company.organization
    code, levers = organization.code, organization.levers
    everything = all_facets(int(company.people.belief_dimensions))
    if organization.learned[0] < 0:
        code[IS_POSITIVE] = drawn(key_of(seed, REALITY, 0), 0, 0.5, everything)
    code[IS_POSITIVE] ^= drawn(key_of(seed, TURNS, week), 0, levers[TURBULENCE], everything)
    ledger.views[:] = 0


@piece
def learn(
    seed: int, week: int, first: int, last: int, row: int, company: Company, ledger: Ledger, tallies: Floats
) -> None:
    """Members first..last - 1 act on their beliefs and learn the code; the views of who did better go into `row`."""
    members, organization, people = company.members, company.organization, company.people
    known, positive, code = members.known, members.positive, organization.code
    dimensions = int(people.belief_dimensions)
    everything = all_facets(dimensions)
    score = net_knowledge(code[CODE_KNOWN], code[CODE_POSITIVE], code[IS_POSITIVE])
    for i in range(first, last):
        if members.active[i] == 0:
            continue
        begin_naive(seed, week, i, everything, company)
        shown, action = u64(known[i]), u64(positive[i])
        if int(organization.levers[LEARNED_FROM]) != BELIEFS:
            guesses = drawn(key_of(seed, GUESS, week), i, 0.5, without(everything, known[i]))
            shown, action = everything, u64(positive[i] | guesses)
        if net_knowledge(shown, action, code[IS_POSITIVE]) > score:
            add_views(shown, action, dimensions, ledger.views[row])
        socialize(seed, week, i, company)
        net = net_knowledge(known[i], positive[i], code[IS_POSITIVE])
        tallies[members.role[i], KNOWLEDGE] += grid(knowledge_share(net, dimensions))


@piece
def begin_naive(seed: int, week: int, i: int, everything: int, company: Company) -> None:
    """Give member i the beliefs of a newcomer if it is one: each -1, 0 or +1 with the same chance."""
    members, organization = company.members, company.organization
    luck, rate = uniform(key_of(seed, REPLACED, week), i), organization.levers[NAIVE_RATE]
    if is_naive(members.tenure[i], week - organization.learned[0], luck, rate):
        members.known[i] = drawn(key_of(seed, HAS_BELIEF, week), i, 2.0 / 3.0, everything)
        members.positive[i] = drawn(key_of(seed, BELIEF, week), i, 0.5, members.known[i])


@piece
def add_views(shown: int, positive: int, dimensions: int, views: NDArray[np.int64]) -> None:
    """Add the views that one member has shown on each facet: +1, -1 or none."""
    for k in range(dimensions):
        views[k] += view(holds(shown, k), holds(positive, k))


@piece
def socialize(seed: int, week: int, i: int, company: Company) -> None:
    """Beliefs of member i move toward the code of last week."""
    members, code, levers = company.members, company.organization.code, company.organization.levers
    slow = uniform(key_of(seed, SLOW, 0), i) < company.people.slow_share
    speed = levers[SLOW_SOCIALIZATION] if slow else levers[SOCIALIZATION]
    known, positive = members.known[i], members.positive[i]
    open_to = differing(known, positive, code[CODE_KNOWN], code[CODE_POSITIVE])
    moving = drawn(key_of(seed, SOCIALIZED, week), i, speed, open_to)
    step = int(levers[BELIEF_STEP])
    members.known[i] = known_after(known, moving, step)
    members.positive[i] = positive_after(known, positive, moving, code[CODE_POSITIVE], step)


@piece
def conclude_learning(seed: int, week: int, company: Company, ledger: Ledger, tallies: Floats) -> None:
    """The code learns from those who did better than it; what it knows then counts once for each member."""
    organization = company.organization
    views, code = ledger.views, organization.code
    dimensions = int(company.people.belief_dimensions)
    add_rows(views)
    adopts = key_of(seed, ADOPTED, week)
    for k in range(dimensions):
        majority = views[0, k]
        chance = adoption_chance(organization.levers[CODE_LEARNING], majority)
        known, positive = holds(code[CODE_KNOWN], k), holds(code[CODE_POSITIVE], k)
        if disagrees(known, positive, majority) and uniform(adopts, k) < chance:
            code[CODE_KNOWN] |= facet(k)
            code[CODE_POSITIVE] = u64(without(code[CODE_POSITIVE], facet(k)) | (facet(k) if majority > 0 else u64(0)))
    net = net_knowledge(code[CODE_KNOWN], code[CODE_POSITIVE], code[IS_POSITIVE])
    organization.code_knowledge[0] = grid(knowledge_share(net, dimensions))
    for r in range(len(tallies)):
        tallies[r, CODE_KNOWLEDGE] += tallies[r, MEMBERS] * organization.code_knowledge[0]
    organization.learned[0] = week
