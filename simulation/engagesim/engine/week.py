"""One week in two passes over the members with a short meeting in between; the passes read as lists of calls."""

from __future__ import annotations

from ..design.catalogue import slot
from ..population import Floats
from .arrays import BLOCK, Scratch
from .company import Company
from .jit import kernel, piece
from .meeting import Meeting, clear, contests, report
from .pieces import (
    contract,
    cooperation,
    creation,
    exhaustion,
    hearing,
    media,
    motivation,
    norm,
    participation,
    push,
    rewards,
    sharing,
)
from .pieces import ties as tie_pieces
from .tally import tally_block

RETURN_SHARE = slot("return_share")


@kernel
def act(
    first: int, last: int, row: int, instruments: Floats, company: Company, scratch: Scratch, meeting: Meeting
) -> None:
    """First pass, members first..last - 1: decide, create, tell; their sums go into `row` of the meeting."""
    clear(row, meeting)
    ranking = contests(instruments)
    levers, members = company.organization.levers, company.members
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        role, active, seen = members.role[a:b], members.active[a:b], company.public[a:b]
        effort = scratch.effort[: b - a]
        decide(a, b, company, scratch)
        produce(a, b, company, scratch)
        report(levers, role, active, effort, members.value[a:b], row, meeting)
        if levers[RETURN_SHARE] > 0.0:
            meeting.claims[row] += sharing.claims(levers, role, active, members.stake[a:b], seen)
        if ranking:
            rewards.rank_counts(active, seen, meeting.ranks[row])


@piece
def decide(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """Members a..b - 1 decide how much to contribute and how."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    role, trust, effort = members.role[a:b], members.trust[a:b], scratch.effort[:n]
    voluntary, willing = scratch.voluntary[:n], scratch.willing[:n]
    cooperation.give(
        levers, members.cooperation_type[a:b], members.motivation[a:b], members.belief[a:b],
        members.conditional_slope[a:b], voluntary,
    )  # fmt: skip
    push.spend(
        levers, organization.demand, role, members.active[a:b], voluntary, trust, members.expected_reward[a:b],
        members.involvement[a:b], members.exhaustion[a:b], members.contact_load[a:b], effort,
    )  # fmt: skip
    if participation.stands(levers):
        participation.take_part(
            levers, role, members.active[a:b], members.motivation[a:b], members.threshold[a:b],
            members.participation[a:b], effort,
        )  # fmt: skip
    willing[:] = 1.0
    push.publish(levers, role, trust, willing, company.public[a:b], effort)


@piece
def produce(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """Members a..b - 1 create value, and tell their partners what they will hear."""
    n = b - a
    levers, members = company.organization.levers, company.members
    output = scratch.output[:n]
    output[:] = 1.0
    creation.create(
        levers, members.skill[a:b], members.motivation[a:b], members.help_received[a:b],
        members.tie_strength[a:b], output, company.public[a:b], members.value[a:b],
    )  # fmt: skip
    if participation.stands(levers):
        participation.tell(members.participation[a:b], company.told[a:b])
    if media.busy(levers):
        media.write(
            levers, company.organization.media, members.connectivity[a:b], members.response[a:b], company.public[a:b],
            company.told[a:b],
        )  # fmt: skip


@kernel
def relate(first: int, last: int, instruments: Floats, company: Company, scratch: Scratch, tallies: Floats) -> None:
    """Second pass, members first..last - 1: ties, shares and rewards, experience; adds to float64[3, tallies]."""
    levers, members, threshold = company.organization.levers, company.members, company.people.participation_threshold
    listening = hearing.listens(levers)
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        n = b - a
        seen = company.public[a:b]
        tie_pieces.relate(
            levers, a, company.ties, company.public, scratch.weighted[:n], members.tie_strength[a:b],
            members.help_received[a:b], scratch.trust_told[:n], scratch.spilled_in[:n], scratch.given[:n],
            scratch.contacts[:n], scratch.ties[:n], scratch.joint[:n], scratch.joint_outside[:n],
        )  # fmt: skip
        if listening:
            hearing.hear(a, company.ties, company.told, scratch.heard[:, :n])
        receive(a, b, instruments, company, scratch)
        experience(a, b, company, scratch)
        tally_block(levers, threshold, a, b, members, seen, scratch, tallies)
        tally_more(a, b, company, scratch, tallies)


@piece
def receive(a: int, b: int, instruments: Floats, company: Company, scratch: Scratch) -> None:
    """Shares and rewards of members a..b - 1 arrive; their value becomes stake."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    value, stake, seen = members.value[a:b], members.stake[a:b], company.public[a:b]
    shared, tangible = scratch.shared[:n], scratch.tangible[:n]
    sharing.share(levers, organization.pool[0], members.role[a:b], stake, seen, shared)
    rewards.pay(
        levers, instruments, organization, a, value, seen,
        scratch.rewards[:n], scratch.cost[:n], tangible, scratch.counted_on[:n], scratch.feedback[:n],
        scratch.training[:n],
    )  # fmt: skip
    rewards.expect(levers, scratch.counted_on[:n], members.expected_reward[a:b])
    contract.deliver(
        levers, value, scratch.given[:n], scratch.spilled_in[:n], shared, tangible, scratch.kept[:n],
        scratch.delivered[:n],
    )  # fmt: skip
    sharing.build_stakes(levers, value, stake, members.contributed[a:b])


@piece
def experience(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """The week changes members a..b - 1."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    tie_strength, satisfaction = members.tie_strength[a:b], scratch.satisfaction[:n]
    message_load, strain = scratch.message_load[:n], scratch.strain[:n]
    repair = media.repair(levers, organization.media)
    contract.trust_week(
        levers, repair, members.value[a:b], scratch.delivered[:n], scratch.trust_told[:n], tie_strength,
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
    message_load[:] = 0.0
    strain[:] = 0.0
    if media.busy(levers):
        media.answer(
            levers, organization.media, scratch.heard[:, :n], tie_strength, members.connectivity[a:b],
            members.response[a:b], message_load, scratch.conflict[:n], strain,
        )  # fmt: skip
    exhaustion.exhaust_week(
        levers, company.public[a:b], scratch.contacts[:n], message_load, strain, satisfaction,
        members.contact_load[a:b], members.exhaustion[a:b],
    )  # fmt: skip
    norm.believe(levers, scratch.weighted[:n], tie_strength, members.belief[a:b])


@piece
def tally_more(a: int, b: int, company: Company, scratch: Scratch, tallies: Floats) -> None:
    """Add what only some mechanisms know of members a..b - 1 to float64[3, tallies]."""
    n = b - a
    levers, members = company.organization.levers, company.members
    role, active = members.role[a:b], members.active[a:b]
    if participation.stands(levers):
        participation.count(
            levers, role, active, members.participation[a:b], scratch.weighted[:n], members.tie_strength[a:b], tallies
        )
    if media.busy(levers):
        media.count(
            role, active, company.told[a:b], members.response[a:b], scratch.message_load[:n], scratch.conflict[:n],
            tallies,
        )  # fmt: skip
