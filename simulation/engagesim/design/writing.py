"""A scenario as a TOML file that stands alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..parameter import ROLES, Value
from ..structures.parameters import whole
from .catalogue import GROUPS
from .parts import Note

if TYPE_CHECKING:
    from .scenario import Scenario


def to_toml(scenario: Scenario) -> str:
    """Every value, instrument, change and uncertainty of `scenario`, with the basis of each where it has one."""
    return "\n".join([*_header(scenario), *_groups(scenario), *_lists(scenario)]) + "\n"


def literal(value: Value) -> str:
    """One value as TOML: a number, a quoted text, or a table by role."""
    if isinstance(value, tuple):
        return "{ " + ", ".join(f"{role} = {literal(v)}" for role, v in zip(ROLES, value, strict=True)) + " }"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def _header(scenario: Scenario) -> Iterator[str]:
    for key in ("title", "description", "source", "watch"):
        if getattr(scenario, key):
            yield f"{key} = {literal(getattr(scenario, key))}"


def _groups(scenario: Scenario) -> Iterator[str]:
    for group, parameters in GROUPS.items():
        yield f"\n[{group}]"
        for parameter in parameters:
            value = scenario.values[parameter.name]
            if isinstance(value, tuple):
                for role, number in zip(ROLES, value, strict=True):
                    key = f"{parameter.name}.{role}"
                    yield f"{key} = {_noted(number, scenario.notes.get(key))}"
            else:
                yield f"{parameter.name} = {_noted(value, scenario.notes.get(parameter.name))}"


def _lists(scenario: Scenario) -> Iterator[str]:
    for instrument in scenario.instruments:
        yield f"\n[[instruments]]\nname = {literal(instrument.name)}"
        for name, value in instrument.attributes.items():
            yield f"{name} = {_noted(value, scenario.notes.get(f'{instrument.name}.{name}'))}"
    for change in (c for c in scenario.schedule if c.at < whole(scenario.values, "steps")):
        yield f"\n[[schedule]]\nat = {change.at}"
        if change.until is not None:
            yield f"until = {change.until}"
        yield f"set = {{ {literal(change.key)} = {literal(change.value)} }}"
    if scenario.uncertainties:
        yield "\n[uncertainties]"
    for key, (low, high) in scenario.uncertainties.items():
        yield f"{literal(key)} = {{ low = {literal(low)}, high = {literal(high)} }}"


def _noted(value: Value, note: Note | None) -> str:
    if note is None or note.basis is None:
        return literal(value)
    parts = {"unit": note.unit, "basis": note.basis, "source": note.source, "why": note.why}
    stated = ", ".join(f"{key} = {literal(text)}" for key, text in parts.items() if text)
    return f"{{ value = {literal(value)}, {stated} }}"
