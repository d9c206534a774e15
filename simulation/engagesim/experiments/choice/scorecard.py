"""The scorecard of a decision: what each design does surely better or worse than the baseline, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...outcomes import BY_NAME
from ..notes import FEWEST, ROUNDING
from ..statistics.intervals import simultaneous
from ..statistics.means import mean_over
from .cases import TOLD
from .decision import Decision, units

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

LEAST = 1e-3
"""Share of the baseline's level below which no difference is told: rare events, of which few cases hold any."""


def scorecard(found: Decision, seed: int) -> pd.DataFrame:
    """Paired differences from the baseline: arm, measure, window, group; baseline, level, mean, low, high, n, side.

    Intervals hold at once for all designs and outcomes of one window and group. side is 1 where a design does surely
    better, -1 where surely worse, 0 where the two cannot be told apart, hardly differ, or nobody wishes the outcome.
    """
    import pandas as pd

    frames = []
    for window in ("early", "late"):
        for group in found.cases.groups:
            levels = np.stack([_unit_values(found, m, window, group) for m in TOLD], axis=1)
            apart = levels[:, :, 1:] - levels[:, :, :1]
            told = simultaneous(apart.reshape(len(apart), -1), seed)
            index = pd.MultiIndex.from_product([TOLD, found.names[1:]], names=["measure", "arm"])
            frame = index.to_frame(index=False).assign(
                window=window, group=group, baseline=np.repeat(mean_over(levels[:, :, 0], 0), len(found.names) - 1),
                level=mean_over(levels[:, :, 1:], 0).ravel(), mean=told.mean, low=told.low, high=told.high, n=told.n,
            )  # fmt: skip
            frames.append(frame.assign(side=_sides(frame)))
    return pd.concat(frames, ignore_index=True)


def _sides(frame: pd.DataFrame) -> NDArray[np.int64]:
    wanted = frame["measure"].map(lambda name: BY_NAME[name].better).to_numpy()
    least = np.maximum(ROUNDING, LEAST * frame["baseline"].abs())
    enough = frame["n"] >= FEWEST
    up = ((frame["low"] > 0.0) & (frame["mean"] > least) & enough).to_numpy().astype(np.int64)
    down = ((frame["high"] < 0.0) & (frame["mean"] < -least) & enough).to_numpy().astype(np.int64)
    return np.asarray((up - down) * wanted)


def _unit_values(found: Decision, measure: str, window: str, group: str) -> Floats:
    """float64[complete units, arms]."""
    return units(found.cases, found.cases.of(measure, window, group))[found.complete]
