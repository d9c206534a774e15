"""How a number of the model is declared: once, beside the rule that uses it, with its unit, range and basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["REPORTED", "DERIVED", "ASSUMED"]
"""REPORTED: a published figure. DERIVED: computed from published figures. ASSUMED: ours, with a reason and a range."""

Kind = Literal["number", "integer", "choice", "text"]
Value = float | int | str | tuple[float, ...]

ROLES = ("employee", "customer", "partner")
"""Roles in the order of their codes 0, 1, 2."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number (or choice, or text) of the model.

    `per_role` parameters hold three numbers, in the order of `ROLES`. `static` parameters are fixed for a run
    (sizes, who people are at the start; structure changes only by reorganizing); all others are levers that a schedule
    can change in any week.
    `low` and `high` are inclusive and hold for each role's number.
    """

    name: str
    group: str
    default: Value
    meaning: str
    low: float = 0.0
    high: float = 1.0
    unit: str = "share"
    basis: Basis = "ASSUMED"
    source: str = ""
    why: str = ""
    kind: Kind = "number"
    choices: tuple[str, ...] = ()
    per_role: bool = False
    static: bool = False

    @property
    def width(self) -> int:
        """How many floats it takes in the weekly lever vector."""
        return len(ROLES) if self.per_role else 1


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism of the model: its identity, its parameters and what is known about it when it acts alone.

    It is off when all parameters named in `strength` are zero (or `none`) in every week; off means absent.
    """

    code: str
    name: str
    title: str
    step: str
    parameters: tuple[Parameter, ...]
    strength: tuple[str, ...]
    known_answer: str
    source: str
