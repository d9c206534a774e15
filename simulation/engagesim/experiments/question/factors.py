"""Factors of an experiment: the levers and uncertainties that it varies, and the values that they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...design.catalogue import BY_NAME
from ...design.checks import InvalidError, plain, resolve, scalar, shown
from ...design.files import Document
from ...design.lines import Where
from ...design.scenario import Scenario
from ...parameter import Parameter
from ...problems import InputError, Problem, nearest

Level = float | int | str
Point = Mapping[str, Level]
"""Values by key; a key that is missing stays as each arm states it."""

RANGE_KEYS = ("low", "high", "levels")
MOST_LEVELS = 1000


@dataclass(frozen=True, slots=True)
class Factor:
    """One lever or uncertainty that varies.

    Attributes:
        key: as in a scenario's settings: `capture_share`, `demand.employee`, `badges.value`.
        lever: whether a designer chooses it; else it is uncertain.
        values: the values of a list, or the levels of a range where a design asks for levels.
        low: lower end of a range; None for a list of values.
        high: upper end of a range; None for a list of values.
        whole: whether only whole numbers are meant.
    """

    key: str
    lever: bool
    values: tuple[Level, ...]
    low: float | None = None
    high: float | None = None
    whole: bool = False

    @property
    def column(self) -> str:
        """Its name as a column of tables."""
        return self.key.replace(".", "_")

    @property
    def words(self) -> bool:
        """Whether its values are choices, not numbers."""
        return any(isinstance(value, str) for value in self.values)

    def at(self, unit: float) -> Level:
        """The value at a place of the unit interval: even over a range, or over the values of a list."""
        if self.low is None or self.high is None:
            return self.values[min(int(unit * len(self.values)), len(self.values) - 1)]
        return self.fitting(self.low + unit * (self.high - self.low))

    def fitting(self, number: float) -> Level:
        """A number as a value: whole where only whole numbers are meant."""
        return round(number) if self.whole else number

    def document(self) -> dict[str, Any]:
        """What it varies over, as JSON can hold it."""
        if self.low is None:
            return {"key": self.key, "lever": self.lever, "values": list(self.values)}
        return {
            "key": self.key, "lever": self.lever, "low": self.low, "high": self.high, "levels": len(self.values),
            "whole": self.whole,
        }  # fmt: skip


def ranged(key: str, low: float, high: float, *, lever: bool, levels: int = 2, whole: bool = False) -> Factor:
    """A factor over a range, with `levels` even levels for designs that need them."""
    values = [low + (high - low) * i / (levels - 1) for i in range(levels)]
    spread = tuple(dict.fromkeys(round(value) for value in values)) if whole else tuple(values)
    return Factor(key, lever, spread, low, high, whole)


def factors_in(document: Document, table: str, arms: Sequence[Scenario]) -> tuple[list[Factor], list[Problem]]:
    """The factors of one table of an experiment file, and every problem of it."""
    raw = document.data.get(table, {})
    if not isinstance(raw, Mapping):
        return [], [document.problem((table,), table, f"must be a table of factors: [{table}]")]
    found: list[Factor] = []
    problems: list[Problem] = []
    for key, value, where in _leaves(raw, (table,)):
        try:
            found.append(_factor(key, value, table == "levers", _parameter(key, arms)))
        except InvalidError as wrong:
            problems.append(document.problem(where, key, str(wrong)))
    return found, problems


def instruments_of(arms: Sequence[Scenario]) -> tuple[str, ...]:
    """Names of the instruments of all arms."""
    return tuple(dict.fromkeys(i.name for arm in arms for i in arm.instruments))


def placed(arm: Scenario, point: Point, where: str) -> Scenario:
    """The arm with the values of a point; keys of instruments that it does not have are left out.

    Raises:
        InputError: the design does not hold together there; `where` says which point is meant.
    """
    own = [i.name for i in arm.instruments]
    settings: dict[str, object] = {}
    for key, value in point.items():
        if applies(arm, key):
            whole = resolve(key, own)[0].parameter.kind == "integer"
            settings[key] = round(value) if whole and not isinstance(value, str) else value
    try:
        return arm.changed(**settings) if settings else arm
    except InputError as error:
        raise InputError(Problem(f"{arm.name} {where}", None, p.key, p.message) for p in error.problems) from error


def applies(arm: Scenario, key: str) -> bool:
    """Whether a design has what a key names: a parameter, or an attribute of one of its own instruments."""
    parts = key.split(".")
    return (
        parts[0] in [i.name for i in arm.instruments] or parts[0] in BY_NAME or (len(parts) > 1 and parts[1] in BY_NAME)
    )


def _leaves(raw: Mapping[str, Any], where: Where) -> Iterator[tuple[str, Any, Where]]:
    """Dotted key, value and place of every factor; a table with a key of a range is a value."""
    for key, inner in raw.items():
        if isinstance(inner, Mapping) and inner and not inner.keys() & set(RANGE_KEYS):
            for below, value, place in _leaves(inner, (*where, key)):
                yield f"{key}.{below}", value, place
        else:
            yield key, inner, (*where, key)


def _parameter(key: str, arms: Sequence[Scenario]) -> Parameter:
    return resolve(key, instruments_of(arms))[0].parameter


def _factor(key: str, raw: object, lever: bool, parameter: Parameter) -> Factor:
    if isinstance(raw, Mapping):
        return _range(key, raw, lever, parameter)
    if not isinstance(raw, list) or not raw:
        raise InvalidError("must be a list of values, or a range: { low = ..., high = ... }")
    values: list[Level] = []
    for value in raw:
        try:
            values.append(scalar(parameter, value))
        except InvalidError as wrong:
            raise InvalidError(f"{shown(value)}: {wrong}") from wrong
    if len(set(values)) < len(values):
        raise InvalidError("has a value twice")
    return Factor(key, lever, tuple(values), whole=parameter.kind == "integer")


def _range(key: str, raw: Mapping[str, Any], lever: bool, parameter: Parameter) -> Factor:
    for name in raw:
        if name not in RANGE_KEYS:
            raise InvalidError(f"unknown key {name}{nearest(name, RANGE_KEYS)}")
    if not {"low", "high"} <= raw.keys():
        raise InvalidError("a range needs both ends: { low = ..., high = ... }")
    if parameter.kind not in ("number", "integer"):
        raise InvalidError("only numbers have a range; list the values")
    low, high = (float(scalar(parameter, raw[end])) for end in ("low", "high"))
    if low >= high:
        raise InvalidError(f"low = {plain(low)} must be below high = {plain(high)}")
    levels = raw.get("levels", 2)
    if not isinstance(levels, int) or isinstance(levels, bool) or not 2 <= levels <= MOST_LEVELS:
        raise InvalidError(f"levels = {shown(levels)} must be a whole number, 2 to {MOST_LEVELS}")
    return ranged(key, low, high, lever=lever, levels=levels, whole=parameter.kind == "integer")
