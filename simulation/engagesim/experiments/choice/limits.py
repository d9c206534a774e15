"""How far a choice carries: what a point of the aim has to be worth, and in which worlds a design falls short."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..statistics.discovery import Box, beyond_luck, prim
from ..statistics.robustness import regret

if TYPE_CHECKING:
    import pandas as pd

    from .aim import Aim

Floats = NDArray[np.float64]

STEPS = 40
"""Values of a unit of the aim that are tried, besides 0."""
SPAN = 4.0
"""Largest of them, in multiples of the value at which a gain that just matters pays for the dearest design."""
FEWEST_WORLDS = 40
"""Worlds from which on it is asked where a design falls short."""


def worth(names: Sequence[str], aim: Aim, reached: Floats, spent: Floats) -> pd.DataFrame:
    """Who is the best buy, by what a unit of the aim is worth: arm, at (number of the value), value, chance, loss.

    The net benefit of a design in a unit (a world or a replicate) is its aim times `value`, minus its outlay. chance is
    the share of units in which its net benefit is the highest: the cost-effectiveness acceptability curve (Fenwick,
    Claxton, Sculpher 2001, Health Economics 10). loss is by how much it falls short of the highest, mean over units:
    the expected loss curve, since the likeliest best buy is not always the best on average.

    Args:
        names: of the designs.
        aim: what they are chosen for.
        reached: float64[units, arms], the aim, turned so that more is better.
        spent: float64[units, arms], outlay in value per member-week.
    """
    import pandas as pd

    dearest = float(np.abs((spent - spent[:, :1]).mean(axis=0)).max())
    top = SPAN * dearest / aim.matters if dearest > 0.0 and aim.matters > 0.0 else 1.0
    rows: list[dict[str, Any]] = []
    for at, value in enumerate(np.linspace(0.0, top, STEPS + 1)):
        missed = regret(value * reached - spent)
        best = missed == 0.0
        chances = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
        for arm, chance, loss in zip(names, chances, missed.mean(axis=0), strict=True):
            rows.append({"arm": arm, "at": at, "value": value, "chance": chance, "loss": loss})
    return pd.DataFrame(rows)


def shortfalls(names: Sequence[str], aim: Aim, points: pd.DataFrame, reached: Floats) -> pd.DataFrame:
    """In which worlds a design is not good enough: it misses the best there by as much as matters, or more.

    Columns: arm, share (of the worlds), parameter, low, high (nan where that side is open), density (share of such
    worlds inside the box of all its limits), coverage (share of all of them that lies inside), elsewhere (density of a
    box made from half of the worlds, on the other half). One row per limit of the box; one with an empty parameter
    where no box is found, or where one made from half of the worlds is no denser on the other half than luck would have
    it (see `beyond_luck`). Empty below `FEWEST_WORLDS` worlds.

    Args:
        points: the same worlds, one column per uncertain number; no columns for the world as stated.
        reached: float64[worlds, arms], the aim, turned so that more is better.
    """
    import pandas as pd

    columns = ["arm", "share", "parameter", "low", "high", "density", "coverage", "elsewhere"]
    if not len(points.columns) or len(points) < FEWEST_WORLDS:
        return pd.DataFrame(columns=columns)
    short = regret(reached) >= aim.matters
    rows = []
    for i, arm in enumerate(names):
        box = beyond_luck(prim(points.to_numpy(), short[:, i], list(points.columns)), len(names))
        own = {"arm": arm, "share": float(short[:, i].mean())}
        rows += [{**own, **limit} for limit in _limits(box)]
    return pd.DataFrame(rows, columns=columns)


def _limits(box: Box | None) -> Iterator[dict[str, Any]]:
    if box is None:
        yield dict.fromkeys(("low", "high", "density", "coverage", "elsewhere"), math.nan) | {"parameter": ""}
        return
    for key, (low, high) in box.limits.items():
        least, most = box.ranges[key]
        yield {
            "parameter": key, "low": low if low > least else math.nan, "high": high if high < most else math.nan,
            "density": box.density, "coverage": box.coverage, "elsewhere": box.density_elsewhere,
        }  # fmt: skip
