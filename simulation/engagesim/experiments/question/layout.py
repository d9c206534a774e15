"""Which combinations of a plan are compared with which: policies, and the cases in which each is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .factors import Point
from .plan import Plan


@dataclass(frozen=True, slots=True)
class Layout:
    """Policies by cases. A policy is what a designer chooses (an arm at a lever point); a case is a world.

    Where all factors are combined together, a policy is an arm and a case is a point.

    Attributes:
        plan: the plan.
        policies: how many policies there are; the first is the baseline.
        cases: how many cases each is tried in.
    """

    plan: Plan
    policies: int
    cases: int

    @classmethod
    def of(cls, plan: Plan) -> Layout:
        """The layout of a plan."""
        arms, points, worlds = len(plan.question.arms), len(plan.points), len(plan.worlds)
        return cls(plan, arms, points) if plan.joint else cls(plan, arms * points, worlds)

    def baseline(self, cell: int) -> int:
        """The cell of the first policy in the same case."""
        return cell % self.cases

    def policy(self, cell: int) -> int:
        """Which policy a cell is."""
        return cell // self.cases

    def name(self, policy: int) -> str:
        """A policy in words: its arm, and what its levers are set to; of one arm alone, only these."""
        points = self.plan.points
        if self.plan.joint or len(points) == 1:
            return self.arms[policy if self.plan.joint else policy // len(points)]
        arm, point = divmod(policy, len(points))
        settings = _set(points[point][1])
        if settings and len(self.arms) == 1:
            return settings
        return f"{self.arms[arm]} ({settings})" if settings else self.arms[arm]

    @property
    def arms(self) -> Sequence[str]:
        """The arms in words: their titles, or their names where titles are not unique."""
        titles = [arm.title for arm in self.plan.question.arms]
        return titles if len(set(titles)) == len(titles) else [arm.name for arm in self.plan.question.arms]

    @property
    def names(self) -> Sequence[str]:
        """All policies in words."""
        return [self.name(policy) for policy in range(self.policies)]


def _set(point: Point) -> str:
    """What a point sets, in words."""
    return ", ".join(f"{key} = {v if isinstance(v, str) else f'{v:.6g}'}" for key, v in point.items())
