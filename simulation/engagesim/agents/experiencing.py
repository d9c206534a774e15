"""How the week changes its members."""

from __future__ import annotations

from ..rules import contract, exhaustion, knowledge, media, motivation, norm, portability, values
from ..rules.media import RICHNESS
from .evaluating import Evaluating
from .imitating import Imitating
from .informing import Informing
from .messaging import Messaging
from .participating import Participating
from .pooling import Pooling


class Experiencing(Evaluating, Imitating, Informing, Participating, Pooling, Messaging):
    """Trust, expectations, motivation, skill, exhaustion and beliefs."""

    def experience(self) -> None:
        """Trust, expectations, motivation, skill, exhaustion and beliefs answer to the week."""
        w = self.model.levers
        if not self.active:
            return
        self.weigh_promises()
        self.feel()
        self.wear()
        self.carry_elsewhere()
        if w.problem_rate > 0.0:
            self.learn_who_knows()
        self.build_brand()
        self.gain()
        self.observe()
        self.count_contributions()
        self.look_back()

    def weigh_promises(self) -> None:
        """What is owed and not delivered costs trust; what is met, or not, becomes expected."""
        w, model = self.model.levers, self.model
        self.breach = contract.breach(self.expectation, self.value, self.delivered, w.breach_tolerance)
        told = norm.observed_norm(self.trust_told, self.tie_strength, self.trust)
        repair = media.repair_over(w.trust_repair, model.organization.media[RICHNESS], w.lean_penalty)
        self.trust = contract.update_trust(self.trust, told, self.breach, w.breach_sensitivity, repair, w.gossip_rate)
        self.expectation = contract.update_expectation(
            self.expectation, self.value, self.delivered, w.promised_return, w.habituation, w.resignation,
            w.promise_rate,
        )  # fmt: skip

    def feel(self) -> None:
        """Needs are met or not; motivation and skill answer."""
        w, model = self.model.levers, self.model
        self.satisfaction = motivation.need_satisfaction(
            motivation.autonomy(model.organization.demand[self.role], w.imposed, self.involvement),
            motivation.competence(self.feedback, w.competence_base),
            motivation.relatedness(self.tie_strength, w.relatedness_half),
        )
        purpose = values.purpose_felt(w.espoused, model.organization.lived, self.gap_belief)
        self.satisfaction = values.fulfil(self.satisfaction, w.purpose_strength, purpose)
        self.play()
        self.involve()
        self.satisfaction = motivation.under_distrust(self.satisfaction, self.trust, w.distrust_weight)
        aim = motivation.inclination(self.satisfaction, self.disposition, w.disposition)
        self.motivation = motivation.motivate(
            self.motivation, aim, self.felt_control(), w.need_rate, w.crowding_strength
        )
        self.skill = motivation.develop(self.skill, self.training, w.development_rate, w.skill_ceiling)

    def wear(self) -> None:
        """Contacts, messages and requests take attention; effort takes energy."""
        w, organization = self.model.levers, self.model.organization
        self.answer_messages()
        contacts = exhaustion.contact_load(self.contacts, w.contact_cost)
        self.contact_load = media.attention_taken(contacts, self.message_load)
        if organization.asked:
            self.contact_load = knowledge.with_requests(self.contact_load, self.handled, w.handling_cost)
        self.exhaustion = exhaustion.exhaust(
            self.exhaustion, self.effort + self.strain, self.contact_load, self.satisfaction, w.drain, w.buffer, w.rest
        )

    def learn_who_knows(self) -> None:
        """Relational effort tells who knows what, and time forgets it."""
        w = self.model.levers
        self.directory = knowledge.learn_who_knows(
            self.directory, self.effort_relational, w.directory_growth, w.directory_decay
        )

    def build_brand(self) -> None:
        """An employee's name among outsiders follows the ties that belong to the person."""
        w = self.model.levers
        if w.person_share <= 0.0 and w.outside_option <= 0.0:
            self.personal_brand = 0.0
        elif self.role == 0:
            owned = self.outside_strength * w.person_share
            self.personal_brand = portability.update_brand(self.personal_brand, owned, w.brand_rate, w.brand_half)
