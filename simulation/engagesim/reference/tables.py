"""Rows of tables, made from what the code declares."""

from __future__ import annotations

from collections.abc import Iterable

from ..parameter import ROLES, Parameter, Value


def shown(value: Value) -> str:
    """A value as a scenario file would have it."""
    if isinstance(value, tuple):
        return ", ".join(f"{role} {number:g}" for role, number in zip(ROLES, value, strict=True))
    return f"{value:g}" if isinstance(value, float) else str(value)


def domain(p: Parameter) -> str:
    """What values a parameter takes."""
    return ", ".join(p.choices) if p.kind == "choice" else "text" if p.kind == "text" else f"{p.low:g} to {p.high:g}"


def parameter_rows(parameters: Iterable[Parameter]) -> list[list[str]]:
    """One row per parameter."""
    return [
        [f"`{p.name}`", p.meaning, shown(p.default), domain(p), p.unit, p.basis, " ".join([p.source, p.why]).strip()]
        for p in parameters
    ]


HEAD = ("name", "meaning", "default", "range", "unit", "basis", "source and reason")
