"""Whether one value fits one parameter, and which parameter a key means."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from ..parameter import ROLES, Parameter
from ..problems import nearest
from ..rules.rewards import INSTRUMENT
from .catalogue import BY_NAME, GROUPS

ATTRIBUTES = {p.name: p for p in INSTRUMENT}
"""Attributes of an instrument by name."""

LONGEST_SHOWN = 40
FEW_NAMES = 20


class InvalidError(ValueError):
    """A key or value that cannot stand; the text says what would be valid."""


@dataclass(frozen=True, slots=True)
class Target:
    """One number, choice or text that a scenario sets: of a parameter, of one of its roles, or of an instrument."""

    parameter: Parameter
    role: int | None = None
    instrument: str | None = None

    @property
    def key(self) -> str:
        """Its unique key: `capture_share`, `demand.employee` or `badges.value`."""
        if self.instrument is not None:
            return f"{self.instrument}.{self.parameter.name}"
        return self.parameter.name if self.role is None else f"{self.parameter.name}.{ROLES[self.role]}"


def resolve(key: str, instruments: Collection[str] = ()) -> tuple[Target, ...]:
    """What `key` means; a parameter per role without a role means all three. Raises InvalidError."""
    head, *rest = parts = _without_group(key)
    if head in BY_NAME:
        return _of_parameter(BY_NAME[head], rest)
    if head in instruments and len(rest) == 1:
        if rest[0] in ATTRIBUTES:
            return (Target(ATTRIBUTES[rest[0]], instrument=head),)
        raise InvalidError(f"unknown attribute of instrument {head}{nearest(rest[0], ATTRIBUTES)}")
    if len(rest) == 1 and rest[0] in ATTRIBUTES:
        has = f"it has {', '.join(instruments)}" if instruments else "this design has none"
        raise InvalidError(f"no instrument is called {head}; {has}")
    valid = [*BY_NAME, *(f"{name}.{attribute}" for name in instruments for attribute in ATTRIBUTES)]
    raise InvalidError(f"unknown key{hint('.'.join(parts), valid)}")


def hint(name: str, valid: Iterable[str]) -> str:
    """As `problems.nearest`, but a long list of names gives way to the command that prints it."""
    names = list(valid)
    if len(names) <= FEW_NAMES or get_close_matches(name, names, n=1):
        return nearest(name, names)
    return "; engagesim show plain_organization prints every name"


def scalar(parameter: Parameter, raw: object) -> float | int | str:
    """`raw` as one value of `parameter` (one role's, where it has roles); raises InvalidError."""
    if parameter.kind in ("choice", "text"):
        return _words(parameter, raw)
    whole = parameter.kind == "integer"
    if isinstance(raw, bool) or not isinstance(raw, int if whole else (int, float)):
        raise InvalidError(f"must be a {'whole ' if whole else ''}number, {span(parameter)}")
    if isinstance(raw, float) and not math.isfinite(raw):
        raise InvalidError(f"must be finite, {span(parameter)}")
    if not parameter.low <= raw <= parameter.high:
        raise InvalidError(f"must be {span(parameter)}")
    return raw if whole else float(raw) + 0.0  # no negative zero: equal designs have equal digests


def span(parameter: Parameter) -> str:
    """Range and unit in words: `2 to 200 (members per manager)`."""
    return f"{plain(parameter.low)} to {plain(parameter.high)} ({parameter.unit})"


def plain(number: float) -> str:
    """A number without needless digits."""
    return str(int(number)) if number == int(number) else str(number)


def shown(raw: object) -> str:
    """A value as the message repeats it, shortened."""
    if isinstance(raw, bool | str):
        text = json.dumps(raw, ensure_ascii=False)
    elif isinstance(raw, int) and raw.bit_length() > 64:
        text = "a number of more than 64 bits"
    else:
        text = str(raw)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _without_group(key: str) -> list[str]:
    parts = key.split(".")
    if len(parts) == 1 or parts[0] not in GROUPS:
        return parts
    group, name = parts[:2]
    if name in BY_NAME and BY_NAME[name].group != group:
        raise InvalidError(f"belongs to group {BY_NAME[name].group}, not {group}")
    return parts[1:]


def _of_parameter(parameter: Parameter, rest: list[str]) -> tuple[Target, ...]:
    if not rest:
        return (
            tuple(Target(parameter, role) for role in range(len(ROLES))) if parameter.per_role else (Target(parameter),)
        )
    if not parameter.per_role:
        raise InvalidError(f"{parameter.name} is a single value and has no {'.'.join(rest)}")
    if len(rest) > 1 or rest[0] not in ROLES:
        raise InvalidError(f"unknown role {'.'.join(rest)}{nearest(rest[0], ROLES)}")
    return (Target(parameter, ROLES.index(rest[0])),)


def _words(parameter: Parameter, raw: object) -> str:
    if not isinstance(raw, str):
        raise InvalidError(f"must be text{nearest('', parameter.choices)}")
    if "\0" in raw:
        raise InvalidError("must not hold a null character")
    if parameter.kind == "choice" and raw not in parameter.choices:
        raise InvalidError(f"unknown {parameter.name}{nearest(raw, parameter.choices)}")
    return raw
