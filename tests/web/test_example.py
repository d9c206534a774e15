"""The SolaraViz example fits the model, tried with stand-ins for Solara, which is not a dependency."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "solara_page.py"


class Stand(ModuleType):
    """A module that has whatever is asked for: a function that gives back what it was given."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Shown


class Shown:
    """What a component was made of; as a decorator, the function itself."""

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        if len(args) == 1 and callable(args[0]) and not settings:
            return args[0]
        return super().__new__(cls)

    def __init__(self, *args: Any, **settings: Any) -> None:
        self.args, self.settings = args, settings

    @classmethod
    def get(cls) -> int:
        return 0


def test_the_example_makes_a_model_that_steps_and_is_drawn(monkeypatch: pytest.MonkeyPatch):
    for name in ("solara", "mesa.visualization", "mesa.visualization.utils"):
        monkeypatch.setitem(sys.modules, name, Stand(name))
    found = runpy.run_path(str(EXAMPLE))
    page = found["page"]
    model = page.args[0]
    assert len(model.members) == 90
    model.step()
    found["Network"](model)
    again = type(model)(
        **{name: p["value"] if isinstance(p, dict) else p.args[1] for name, p in page.settings["model_params"].items()}
    )
    again.step()
    assert [m.effort for m in again.members] == [m.effort for m in model.members]
    for scenario in found["SCENARIOS"]:
        type(model)(scenario)
