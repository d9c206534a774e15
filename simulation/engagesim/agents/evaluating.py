"""How members are seen by who evaluates, and how they live with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import evaluation, rewards
from .state import State

if TYPE_CHECKING:
    from .offer import Offer


class Evaluating(State):
    """Scores, gaming, being watched, and what evaluation makes of the week."""

    def evaluate(self) -> None:
        """Be scored: by what everybody can see, or through the eyes of the design's evaluator."""
        if not self.active:
            return
        w = self.model.levers
        self.score = self.visible
        if w.evaluation > 0.0:
            self.acquaintance = evaluation.acquaintance(self.tie_strength, w.peer_half)
            self.score = self.score_by(int(w.evaluator))

    def sights(self, evaluator: int) -> tuple[float, float]:
        """Task and relational effort of this member that an evaluator sees, per unit given."""
        w = self.model.levers
        reach = evaluation.manager_reach(self.span, w.manager_capacity, w.distant_sight)
        seen = (reach, self.acquaintance, w.privacy, w.self_bias)
        return (
            evaluation.sight_of_task(evaluator, w.visibility_task, *seen),
            evaluation.sight_of_relational(evaluator, w.visibility_relational, *seen),
        )

    def score_by(self, evaluator: int) -> float:
        """Score in the eyes of an evaluator; its error of the week is the same in all eyes."""
        w = self.model.levers
        z = self.swing("evaluation.noise", self.model.week) if w.evaluation_noise > 0.0 else 0.0
        return evaluation.score(
            self.visible, self.effort_task, self.effort_relational, *self.sights(evaluator), w.evaluation_noise * z,
            w.evaluation,
        )  # fmt: skip

    def score_for(self, offer: Offer) -> float:
        """Score that one instrument goes by: the design's, or that of the instrument's own evaluator."""
        by_design = offer.evaluator == rewards.BY_DESIGN or self.model.levers.evaluation <= 0.0
        return self.score if by_design else self.score_by(offer.evaluator - 1)

    def felt_control(self) -> float:
        """Control felt from rewards and from being watched."""
        w, organization = self.model.levers, self.model.organization
        if w.evaluation <= 0.0:
            return organization.reward_control
        evaluator = int(w.evaluator)
        seen = evaluation.watched(evaluator, *self.sights(evaluator))
        return evaluation.felt_control(organization.reward_control, organization.watching, seen)

    def play(self) -> None:
        """Game the score where that pays."""
        w = self.model.levers
        if w.evaluation > 0.0:
            hoped_for = rewards.dose(self.expected_reward, w.reward_dose)
            gain = evaluation.gain_of_gaming(hoped_for, *self.sights(int(w.evaluator)))
            self.gamed = evaluation.game(self.gamed, gain, w.gaming_rate)

    def look_back(self) -> None:
        """Take down what evaluation made of the week; nothing where nobody evaluates."""
        self.forget_evaluation()
        w = self.model.levers
        if w.evaluation <= 0.0:
            return
        task, relational = self.sights(int(w.evaluator))
        self.scored = self.score
        self.missed_task = evaluation.missed(self.effort_task, w.visibility_task, task, w.evaluation)
        self.missed_relational = evaluation.missed(
            self.effort_relational, w.visibility_relational, relational, w.evaluation
        )
        self.gaming = w.evaluation * self.gamed
        self.received = evaluation.received(self.rewards, self.shared)
        self.received_squared = self.received * self.received
        self.effort_squared = self.effort * self.effort
        self.received_effort = self.received * self.effort

    def forget_evaluation(self) -> None:
        """Begin the record of the week anew."""
        self.scored = self.missed_task = self.missed_relational = self.gaming = 0.0
        self.received = self.received_squared = self.effort_squared = self.received_effort = 0.0
