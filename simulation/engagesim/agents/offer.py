"""A reward instrument as members meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules import rewards

if TYPE_CHECKING:
    from .member import Member


@dataclass(slots=True)
class Offer:
    """One reward instrument in one week."""

    luck: int
    value: float
    contingency: int
    informational: float
    controlling: float
    cost: float
    use: int
    top_share: float
    chance: float
    evaluator: int
    novelty: float
    bar: int = rewards.RANK_BINS

    @property
    def expected(self) -> float:
        """How far its rewards are counted on: not if unexpected or spent on development, less as novelty fades."""
        uncounted = self.use == rewards.DEVELOPMENT or self.contingency == rewards.UNEXPECTED
        return 0.0 if uncounted else self.novelty

    def price(self, member: Member) -> float:
        """Cost of this instrument's reward to one member before the budget."""
        return rewards.raw_cost(self.value, member.earned(self), self.cost)
