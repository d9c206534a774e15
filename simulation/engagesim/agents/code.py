"""What an organization holds to be true, as its members teach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..portable import grid
from ..rules import learning
from .state import number_of

if TYPE_CHECKING:
    from ..model import EngagementModel
    from .learning import Learning


class Code:
    """Views of the organization on the facets of reality, and reality itself."""

    def __init__(self) -> None:
        self.known = self.positive = self.reality = 0
        self.score = 0
        self.learned = -1
        self.knowledge = 0.0

    def open(self, model: EngagementModel) -> None:
        """Reality comes to be in the first week of learning, and turns in any."""
        everything = learning.all_facets(model.dimensions)
        if self.learned < 0:
            self.reality = drawn(model, "learning.reality", 0, 0, 0.5, everything)
        self.reality ^= drawn(model, "learning.turns", model.week, 0, model.levers.turbulence, everything)
        self.score = learning.net_knowledge(self.known, self.positive, self.reality)

    def learn_from(self, members: list[Learning], model: EngagementModel) -> None:
        """Take over the views of those who did better."""
        superiors = [m for m in members if m.performance > self.score]
        for k in range(model.dimensions):
            majority = sum(learning.view(learning.holds(m.shown, k), learning.holds(m.action, k)) for m in superiors)
            chance = learning.adoption_chance(model.levers.code_learning, majority)
            known, positive = learning.holds(self.known, k), learning.holds(self.positive, k)
            luck = model.luck.uniform(number_of("learning.adopted"), model.week, k)
            if learning.disagrees(known, positive, majority) and luck < chance:
                self.known |= learning.facet(k)
                self.positive = learning.without(self.positive, learning.facet(k))
                self.positive |= learning.facet(k) if majority > 0 else 0
        net = learning.net_knowledge(self.known, self.positive, self.reality)
        self.knowledge = grid(learning.knowledge_share(net, model.dimensions))
        self.learned = model.week


def drawn(model: EngagementModel, decision: str, step: int, who: int, chance: float, among: int) -> int:
    """Each bit of `among` with the same chance: a draw for each facet of `who`."""
    found = 0
    for k in range(learning.MOST_FACETS):
        if learning.holds(among, k) and model.luck.uniform(number_of(decision), step, who * 64 + k) < chance:
            found |= learning.facet(k)
    return found
