"""How the week changes its members."""

from __future__ import annotations

from ..rules import contract, exhaustion, media, motivation, norm
from ..rules.media import RICHNESS
from .messaging import Messaging
from .participating import Participating


class Experiencing(Participating, Messaging):
    """Trust, expectations, motivation, skill, exhaustion and beliefs."""

    def experience(self) -> None:
        """Trust, expectations, motivation, skill, exhaustion and beliefs answer to the week."""
        if not self.active:
            return
        w, model = self.model.levers, self.model
        self.breach = contract.breach(self.expectation, self.value, self.delivered, w.breach_tolerance)
        told = norm.observed_norm(self.trust_told, self.tie_strength, self.trust)
        repair = media.repair_over(w.trust_repair, model.organization.media[RICHNESS], w.lean_penalty)
        self.trust = contract.update_trust(self.trust, told, self.breach, w.breach_sensitivity, repair, w.gossip_rate)
        self.expectation = contract.update_expectation(
            self.expectation, self.value, self.delivered, w.promised_return, w.habituation, w.resignation,
            w.promise_rate,
        )  # fmt: skip
        self.satisfaction = motivation.need_satisfaction(
            motivation.autonomy(model.organization.demand[self.role], w.imposed, self.involvement),
            motivation.competence(self.feedback, w.competence_base),
            motivation.relatedness(self.tie_strength, w.relatedness_half),
        )
        self.motivation = motivation.motivate(
            self.motivation, self.satisfaction, model.organization.reward_control, w.need_rate, w.crowding_strength
        )
        self.skill = motivation.develop(self.skill, self.training, w.development_rate, w.skill_ceiling)
        self.answer_messages()
        contacts = exhaustion.contact_load(self.contacts, w.contact_cost)
        self.contact_load = media.attention_taken(contacts, self.message_load)
        self.exhaustion = exhaustion.exhaust(
            self.exhaustion, self.effort + self.strain, self.contact_load, self.satisfaction, w.drain, w.buffer, w.rest
        )
        self.carry_elsewhere()
        seen = norm.observed_norm(self.weighted, self.tie_strength, self.belief)
        self.belief = norm.update_belief(self.belief, seen, w.belief_update)
