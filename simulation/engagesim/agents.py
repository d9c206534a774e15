"""The members as Mesa agents: what an employee, a customer and a partner do in a week, in the words of the theory.

This is the specification that people read. The compiled engine runs the same rules in loops and must agree to the
last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from .draws import UNIT, named, normal_of
from .population import around, positive_around
from .rules import contract, cooperation, creation, exhaustion, motivation, norm, push, rewards, sharing, ties, turnover

if TYPE_CHECKING:
    from .model import EngagementModel

DRAWS = {
    name: named(name)
    for name in (
        "trait.cooperation_type", "trait.conditional_slope", "trait.motivation", "trait.involvement", "trait.skill",
        "exit", "tie.reaches_out", "tie.introduced", "tie.first_partner", "tie.second_partner", "tie.meets_whom",
        "tie.likes",
    )
}  # fmt: skip
"""Numbers of the named decisions that members take by chance."""


@dataclass(slots=True, eq=False)
class Tie:
    """A relationship between two members; a contact is an event on it, not the tie itself."""

    one: Member
    other: Member
    kind: int
    strength: float
    before: float = 0.0

    def partner_of(self, member: Member) -> Member:
        """The other end."""
        return self.other if member is self.one else self.one

    def grow(self, levers: Levers) -> None:
        """Joint relational effort and contact build the tie, time wears it down; a faded informal tie breaks."""
        a, b = self.one, self.other
        self.before = self.strength
        self.strength = ties.grow_tie(
            self.strength, ties.joint_activity(a.effort_relational, b.effort_relational), a.effort * b.effort,
            a.attention * b.attention, levers.tie_growth_deep, levers.tie_growth_shallow, levers.tie_decay,
        )  # fmt: skip
        if ties.breaks(self.strength, self.before, levers.tie_floor, self.kind >= ties.INFORMAL_FROM):
            self.strength = 0.0
            self.kind = ties.BROKEN


class Levers:
    """The levers of one week by name: numbers, and tuples of three for levers per role."""

    def __init__(self, **levers: float | tuple[float, ...]) -> None:
        self.__dict__.update(levers)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


class Member(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """What all stakeholders share. `place` is the number of the seat, which outlives who sits on it."""

    role: ClassVar[int]
    model: EngagementModel

    def __init__(self, model: EngagementModel, place: int) -> None:
        super().__init__(model)
        self.place = place
        self.ties: list[Tie] = []
        self.room = 0
        self.contributed = 0.0
        self.active = True
        self.tie_strength = 0.0
        self.settle_in(step=0)

    # --- beginning -------------------------------------------------------------------------------------------------

    def settle_in(self, step: int) -> None:
        """Become a newcomer: traits by chance, stocks as newcomers have them."""
        p = self.model.people
        self.active, self.tenure = True, 0
        self.cooperation_type = cooperation.type_of(
            self.luck("trait.cooperation_type", step), p.conditional_share, p.free_rider_share, p.hump_share
        )
        self.conditional_slope = positive_around(p.slope_mean, p.slope_sd, self.z("trait.conditional_slope", step))
        self.motivation = around(p.motivation_mean[self.role], p.motivation_sd, self.z("trait.motivation", step))
        self.involvement = around(p.involvement_mean[self.role], p.involvement_sd, self.z("trait.involvement", step))
        self.skill = positive_around(1.0, p.skill_sd, self.z("trait.skill", step))
        self.exhaustion, self.trust = p.exhaustion_start, p.trust_start
        self.expectation, self.belief = p.expectation_start, p.belief_start[self.role]
        self.help_received = self.contact_load = self.expected_reward = self.stake = 0.0
        self.attention = self.trust_shown = 0.0
        self.be_idle()

    def be_idle(self) -> None:
        """Do nothing that anyone could see or gain from."""
        self.effort_task = self.effort_relational = self.effort = self.visible = self.value = self.spill_rate = 0.0

    def luck(self, decision: str, step: int) -> float:
        """This member's uniform draw for a named decision."""
        return self.model.luck.uniform(DRAWS[decision], step, self.place)

    def z(self, decision: str, step: int) -> float:
        """This member's standard normal draw for a named decision."""
        return normal_of(self.luck(decision, step) + 0.5 * UNIT)

    # --- decide, create --------------------------------------------------------------------------------------------

    def decide(self) -> None:
        """How much to contribute, and with what kind of effort."""
        if not self.active:
            return
        w = self.model.levers
        voluntary = cooperation.voluntary_effort(
            self.cooperation_type, self.motivation, self.belief, self.conditional_slope, w.norm_weight,
            w.conditionality,
        )  # fmt: skip
        own = push.trusted_effort(voluntary, self.trust, w.withdrawal)
        asked = push.demanded_effort(self.model.demand[self.role], w.imposed, self.involvement)
        wanted = push.total_effort(own, self.expected_reward, asked, w.push_sensitivity)
        effort = min(wanted, push.capacity(self.exhaustion, self.contact_load))
        self.effort_task = effort * w.task_share[self.role]
        self.effort_relational = effort - self.effort_task
        self.effort = self.effort_task + self.effort_relational
        self.visible = norm.visible_effort(
            self.effort_task, self.effort_relational, w.visibility_task, w.visibility_relational
        )

    def create(self) -> None:
        """Turn effort into value, keep a part, send a part out to tie partners, leave a part to the organization."""
        if not self.active:
            return
        w = self.model.levers
        self.quality = creation.quality(self.motivation, w.quality_floor)
        helped = creation.support(self.help_received, w.help_half)
        self.value = creation.value_created(self.skill, self.quality, self.effort_task, helped, w.help_value)
        self.own = creation.own_part(self.value, w.own_share)
        self.spilled = creation.spilled_part(self.value, w.own_share, w.capture_share)
        self.captured = self.value - self.own - self.spilled
        self.spill_rate = creation.spill_rate(self.spilled, self.tie_strength)
        self.attention = ties.attention(self.tie_strength, w.tie_attention)
        self.trust_shown = self.trust

    # --- relate, observe -------------------------------------------------------------------------------------------

    def relate(self) -> None:
        """Take in what comes over the ties this week: effort seen, help, trust, spilled value, contacts."""
        if not self.active:
            return
        self.weighted = self.tie_strength = self.help_received = self.trust_told = 0.0
        self.spilled_in = self.given = self.contacts = self.live_ties = self.joint = self.joint_outside = 0.0
        for tie in self.ties:
            them, strength = tie.partner_of(self), tie.strength
            common = ties.joint_activity(self.effort_relational, them.effort_relational)
            self.weighted += strength * them.visible
            self.tie_strength += strength
            self.help_received += strength * them.effort_relational
            self.trust_told += strength * them.trust_shown
            self.spilled_in += creation.spill_over(them.spill_rate, tie.before)
            self.given += creation.spill_over(self.spill_rate, tie.before)
            self.contacts += self.effort * them.effort
            self.live_ties += 1.0 if strength > 0.0 else 0.0
            self.joint += strength * common
            self.joint_outside += strength * common * (them.role != Employee.role)

    # --- experience ------------------------------------------------------------------------------------------------

    def receive(self) -> None:
        """Shares and rewards arrive."""
        if not self.active:
            return
        w, model = self.model.levers, self.model
        key = sharing.sharing_key(int(w.sharing_rule), w.sharing_weight[self.role], self.visible, self.stake)
        self.shared = sharing.shared_part(model.pool, key)
        self.rewards = self.cost = self.tangible = self.counted_on = self.feedback = self.training = 0.0
        for offer in model.offers:
            amount = rewards.reward_amount(offer.value, self.earned(offer), model.reward_scale)
            self.rewards += amount
            self.cost += amount * offer.cost
            self.tangible += 0.0 if offer.use == rewards.PUBLICITY else amount
            self.training += amount if offer.use == rewards.DEVELOPMENT else 0.0
            self.counted_on += amount * offer.expected
            self.feedback += offer.informational * offer.novelty * rewards.dose(amount, w.reward_dose)
        self.expected_reward = push.expect_reward(self.expected_reward, self.counted_on, w.reward_memory)
        self.kept = self.own + (self.spilled - self.given)
        self.delivered = ((self.kept + self.spilled_in) + self.shared) + self.tangible
        self.stake = sharing.build_stake(self.stake, self.value, w.stake_memory)
        self.contributed = self.contributed + self.value

    def earned(self, offer: Offer) -> float:
        """Units that an instrument rewards this member for."""
        unexpected, ranked = offer.contingency == rewards.UNEXPECTED, offer.contingency == rewards.RANK
        lucky = unexpected and self.model.reward_luck(offer, self.place) < offer.chance
        wins = ranked and self.visible > 0.0 and rewards.rank_bin(self.visible) >= offer.bar
        return rewards.evaluated(
            offer.contingency, self.effort, self.effort_task, self.value, self.visible, wins, lucky, offer.chance
        )

    def experience(self) -> None:
        """Trust, expectations, motivation, skill, exhaustion and beliefs answer to the week."""
        if not self.active:
            return
        w, model = self.model.levers, self.model
        self.breach = contract.breach(self.expectation, self.value, self.delivered, w.breach_tolerance)
        told = norm.observed_norm(self.trust_told, self.tie_strength, self.trust)
        self.trust = contract.update_trust(
            self.trust, told, self.breach, w.breach_sensitivity, w.trust_repair, w.gossip_rate
        )
        self.expectation = contract.update_expectation(
            self.expectation, self.value, self.delivered, w.promised_return, w.habituation, w.resignation,
            w.promise_rate,
        )  # fmt: skip
        self.satisfaction = motivation.need_satisfaction(
            motivation.autonomy(model.demand[self.role], w.imposed, self.involvement),
            motivation.competence(self.feedback, w.competence_base),
            motivation.relatedness(self.tie_strength, w.relatedness_half),
        )
        self.motivation = motivation.motivate(
            self.motivation, self.satisfaction, model.reward_control, w.need_rate, w.crowding_strength
        )
        self.skill = motivation.develop(self.skill, self.training, w.development_rate, w.skill_ceiling)
        self.contact_load = exhaustion.contact_load(self.contacts, w.contact_cost)
        self.exhaustion = exhaustion.exhaust(
            self.exhaustion, self.effort, self.contact_load, self.satisfaction, w.drain, w.buffer, w.rest
        )
        seen = norm.observed_norm(self.weighted, self.tie_strength, self.belief)
        self.belief = norm.update_belief(self.belief, seen, w.belief_update)

    # --- come and go -----------------------------------------------------------------------------------------------

    def wants_to_leave(self) -> bool:
        """Whether this member leaves at the end of the week."""
        w = self.model.levers
        chance = turnover.exit_chance(
            w.exit_hazard[self.role], self.exhaustion, self.trust, w.exit_exhaustion, w.exit_distrust
        )
        return self.active and self.luck("exit", self.model.week) < chance

    def can_be_filled(self) -> bool:
        """Whether the place is empty and has been long enough."""
        return not self.active and turnover.place_filled(self.tenure, self.model.levers.vacancy_weeks[self.role])

    def leave(self) -> None:
        """Go; the ties of the place wait, without strength, for a successor."""
        for tie in self.ties:
            tie.strength = 0.0
        self.active, self.tenure = False, 0
        self.be_idle()

    def arrive(self) -> None:
        """Take the empty place and, weakly, its ties."""
        self.settle_in(step=self.model.week + 1)
        for tie in self.ties:
            if tie.partner_of(self).active:
                tie.strength = self.model.levers.newcomer_tie_strength

    def sum_ties(self) -> None:
        """Add up the strengths of one's ties."""
        total = 0.0
        for tie in self.ties:
            total += tie.strength
        self.tie_strength = total

    def drop_broken_ties(self) -> None:
        """Make room where a tie has broken."""
        self.ties = [tie for tie in self.ties if tie.kind != ties.BROKEN]

    def partner_by(self, u: float) -> Member | None:
        """A partner picked by a uniform draw among one's ties, unless that tie waits for a successor."""
        if not self.ties:
            return None
        tie = self.ties[int(u * len(self.ties))]
        return tie.partner_of(self) if tie.strength > 0.0 else None

    def seeks_tie(self) -> bool:
        """Whether this member looks for a new tie this week."""
        w = self.model.levers
        rate = w.closure_rate + w.meeting_rate
        u = self.luck("tie.reaches_out", self.model.week)
        return self.active and ties.reaches_out(u, rate, self.effort_relational, self.attention)

    def wished_for(self) -> Member | None:
        """With whom this member would form a tie: a partner's partner, or just anyone."""
        w, week, seats = self.model.levers, self.model.week, self.model.members
        rate = w.closure_rate + w.meeting_rate
        if not ties.by_introduction(self.luck("tie.introduced", week), w.closure_rate, rate):
            return seats[int(self.luck("tie.meets_whom", week) * len(seats))]
        first = self.partner_by(self.luck("tie.first_partner", week))
        return first.partner_by(self.luck("tie.second_partner", week)) if first else None

    def likes(self, them: Member) -> bool:
        """Whether the two could form a tie and take to each other."""
        if them is self or not them.active:
            return False
        luck = self.luck("tie.likes", self.model.week)
        return ties.accepts(luck, self.model.levers.homophily, self.role == them.role)

    def has_room_for(self, them: Member) -> bool:
        """Whether there is room for another tie, and none with them yet."""
        return len(self.ties) < self.room and all(tie.partner_of(self) is not them for tie in self.ties)


class Employee(Member):
    """Works in the organization."""

    role = 0


class Customer(Member):
    """Uses what the organization makes, and talks with others who do."""

    role = 1


class Partner(Member):
    """Contributes from outside: supplier, freelancer, volunteer."""

    role = 2


@dataclass(slots=True)
class Offer:
    """One reward instrument in one week."""

    luck: int
    value: float
    contingency: int
    informational: float
    controlling: float
    cost: float
    use: int
    top_share: float
    chance: float
    novelty: float
    bar: int = rewards.RANK_BINS

    @property
    def expected(self) -> float:
        """How far its rewards are counted on: not if unexpected or spent on development, less as novelty fades."""
        uncounted = self.use == rewards.DEVELOPMENT or self.contingency == rewards.UNEXPECTED
        return 0.0 if uncounted else self.novelty

    def price(self, member: Member) -> float:
        """Cost of this instrument's reward to one member before the budget."""
        return rewards.raw_cost(self.value, member.earned(self), self.cost)


STAKEHOLDERS: tuple[type[Member], ...] = (Employee, Customer, Partner)
"""Classes in the order of the role codes."""
