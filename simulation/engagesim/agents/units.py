"""The units of an organization: random groups meet in them, and rare types try to take them over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..rules import encounters, imitation
from ..rules.cooperation import FREE_RIDER
from .state import number_of

if TYPE_CHECKING:
    from ..model import EngagementModel
    from .member import Member


class Unit:
    """Members who belong together; `first` is the number of the first of them in the list of all units."""

    def __init__(self, model: EngagementModel, number: int, first: int, members: list[Member]) -> None:
        self.model, self.number, self.first, self.members = model, number, first, members
        self.invader = -1

    def luck(self, decision: str, who: int) -> float:
        """A uniform draw of this week."""
        return self.model.luck.uniform(number_of(decision), self.model.week, who)

    def present(self) -> list[Member]:
        """Those of its members who are there."""
        return [m for m in self.members if m.active]

    @property
    def turn(self) -> Member:
        """The member that may reconsider its type this week."""
        return self.members[int(self.luck("strategy.who", self.number) * len(self.members))]

    def meet(self) -> None:
        """Random groups meet: one public good for all of a group, then everybody with everybody else in it."""
        w = self.model.levers
        for group in self.groups():
            if int(w.payoff_rule) == imitation.PUBLIC_GOODS:
                total = 0.0
                for m in group:
                    total += m.effort
                for m in group:
                    m.payoff = encounters.public_payoff(total, len(group), m.effort, w.game_multiplier, w.game_cost)
            for x, one in enumerate(group):
                for other in group[x + 1 :]:
                    one.encounter(other, len(group) - 1)

    def groups(self) -> Iterator[list[Member]]:
        """Random groups of this week that meet."""
        w, order = self.model.levers, self.present()
        size = int(w.encounter_size)
        if len(order) > size:
            for k in range(len(order) - 1, 0, -1):
                other = int(self.luck("encounter.shuffled", self.first + k) * (k + 1))
                order[k], order[other] = order[other], order[k]
        for a in range(0, len(order), size):
            if self.luck("encounter.meets", self.first + a) < w.encounter_rate:
                yield order[a : a + size]

    def settle_invasion(self) -> None:
        """Conclude a trial that has ended in one type, and perhaps let another type in."""
        w, here = self.model.levers, self.present()
        types = {m.cooperation_type for m in here}
        if len(types) != 1:
            return
        kind, role = types.pop(), here[0].role
        if self.invader == kind:
            self.model.count(role, "riding_takeovers" if kind == FREE_RIDER else "giving_takeovers")
        self.invader = -1
        if self.luck("strategy.invades", self.number) < w.invasion_rate:
            self.let_in(kind, role, here)

    @property
    def fitness(self) -> float:
        """Summed weights of its members in being taken as models."""
        total = 0.0
        for m in self.members:
            total += imitation.attraction(float(m.active), m.payoff, self.model.levers.selection)
        return total

    def copy_types(self, parent: Unit) -> None:
        """Be replaced by another unit that has grown and split: take over the types of its members."""
        for k, m in enumerate(self.members):
            kind = parent.members[k % len(parent.members)].cooperation_type
            if m.active and kind != m.cooperation_type:
                m.cooperation_type = kind
                self.model.count(m.role, "switches")

    def let_in(self, kind: int, role: int, here: list[Member]) -> None:
        """Give one of those present another type."""
        p, luck = self.model.people, self.luck("strategy.invader", self.number)
        new = imitation.invader_type(luck, kind, p.conditional_share, p.free_rider_share, p.hump_share)
        if new >= 0:
            here[int(self.luck("strategy.invaded_place", self.number) * len(here))].cooperation_type = new
            self.invader = new
            self.model.count(role, "riding_invasions" if new == FREE_RIDER else "giving_invasions")
