"""How members find new partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import evaluation, ties
from .state import State

if TYPE_CHECKING:
    from .member import Member


class Seeking(State):
    """Ties that end and ties that begin."""

    def sum_ties(self) -> None:
        """Add up the strengths of one's ties, of all and of those to outsiders."""
        total = outside = 0.0
        for tie in self.ties:
            total += tie.strength
            outside += tie.strength * (tie.partner_of(self).role != 0)
        self.tie_strength, self.outside_strength = total, outside

    def drop_broken_ties(self) -> None:
        """Make room where a tie has broken."""
        self.ties = [tie for tie in self.ties if tie.kind != ties.BROKEN]

    def partner_by(self, u: float) -> Member | None:
        """A partner picked by a uniform draw among one's ties, unless that tie waits for a successor."""
        if not self.ties:
            return None
        tie = self.ties[int(u * len(self.ties))]
        return tie.partner_of(self) if tie.strength > 0.0 else None

    def seeks_tie(self) -> bool:
        """Whether this member looks for a new tie this week."""
        w = self.model.levers
        rate = w.closure_rate + w.meeting_rate
        u = self.luck("tie.reaches_out", self.model.week)
        return self.active and ties.reaches_out(u, rate, self.effort_relational, self.attention)

    def wished_for(self) -> Member | None:
        """With whom this member would form a tie: a partner's partner, or just anyone."""
        w, week, seats = self.model.levers, self.model.week, self.model.members
        rate = w.closure_rate + w.meeting_rate
        if not ties.by_introduction(self.luck("tie.introduced", week), w.closure_rate, rate):
            return self.met(seats)
        first = self.partner_by(self.luck("tie.first_partner", week))
        return first.partner_by(self.luck("tie.second_partner", week)) if first else None

    def met(self, seats: list[Member]) -> Member:
        """Just anyone; the higher scored of two if this member looks at public scores."""
        week = self.model.week
        anyone = seats[int(self.luck("tie.meets_whom", week) * len(seats))]
        if self.luck("tie.looks_at_scores", week) < self.model.levers.public_score:
            other = seats[int(self.luck("tie.meets_also", week) * len(seats))]
            return other if evaluation.takes_other(anyone.score, other.score) else anyone
        return anyone

    def likes(self, them: Member) -> bool:
        """Whether the two could form a tie and take to each other."""
        if them is self or not them.active:
            return False
        luck = self.luck("tie.likes", self.model.week)
        return ties.accepts(luck, self.model.levers.homophily, self.role == them.role)

    def has_room_for(self, them: Member) -> bool:
        """Whether there is room for another tie, and none with them yet."""
        return len(self.ties) < self.room and all(tie.partner_of(self) is not them for tie in self.ties)
