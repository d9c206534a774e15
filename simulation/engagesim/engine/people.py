"""Who people are: traits drawn at the start and for every newcomer, from the same named draws in both engines."""

from __future__ import annotations

from ..draws import key_of, named, normal, swing_of, uniform
from ..population import Members, People, around, positive_around
from ..rules.cooperation import type_of
from ..rules.estimates import first_estimate
from ..rules.extraction import promised_balance
from ..rules.joining import join_threshold
from ..rules.media import connectivity_of
from ..rules.participation import OUTSIDE, personal_threshold
from .arrays import Ties
from .company import Company
from .jit import kernel, piece

TYPE = named("trait.cooperation_type")
SLOPE = named("trait.conditional_slope")
MOTIVATION = named("trait.motivation")
INVOLVEMENT = named("trait.involvement")
SKILL = named("trait.skill")
JOIN_THRESHOLD = named("trait.join_threshold")
ESTIMATE = named("trait.estimate")
THRESHOLD = named("trait.threshold")
CONNECTIVITY = named("trait.connectivity")


@piece
def settle_in(members: Members, people: People, seed: int, step: int, first: int, last: int) -> None:
    """Give members first..last - 1 the traits and stocks of newcomers of `step` (0 is the start)."""
    for i in range(first, last):
        draw_traits(members, people, seed, step, i)
        begin_anew(members, people, i)


@piece
def draw_traits(members: Members, people: People, seed: int, step: int, i: int) -> None:
    """Give member i the traits of a newcomer of `step`."""
    role = members.role[i]
    kind = uniform(key_of(seed, TYPE, step), i)
    members.cooperation_type[i] = type_of(kind, people.conditional_share, people.free_rider_share, people.hump_share)
    z = normal(key_of(seed, SLOPE, step), i)
    members.conditional_slope[i] = positive_around(people.slope_mean, people.slope_sd, z)
    z = normal(key_of(seed, MOTIVATION, step), i)
    members.motivation[i] = members.disposition[i] = around(people.motivation_mean[role], people.motivation_sd, z)
    z = normal(key_of(seed, INVOLVEMENT, step), i)
    members.involvement[i] = around(people.involvement_mean[role], people.involvement_sd, z)
    members.skill[i] = positive_around(1.0, people.skill_sd, normal(key_of(seed, SKILL, step), i))
    z = normal(key_of(seed, JOIN_THRESHOLD, 0), i)
    members.join_threshold[i] = join_threshold(people.join_threshold_mean, people.join_threshold_sd, z)
    key = key_of(seed, ESTIMATE, step)
    members.estimate[i] = first_estimate(
        people.estimate_bias, people.estimate_sd, people.estimate_evenness, normal(key, i), swing_of(uniform(key, i))
    )
    members.threshold[i] = personal_threshold(people.threshold_sd, normal(key_of(seed, THRESHOLD, step), i))
    members.connectivity[i] = connectivity_of(
        uniform(key_of(seed, CONNECTIVITY, step), i), people.hyperconnected_share, people.connected_share,
        people.hyperconnected_factor, people.connected_factor, people.other_factor,
    )  # fmt: skip


@piece
def begin_anew(members: Members, people: People, i: int) -> None:
    """Give member i, whose traits are drawn, the stocks of a newcomer."""
    members.active[i] = 1
    members.participation[i] = OUTSIDE
    members.new_way[i] = members.committed[i]
    members.response[i] = people.response_start
    members.exhaustion[i] = people.exhaustion_start
    members.trust[i] = people.trust_start
    members.expectation[i] = people.expectation_start
    members.belief[i] = people.belief_start[members.role[i]]
    members.balance[i] = promised_balance(members.expectation[i])
    members.image[i] = members.partners_image[i] = people.image_start
    members.directory[i] = people.directory_start
    members.tenure[i] = members.voicing[i] = members.stopped[i] = 0
    members.known[i] = members.positive[i] = members.plays[i] = 0
    members.help_received[i] = members.contact_load[i] = members.expected_reward[i] = members.stake[i] = 0.0
    members.credibility[i] = members.decision_weight[i] = members.payoff[i] = members.felt_extraction[i] = 0.0
    members.shaken[i] = members.personal_brand[i] = members.own_gap[i] = members.gap_belief[i] = 0.0
    members.acquaintance[i] = members.score[i] = members.gamed[i] = members.handled[i] = members.hindered[i] = 0.0
    members.deterred[i] = members.pool_payoff[i] = members.market_frame[i] = members.contributions[i] = 0.0


@piece
def sum_ties(ties: Ties, members: Members, first: int, last: int) -> None:
    """Recompute the sums of tie strengths of members first..last - 1, in slot order, all and to outsiders."""
    for i in range(first, last):
        total = outside = 0.0
        for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
            total += ties.strength[s]
            outside += ties.strength[s] * (members.role[int(ties.neighbour[s])] != 0)
        members.tie_strength[i] = total
        members.outside_strength[i] = outside


@kernel
def take_places(company: Company, seed: int, step: int, first: int, last: int) -> None:
    """Before a run or after a reorganization: members first..last - 1 settle in, and everybody's ties are summed."""
    settle_in(company.members, company.people, seed, step, first, last)
    sum_ties(company.ties, company.members, 0, len(company.members.role))
