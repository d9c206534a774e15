"""Small organizations on which comparisons take a fraction of a second."""

from __future__ import annotations

from engagesim import Scenario

PEOPLE = {"employees": 20, "customers": 10, "partners": 5}
STEPS = 20
SETS = ["employees=20", "customers=10", "partners=5", f"steps={STEPS}"]


def small(name: str, *sets: str) -> Scenario:
    """A shipped scenario with few people and weeks."""
    return Scenario.load(name, [*SETS, *sets])


def on_command_line(*sets: str) -> list[str]:
    """The same as options."""
    return [word for text in (*SETS, *sets) for word in ("--set", text)]
