"""One week in two passes over the members with a short meeting in between; the passes read as lists of calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import slot
from ..draws import key_of, named
from ..population import Floats, Members
from ..portable import grid
from ..rules.creation import own_part, spilled_part
from ..rules.rewards import CONTINGENCY, RANK, RANK_BINS, VALUE, budget_scale
from ..rules.sharing import pool_rate
from .arrays import BLOCK, Scratch, Ties
from .jit import kernel
from .pieces import contract, cooperation, creation, exhaustion, motivation, norm, push, rewards, sharing
from .pieces import ties as tie_pieces
from .tally import tally_block

OWN_SHARE = slot("own_share")
CAPTURE_SHARE = slot("capture_share")
RETURN_SHARE = slot("return_share")
SHARING_RULE = slot("sharing_rule")
BUDGET = slot("budget")


class Meeting(NamedTuple):
    """What the first pass leaves for the settlement of the week; one row per thread, added up exactly."""

    effort: Floats
    """float64[threads, 3], total effort by role."""
    members: Floats
    """float64[threads, 3], active members by role."""
    captured: Floats
    """float64[threads], value captured."""
    claims: Floats
    """float64[threads], claims on the pool."""
    cost: Floats
    """float64[threads], cost of rewards before the budget."""
    ranks: NDArray[np.int64]
    """int64[threads, RANK_BINS], active members by class of visible effort."""


class Organization(NamedTuple):
    """State of the organization, changed at each settlement."""

    account: Floats
    """float64[1], value on the account."""
    excess: Floats
    """float64[3], demand per role that has ratcheted up above the lever."""
    demand: Floats
    """float64[3], this week's demand per role."""
    pool: Floats
    """float64[1], value paid per unit of claim this week."""
    scale: Floats
    """float64[1], factor that fits this week's rewards into the budget."""
    control: Floats
    """float64[1], control felt from rewards this week."""
    bar: NDArray[np.int64]
    """int64[instruments], lowest winning class of each contest."""
    luck_names: NDArray[np.uint64]
    """uint64[instruments], numbers of the draws `reward.NAME`, so that one instrument's luck is not another's."""
    luck: NDArray[np.uint64]
    """uint64[instruments], this week's keys of those draws."""


def new_meeting(threads: int) -> Meeting:
    """Zeroed sums for `threads` threads."""
    three = np.zeros((2, threads, 3))
    one = np.zeros((3, threads))
    return Meeting(three[0], three[1], one[0], one[1], one[2], np.zeros((threads, RANK_BINS), dtype=np.int64))


def new_organization(instruments: Sequence[str]) -> Organization:
    """An organization at its start, with reward instruments of these names."""
    account, pool, scale, control = np.zeros((4, 1))
    excess, demand = np.zeros((2, 3))
    names = np.array([named(f"reward.{name}") for name in instruments], dtype=np.uint64)
    bar = np.zeros(len(instruments), dtype=np.int64)
    return Organization(account, excess, demand, pool, scale, control, bar, names, np.zeros_like(names))


@kernel
def open_week(levers: Floats, seed: int, week: int, organization: Organization) -> None:
    """This week's demand and the keys of its reward luck."""
    push.demands(levers, organization.excess, organization.demand)
    for k in range(len(organization.luck)):
        organization.luck[k] = key_of(seed, organization.luck_names[k], week)


@kernel
def contests(instruments: Floats) -> bool:
    """Whether any instrument rewards rank this week."""
    found = False
    for k in range(len(instruments)):
        found = found or (int(instruments[k, CONTINGENCY]) == RANK and instruments[k, VALUE] > 0.0)
    return found


@kernel
def act(
    first: int, last: int, row: int, levers: Floats, instruments: Floats, members: Members, public: Floats,
    scratch: Scratch, organization: Organization, meeting: Meeting,
) -> None:  # fmt: skip
    """First pass, members first..last - 1: decide and create; their sums go into `row` of the meeting."""
    meeting.effort[row] = 0.0
    meeting.members[row] = 0.0
    meeting.captured[row] = meeting.claims[row] = 0.0
    meeting.ranks[row] = 0
    ranking = contests(instruments)
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        n = b - a
        role, active = members.role[a:b], members.active[a:b]
        trust, stake, value = members.trust[a:b], members.stake[a:b], members.value[a:b]
        seen, effort, voluntary = public[a:b], scratch.effort[:n], scratch.voluntary[:n]
        cooperation.give(
            levers, members.cooperation_type[a:b], members.motivation[a:b], members.belief[a:b],
            members.conditional_slope[a:b], voluntary,
        )  # fmt: skip
        push.spend(
            levers, organization.demand, role, active, voluntary, trust, members.expected_reward[a:b],
            members.involvement[a:b], members.exhaustion[a:b], members.contact_load[a:b], effort,
        )  # fmt: skip
        push.publish(levers, role, trust, seen, effort)
        creation.create(
            levers, members.skill[a:b], members.motivation[a:b], members.help_received[a:b],
            members.tie_strength[a:b], seen, value,
        )  # fmt: skip
        report(levers, role, active, effort, value, row, meeting)
        if levers[RETURN_SHARE] > 0.0:
            meeting.claims[row] += sharing.claims(levers, role, active, stake, seen)
        if ranking:
            rewards.rank_counts(active, seen, meeting.ranks[row])


