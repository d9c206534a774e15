"""What members do in the first half of the week: decide, create, and tell their partners."""

from __future__ import annotations

from ..engine.arrays import BALANCE, ESTIMATE, GAP, IMAGE
from ..portable import log_
from ..rules import (
    adoption,
    cooperation,
    creation,
    decisions,
    evaluation,
    knowledge,
    market,
    norm,
    portability,
    push,
    ties,
)
from .comparing import Comparing
from .messaging import Messaging
from .participating import Participating
from .pooling import Pooling


class Deciding(Comparing, Participating, Pooling, Messaging):
    """How much to contribute and how, what comes of it, and what one lets partners know."""

    def decide(self) -> None:
        """How much to contribute, and with what kind of effort."""
        if not self.active:
            return
        w = self.model.levers
        voluntary = cooperation.voluntary_effort(
            self.cooperation_type, self.motivation, self.belief, self.conditional_slope, w.norm_weight,
            w.conditionality,
        )  # fmt: skip
        voluntary = self.put_in(self.give_for_the_norm(self.withhold(voluntary)))
        own = push.trusted_effort(voluntary, self.trust, w.withdrawal)
        asked = push.demanded_effort(self.model.organization.demand[self.role], w.imposed, self.involvement)
        stake = market.at_stake(self.expected_reward, w.fine[self.role])
        wanted = push.total_effort(own, stake, asked, w.push_sensitivity)
        possible = min(wanted, push.capacity(self.exhaustion, self.contact_load))
        effort = self.take_part(self.go_on(possible))
        self.effort_task = effort * evaluation.gamed_task_share(w.task_share[self.role], self.gamed, w.evaluation)
        self.effort_relational = (effort - self.effort_task) * self.willing()
        self.effort = self.effort_task + self.effort_relational
        self.visible = norm.visible_effort(
            self.effort_task, self.effort_relational, w.visibility_task, w.visibility_relational
        )

    def willing(self) -> float:
        """Share of the relational effort in mind that is really given, 0..1."""
        return self.invests() * self.reciprocate()

    def invests(self) -> float:
        """Share given to ties although many of them will not be one's own, 0..1."""
        w = self.model.levers
        if self.role != 0 or w.ownership_response <= 0.0:
            return 1.0
        return portability.investment(
            self.outside_strength, self.tie_strength, w.person_share, w.shared_share, w.portability,
            w.ownership_response,
        )  # fmt: skip

    def create(self) -> None:
        """Turn effort into value, keep a part, send a part out to tie partners, leave a part to the organization."""
        if not self.active:
            return
        w = self.model.levers
        self.quality = creation.quality(self.motivation, w.quality_floor)
        helped = creation.support(self.help_received, w.help_half)
        self.value = creation.value_created(
            self.skill, self.quality, self.effort_task, helped, w.help_value, self.output()
        )
        self.own = creation.own_part(self.value, w.own_share)
        self.spilled = creation.spilled_part(self.value, w.own_share, w.capture_share)
        self.captured = self.value - self.own - self.spilled
        self.spill_rate = creation.spill_rate(self.spilled, self.tie_strength)
        self.attention = ties.attention(self.tie_strength, w.tie_attention)
        self.trust_shown = self.trust

    def output(self) -> float:
        """Share of the possible value that comes of this member's work."""
        w, organization = self.model.levers, self.model.organization
        share = decisions.right_share(organization.error, w.error_cost)
        if organization.asked:
            share *= knowledge.unhindered(self.hindered, w.problem_cost)
        if w.adoption_rate > 0.0:
            strategy = int(w.adoption_strategy)
            share *= adoption.adopted_output(organization.adoption, strategy, w.fit_gain, w.adoption_dip)
        return share

    def tell(self) -> None:
        """Let partners know what they will hear over their ties this week."""
        if not self.active:
            return
        self.told[GAP] = self.gap_belief
        self.told[BALANCE], self.told[IMAGE] = log_(self.balance), self.image
        self.told[ESTIMATE] = self.estimate
        self.write_messages()
