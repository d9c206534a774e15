"""The small parts of a scenario: instruments, changes and notes on where a value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..parameter import Basis, Value


@dataclass(frozen=True, slots=True)
class Note:
    """Where a value that differs from its default was set, and on what basis.

    Attributes:
        basis: None where the file states none.
        source: citation key; may be empty.
        why: reason in words; may be empty.
        unit: unit of the value.
        path: file (or command line option) that set it.
        line: line in that file, from 1; None outside files.
    """

    basis: Basis | None
    source: str
    why: str
    unit: str
    path: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One reward instrument: a unique name and all attributes of `rules.rewards.INSTRUMENT`, in that order."""

    name: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """A scheduled change: `key` becomes `value` in week `at`, or glides there from week `at` to week `until`.

    Keys are `capture_share`, `demand.employee` or `badges.value`. Weeks count from 0.
    """

    at: int
    until: int | None
    key: str
    value: float | int | str
