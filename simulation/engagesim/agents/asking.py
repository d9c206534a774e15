"""How members look for an answer that somebody else knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rules import knowledge
from .state import State

if TYPE_CHECKING:
    from .member import Member


class Asking(State):
    """Problems, requests, and to whom one passes them on."""

    def clear_desk(self) -> None:
        """Begin to count requests anew."""
        self.requests = self.answered = self.helped = self.hops = self.knows = 0.0
        self.handled = self.hindered = 0.0

    def ask(self) -> None:
        """With a problem that another solves: look into the records, or else ask over ties."""
        w, week, model = self.model.levers, self.model.week, self.model
        if not self.active:
            return
        self.knows = self.directory
        if not model.employees or not knowledge.arises(self.luck("problem.arises", week), w.problem_rate):
            return
        target = model.employees[int(self.luck("problem.expert", week) * len(model.employees))]
        if target is self:
            return
        self.requests = 1.0
        if knowledge.on_record(self.luck("problem.record", week), w.record_store, model.organization.records):
            self.answered = 1.0
            return
        self.hops = float(self.steps_to(target))
        self.answered = self.helped = float(self.hops > 0.0)
        self.hindered = float(self.hops == 0.0)

    def steps_to(self, target: Member) -> int:
        """Steps over ties in which a request of this member reaches `target`; 0 if it does not."""
        w, model = self.model.levers, self.model
        holder: Asking = self
        for hop in range(int(w.max_hops)):
            luck = model.request_luck(self.place * knowledge.MOST_HOPS + hop)
            if not knowledge.passes_on(luck, holder.directory, w.engagement_space):
                return 0
            following = holder.passes_to(target)
            if following is None:
                return 0
            following.handled += 1.0
            if following is target:
                return hop + 1
            holder = following
        return 0

    def passes_to(self, target: Member) -> Member | None:
        """Who gets the request next: the target, or who is nearest to it, or one's manager; nobody if there is none."""
        partners = [tie.partner_of(self) for tie in self.ties if tie.strength > 0.0]
        if target in partners:
            return target
        if self.role != 0:
            return self.strongest_employee()
        mine = lowest = self.shared_with(target)
        found = None
        for them in partners:
            if them.shared_with(target) > lowest:
                found, lowest = them, them.shared_with(target)
        if found is not None or mine == len(self.line()) or self.manager < 0:
            return found
        manager = self.model.members[self.manager]
        return manager if manager in partners else None

    def strongest_employee(self) -> Member | None:
        """The employee to whom one has the strongest live tie."""
        ties = [tie for tie in self.ties if tie.strength > 0.0 and tie.partner_of(self).role == 0]
        return max(ties, key=lambda tie: tie.strength).partner_of(self) if ties else None

    def line(self) -> list[int]:
        """Places from the top of one's reporting line down to oneself."""
        places, above = [self.place], self.manager
        while above >= 0:
            places.append(above)
            above = self.model.members[above].manager
        return places[::-1]

    def shared_with(self, target: Member) -> int:
        """How many places the two reporting lines share, from the top."""
        pairs = zip(self.line(), target.line(), strict=False)
        shared = [one == other for one, other in pairs]
        return shared.index(False) if False in shared else len(shared)

    def miss(self, strength: float) -> None:
        """Lose what one knew through a partner who leaves."""
        self.directory = knowledge.miss_partner(self.directory, strength, self.model.levers.directory_loss)
