"""How contributions and power are spread over members, and where the value of a week went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..distributions import gini
from ..measures import sums_of
from ..population import Floats
from .side import Side
from .track import Track

POINTS = 101
SPREAD = {"contribution": "contributed", "power": "tie_strength", "decision": "decision_weight"}
"""Curve and the column of members' state that it is about, as in `distributions`."""


def lorenz(x: Floats) -> list[float]:
    """Share of the sum that those with the least hold, for even steps of the share of members; empty without a sum."""
    total = float(x.sum())
    if total <= 0.0:
        return []
    held = np.concatenate(([0.0], np.cumsum(np.sort(x)) / total))
    shares = np.interp(np.linspace(0.0, len(x), min(POINTS, len(x) + 1)), np.arange(len(x) + 1), held)
    return [round(float(v), 4) for v in shares]


def flow(track: Track, week: int) -> dict[str, float] | None:
    """Where the value of a week went, in value; None before the first."""
    if week == 0:
        return None
    sums = {name: float(v[0]) for name, v in sums_of(track.tallies[week - 1 : week], "everyone").items()}
    spent = sums["shared"] + sums["reward_cost"] + sums["signal_cost"]
    return {
        "created": sums["created"], "kept": sums["own"], "spilled": sums["spilled_in"], "captured": sums["captured"],
        "shared": sums["shared"], "rewards": sums["reward_cost"], "signals": sums["signal_cost"],
        "retained": sums["captured"] - spent,
    }  # fmt: skip


def curves(sides: Sequence[Side], week: int) -> dict[str, Any]:
    """Lorenz curves, Gini coefficients and flows after `week` weeks, by design."""
    found: dict[str, Any] = {"lorenz": {}, "gini": {}, "flow": {}}
    for side in sides:
        side.track.go(week)
        members = side.track.world.company.members
        here = members.active == 1
        columns = {name: getattr(members, column)[here].astype(np.float64) for name, column in SPREAD.items()}
        found["lorenz"][side.letter] = {name: lorenz(x) for name, x in columns.items()}
        ginis = {name: gini(x) for name, x in columns.items()}
        found["gini"][side.letter] = {name: None if g != g else round(g, 4) for name, g in ginis.items()}
        found["flow"][side.letter] = flow(side.track, week)
    return found
