"""One week in two passes over the members with a short settlement in between; the passes read as lists of calls."""

from __future__ import annotations

from ..design.catalogue import slot
from ..population import Floats
from ..tallies import index
from .arrays import BLOCK, ESTIMATE, GAP, IMAGE, VISIBLE, Scratch
from .columns import copy
from .company import Company
from .jit import piece
from .pieces import (
    adoption,
    contract,
    cooperation,
    creation,
    estimates,
    evaluation,
    exhaustion,
    extraction,
    hearing,
    imitation,
    knowledge,
    market,
    media,
    momentum,
    motivation,
    norm,
    participation,
    pooling,
    portability,
    push,
    reciprocity,
    recognition,
    rewards,
    sharing,
    values,
)
from .pieces import ties as tie_pieces
from .settlement import Ledger, clear, contests, report
from .tally import add_column, add_flags, tally_block

RETURN_SHARE = slot("return_share")
OWNERSHIP_RESPONSE = slot("ownership_response")
PERSONAL_BRAND = index("personal_brand")
PURPOSE = slot("purpose_strength")
FELT_RATE = slot("felt_rate")
IMAGE_WEIGHT = slot("image_weight")
RECIPROCITY = slot("reciprocity")
EVALUATION = slot("evaluation")
PROBLEM_RATE = slot("problem_rate")
ADOPTION_RATE = slot("adoption_rate")
ENCOUNTER_RATE = slot("encounter_rate")
NEW_WAY = index("new_way")


@piece
def act(
    first: int, last: int, row: int, instruments: Floats, company: Company, scratch: Scratch, ledger: Ledger
) -> None:
    """First pass, members first..last - 1: decide, create, tell; their sums go into `row` of the ledger."""
    clear(row, ledger)
    ranking = contests(instruments)
    if ranking:
        ledger.ranks[row] = 0
    levers, members = company.organization.levers, company.members
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        role, active, score = members.role[a:b], members.active[a:b], members.score[a:b]
        effort = scratch.effort[: b - a]
        decide(a, b, company, scratch)
        produce(a, b, company, scratch)
        tell(a, b, company)
        report(levers, role, active, effort, members.value[a:b], row, ledger)
        if levers[RETURN_SHARE] > 0.0:
            ledger.claims[row] += sharing.claims(levers, role, active, members.stake[a:b], score)
        if ranking:
            rewards.rank_counts(instruments, a, active, company, ledger.ranks[row])


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
    if levers[FELT_RATE] > 0.0:
        extraction.withhold(levers, members.felt_extraction[a:b], voluntary)
    if levers[market.FRAMING_RATE] > 0.0:
        market.keep_norm(levers, members.market_frame[a:b], voluntary)
    if levers[pooling.POOL_SIZE] > 0.0:
        pooling.give(levers, members.tenure[a:b], members.deterred[a:b], voluntary)
    push.spend(
        levers, organization.demand, role, members.active[a:b], voluntary, trust, members.expected_reward[a:b],
        members.involvement[a:b], members.exhaustion[a:b], members.contact_load[a:b], effort,
    )  # fmt: skip
    if levers[momentum.STOPPING] > 0.0:
        momentum.rest(members.stopped[a:b], effort)
    if participation.stands(levers):
        participation.take_part(
            levers, role, members.active[a:b], members.motivation[a:b], members.threshold[a:b],
            members.participation[a:b], effort,
        )  # fmt: skip
    willing[:] = 1.0
    if levers[OWNERSHIP_RESPONSE] > 0.0:
        portability.hold_back(levers, role, members.tie_strength[a:b], members.outside_strength[a:b], willing)
    if levers[RECIPROCITY] > 0.0:
        reciprocity.reciprocate(levers, members.partners_image[a:b], willing)
    push.publish(levers, role, trust, willing, members.gamed[a:b], company.public[a:b], effort)


