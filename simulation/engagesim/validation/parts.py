"""Comparisons: each gives a `Part` with its verdict. The bounds are those of the project's work list, for any result.

Exact theory (T) without chance must match to a tolerance, with chance within three standard errors; a published
simulation (S) within the larger of three standard errors and .01; an experiment (E) within its published interval.
"""

from __future__ import annotations

import math
from typing import Any

from .check import FAIL, ORDER_ONLY, PASS, Kind, Part, Verdict

ERRORS = 3.0
"""Standard errors within which ours must lie."""
FLOOR = 0.01
"""Distance that is never held against a published simulation, whose own figures are rounded."""


def exact(what: str, target: float, ours: float, tolerance: float = 1e-6, kind: Kind = "T", **marks: Any) -> Part:
    """A number without chance: equal to `tolerance`, relative to the target where that is above 1."""
    room = tolerance * max(1.0, abs(target)) if math.isfinite(target) else 0.0
    return _between(what, kind, target, ours, None, target - room, target + room, marks)


def estimated(what: str, target: float, ours: float, se: float, kind: Kind = "T", **marks: Any) -> Part:
    """A mean of runs against an exact number: within three standard errors."""
    return _between(what, kind, target, ours, se, target - ERRORS * se, target + ERRORS * se, marks)


def reported(what: str, target: float, ours: float, se: float, kind: Kind = "S", **marks: Any) -> Part:
    """A mean of runs against a published simulation: within the larger of three standard errors and .01."""
    room = max(ERRORS * se, FLOOR)
    return _between(what, kind, target, ours, se, target - room, target + room, marks)


def inside(
    what: str, target: float, ours: float, low: float, high: float, kind: Kind = "E", se: float | None = None,
    *, order_holds: bool = False, **marks: Any,
) -> Part:  # fmt: skip
    """A number against an interval; ORDER-ONLY outside of it where the order of the cases holds all the same."""
    return _between(what, kind, target, ours, se, low, high, marks, ORDER_ONLY if order_holds else FAIL)


def at_least(what: str, least: float, ours: float, kind: Kind = "E", se: float | None = None, **marks: Any) -> Part:
    """A number that must not be below `least`, such as the share of seeds in which an order holds."""
    return _between(what, kind, least, ours, se, least, math.inf, marks)


def at_most(what: str, most: float, ours: float, kind: Kind = "E", se: float | None = None, **marks: Any) -> Part:
    """A number that must not be above `most`."""
    return _between(what, kind, most, ours, se, -math.inf, most, marks)


def _between(
    what: str, kind: Kind, target: float, ours: float, se: float | None, low: float, high: float, marks: dict[str, Any],
    otherwise: Verdict = FAIL,
) -> Part:  # fmt: skip
    there = low <= ours <= high or (ours == target and math.isinf(target))
    return Part(what, kind, target, ours, se, low, high, PASS if there else otherwise, **marks)
