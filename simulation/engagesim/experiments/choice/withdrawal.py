"""A scheme that is taken away again: the same design, with everything that the scheme changed set back in mid run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...design.catalogue import PARAMETERS
from ...design.parts import Change
from ...design.scenario import Scenario
from ...parameter import ROLES, Parameter
from ...structures.parameters import whole

SUFFIX = "_withdrawn"


def middle(arm: Scenario) -> int:
    """The week after which schemes are withdrawn: half of the run."""
    return whole(arm.values, "steps") // 2


def withdrawn(arm: Scenario, baseline: Scenario) -> Scenario | None:
    """`arm` until the middle of the run, then like `baseline`; None where that cannot be.

    It cannot where the two differ in what is fixed for a whole run (who is there, who is tied to whom), where one of
    them has a schedule of its own, or where the baseline has an instrument that `arm` lacks. Instruments that only
    `arm` has stay announced with a value of nothing.
    """
    apart = [p for p in PARAMETERS if arm.values[p.name] != baseline.values[p.name]]
    lacking = {i.name for i in baseline.instruments} - {i.name for i in arm.instruments}
    if any(p.static or p.kind == "text" for p in apart) or arm.schedule or baseline.schedule or lacking:
        return None
    at = middle(arm)
    changes = [Change(at, None, key, value) for key, value in (*_levers(apart, baseline), *_instruments(arm, baseline))]
    return replace(arm, name=f"{arm.name}{SUFFIX}", schedule=tuple(sorted(changes, key=lambda c: (c.at, c.key))))


def _levers(apart: list[Parameter], baseline: Scenario) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for p in apart:
        value = baseline.values[p.name]
        if isinstance(value, tuple):
            found += [(f"{p.name}.{role}", part) for role, part in zip(ROLES, value, strict=True)]
        elif p.name != "budget" or baseline.instruments:
            found.append((p.name, value))
    return found


def _instruments(arm: Scenario, baseline: Scenario) -> list[tuple[str, Any]]:
    before = {i.name: i.attributes for i in baseline.instruments}
    found: list[tuple[str, Any]] = []
    for i in arm.instruments:
        if i.name in before:
            found += [(f"{i.name}.{k}", v) for k, v in before[i.name].items() if v != i.attributes[k]]
        else:
            found.append((f"{i.name}.value", 0.0))
    return found
