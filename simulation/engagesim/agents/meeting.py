"""What members do when a random group of their unit meets: play, see what is usual, talk."""

from __future__ import annotations

from ..rules import conventions, encounters, imitation
from .state import State, number_of


class Meeting(State):
    """Encounters of two, or of a group, within a unit."""

    def choose_way(self) -> None:
        """Do what most of the plays remembered were, or what one is committed to; payoffs of games begin at zero."""
        w = self.model.levers
        coin = self.luck("convention.coin", self.model.week)
        reply = conventions.best_reply(self.plays, int(w.convention_memory), coin)
        self.new_way = max(self.committed, reply)
        if int(w.payoff_rule) in (imitation.PUBLIC_GOODS, imitation.ROUNDS):
            self.payoff = 0.0

    def encounter(self, other: Meeting, others: int) -> None:
        """What this member and another, who has `others` beside it in the group, do when they meet."""
        w = self.model.levers
        self.plays = conventions.remember(self.plays, other.new_way)
        other.plays = conventions.remember(other.plays, self.new_way)
        mine, theirs = self.estimate, other.estimate
        self.estimate = encounters.meet_in_view(mine, theirs, w.confidence_bound, w.convergence)
        other.estimate = encounters.meet_in_view(theirs, mine, w.confidence_bound, w.convergence)
        if int(w.payoff_rule) == imitation.ROUNDS:
            self.play_rounds(other, others)

    def play_rounds(self, other: Meeting, others: int) -> None:
        """Rounds of giving; each adds its share of the payoff."""
        w, mine, theirs = self.model.levers, self.cooperation_type, other.cooperation_type
        gives = encounters.opens(mine, self.is_warned_of(other))
        returns = encounters.opens(theirs, other.is_warned_of(self))
        rounds = encounters.rounds_of(self.shared_luck("encounter.rounds", self.pair(other)), w.continuation)
        given = received = 0
        for _ in range(rounds):
            given += gives
            received += returns
            gives, returns = encounters.replies(mine, returns), encounters.replies(theirs, gives)
        self.payoff += encounters.balance_of(received, given, w.game_benefit, w.game_cost) / others
        other.payoff += encounters.balance_of(given, received, w.game_benefit, w.game_cost) / others

    def is_warned_of(self, other: Meeting) -> bool:
        """Whether this member knows beforehand that the other will not give."""
        luck = self.shared_luck("encounter.reputation_known", 2 * self.pair(other) + (self.place > other.place))
        return not encounters.opens(other.cooperation_type, False) and luck < self.model.levers.reputation_known

    def pair(self, other: Meeting) -> int:
        """Number of the pair that two members are."""
        one, two = sorted((self.place, other.place))
        return one * len(self.model.members) + two

    def shared_luck(self, decision: str, who: int) -> float:
        """A uniform draw of this week for two members together."""
        return self.model.luck.uniform(number_of(decision), self.model.week, who)
