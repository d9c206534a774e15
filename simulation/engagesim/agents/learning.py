"""How members learn what the organization holds to be true."""

from __future__ import annotations

from ..rules import learning
from .code import drawn
from .state import State


class Learning(State):
    """Beliefs about reality, how well one does with them, and how the organization's code changes them."""

    def learn(self) -> None:
        """Act on one's beliefs, and take over views of the code of last week."""
        self.knowledge = 0.0
        if not self.active or not self.model.learns:
            return
        model, code = self.model, self.model.organization.code
        everything = learning.all_facets(model.dimensions)
        self.begin_naive(everything)
        self.shown, self.action = self.known, self.positive
        if int(model.levers.learned_from) != learning.BELIEFS:
            self.shown = everything
            self.action |= self.drawn("learning.guess", 0.5, learning.without(everything, self.known))
        self.performance = learning.net_knowledge(self.shown, self.action, code.reality)
        self.socialize()
        net = learning.net_knowledge(self.known, self.positive, code.reality)
        self.knowledge = learning.knowledge_share(net, model.dimensions)

    def begin_naive(self, everything: int) -> None:
        """Start with the beliefs of a newcomer if one is: each -1, 0 or +1 with the same chance."""
        model = self.model
        luck = self.luck("learning.replaced", model.week)
        since = model.week - model.organization.code.learned
        if learning.is_naive(self.tenure, since, luck, model.levers.naive_rate):
            self.known = self.drawn("learning.has_belief", 2.0 / 3.0, everything)
            self.positive = self.drawn("learning.belief", 0.5, self.known)

    def socialize(self) -> None:
        """Move toward the code."""
        w, code = self.model.levers, self.model.organization.code
        slow = self.luck("trait.slow_learner", 0) < self.model.people.slow_share
        open_to = learning.differing(self.known, self.positive, code.known, code.positive)
        moving = self.drawn("learning.socialized", w.slow_socialization if slow else w.socialization, open_to)
        known, step = self.known, int(w.belief_step)
        self.known = learning.known_after(known, moving, step)
        self.positive = learning.positive_after(known, self.positive, moving, code.positive, step)

    def drawn(self, decision: str, chance: float, among: int) -> int:
        """Each bit of `among` with the same chance this week."""
        return drawn(self.model, decision, self.model.week, self.place, chance, among)
