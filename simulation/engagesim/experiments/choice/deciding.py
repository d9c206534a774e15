"""From cases to a decision: which scheme is best, how surely, at what cost, for whom, and on what it depends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..notes import FEWEST
from ..statistics.best import chance_of_best_case, chance_of_best_mean, expected_loss, gaps_to
from ..statistics.intervals import more_needed
from ..statistics.robustness import regret
from .aim import Aim
from .cases import Cases
from .decision import Decision, units
from .tables import tables_of

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


def decide(cases: Cases, aim: Aim, seed: int) -> Decision:
    """Everything that follows from `cases` for `aim`; the same seed gives the same resamples."""
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
            0 if yes or me else max(FEWEST - len(reached), more_needed(m, e, c, len(reached)))
            for yes, me, m, e, c in zip(apart, own, gaps.mean, gaps.error, gaps.critical, strict=True)
        ],
        "chance_mean": chance_of_best_mean(reached, seed),
        "chance_case": chance_of_best_case(single[~np.isnan(single).any(axis=1)]),
        "loss": expected_loss(reached, seed),
        "regret_mean": regrets.mean(axis=0), "regret_max": regrets.max(axis=0),
        "acceptable": (regrets < aim.matters).mean(axis=0),
    })  # fmt: skip