@piece
def produce(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """Members a..b - 1 create value and are evaluated."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    output = scratch.output[:n]
    output[:] = 1.0
    if levers[estimates.ERROR_COST] > 0.0:
        estimates.lose(levers, organization.purpose, output)
    if organization.asked[0] > 0.0:
        knowledge.hinder(levers, members.hindered[a:b], output)
    if levers[ADOPTION_RATE] > 0.0:
        adoption.change_output(levers, organization.adoption[0], output)
    creation.create(
        levers, members.skill[a:b], members.motivation[a:b], members.help_received[a:b],
        members.tie_strength[a:b], output, company.public[a:b], members.value[a:b],
    )  # fmt: skip
    copy(company.public[a:b, VISIBLE], members.score[a:b])
    if levers[EVALUATION] > 0.0:
        evaluation.evaluate(a, b, company)


@piece
def tell(a: int, b: int, company: Company) -> None:
    """Members a..b - 1 let their partners know what they will hear."""
    levers, members, told = company.organization.levers, company.members, company.told[a:b]
    if values.talks(levers, company.organization.values):
        copy(members.gap_belief[a:b], told[:, GAP])
    if levers[FELT_RATE] > 0.0:
        extraction.tell(members.balance[a:b], told)
    if levers[RECIPROCITY] > 0.0:
        copy(members.image[a:b], told[:, IMAGE])
    if levers[estimates.LISTENING] > 0.0:
        copy(members.estimate[a:b], told[:, ESTIMATE])
    if media.busy(levers):
        media.write(
            levers, company.organization.media, members.connectivity[a:b], members.response[a:b], company.public[a:b],
            told,
        )  # fmt: skip


@piece
def relate(first: int, last: int, instruments: Floats, company: Company, scratch: Scratch, tallies: Floats) -> None:
    """Second pass, members first..last - 1: ties, shares and rewards, experience; adds to float64[3, tallies]."""
    levers, members, threshold = company.organization.levers, company.members, company.people.participation_threshold
    found_out = company.organization.values
    listening = hearing.listens(levers) or values.talks(levers, found_out)
    deliberating = estimates.matter(levers)
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        n = b - a
        seen = company.public[a:b]
        tie_pieces.relate(
            levers, a, company.ties, company.public, scratch.weighted[:n], members.tie_strength[a:b],
            members.help_received[a:b], scratch.trust_told[:n], scratch.spilled_in[:n], scratch.given[:n],
            scratch.contacts[:n], scratch.ties[:n], scratch.joint[:n], scratch.joint_outside[:n],
            members.outside_strength[a:b],
        )  # fmt: skip
        if levers[IMAGE_WEIGHT] > 0.0:
            reciprocity.guide_help(levers, members.image[a:b], members.help_received[a:b])
        if listening:
            hearing.hear(a, company.ties, company.told, scratch.heard[:, :n])
        receive(a, b, instruments, company, scratch)
        compare(a, b, company, scratch)
        feel(a, b, company, scratch)
        wear(a, b, company, scratch)
        observe(a, b, instruments, company, scratch)
        if deliberating:
            inform(a, b, company, scratch, tallies)
        tally_block(levers, threshold, a, b, members, seen, scratch, tallies)
        tally_more(a, b, company, scratch, tallies)


@piece
def receive(a: int, b: int, instruments: Floats, company: Company, scratch: Scratch) -> None:
    """Shares and rewards of members a..b - 1 arrive; their value becomes stake."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    value, stake = members.value[a:b], members.stake[a:b]
    shared, tangible = scratch.shared[:n], scratch.tangible[:n]
    sharing.share(levers, organization.pool[0], members.role[a:b], stake, members.score[a:b], shared)
    rewards.pay(
        instruments, a, company, scratch.rewards[:n], scratch.cost[:n], tangible, scratch.counted_on[:n],
        scratch.feedback[:n], scratch.training[:n],
    )  # fmt: skip
    rewards.expect(levers, scratch.counted_on[:n], members.expected_reward[a:b])
    contract.deliver(
        levers, value, scratch.given[:n], scratch.spilled_in[:n], shared, tangible, scratch.kept[:n],
        scratch.delivered[:n],
    )  # fmt: skip
    sharing.build_stakes(levers, value, stake, members.contributed[a:b])


@piece
def compare(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """Members a..b - 1 compare: words with deeds, their own balance with others', and each other's help."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    if organization.values[values.STIRRED] > 0.0:
        values.find_out(
            levers, organization.values, organization.values_luck[0], a, scratch.heard[GAP, :n],
            members.tie_strength[a:b], members.own_gap[a:b], members.gap_belief[a:b], members.voicing[a:b],
            members.trust[a:b],
        )  # fmt: skip
    if levers[FELT_RATE] > 0.0:
        extraction.compare(levers, a, b, members, company.public, company.told, scratch)
    if reciprocity.counts(levers):
        reciprocity.judge(levers, organization.image_luck[0], a, b, members, company.public, scratch.heard)


@piece
def feel(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """Trust, expectations, needs and motivation of members a..b - 1 answer."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    tie_strength, satisfaction, control = members.tie_strength[a:b], scratch.satisfaction[:n], scratch.control[:n]
    contract.trust_week(
        levers, media.repair(levers, organization.media), members.value[a:b], scratch.delivered[:n],
        scratch.trust_told[:n], tie_strength, members.expectation[a:b], members.trust[a:b], scratch.breach[:n],
    )  # fmt: skip
    motivation.satisfy(
        levers, organization.demand, members.role[a:b], members.involvement[a:b],
        scratch.feedback[:n], tie_strength, satisfaction,
    )  # fmt: skip
    if levers[PURPOSE] > 0.0:
        values.share_purpose(levers, organization.values, members.gap_belief[a:b], satisfaction)
    control[:] = organization.control[0]
    if levers[EVALUATION] > 0.0:
        evaluation.live_with_it(a, b, company, control)
    if estimates.matter(levers):
        estimates.involve(levers, a, organization.purpose_luck, members.trust[a:b], satisfaction, scratch.circle[:n])
    motivation.trust_needed(levers, members.trust[a:b], satisfaction)
    motivation.motivate_week(
        levers, control, satisfaction, scratch.training[:n], members.disposition[a:b], members.motivation[a:b],
        members.skill[a:b],
    )  # fmt: skip


@piece
def wear(a: int, b: int, company: Company, scratch: Scratch) -> None:
    """Load, exhaustion, what is known of others, name, payoff and beliefs of members a..b - 1 answer."""
    n = b - a
    levers, members, organization = company.organization.levers, company.members, company.organization
    tie_strength, load = members.tie_strength[a:b], members.contact_load[a:b]
    message_load, strain = scratch.message_load[:n], scratch.strain[:n]
    message_load[:] = 0.0
    strain[:] = 0.0
    if media.busy(levers):
        media.answer(
            levers, organization.media, scratch.heard[:, :n], tie_strength, members.connectivity[a:b],
            members.response[a:b], message_load, scratch.conflict[:n], strain,
        )  # fmt: skip
    exhaustion.load_week(levers, scratch.contacts[:n], message_load, load)
    if organization.asked[0] > 0.0:
        knowledge.carry(levers, members.handled[a:b], load)
    exhaustion.exhaust_week(
        levers, company.public[a:b], strain, scratch.satisfaction[:n], load, members.exhaustion[a:b]
    )
    if levers[PROBLEM_RATE] > 0.0:
        knowledge.learn(levers, company.public[a:b], members.directory[a:b])
    if portability.brands_matter(levers):
        portability.brand_week(levers, members.role[a:b], members.outside_strength[a:b], members.personal_brand[a:b])
    else:
        members.personal_brand[a:b] = 0.0
    if levers[imitation.RATE] > 0.0:
        imitation.gain(
            levers, a, company.ties, company.public, scratch.delivered[:n], tie_strength, members.payoff[a:b]
        )


@piece
def observe(a: int, b: int, instruments: Floats, company: Company, scratch: Scratch) -> None:
    """What members a..b - 1 saw this week, of others and of prices, becomes what they believe."""
    levers, members, organization = company.organization.levers, company.members, company.organization
    belief, active = members.belief[a:b], members.active[a:b]
    if levers[pooling.POOL_SIZE] > 0.0:
        pooling.believe(levers, company.desk.seen_in_team[a:b], active, belief)
    else:
        norm.believe(levers, scratch.weighted[: b - a], members.tie_strength[a:b], belief)
    if levers[recognition.SIGHT] > 0.0:
        recognition.follow(levers, organization.example, active, belief)
    if levers[market.FRAMING_RATE] > 0.0:
        market.look(levers, instruments, members.role[a:b], active, members.market_frame[a:b])
    if levers[momentum.STOPPING] > 0.0:
        momentum.count(
            levers, organization.momentum_luck, a, company.public[a:b], members.contributions[a:b],
            members.stopped[a:b],
        )  # fmt: skip


@piece
def inform(a: int, b: int, company: Company, scratch: Scratch, tallies: Floats) -> None:
    """Members a..b - 1 learn what the purpose needs; what they weigh in the decision goes into the sums."""
    levers, members, organization = company.organization.levers, company.members, company.organization
    purpose, luck, circle = organization.purpose, organization.purpose_luck, scratch.circle[: b - a]
    estimate, credibility = members.estimate[a:b], members.credibility[a:b]
    estimates.gain_credibility(levers, purpose, estimate, credibility)
    if levers[estimates.LISTENING] > 0.0 and estimates.chooses(levers):
        estimates.listen(levers, a, company.ties, company.told, credibility, estimate)
    elif levers[estimates.LISTENING] > 0.0:
        estimates.take_in(levers, scratch.heard[ESTIMATE, : b - a], members.tie_strength[a:b], credibility, estimate)
    estimates.look(levers, a, purpose, luck, circle, estimate)
    estimates.weigh(
        levers, purpose, company.positions.level[a:b], members.role[a:b], members.active[a:b], estimate, credibility,
        circle, members.decision_weight[a:b], tallies,
    )  # fmt: skip


@piece
def tally_more(a: int, b: int, company: Company, scratch: Scratch, tallies: Floats) -> None:
    """Add what only some mechanisms know of members a..b - 1 to float64[3, tallies]."""
    n = b - a
    levers, members = company.organization.levers, company.members
    role, active = members.role[a:b], members.active[a:b]
    if portability.brands_matter(levers):
        add_column(members.personal_brand[a:b], active, role, PERSONAL_BRAND, tallies)
    if company.organization.values[values.STIRRED] > 0.0:
        values.add_beliefs(members.gap_belief[a:b], members.voicing[a:b], active, role, tallies)
    if levers[imitation.RATE] > 0.0:
        add_column(members.payoff[a:b], active, role, imitation.PAYOFF, tallies)
    if levers[ENCOUNTER_RATE] > 0.0:
        add_flags(members.new_way[a:b], active, role, NEW_WAY, tallies)
    if levers[EVALUATION] > 0.0:
        evaluation.add_up(a, b, company, scratch.rewards[:n], scratch.shared[:n], tallies)
    if participation.stands(levers):
        participation.count(
            levers, role, active, members.participation[a:b], scratch.weighted[:n], members.tie_strength[a:b], tallies
        )
    if media.busy(levers):
        media.count(
            role, active, company.told[a:b], members.response[a:b], scratch.message_load[:n], scratch.conflict[:n],
            tallies,
        )  # fmt: skip
