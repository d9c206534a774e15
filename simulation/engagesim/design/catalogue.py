"""Every parameter of the model in one place, and the column of each lever in the weekly lever vector."""

from __future__ import annotations

from collections.abc import Mapping

from ..parameter import Parameter
from ..population import PARAMETERS as PEOPLE
from ..rules import PARAMETERS as RULES
from ..structures.parameters import PARAMETERS as STRUCTURE

STEPS = Parameter(
    "steps", "time", 156, "Length of a run.", low=1, high=100_000, unit="weeks", kind="integer", static=True,
    why="Three years: long enough for slow losses to show, short enough for one management.",
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (STEPS, *STRUCTURE, *PEOPLE, *RULES)
"""Every parameter, group by group."""

BY_NAME: Mapping[str, Parameter] = {p.name: p for p in PARAMETERS}
"""Every parameter by its name, which is unique."""

GROUPS: Mapping[str, tuple[Parameter, ...]] = {
    group: tuple(p for p in PARAMETERS if p.group == group) for group in dict.fromkeys(p.group for p in PARAMETERS)
}
"""Parameters by group; a group is a table of a scenario file."""

LEVERS: tuple[Parameter, ...] = tuple(p for p in PARAMETERS if not p.static)
"""Parameters that a schedule can change in any week, in the order of their columns."""


def parameter(name: str) -> Parameter:
    """The parameter called `name`, alone or as `group.name`; raises KeyError."""
    group, _, short = name.rpartition(".")
    found = BY_NAME[short]
    if group not in ("", found.group):
        raise KeyError(name)
    return found


def _slots() -> tuple[dict[str, int], int]:
    slots, width = {}, 0
    for lever in LEVERS:
        slots[lever.name] = width
        width += lever.width
    return slots, width


_SLOTS, WIDTH = _slots()


def slot(name: str) -> int:
    """First column of a lever in the lever vector of length `WIDTH`; a lever per role takes three, in role order.

    Raises:
        KeyError: a static or unknown parameter.
    """
    return _SLOTS[name]