@kernel
def report(levers: Floats, role: Any, active: Any, effort: Floats, value: Floats, row: int, meeting: Meeting) -> None:
    """Add a block's effort, members and captured value to the meeting."""
    own = levers[OWN_SHARE]
    capture = levers[CAPTURE_SHARE]
    captured = 0.0
    for i in range(len(effort)):
        captured += value[i] - own_part(value[i], own) - spilled_part(value[i], own, capture)
        meeting.effort[row, role[i]] += grid(effort[i])
        meeting.members[row, role[i]] += active[i]
    meeting.captured[row] += captured


@kernel
def price(
    first: int, last: int, row: int, instruments: Floats, members: Members, public: Floats,
    organization: Organization, meeting: Meeting,
) -> None:  # fmt: skip
    """Cost of all rewards of members first..last - 1 before the budget, into `row` of the meeting."""
    meeting.cost[row] = 0.0
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        meeting.cost[row] += rewards.costs(
            instruments, organization, a, members.active[a:b], members.value[a:b], public[a:b]
        )


@kernel
def settle_contests(instruments: Floats, organization: Organization, meeting: Meeting) -> None:
    """Find who wins the contests of the week."""
    for row in range(1, len(meeting.ranks)):
        meeting.ranks[0] += meeting.ranks[row]
    rewards.bars(instruments, meeting.ranks[0], organization.bar)


@kernel
def settle(levers: Floats, instruments: Floats, organization: Organization, meeting: Meeting) -> None:
    """Between the passes: pool, budget, felt control; `excess` holds what demand becomes next week."""
    for row in range(1, len(meeting.captured)):
        meeting.effort[0] += meeting.effort[row]
        meeting.members[0] += meeting.members[row]
        meeting.captured[0] += meeting.captured[row]
        meeting.claims[0] += meeting.claims[row]
        meeting.cost[0] += meeting.cost[row]
    kind = int(levers[SHARING_RULE])
    organization.pool[0] = pool_rate(meeting.captured[0], levers[RETURN_SHARE], meeting.claims[0], kind)
    everyone = meeting.members[0, 0] + meeting.members[0, 1] + meeting.members[0, 2]
    organization.scale[0] = budget_scale(levers[BUDGET], everyone, meeting.cost[0])
    organization.control[0] = rewards.felt_control(levers, instruments, organization.scale[0])
    push.raise_demands(levers, organization.demand, meeting.effort[0], meeting.members[0], organization.excess)


@kernel
def relate(
    first: int, last: int, levers: Floats, instruments: Floats, threshold: float, members: Members,
    ties: Ties, public: Floats, scratch: Scratch, organization: Organization, tallies: Floats,
) -> None:  # fmt: skip
    """Second pass, members first..last - 1: ties, shares and rewards, experience; adds to float64[3, tallies]."""
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        n = b - a
        seen, tie_strength = public[a:b], members.tie_strength[a:b]
        satisfaction = scratch.satisfaction[:n]
        tie_pieces.relate(
            levers, a, ties, public, scratch.weighted[:n], tie_strength, members.help_received[a:b],
            scratch.trust_told[:n], scratch.spilled_in[:n], scratch.given[:n], scratch.contacts[:n],
            scratch.ties[:n], scratch.joint[:n], scratch.joint_outside[:n],
        )  # fmt: skip
        receive(levers, instruments, a, b, members, seen, scratch, organization)
        contract.trust_week(
            levers, members.value[a:b], scratch.delivered[:n], scratch.trust_told[:n], tie_strength,
            members.expectation[a:b], members.trust[a:b], scratch.breach[:n],
        )  # fmt: skip
        motivation.satisfy(
            levers, organization.demand, members.role[a:b], members.involvement[a:b],
            scratch.feedback[:n], tie_strength, satisfaction,
        )  # fmt: skip
        motivation.motivate_week(
            levers, organization.control[0], satisfaction, scratch.training[:n], members.motivation[a:b],
            members.skill[a:b],
        )  # fmt: skip
        exhaustion.exhaust_week(
            levers, seen, scratch.contacts[:n], satisfaction, members.contact_load[a:b], members.exhaustion[a:b]
        )
        norm.believe(levers, scratch.weighted[:n], tie_strength, members.belief[a:b])
        tally_block(levers, threshold, a, b, members, seen, scratch, tallies)


@kernel
def receive(
    levers: Floats, instruments: Floats, a: int, b: int, members: Members, public: Floats,
    scratch: Scratch, organization: Organization,
) -> None:  # fmt: skip
    """Shares and rewards of members a..b - 1 arrive; their value becomes stake."""
    n = b - a
    value, stake = members.value[a:b], members.stake[a:b]
    shared, tangible = scratch.shared[:n], scratch.tangible[:n]
    sharing.share(levers, organization.pool[0], members.role[a:b], stake, public, shared)
    rewards.pay(
        levers, instruments, organization, a, value, public,
        scratch.rewards[:n], scratch.cost[:n], tangible, scratch.counted_on[:n], scratch.feedback[:n],
        scratch.training[:n],
    )  # fmt: skip
    rewards.expect(levers, scratch.counted_on[:n], members.expected_reward[a:b])
    contract.deliver(
        levers, value, scratch.given[:n], scratch.spilled_in[:n], shared, tangible, scratch.kept[:n],
        scratch.delivered[:n],
    )  # fmt: skip
    sharing.build_stakes(levers, value, stake, members.contributed[a:b])
