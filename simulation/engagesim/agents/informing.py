"""How members learn what the purpose needs, and what their estimates weigh in decisions."""

from __future__ import annotations

from ..engine.arrays import ESTIMATE
from ..rules import decisions, estimates
from .state import State


class Informing(State):
    """Circles, hearing, learning, deciding together."""

    satisfaction: float

    def share_of_circle(self) -> float:
        """Share of members in the circle this week."""
        w = self.model.levers
        return decisions.circle_share(int(w.breadth), w.committee_share, w.critical_share)

    def involve(self) -> None:
        """Be in the circle that prepares decisions, or outside of it, with what that does to trust and needs."""
        w, organization = self.model.levers, self.model.organization
        self.in_circle = 0.0
        if not organization.deliberates:
            return
        self.in_circle = 1.0 if self.luck("voice.circle", 0) < self.share_of_circle() else 0.0
        lost = decisions.suspicion(int(w.breadth), w.committee_suspicion)
        self.trust = decisions.grow_suspicious(self.trust, self.in_circle, lost)
        met = decisions.meet_needs(self.satisfaction, self.in_circle * w.action_groups, w.group_worth)
        self.satisfaction = decisions.meet_needs(met, self.in_circle * w.democracy, w.voice_worth)

    def inform(self) -> None:
        """Earn credibility, learn from partners, the circle and one's own signal, and weigh in on the decision."""
        self.estimate_error = self.error_squared = self.credibility_shown = 0.0
        self.say = self.weighted_error = self.circle_error = 0.0
        w, organization = self.model.levers, self.model.organization
        if not self.active or not organization.deliberates:
            return
        self.credibility = estimates.update_credibility(
            self.credibility, self.estimate - organization.need, w.credibility_rate
        )
        if w.listening > 0.0:
            self.estimate = estimates.draw_nearer(self.estimate, self.view_of_partners(), w.listening)
        self.look()
        self.weigh()

    def view_of_partners(self) -> float:
        """Mean estimate that partners told at the beginning of the week, of those who are heard."""
        w, weighted, weight = self.model.levers, 0.0, 0.0
        for tie in self.ties:
            view = tie.partner_of(self).told[ESTIMATE]
            heard = estimates.heard_weight(tie.strength, view - self.estimate, w.confidence_bound, w.ranking_bias)
            weighted += heard * view
            weight += heard
        own = estimates.own_weight(w.own_view, w.earned_view, self.credibility)
        return estimates.heard_view(weighted + own * self.estimate, weight + own, self.estimate)

    def look(self) -> None:
        """Move toward the circle's mean view and toward what one sees of the need."""
        w, organization, x = self.model.levers, self.model.organization, self.estimate
        if organization.circle_size > 0.0:
            x = estimates.draw_nearer(x, organization.circle_view, self.in_circle * w.linking)
        if w.sensing > 0.0:
            seen = estimates.signal(organization.need, w.sensing_noise, self.z("estimate.signal", self.model.week))
            x = estimates.draw_nearer(x, seen, w.sensing)
        self.estimate = estimates.within_reach(x)

    def weigh(self) -> None:
        """How wrong this member is, and what its estimate weighs in the decision."""
        w = self.model.levers
        self.estimate_error = self.estimate - self.model.organization.need
        self.error_squared = self.estimate_error * self.estimate_error
        self.credibility_shown = self.credibility
        self.say = decisions.decision_weight(
            decisions.formal_weight(self.level), self.credibility, self.in_circle,
            w.outsider_vote if self.role > 0 else 1.0, w.decentralization, w.credibility_weight,
            decisions.circle_vote(w.democracy, self.share_of_circle()),
        )  # fmt: skip
        self.decision_weight = self.say
        self.weighted_error = self.say * self.estimate_error
        self.circle_error = self.in_circle * self.estimate_error
