"""What members find out about the values of the organization."""

from __future__ import annotations

from ..engine.arrays import GAP
from ..rules import norm, rewards, values
from .state import State


class Valuing(State):
    """Own experience, talk with partners, what is believed, and speaking up."""

    def find_out(self) -> None:
        """Take in the week and what partners said; a gap that is believed in costs trust and raises voice."""
        if not self.active:
            return
        w = self.model.levers
        signal = rewards.dose(w.costly_signal, w.signal_dose)
        self.own_gap = values.convince(self.experienced_gap(), signal)
        self.own_gap = values.shock(self.own_gap, w.scandal, w.scandal_buffer, self.model.organization.consistency)
        peers = norm.observed_norm(self.heard[GAP], self.tie_strength, self.own_gap)
        self.gap_belief = values.believe_gap(self.own_gap, peers, w.peer_weight, w.broadcast_weight)
        self.voicing = values.voice_weeks(self.voicing, self.gap_belief, w.gap_threshold)
        hurt = values.disappoint(self.trust, self.gap_belief, w.gap_threshold, w.gap_distrust)
        self.trust = values.win_back(hurt, signal, w.signal_trust)

    def experienced_gap(self) -> float:
        """Gap in own experience after this week's impression."""
        w, model = self.model.levers, self.model
        noise = w.experience_noise * self.swing("values.experience", model.week)
        return values.learn_gap(self.own_gap, model.organization.value_gap, noise, w.value_learning)
