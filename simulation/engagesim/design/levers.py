"""The levers week by week: what the scenario says, with its schedule applied."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ..parameter import ROLES, Parameter, Value
from ..population import Floats
from ..portable import LN2_HIGH, LN2_LOW, exp_
from ..rules.rewards import HALF_LIFE, INSTRUMENT, NOVELTY, VALUE
from ..structures import REORGANIZED
from .catalogue import LEVERS, WIDTH, slot
from .checks import ATTRIBUTES
from .parts import Change, Instrument

LN2 = LN2_HIGH + LN2_LOW

INSTRUMENT_WIDTH = NOVELTY + 1
"""Columns of one instrument: its attributes, then the computed novelty."""


@dataclass(frozen=True, slots=True)
class Levers:
    """Levers of every week.

    Attributes:
        values: float64[T, catalogue.WIDTH], columns as `catalogue.slot`; choices are their index.
        instruments: float64[T, R, INSTRUMENT_WIDTH], columns as in `rules.rewards`.
    """

    values: Floats
    instruments: Floats


def levers(
    steps: int, values: Mapping[str, Value], instruments: tuple[Instrument, ...], schedule: Iterable[Change]
) -> Levers:
    """The levers of `steps` weeks; changes apply in the order of their weeks, those after the end not at all.

    Changes of structure are not among them: see `reorganizations`.

    A change that glides starts from the value in force at its first week and reaches its own at its last.
    """
    weekly = np.tile(_vector(values), (steps, 1))
    rewards = np.zeros((steps, len(instruments), INSTRUMENT_WIDTH))
    for row, instrument in enumerate(instruments):
        rewards[:, row, :NOVELTY] = [encode(p, instrument.attributes[p.name]) for p in INSTRUMENT]
    rows = {instrument.name: row for row, instrument in enumerate(instruments)}
    for change in sorted((c for c in schedule if c.key not in REORGANIZED), key=lambda c: c.at):
        parameter, column = _column(change.key, weekly, rewards, rows)
        _apply(column, change, encode(parameter, change.value))
    for row in range(len(instruments)):
        rewards[:, row, NOVELTY] = _novelty(rewards[:, row, VALUE], rewards[:, row, HALF_LIFE])
    return Levers(weekly, rewards)


def reorganizations(
    steps: int, values: Mapping[str, Value], schedule: Iterable[Change]
) -> tuple[tuple[int, Mapping[str, Value]], ...]:
    """Weeks in which the structure changes, ascending, each with all values that hold from then on."""
    found: list[tuple[int, Mapping[str, Value]]] = []
    changes = sorted((c for c in schedule if c.key in REORGANIZED and c.at < steps), key=lambda c: c.at)
    for at, together in groupby(changes, key=lambda c: c.at):
        values = {**values, **{change.key: change.value for change in together}}
        found.append((at, values))
    return tuple(found)


def encode(parameter: Parameter, value: Value) -> float:
    """One value as a float: a choice as its index."""
    if isinstance(value, str):
        return float(parameter.choices.index(value))
    if isinstance(value, tuple):
        raise TypeError(f"{parameter.name} takes one value here")
    return float(value)


def novelty(age: int, half_life: float) -> float:
    """Attraction left after `age` weeks, 0..1: halves every `half_life` weeks; 0 means that it never fades."""
    if half_life <= 0.0:
        return 1.0
    halvings, rest = divmod(age, half_life)
    return math.ldexp(exp_(-(rest / half_life) * LN2), -int(min(halvings, 1100.0)))


def _vector(values: Mapping[str, Value]) -> Floats:
    vector = np.zeros(WIDTH)
    for lever in LEVERS:
        value = values[lever.name]
        parts = value if isinstance(value, tuple) else (encode(lever, value),)
        vector[slot(lever.name) : slot(lever.name) + lever.width] = parts
    return vector


def _column(key: str, weekly: Floats, rewards: Floats, rows: Mapping[str, int]) -> tuple[Parameter, Floats]:
    """The parameter that a change's key means, and its weeks as a writable view."""
    head, _, rest = key.partition(".")
    if head in rows:
        return ATTRIBUTES[rest], rewards[:, rows[head], list(ATTRIBUTES).index(rest)]
    lever = next(lever for lever in LEVERS if lever.name == head)
    return lever, weekly[:, slot(head) + (ROLES.index(rest) if rest else 0)]


def _apply(column: Floats, change: Change, target: float) -> None:
    if change.at >= len(column):
        return
    if change.until is not None:
        weeks = np.arange(change.at, min(change.until, len(column)))
        start = column[change.at]
        column[weeks] = start + (target - start) * ((weeks - change.at) / (change.until - change.at))
    column[change.at if change.until is None else change.until :] = target


def _novelty(value: Floats, half_life: Floats) -> Floats:
    result = np.zeros(len(value))
    given = np.flatnonzero(value > 0.0)
    for week in given:
        result[week] = novelty(int(week - given[0]), float(half_life[week]))
    return result
