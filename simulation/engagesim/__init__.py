"""engagesim: an agent-based simulator of engagement in organizations."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .design.scenario import Scenario
    from .experiments.comparison import compare
    from .model import EngagementModel
    from .problems import InputError
    from .runs import Run, simulate

__version__ = "0.1.0"
__all__ = ["EngagementModel", "InputError", "Run", "Scenario", "compare", "simulate"]

WHERE = {
    "EngagementModel": "model",
    "InputError": "problems",
    "Run": "runs",
    "Scenario": "design.scenario",
    "compare": "experiments.comparison",
    "simulate": "runs",
}


def __dir__() -> list[str]:
    """Public names, also those not loaded yet."""
    return [*globals(), *__all__]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that the command line starts at once."""
    if name in WHERE:
        return getattr(import_module(f".{WHERE[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
