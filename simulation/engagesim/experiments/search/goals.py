"""What a search is to reach, as typed: `late_participation`, `exhaustion<0.4,cost<=0.05`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...measures import WINDOWS
from ...outcomes import BY_NAME
from ...problems import InputError, Problem, nearest
from ..choice.cases import TOLD

COST = "cost"
"""What a design pays out per member and week over the whole run: rewards, value paid back, costly signals."""
BOUND = re.compile(r"\s*([a-z_]+)\s*(<=|>=|<|>)\s*([-+.0-9eE]+)\s*")
APART = re.compile(r",(?!\d)")
"""A comma between conditions; one before a digit is meant as a decimal comma."""


@dataclass(frozen=True, slots=True)
class Goal:
    """An outcome in a window; late unless the name says otherwise."""

    measure: str
    window: str = "late"

    @property
    def name(self) -> str:
        """As typed."""
        return self.measure if self.measure == COST else f"{self.window}_{self.measure}"

    @property
    def title(self) -> str:
        """In words."""
        if self.measure == COST:
            return "cost per member and week"
        return f"{BY_NAME[self.measure].title.lower()}, {self.window}"


@dataclass(frozen=True, slots=True)
class Bound:
    """A condition: the goal stays on one side of a limit."""

    goal: Goal
    sign: str
    limit: float

    def excess(self, value: float) -> float:
        """By how much `value` breaks it; 0 or below where it holds."""
        return value - self.limit if self.sign in ("<", "<=") else self.limit - value

    @property
    def text(self) -> str:
        """As typed."""
        return f"{self.goal.name} {self.sign} {self.limit:g}"


def goal_of(text: str, option: str) -> Goal:
    """The goal that `text` names.

    Raises:
        InputError: an unknown name.
    """
    name = text.strip()
    if name == COST:
        return Goal(COST, "whole")
    window, _, measure = name.partition("_")
    if window in WINDOWS and measure in TOLD:
        return Goal(measure, window)
    if name in TOLD:
        return Goal(name)
    close = nearest(name, [COST, *TOLD, *(f"{w}_{m}" for w in WINDOWS for m in TOLD)])
    valid = f"; valid: {COST}, {', '.join(TOLD)}, also with {', '.join(f'{w}_' for w in WINDOWS)} before it"
    hint = close if "did you mean" in close else valid
    raise InputError([Problem(option, None, name, f"unknown outcome{hint}")])


def goals_of(text: str, option: str) -> tuple[Goal, ...]:
    """Goals separated by commas; raises InputError for unknown ones."""
    return tuple(dict.fromkeys(goal_of(part, option) for part in text.split(",") if part.strip()))


LIKE = "such as exhaustion<0.4 or cost<=0.05"
"""Conditions as they can be typed."""


def _hint(part: str) -> str:
    """What may be meant by a condition that cannot be read."""
    if "%" in part:
        return "; a share is typed as a part of 1: 40 % is 0.4"
    return "; a number has a decimal point: 0.4" if re.search(r"\d,\d", part) else ""


def _beyond(bound: Bound, part: str) -> list[Problem]:
    """The problem of a share that no share can reach."""
    measure = bound.goal.measure
    if measure == COST or not BY_NAME[measure].unit.startswith("share") or 0.0 <= bound.limit <= 1.0:
        return []
    return [Problem("--subject-to", None, part, "sets a limit outside 0 to 1 for a share: 40 % is 0.4")]


def bounds_of(text: str) -> tuple[Bound, ...]:
    """Conditions separated by commas.

    Raises:
        InputError: with everything that is no condition.
    """
    found: list[Bound] = []
    problems: list[Problem] = []
    for part in (p.strip() for p in APART.split(text) if p.strip()):
        match = BOUND.fullmatch(part)
        try:
            if match is None:
                raise ValueError
            bound = Bound(goal_of(match[1], "--subject-to"), match[2], float(match[3]))
        except InputError as error:
            problems += error.problems
        except ValueError:
            problems.append(Problem("--subject-to", None, part, f"must be a condition {LIKE}{_hint(part)}"))
        else:
            found.append(bound)
            problems += _beyond(bound, part)
    if problems:
        raise InputError(problems)
    return tuple(found)
