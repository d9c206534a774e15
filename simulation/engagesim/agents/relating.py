"""What comes to members over their ties."""

from __future__ import annotations

from ..rules import creation, reciprocity, ties
from .state import State


class Relating(State):
    """What members see, hear, give and get over their ties."""

    def relate(self) -> None:
        """Take in what comes over the ties this week: effort seen, help, trust, spilled value, contacts."""
        if not self.active:
            return
        self.weighted = self.tie_strength = self.outside_strength = self.help_received = self.trust_told = 0.0
        self.spilled_in = self.given = self.contacts = self.live_ties = self.joint = self.joint_outside = 0.0
        for tie in self.ties:
            them, strength = tie.partner_of(self), tie.strength
            common = ties.joint_activity(self.effort_relational, them.effort_relational)
            self.weighted += strength * them.visible
            self.tie_strength += strength
            self.outside_strength += strength * (them.role != 0)
            self.help_received += strength * them.effort_relational
            self.trust_told += strength * them.trust_shown
            self.spilled_in += creation.spill_over(them.spill_rate, tie.before)
            self.given += creation.spill_over(self.spill_rate, tie.before)
            self.contacts += self.effort * them.effort
            self.live_ties += 1.0 if strength > 0.0 else 0.0
            self.joint += strength * common
            self.joint_outside += strength * common * (them.role != 0)
        self.help_received = reciprocity.reached(self.help_received, self.image, self.model.levers.image_weight)

    def hear(self) -> None:
        """Add up what partners told, each by the strength of the tie."""
        self.heard = [0.0] * len(self.told)
        for tie in self.ties:
            for k, number in enumerate(tie.partner_of(self).told):
                self.heard[k] += tie.strength * number
