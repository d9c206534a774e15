"""From cases to a decision: which scheme is best, how surely, at what cost, for whom, and on what it depends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...outcomes import BY_NAME
from ..notes import FEWEST, ROUNDING
from ..statistics.best import chance_of_best_case, chance_of_best_mean, expected_loss, gaps_to
from ..statistics.intervals import more_needed, simultaneous
from ..statistics.means import mean_over
from ..statistics.robustness import regret
from .cases import TOLD, Cases

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


Fitted = tuple[tuple[str, float, float], ...]
"""Name of a design, its `return_share` as written, and as it was compared."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What schemes are chosen for.

    Attributes:
        measure: one of `cases.TOLD`.
        window: early, late, whole or end.
        group: whose.
        matters: smallest difference of it that matters, fixed before looking.
        budget: cost per member-week, beyond the baseline's, that all schemes were set to; None if they were not.
        fitted: designs whose `return_share` was set so that they cost that: name, as written, as compared.
    """

    measure: str = "participation"
    window: str = "late"
    group: str = "everyone"
    matters: float = 0.02
    budget: float | None = None
    fitted: Fitted = ()

    @property
    def sign(self) -> float:
        """1 where more of it is better, -1 where less is."""
        return -1.0 if BY_NAME[self.measure].better < 0 else 1.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a comparison says about the choice between its designs.

    Attributes:
        aim: what they are chosen for.
        cases: the outcomes from which every number here follows.
        complete: bool[units], units in which every design has a value of the aim; the others are left out everywhere.
        best: position of the design with the best mean.
        tied: positions of the designs that cannot be told apart from it.
        tables: by name, see `choice.tables`; the numbers of the report, as it is stored.
    """

    aim: Aim
    cases: Cases
    complete: NDArray[np.bool_]
    best: int
    tied: tuple[int, ...]
    tables: dict[str, pd.DataFrame] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the designs, the baseline first."""
        return self.cases.arms

    @property
    def unit(self) -> str:
        """Over what means and intervals are taken: worlds, or replicates of the world as stated."""
        return unit_of(self.cases)


def unit_of(cases: Cases) -> str:
    """`world` where there are several, else `replicate`."""
    return "world" if len(cases.worlds) > 1 else "replicate"


def units(cases: Cases, values: Floats) -> Floats:
    """float64[worlds, replicates, arms] as float64[units, arms]: means over the replicates of each world."""
    if unit_of(cases) == "replicate":
        return np.asarray(values[0])
    return mean_over(values, 1)


def decide(cases: Cases, aim: Aim, seed: int) -> Decision:
    """Everything that follows from `cases` for `aim`; the same seed gives the same resamples."""
    from .tables import tables_of

    reached = aim.sign * units(cases, cases.of(aim.measure, aim.window, aim.group))
    complete = np.asarray(~np.isnan(reached).any(axis=1))
    if not complete.any():
        return Decision(aim, cases, complete, 0, tuple(range(1, len(cases.arms))), {})
    rows = ranking(cases, aim, reached[complete], seed)
    best = int(np.argmax(reached[complete].mean(axis=0)))
    tied = tuple(i for i in range(len(cases.arms)) if i != best and not rows["told_apart"].iloc[i])
    found = Decision(aim, cases, complete, best, tied, {"ranking": rows})
    return Decision(aim, cases, complete, best, tied, {"ranking": rows, **tables_of(found, seed)})


def ranking(cases: Cases, aim: Aim, reached: Floats, seed: int) -> pd.DataFrame:
    """One row per design, from float64[units, arms] of the aim (its sign turned so that more is better).

    Columns: arm; level; behind, low, high: what it lacks to the best mean, with simultaneous intervals over all
    pairs of designs (`gaps_to`); told_apart; more: further units that would tell it from the best; chance_mean,
    chance_case, loss: see `statistics.best`; regret_mean, regret_max; acceptable: share of units with a regret below
    what matters.
    """
    import pandas as pd

    best = int(np.argmax(reached.mean(axis=0)))
    gaps = gaps_to(best, reached, seed)
    apart = (gaps.low > 0.0) & (gaps.n >= FEWEST)
    own = np.arange(len(cases.arms)) == best
    values = cases.of(aim.measure, aim.window, aim.group)
    single = aim.sign * values.reshape(-1, values.shape[-1])
    regrets = regret(reached)
    return pd.DataFrame({
        "arm": cases.arms,
        "level": aim.sign * reached.mean(axis=0),
        "behind": gaps.mean, "low": gaps.low, "high": gaps.high, "told_apart": apart & ~own,
        "more": [
            0 if yes or me else max(FEWEST - len(reached), more_needed(m, e, gaps.critical, len(reached)))
            for yes, me, m, e in zip(apart, own, gaps.mean, gaps.error, strict=True)
        ],
        "chance_mean": chance_of_best_mean(reached, seed),
        "chance_case": chance_of_best_case(single[~np.isnan(single).any(axis=1)]),
        "loss": expected_loss(reached, seed),
        "regret_mean": regrets.mean(axis=0), "regret_max": regrets.max(axis=0),
        "acceptable": (regrets < aim.matters).mean(axis=0),
    })  # fmt: skip


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


LEAST = 1e-3
"""Share of the baseline's level below which no difference is told: rare events, of which few cases hold any."""


def _unit_values(found: Decision, measure: str, window: str, group: str) -> Floats:
    """float64[complete units, arms]."""
    return units(found.cases, found.cases.of(measure, window, group))[found.complete]
