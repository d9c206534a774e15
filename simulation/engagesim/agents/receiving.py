"""What members get from the organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import evaluation, push, rewards, sharing
from .evaluating import Evaluating

if TYPE_CHECKING:
    from .offer import Offer


class Receiving(Evaluating):
    """Shares and rewards."""

    def receive(self) -> None:
        """Shares and rewards arrive."""
        if not self.active:
            return
        w, model = self.model.levers, self.model
        key = sharing.sharing_key(int(w.sharing_rule), w.sharing_weight[self.role], self.score, self.stake)
        self.shared = sharing.shared_part(model.organization.pool, key)
        self.rewards = self.cost = self.tangible = self.counted_on = self.feedback = self.training = 0.0
        for offer in model.organization.offers:
            amount = rewards.reward_amount(offer.value, self.earned(offer), model.organization.reward_scale)
            self.rewards += amount
            self.cost += amount * offer.cost
            self.tangible += 0.0 if offer.use == rewards.PUBLICITY else amount
            self.training += amount if offer.use == rewards.DEVELOPMENT else 0.0
            self.counted_on += amount * offer.expected
            told = model.organization.telling if offer.use == rewards.PUBLICITY else 1.0
            self.feedback += offer.informational * offer.novelty * rewards.dose(amount, w.reward_dose) * told
        self.expected_reward = push.expect_reward(self.expected_reward, self.counted_on, w.reward_memory)
        self.kept = self.own + (self.spilled - self.given)
        self.delivered = ((self.kept + self.spilled_in) + self.shared) + self.tangible
        self.stake = sharing.build_stake(self.stake, self.value, w.stake_memory)
        self.contributed = self.contributed + self.value

    def earned(self, offer: Offer) -> float:
        """Units that an instrument rewards this member for."""
        unexpected, ranked = offer.contingency == rewards.UNEXPECTED, offer.contingency == rewards.RANK
        performance = offer.contingency == rewards.PERFORMANCE
        score = self.score_for(offer) if unexpected or ranked or performance else 0.0
        value = self.value
        if performance:
            value = evaluation.recognized(value, score, self.effort, self.model.levers.evaluation)
        lucky = unexpected and self.model.reward_luck(offer, self.place) < offer.chance
        wins = ranked and score > 0.0 and rewards.rank_bin(score) >= offer.bar
        return rewards.evaluated(
            offer.contingency, self.effort, self.effort_task, value, score, wins, lucky, offer.chance
        )
