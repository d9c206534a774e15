"""What one design changes of another, key by key."""

from __future__ import annotations

from collections.abc import Mapping

from ..parameter import Value
from .catalogue import BY_NAME
from .scenario import Scenario


def differences(scenario: Scenario) -> dict[str, tuple[Value | None, Value | None]]:
    """Old and new value of everything in which `scenario` differs from its parent, or from the defaults without one.

    Keys are parameter names and `instrument.attribute`; None stands for an instrument that is not there.
    """
    old = _flat(scenario.parent) if scenario.parent else {name: p.default for name, p in BY_NAME.items()}
    new = _flat(scenario)
    return {key: (old.get(key), new.get(key)) for key in {**new, **old} if old.get(key) != new.get(key)}


def _flat(scenario: Scenario) -> Mapping[str, Value]:
    attributes = {f"{i.name}.{name}": value for i in scenario.instruments for name, value in i.attributes.items()}
    return {**scenario.values, **attributes}
