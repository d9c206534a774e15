"""Run checks, give chance a second look, and tell what came out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..problems import InputError, Problem, nearest
from . import checks
from .check import Check, Effort, Part, Result

Told = Callable[[int], None]

LOOKS = 2
"""How often a part that depends on chance is looked at. One in 370 exact results is beyond three standard errors by
luck; with four times the runs and new luck it is not there again, while a wrong result is further off than before."""

DECIDED = 4.0
"""Standard errors beyond its interval at which a part is not looked at again: no luck has brought it there."""


def chosen(names: Sequence[str]) -> list[Check]:
    """The checks of these names, all if there is none.

    Raises:
        InputError: naming every unknown one.
    """
    known = checks()
    if wrong := [name for name in names if name not in known]:
        raise InputError([Problem("validate", None, n, f"no such result{nearest(n, known)}") for n in wrong])
    return [known[name] for name in names] if names else list(known.values())


def run_checks(wanted: Iterable[Check], effort: Effort, told: Told | None = None) -> list[Result]:
    """Run checks one after another; `told` hears how many are done."""
    results = []
    for check in wanted:
        results.append(run_check(check, effort))
        if told:
            told(len(results))
    return results


def run_check(check: Check, effort: Effort) -> Result:
    """Run one check, with a second look where a part that depends on chance fell short."""
    begun = time.perf_counter()
    found = check.measure(effort)
    while effort.again + 1 < LOOKS and any(map(_may_be_luck, found.parts)):
        effort = replace(effort, again=effort.again + 1)
        found = check.measure(effort)
    return Result(check, found, effort, time.perf_counter() - begun)


def _may_be_luck(part: Part) -> bool:
    """Whether a part fell short by so little that another look is worth it."""
    if part.se is None or part.as_it_should:
        return False
    beyond = max(part.low - part.ours, part.ours - part.high)
    return part.control or not beyond > DECIDED * part.se


def document(results: Sequence[Result]) -> dict[str, Any]:
    """All results as one JSON document; a row per part under `checks`, the rest under `results`."""
    return {
        "seed": results[0].effort.seed if results else None,
        "quick": results[0].effort.quick if results else None,
        "checks": [row for result in results for row in _rows(result)],
        "results": [_heading(result) for result in results],
    }


def _rows(result: Result) -> list[dict[str, Any]]:
    return [
        {
            "name": result.check.name, "kind": part.kind, "part": part.what, "target": _number(part.target),
            "ours": _number(part.ours), "se": _number(part.se), "z": _number(part.z), "low": _number(part.low),
            "high": _number(part.high), "verdict": part.verdict, "control": part.control,
            "as_it_should": part.as_it_should, "role": part.role, "from_memory": part.from_memory, "note": part.note,
        }
        for part in result.found.parts
    ]  # fmt: skip


def _heading(result: Result) -> dict[str, Any]:
    from ..literature import REFERENCES

    check = result.check
    return {
        "name": check.name, "number": check.number, "title": check.title, "kind": check.kind,
        "citations": [REFERENCES[key].citation for key in check.sources], "scenarios": list(check.scenarios),
        "rule": check.rule, "calibrated": check.calibrated, "predicted": check.predicted, "shows": check.shows,
        "shows_not": check.shows_not, "explanation": check.explanation, "verdict": result.verdict,
        "seed": result.effort.seed, "looks": result.effort.again + 1, "seconds": round(result.seconds, 1),
    }  # fmt: skip


def _number(value: float | None) -> float | str | None:
    """The number as JSON can hold it: infinities as words."""
    if value is None or math.isnan(value):
        return None
    return ("inf" if value > 0 else "-inf") if math.isinf(value) else value
