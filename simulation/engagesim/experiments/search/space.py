"""What a search for schemes may turn: mixtures of instruments at a budget, sharing, asking and structure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ...design.files import Document
from ...design.scenario import Scenario
from ...rules.rewards import INSTRUMENT_PRESETS

INSTRUMENTS = ("pay", "bonus", "badges", "leaderboard", "recognition", "development")
"""Presets that a scheme may mix; social scoring comes with an evaluator of its own and is not mixed."""

Suggest = Callable[[str, float, float], float]
"""Gives a number between two bounds for a name."""

RANGES: Mapping[str, tuple[float, float]] = {
    "budget": (0.0, 0.05),
    "return_share": (0.0, 0.8),
    **{f"weight_{name}": (0.0, 1.0) for name in INSTRUMENTS},
    "demand_employee": (0.1, 0.6),
    "imposed": (0.0, 1.0),
}
"""Numbers that every search turns, with their bounds."""

STRUCTURE: Mapping[str, tuple[float, float]] = {"lateral_tie_rate": (0.0, 3.0), "span_of_control": (4.0, 15.0)}
"""Numbers of a generated organization, turned only where the network is not given from file."""

RULES = ("equal", "proportional", "ownership")
FIRST_BUDGET = 0.02
LEAST_WEIGHT = 0.15
"""Weight below which an instrument is left out, so that schemes stay few-handed."""


def suggested(number: Suggest, choice: Callable[[str, tuple[str, ...]], str], *, structure: bool) -> dict[str, Any]:
    """One point of the space."""
    ranges = {**RANGES, **(STRUCTURE if structure else {})}
    return {**{name: number(name, *bounds) for name, bounds in ranges.items()},
            "sharing_rule": choice("sharing_rule", RULES)}  # fmt: skip


def starts(base: Scenario, *, structure: bool) -> list[dict[str, Any]]:
    """Points to begin with, as far as the bounds allow: the base as it is, and with each instrument alone."""
    demand = base.values["demand"]
    own: dict[str, Any] = {
        "budget": 0.0, "return_share": base.values["return_share"], "imposed": base.values["imposed"],
        "demand_employee": demand[0] if isinstance(demand, tuple) else demand,
        "sharing_rule": base.values["sharing_rule"] if base.values["sharing_rule"] in RULES else RULES[0],
        **{f"weight_{name}": 0.0 for name in INSTRUMENTS},
        **({name: base.values[name] for name in STRUCTURE} if structure else {}),
    }  # fmt: skip
    for name, (low, high) in {**RANGES, **(STRUCTURE if structure else {})}.items():
        own[name] = min(high, max(low, float(own[name])))
    return [own, *({**own, "budget": FIRST_BUDGET, f"weight_{name}": 1.0} for name in INSTRUMENTS)]


def design_of(base: Scenario, name: str, point: Mapping[str, Any]) -> Scenario:
    """The base with the scheme of one point: its instruments in place of the base's own.

    Weights mix the presets' own values; the budget then fits them to what they may cost.
    """
    weights = {i: float(point[f"weight_{i}"]) for i in INSTRUMENTS if point[f"weight_{i}"] >= LEAST_WEIGHT}
    spends = bool(weights) and point["budget"] > 0.0
    why = "Found by a search for schemes."
    found: dict[str, Any] = {
        "title": name.replace("_", " ").capitalize(),
        "description": _description(point, weights if spends else {}),
        "value": {
            "return_share": _noted(point["return_share"], why),
            "sharing_rule": _noted(point["sharing_rule"], why),
        },
        "asking": {
            "demand": {"employee": _noted(point["demand_employee"], why)},
            "imposed": _noted(point["imposed"], why),
        },
        "rewards": {"budget": _noted(point["budget"] if spends else 0.0, why)},
        "instruments": [
            *({"name": i.name, "remove": True} for i in base.instruments),
            *(_instrument(i, weight, why) for i, weight in weights.items() if spends),
        ],
    }
    if "lateral_tie_rate" in point:
        found["structure"] = {
            "lateral_tie_rate": _noted(point["lateral_tie_rate"], why),
            "span_of_control": _noted(round(point["span_of_control"]), why),
        }
    return base.extended(name, Document("design", Path(), found, {}))


def _instrument(preset: str, weight: float, why: str) -> dict[str, Any]:
    value = float(str(INSTRUMENT_PRESETS[preset]["value"])) * weight
    return {"name": f"{preset}_reward", "preset": preset, "value": _noted(value, why)}


def _noted(value: Any, why: str) -> dict[str, Any]:
    return {"value": value, "basis": "ASSUMED", "why": why}


def _description(point: Mapping[str, Any], weights: Mapping[str, float]) -> str:
    shares = f"Pays back {point['return_share']:.2f} of what is captured, rule {point['sharing_rule']}"
    asks = f"asks employees for {point['demand_employee']:.2f} of full effort, imposed {point['imposed']:.2f}"
    mixed = ", ".join(f"{name} {weight / sum(weights.values()):.0%}" for name, weight in weights.items())
    rewards = f"spends {point['budget']:.2g} per member-week on {mixed}" if weights else "no rewards beyond it"
    return f"{shares}; {asks}; {rewards}."
