"""The reporting tree: who reports to whom, filled level by level, and the teams of colleagues under one manager."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .streams import Longs


def capacity(levels: int, span: int) -> int:
    """How many employees a full tree of `levels` levels with `span` members under each manager holds."""
    return levels if span == 1 else (span**levels - 1) // (span - 1)


def span_for(levels: int, employees: int) -> int:
    """Smallest span of at least 2 with which `levels` levels hold `employees`; fewer levels need a wider span."""
    if employees > 1 and levels < 2:
        raise ValueError("more than one employee needs at least 2 levels")
    low, high = 2, max(2, employees)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if capacity(levels, middle) >= employees else (middle + 1, high)
    return low


@dataclass(frozen=True, slots=True)
class Tree:
    """Employees 0..n-1 numbered level by level; the manager of i is (i - 1) // span, the top is 0.

    Attributes:
        employees: n >= 0.
        span: members under one manager, at least 2; the last manager may have fewer.
        team_size: members under one manager are cut into teams of this size, in order.
    """

    employees: int
    span: int
    team_size: int

    @property
    def begins(self) -> Longs:
        """First member of each level, then n: int64[levels + 1]."""
        found, level = [], 0
        while (begin := capacity(level, self.span)) < self.employees:
            found.append(begin)
            level += 1
        return np.array([*found, self.employees], dtype=np.int64)

    @property
    def level(self) -> Longs:
        """Level of each employee, 0 at the top: int64[n]."""
        sizes = np.diff(self.begins)
        return np.repeat(np.arange(len(sizes)), sizes)

    @property
    def manager(self) -> Longs:
        """Manager of each employee, -1 for the top: int64[n]."""
        return (np.arange(self.employees) - 1) // self.span

    @property
    def team(self) -> Longs:
        """Team of each employee, numbered without gaps; the top is team 0 alone: int64[n]."""
        place = np.arange(-1, self.employees - 1) % self.span
        return self.manager * -(-self.span // self.team_size) + place // self.team_size + 1


def reporting_pairs(tree: Tree) -> tuple[Longs, Longs]:
    """Every employee below the top with its manager."""
    return tree.manager[1:], np.arange(1, max(tree.employees, 1))


def team_pairs(team: Longs) -> tuple[Longs, Longs]:
    """All pairs within each team; `team` must be in ascending order."""
    number = len(team)
    end = np.searchsorted(team, team, side="right")
    after = end - np.arange(number) - 1
    a = np.repeat(np.arange(number), after)
    b = np.arange(len(a)) - np.repeat(np.cumsum(after) - after, after) + a + 1
    return a, b
