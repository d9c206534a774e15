"""How members put effort into the pool of a team, see what others did, and sanction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..rules import market, norm, pooling, recognition
from .state import State, number_of

if TYPE_CHECKING:
    from ..model import EngagementModel


class Pooling(State):
    """Giving where it comes back to a team, or where it has a price; and what one makes of what one sees."""

    def give_for_the_norm(self, voluntary: float) -> float:
        """Voluntary effort that is left where the act is seen as a purchase."""
        w = self.model.levers
        return market.for_the_norm(voluntary, self.market_frame, w.norm_lost) if w.framing_rate > 0.0 else voluntary

    def put_in(self, voluntary: float) -> float:
        """What one puts into the pool of a team, where there is one."""
        w = self.model.levers
        if w.pool_size <= 0.0:
            return voluntary
        own = pooling.chosen(voluntary, w.return_response, w.pool_return)
        trying = pooling.first_tries(w.inexperience, w.experience_rate, self.tenure)
        return pooling.put_in(own, w.first_try, trying, self.deterred)

    def meet(self, team: Sequence[Pooling]) -> None:
        """See what the others of the team put in, sanction and be sanctioned, and earn."""
        w = self.model.levers
        total = spent = loss = others = 0.0
        for them in team:
            total += them.effort
        for them in team:
            if them is self:
                continue
            others += them.effort
            spent += pooling.sanction(self.effort, them.effort, w.sanctioning, w.antisocial)
            loss += w.sanction_impact * pooling.sanction(them.effort, self.effort, w.sanctioning, w.antisocial)
        self.seen_in_team = others / (len(team) - 1) if len(team) > 1 else None
        self.pool_payoff = pooling.pool_payoff(self.effort, total, w.pool_return, spent, loss)
        self.deterred = pooling.deter(self.deterred, loss, w.sanction_response, w.sanction_fade)

    def observe(self) -> None:
        """What one saw this week, of others and of prices, becomes what one believes."""
        w, organization = self.model.levers, self.model.organization
        if w.pool_size <= 0.0:
            seen = norm.observed_norm(self.weighted, self.tie_strength, self.belief)
            self.belief = norm.update_belief(self.belief, seen, w.belief_update)
        elif self.seen_in_team is not None:
            self.belief = norm.update_belief(self.belief, self.seen_in_team, w.belief_update)
        if w.recognition_sight > 0.0 and organization.example is not None:
            self.belief = recognition.follow_example(self.belief, organization.example, w.recognition_sight)
        if w.framing_rate > 0.0:
            priced = organization.pays or w.fine[self.role] > 0.0
            self.market_frame = market.reframe(self.market_frame, priced, w.framing_rate, w.frame_recovery)


def meet_in_teams(model: EngagementModel) -> None:
    """Teams of the week see what was put into their pools, sanction and earn."""
    w, order = model.levers, list(model.members)
    if int(w.pool_matching) == pooling.STRANGERS:
        for i in range(len(order) - 1, 0, -1):
            j = int(model.luck.uniform(number_of("pool.team"), model.week, i) * (i + 1))
            order[i], order[j] = order[j], order[i]
    size = max(1, int(w.pool_size))
    for first in range(0, len(order), size):
        team = [m for m in order[first : first + size] if m.active]
        for m in team:
            m.meet(team)
