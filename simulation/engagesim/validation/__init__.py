"""Published results and exact theory, reproduced by the engine's own rules: one file per result.

A new result is one module here with a constant `CHECK` (see `check.Check`); nothing lists it. Its `measure` runs
scenario files with other settings through the engine and returns `Found`: the parts that were compared, made with the
functions of `parts`, and the numbers that its `draw` shows. Heavy libraries are imported inside functions, so that
listing the results costs nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from .check import Check


@cache
def checks() -> Mapping[str, Check]:
    """Every result by its name (that of its module), in the order of their numbers."""
    modules = [import_module(f".{m.name}", __name__) for m in pkgutil.iter_modules(__path__) if not m.ispkg]
    found = [m.CHECK for m in modules if isinstance(getattr(m, "CHECK", None), Check)]
    return {check.name: check for check in sorted(found, key=lambda c: c.number)}
