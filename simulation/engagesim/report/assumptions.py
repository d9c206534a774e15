"""In what designs differ, and on what basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..design.catalogue import BY_NAME, PARAMETERS
from ..design.scenario import SETTING, Scenario
from ..experiments.networks import BUILDS
from ..parameter import ROLES, Parameter, Value
from ..rules.rewards import INSTRUMENT
from .words import number

ATTRIBUTES = {p.name: p for p in INSTRUMENT}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One value in which designs differ.

    Attributes:
        key: as in a scenario file.
        unit: unit of the values.
        values: of each design, as text; - where it has none.
        bases: basis, source and reason of each design's value, as text.
    """

    key: str
    unit: str
    values: tuple[str, ...]
    bases: tuple[str, ...]


def differing(arms: Sequence[Scenario]) -> list[Assumption]:
    """Every value in which two of the designs differ, in the order of the catalogue, then of the instruments."""
    on_file = all(arm.values["form"] == "file" for arm in arms)
    flat = [{**_flat(arm, on_file), **_changes(arm)} for arm in arms]
    keys = dict.fromkeys(key for values in flat for key in values)
    found = []
    for key in keys:
        values = [(f[key][1] if key in f else None) for f in flat]
        if len(set(values)) > 1:
            parameter = next(f[key][0] for f in flat if key in f)
            bases = [_basis(arm, key, *f[key]) if key in f else "" for arm, f in zip(arms, flat, strict=True)]
            found.append(Assumption(key, parameter.unit, tuple(map(_text, values)), tuple(bases)))
    return found


def _changes(arm: Scenario) -> dict[str, tuple[Parameter, Value]]:
    """Scheduled changes within the run, as values of their own."""
    found: dict[str, tuple[Parameter, Value]] = {}
    for c in arm.schedule:
        if c.at < int(str(arm.values["steps"])):
            when = f"after week {c.at}" if c.until is None else f"weeks {c.at} to {c.until}"
            name = c.key.partition(".")[0]
            parameter = BY_NAME[name] if name in BY_NAME else ATTRIBUTES[c.key.rpartition(".")[2]]
            found[f"{c.key}, {when}"] = parameter, c.value
    return found


def _flat(arm: Scenario, on_file: bool) -> dict[str, tuple[Parameter, Value]]:
    """Values by key; without those that say how to build a structure where it comes `on_file`."""
    found: dict[str, tuple[Parameter, Value]] = {}
    for parameter in PARAMETERS:
        if on_file and parameter.group in BUILDS and parameter.kind != "text":
            continue
        value = arm.values[parameter.name]
        if isinstance(value, tuple):
            parts = {f"{parameter.name}.{role}": part for role, part in zip(ROLES, value, strict=True)}
            found |= {key: (parameter, part) for key, part in parts.items()}
        else:
            found[parameter.name] = parameter, value
    for instrument in arm.instruments:
        found |= {f"{instrument.name}.{name}": (ATTRIBUTES[name], v) for name, v in instrument.attributes.items()}
    return found


def _basis(arm: Scenario, key: str, parameter: Parameter, value: Value) -> str:
    note = arm.notes.get(key) or arm.notes.get(key.partition(".")[0])
    if note and note.path in (SETTING, "changed"):
        return "set for this comparison"
    if "," in key:
        return "scheduled"
    if note is None and value != parameter.default and not isinstance(parameter.default, tuple):
        return "ASSUMED: as its preset has it"
    stated = (note.basis, note.source, note.why) if note else (parameter.basis, parameter.source, parameter.why)
    return ": ".join(text for text in (" ".join(t for t in stated[:2] if t) or "not stated", stated[2]) if text)


def _text(value: Value | None) -> str:
    if value is None:
        return "-"
    return number(value) if isinstance(value, float) else str(value)
