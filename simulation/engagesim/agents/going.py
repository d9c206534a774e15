"""How members come and go."""

from __future__ import annotations

from ..rules import participation, turnover
from .state import State


class Going(State):
    """Leaving, the empty place, and who takes it."""

    def wants_to_leave(self) -> bool:
        """Whether this member leaves at the end of the week."""
        chance = turnover.exit_chance(self.model.levers.exit_hazard[self.role], self.push_out())
        return self.active and self.luck("exit", self.model.week) < chance

    def push_out(self) -> float:
        """What pushes this member out, in added multiples of the chance of leaving."""
        w = self.model.levers
        return turnover.worn_out(self.exhaustion, self.trust, w.exit_exhaustion, w.exit_distrust)

    def can_be_filled(self) -> bool:
        """Whether the place is empty and has been long enough."""
        return not self.active and turnover.place_filled(self.tenure, self.model.levers.vacancy_weeks[self.role])

    def leave(self) -> None:
        """Go; the ties of the place wait, without strength, for a successor."""
        for tie in self.ties:
            tie.strength = 0.0
        self.active, self.tenure, self.participation = False, 0, participation.EXITED
        self.be_idle()

    def arrive(self) -> None:
        """Take the empty place and, weakly, its ties."""
        self.settle_in(step=self.model.week + 1)
        for tie in self.ties:
            if tie.partner_of(self).active:
                tie.strength = self.model.levers.newcomer_tie_strength
