"""Results in words and numbers, for tables and pages."""

from __future__ import annotations

import math

from ..literature import REFERENCES
from .check import KINDS, Part, Result

HEAD = ("kind", "part", "target", "ours", "SE", "z or interval", "verdict")


def row(part: Part) -> tuple[str, ...]:
    """One part as the cells of `HEAD`."""
    marks = ["from memory"] if part.from_memory else []
    marks += [part.role] if part.role != "exact" else []
    target = number(part.target) + (f" ({', '.join(marks)})" if marks else "")
    se = "" if part.se is None else number(part.se)
    return part.kind, part.what, target, number(part.ours), se, reach(part), verdict(part)


def verdict(part: Part) -> str:
    """The verdict, and of a negative control whether it is the right one."""
    if part.control:
        return "fails, as it must" if part.as_it_should else "CONTROL PASSES"
    return part.verdict


def reach(part: Part) -> str:
    """How far off in standard errors, or what would count as reproduced."""
    centred = math.isclose(part.high - part.target, part.target - part.low, abs_tol=1e-12)
    if part.z is not None and centred:
        return f"z = {part.z:+.2f}"
    if math.isinf(part.high):
        return f"at least {number(part.low)}"
    if math.isinf(part.low):
        return f"at most {number(part.high)}"
    return f"{number(part.low)} to {number(part.high)}"


def number(value: float) -> str:
    """A number with four digits that count; infinity as never."""
    if math.isinf(value):
        return "infinite"
    return f"{value:.4g}"


def basis(result: Result) -> list[str]:
    """What a result rests on and what it shows, line by line."""
    check = result.check
    lines = [REFERENCES[key].citation for key in check.sources]
    kinds = " and ".join(f"{word} ({mark})" for mark, word in KINDS.items() if mark in check.kind)
    lines += [f"Kind: {kinds}.", f"In force: {check.rule}"]
    lines += [f"Calibrated on: {check.calibrated or 'nothing'}.", f"Predicted: {check.predicted}."]
    lines += [f"Shows: {check.shows}", f"Does not show: {check.shows_not}"]
    lines += [f"Why parts fail: {check.explanation}"] if check.explanation else []
    looks = " A second look was taken, with other luck and four times the runs." if result.effort.again else ""
    return [*lines, f"{result.seconds:.1f} s, root seed {result.effort.seed}.{looks}"]
