"""How members take part: contributing, or lurking and perhaps carrying on elsewhere."""

from __future__ import annotations

from ..rules import momentum, norm, participation
from .state import State


class Participating(State):
    """Participation states."""

    def take_part(self, effort: float) -> float:
        """Effort given of the effort in mind: none by who lurks."""
        w = self.model.levers
        if not any(w.contribute_from):
            return effort
        needed = participation.standing_threshold(w.contribute_from[self.role], self.threshold, w.pressure_to_post)
        gives = participation.contributes(effort, needed, w.hysteresis, self.participation)
        self.participation = participation.state_of(gives, effort, w.core_from, self.motivation, w.carry_from)
        return effort if gives else 0.0

    def go_on(self, effort: float) -> float:
        """Effort of somebody who may have stopped for good."""
        return momentum.given_on(effort, self.stopped) if self.model.levers.stopping > 0.0 else effort

    def count_contributions(self) -> None:
        """Count the week's contributions one by one, up to the one that is the last, if any is."""
        w, week = self.model.levers, self.model.week
        if w.stopping <= 0.0 or self.effort <= 0.0:
            return
        made = momentum.contributions_made(self.effort, w.pace, self.luck("momentum.contributions", week))
        u, going_on = self.luck("momentum.stops", week), 1.0
        for _ in range(made):
            self.contributions += 1.0
            going_on *= 1.0 - momentum.stop_chance(self.contributions, w.stopping, w.stopping_offset)
            if going_on <= u:
                self.stopped = True
                break

    def carry_elsewhere(self) -> None:
        """Carry what partners made elsewhere, as active lurkers do."""
        w = self.model.levers
        self.off_platform = 0.0
        if any(w.contribute_from) and self.participation == participation.ACTIVE_LURKER:
            seen = norm.observed_norm(self.weighted, self.tie_strength, 0.0)
            self.off_platform = participation.carried(seen, w.lurker_spillover, w.pressure_to_post)
