"""How members come and go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..rules import extraction, joining, participation, portability, ties, turnover, values
from .comparing import Comparing
from .state import State, number_of

if TYPE_CHECKING:
    from .member import Member
    from .tie import Tie


class Going(Comparing):
    """Leaving, the empty place, and who takes it."""

    def wants_to_leave(self) -> bool:
        """Whether this member leaves at the end of the week, of its own will or in a layoff."""
        w, week = self.model.levers, self.model.week
        chance = turnover.exit_chance(w.exit_hazard[self.role], self.push_out())
        laid_off = self.role == 0 and self.luck("exit.shock", week) < w.turnover_shock
        return self.active and (laid_off or self.luck("exit", week) < chance)

    def push_out(self) -> float:
        """What pushes this member out, in added multiples of the chance of leaving."""
        w = self.model.levers
        push_out = turnover.worn_out(self.exhaustion, self.trust, w.exit_exhaustion, w.exit_distrust)
        push_out += turnover.shaken_out(self.shaken, w.exit_contagion)
        push_out += portability.drawn_out(self.personal_brand, w.portability, w.outside_option)
        push_out += values.gives_up(self.voicing, w.patience, w.exit_gap)
        push_out += extraction.driven_out(self.felt, w.exit_extraction)
        return push_out

    def calm_down(self) -> None:
        """Get over the leaving of partners, bit by bit."""
        self.shaken = turnover.calm_down(self.shaken, self.model.levers.shaken_decay)

    # --- leaving ---------------------------------------------------------------------------------------------------

    def leave(self) -> Counter[int]:
        """Go; ties that stay wait, without strength, for a successor. Returns how many outside ties had which fate."""
        self.shake_partners()
        fates = self.divide_ties() if self.role == 0 else Counter()
        for tie in self.ties:
            if self.model.levers.problem_rate > 0.0:
                tie.partner_of(self).miss(tie.strength)
            tie.strength = 0.0
        self.active, self.tenure, self.participation = False, 0, participation.EXITED
        self.be_idle()
        return fates

    def shake_partners(self) -> None:
        """Let partners feel that one goes, each by the strength of the tie."""
        if self.model.levers.exit_contagion > 0.0:
            for tie in self.ties:
                them = tie.partner_of(self)
                them.shaken = turnover.shake(them.shaken, tie.strength)

    def divide_ties(self) -> Counter[int]:
        """Leave some outside ties to the organization, take some along; those that do not stay are broken."""
        outside = [tie for tie in self.ties if tie.partner_of(self).role != 0 and tie.partner_of(self).active]
        fates: Counter[int] = Counter()
        for tie in outside:
            fate = self.fate_of(tie.partner_of(self))
            fates[fate] += 1
            if fate != portability.STAYS:
                self.break_off(tie)
        return fates

    def fate_of(self, them: Member) -> int:
        """What becomes of the tie to an outsider."""
        w, model = self.model.levers, self.model
        pair = self.place * len(model.members) + them.place
        u = model.luck.uniform(number_of("tie.stays"), model.week, pair)
        return portability.tie_fate(
            u, w.person_share, w.shared_share, w.portability, w.transfer, them.knows_employee_beside(self)
        )

    def knows_employee_beside(self, one: State) -> bool:
        """Whether this member is tied to an employee other than `one`."""
        partners = [tie.partner_of(self) for tie in self.ties]
        return any(them is not one and them.role == 0 and them.active for them in partners)

    def break_off(self, tie: Tie) -> None:
        """End a tie at both ends."""
        tie.kind, tie.strength = ties.BROKEN, 0.0
        for member in (self, tie.partner_of(self)):
            member.ties.remove(tie)

    # --- coming ----------------------------------------------------------------------------------------------------

    def can_be_filled(self) -> bool:
        """Whether the place is empty and somebody comes: after the vacancy, or recruited by partners."""
        w = self.model.levers
        if self.active:
            return False
        if joining.by_vacancy(int(w.joining), self.role):
            return turnover.place_filled(self.tenure, w.vacancy_weeks[self.role])
        if int(w.joining) == joining.SIGNALS:
            return self.luck("join", self.model.week) < self.signal_chance()
        chance = joining.join_chance(int(w.joining), self.recruiters(), self.join_threshold, w.recruit_rate)
        return self.luck("join", self.model.week) < chance

    def recruiters(self) -> float:
        """Partners of the place who take part, outsiders counted as the third order says."""
        enough, third_order = self.model.people.participation_threshold, self.model.levers.third_order
        found = 0.0
        for tie in self.ties:
            them = tie.partner_of(self)
            if them.active and them.effort >= enough:
                found += joining.recruiter(them.role != 0, third_order)
        return found

    def signal_chance(self) -> float:
        """Chance that one of this week's signals is followed; those of earlier weeks were not."""
        w, enough = self.model.levers, self.model.people.participation_threshold
        partners = [tie.partner_of(self) for tie in self.ties]
        heard = [
            them
            for them in partners
            if them.active and them.effort >= enough and joining.recruiter(them.role != 0, w.third_order) > 0.0
        ]
        fresh = sum(joining.is_fresh(them.tenure - 1) for them in heard)  # this week has just been counted
        deaf = 1.0
        for k in range(len(heard) - fresh + 1, len(heard) + 1):
            deaf *= 1.0 - joining.signal_chance(k, w.recruit_rate, w.second_signal, w.later_signals)
        return 1.0 - deaf if w.recruit_rate > 0.0 else 0.0

    def arrive(self) -> None:
        """Take the empty place and, weakly, its ties."""
        self.settle_in(step=self.model.week + 1)
        for tie in self.ties:
            if tie.partner_of(self).active:
                tie.strength = self.model.levers.newcomer_tie_strength
