"""The first mechanisms in AgentPy: an AgentList of members, ties as objects, one method per phase of the week."""

from __future__ import annotations

import time

import agentpy as ap
import numpy as np
from protocol import Done, Work, answer

UNIT = 2.0**-30
LEAST_STRENGTH = 1e-6


def clip01(x: float) -> float:
    """`x` held within 0..1."""
    return min(1.0, max(0.0, x))


def down(x: float) -> float:
    """`x` rounded down to the grid of value."""
    return float(int(x / UNIT)) * UNIT


class Tie:
    """A relationship between two members."""

    __slots__ = ("before", "one", "other", "strength")

    def __init__(self, one: Member, other: Member, strength: float) -> None:
        self.one, self.other, self.strength, self.before = one, other, strength, strength

    def grow(self, w: object) -> None:
        """Joint effort and contact build the tie, time wears it down."""
        a, b = self.one, self.other
        self.before = s = self.strength
        joint, contact = a.effort_relational * b.effort_relational, a.effort * b.effort
        growth = (w.tie_growth_deep * joint + w.tie_growth_shallow * contact) * (a.attention * b.attention)
        self.strength = clip01(s + growth * (1.0 - s) - w.tie_decay * s)


class Member(ap.Agent):
    """An employee."""

    def setup(self, **columns: float) -> None:
        """Start as the work says."""
        for name, value in columns.items():
            setattr(self, name, value)
        self.partners: list[tuple[Tie, Member]] = []

    def decide(self) -> None:
        """How much to contribute, and with what kind of effort."""
        w = self.p.work.levers
        own, follow = (1.0 - w.norm_weight) * self.motivation, w.norm_weight * self.conditional_slope
        given = (
            0.0,
            own + follow * self.belief,
            own + follow * (self.belief if self.belief <= 0.5 else 1.0 - self.belief),
            self.motivation,
        )[self.cooperation_type]
        voluntary = clip01(self.motivation + w.conditionality * (given - self.motivation))
        asked = w.demand * (w.imposed + (1.0 - w.imposed) * self.involvement)
        wanted = voluntary + (1.0 - voluntary) * clip01(asked)
        effort = min(wanted, (1.0 - self.exhaustion) * (1.0 - self.contact_load))
        self.effort_task = effort * w.task_share
        self.effort_relational = effort - self.effort_task
        self.effort = self.effort_task + self.effort_relational
        self.visible = w.visibility_task * self.effort_task + w.visibility_relational * self.effort_relational

    def create(self) -> None:
        """Turn effort into value and split it."""
        w = self.p.work.levers
        quality = w.quality_floor + (1.0 - w.quality_floor) * self.motivation
        support = self.help_received / (self.help_received + w.help_half)
        self.value = down(((self.skill * quality) * self.effort_task) * (1.0 + w.help_value * support))
        self.own = down(self.value * w.own_share)
        self.spilled = down(self.value * max(0.0, (1.0 - w.own_share) - w.capture_share))
        self.spill_rate = self.spilled / self.tie_strength if self.tie_strength > LEAST_STRENGTH else 0.0
        self.attention = clip01(1.0 - self.tie_strength * w.tie_attention)

    def relate(self) -> None:
        """Take in what comes over the ties."""
        self.weighted = self.tie_strength = self.help_received = 0.0
        self.spilled_in = self.given = self.contacts = 0.0
        for tie, them in self.partners:
            self.weighted += tie.strength * them.visible
            self.tie_strength += tie.strength
            self.help_received += tie.strength * them.effort_relational
            self.spilled_in += down(them.spill_rate * tie.before)
            self.given += down(self.spill_rate * tie.before)
            self.contacts += self.effort * them.effort

    def experience(self) -> None:
        """Motivation, exhaustion and belief answer to the week."""
        w = self.p.work.levers
        self.delivered = (self.own + (self.spilled - self.given)) + self.spilled_in
        autonomy = 1.0 - w.demand * w.imposed * (1.0 - self.involvement)
        relatedness = self.tie_strength / (self.tie_strength + w.relatedness_half)
        satisfaction = (autonomy + w.competence_base + relatedness) / 3.0
        aim = (1.0 - w.disposition) * satisfaction + w.disposition * self.disposition
        self.motivation = clip01(self.motivation + w.need_rate * (aim - self.motivation))
        self.contact_load = clip01(w.contact_cost * self.contacts)
        drained = w.drain * (self.effort + self.contact_load) * (1.0 - w.buffer * satisfaction)
        self.exhaustion = clip01(self.exhaustion + drained - w.rest * self.exhaustion)
        norm = self.weighted / self.tie_strength if self.tie_strength > 0.0 else self.belief
        self.belief = self.belief + w.belief_update * (norm - self.belief)


class EngagementModel(ap.Model):
    """An organization."""

    def setup(self) -> None:
        """Seat the members and tie them."""
        work = self.p.work
        columns = {name: ap.AttrIter(column.tolist()) for name, column in work.members.items()}
        self.members = ap.AgentList(self, len(work.start) - 1, Member, **columns)
        self.ties = []
        made: dict[tuple[int, int], Tie] = {}
        for i, member in enumerate(self.members):
            for s in range(work.start[i], work.start[i + 1]):
                j = int(work.neighbour[s])
                if i < j:
                    made[i, j] = Tie(member, self.members[j], float(work.strength[s]))
                    self.ties.append(made[i, j])
                member.partners.append((made[min(i, j), max(i, j)], self.members[j]))

    def step(self) -> None:
        """One week."""
        self.members.decide()
        self.members.create()
        for tie in self.ties:
            tie.grow(self.p.work.levers)
        self.members.relate()
        self.members.experience()
        for name in ("effort", "motivation"):
            self.record(f"mean_{name}", np.mean(list(getattr(self.members, name))))


def run(work: Work) -> Done:
    """Set up, then week by week as `Model.run` does it."""
    begin = time.perf_counter()
    model = EngagementModel({"work": work, "steps": work.weeks})
    model.sim_setup()
    built = time.perf_counter()
    model.sim_step()
    first = time.perf_counter()
    while model.running:
        model.sim_step()
    end = time.perf_counter()
    names = ("motivation", "exhaustion", "belief", "tie_strength", "help_received", "value", "contact_load")
    state = {name: np.array(list(getattr(model.members, name))) for name in names}
    weekly = {name: np.array(model.log[name]) for name in ("mean_effort", "mean_motivation")}
    return Done(built - begin, first - built, end - first, state | weekly)


if __name__ == "__main__":
    answer("agentpy", run)
