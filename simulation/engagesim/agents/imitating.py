"""How members take over what works for others."""

from __future__ import annotations

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
            self.payoff = imitation.donation_payoff(partners, self.effort, w.game_benefit, w.game_cost)
        else:
            self.payoff = imitation.average_outcome(
                self.payoff, self.delivered, self.effort, w.effort_cost, w.payoff_memory
            )
        self.counted_payoff = self.payoff

    def reconsiders(self) -> bool:
        """Whether this member thinks about its cooperation type this week."""
        w, model = self.model.levers, self.model
        if w.one_at_a_time:
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
        total = 0.0
        for weight in weights:
            total += weight
        found: State = self
        left = u * total
        for them, weight in zip(partners, weights, strict=True):
            if weight > 0.0 and left >= 0.0:
                found = them
            left -= weight
        return found
