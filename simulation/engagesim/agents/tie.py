"""A tie between two members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules import ties

if TYPE_CHECKING:
    from .levers import Levers
    from .member import Member
    from .state import State


@dataclass(slots=True, eq=False)
class Tie:
    """A relationship between two members; a contact is an event on it, not the tie itself."""

    one: Member
    other: Member
    kind: int
    strength: float
    before: float = 0.0

    def partner_of(self, member: State) -> Member:
        """The other end."""
        return self.other if member is self.one else self.one

    def grow(self, levers: Levers) -> None:
        """Joint relational effort and contact build the tie, time wears it down; a faded informal tie breaks."""
        a, b = self.one, self.other
        self.before = self.strength
        self.strength = ties.grow_tie(
            self.strength, ties.joint_activity(a.effort_relational, b.effort_relational), a.effort * b.effort,
            a.attention * b.attention, levers.tie_growth_deep, levers.tie_growth_shallow, levers.tie_decay,
        )  # fmt: skip
        if ties.breaks(self.strength, self.before, levers.tie_floor, self.kind >= ties.INFORMAL_FROM):
            self.strength = 0.0
            self.kind = ties.BROKEN
