"""How members take over what works for others."""

from __future__ import annotations

from collections.abc import Sequence

from ..rules import imitation, norm
from .state import State, number_of


class Imitating(State):
    """What contributing brings, and whose cooperation type looks better."""

    def gain(self) -> None:
        """Take stock of what contributing as one does brings."""
        w = self.model.levers
        if w.imitation_rate <= 0.0:
            self.counted_payoff = 0.0
            return
        if int(w.payoff_rule) == imitation.DONATION:
            given = 0.0
            for tie in self.ties:
                given += tie.strength * tie.partner_of(self).effort
            partners = norm.observed_norm(given, self.tie_strength, 0.0)
            mean = imitation.donation_payoff(partners, self.effort, w.game_benefit, w.game_cost)
            self.payoff = imitation.summed_payoff(mean, self.tie_strength, w.accumulated)
        elif int(w.payoff_rule) == imitation.OUTCOMES:
            self.payoff = imitation.average_outcome(
                self.payoff, self.delivered, self.effort, w.effort_cost, w.payoff_memory
            )
        self.counted_payoff = self.payoff

    def reconsiders(self) -> bool:
        """Whether this member thinks about its cooperation type this week."""
        w, model = self.model.levers, self.model
        if int(w.one_at_a_time) == imitation.IN_EACH_UNIT and model.units[self.unit_number].turn is not self:
            return False
        if int(w.one_at_a_time) == imitation.YES:
            one = int(model.luck.uniform(number_of("strategy.who"), model.week, 0) * len(model.members))
            if self.place != one:
                return False
        return bool(self.luck("strategy.reconsiders", model.week) < w.imitation_rate)

    def next_type(self) -> int:
        """Type after reconsidering: a random one, or that of a partner, or one's own."""
        w, week, p = self.model.levers, self.model.week, self.model.people
        if self.luck("strategy.mutates", week) < w.mutation_rate:
            u = self.luck("strategy.mutant", week)
            return imitation.random_type(u, p.conditional_share, p.free_rider_share, p.hump_share)
        u = self.luck("strategy.model", week)
        if int(w.updating) == imitation.DEATH_BIRTH:
            return self.fit_partner(u, w.selection).cooperation_type
        if int(w.updating) == imitation.MORAN:
            return self.fit_colleague(u, w.selection).cooperation_type
        them = self.live_partner(u)
        luck = self.luck("strategy.takes_over", week)
        followed = imitation.takes_over(luck, self.payoff, them.payoff, w.selection)
        return them.cooperation_type if followed else self.cooperation_type

    def live_partner(self, u: float) -> State:
        """A partner picked by a uniform draw among one's live ties; oneself without any."""
        live = [tie for tie in self.ties if tie.strength > 0.0]
        return live[int(u * len(live))].partner_of(self) if live else self

    def fit_partner(self, u: float, selection: float) -> State:
        """A partner with a chance by strength and payoff, by inversion; oneself where nobody attracts."""
        partners = [tie.partner_of(self) for tie in self.ties]
        weights = [
            imitation.attraction(tie.strength, them.payoff, selection)
            for tie, them in zip(self.ties, partners, strict=True)
        ]
        return self.inverted(u, partners, weights)

    def fit_colleague(self, u: float, selection: float) -> State:
        """A member of one's unit, perhaps oneself, with a chance by payoff, by inversion."""
        unit = self.model.units[self.unit_number].members
        weights = [imitation.attraction(float(m.active), m.payoff, selection) for m in unit]
        return self.inverted(u, unit, weights)

    def inverted(self, u: float, candidates: Sequence[State], weights: Sequence[float]) -> State:
        """The candidate at share `u` of the summed weights; oneself if there is none."""
        total = 0.0
        for weight in weights:
            total += weight
        found: State = self
        left = u * total
        for them, weight in zip(candidates, weights, strict=True):
            if weight > 0.0 and left >= 0.0:
                found = them
            left -= weight
        return found
