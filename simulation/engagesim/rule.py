"""The mark of a rule: a pure function of plain numbers that both engines call."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

RULES: list[Callable[..., object]] = []
"""Every marked function, in import order. The compiled engine inlines them; in Python they stay plain functions."""


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Mark `function` as callable from compiled loops.

    A rule uses numbers only: `+ - * /`, comparisons, `math.sqrt` and other rules. No `**` and no libm function whose
    bits may differ between Python and compiled code (use `engagesim.portable`).
    """
    RULES.append(function)
    return function
