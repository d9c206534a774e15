"""Many policies against the first: which differ, which are as good as equal, how many pairs would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .intervals import CONFIDENCE, interval, simultaneous
from .means import mean_of

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

POWER = 0.8


def equivalence(pairs: Floats, matters: float) -> float:
    """p of the test that a mean difference is not within +-`matters`: two one-sided t tests (Schuirmann 1987).

    Args:
        pairs: float64[n], differences without nans.
        matters: smallest difference that matters, above 0.
    """
    from scipy.stats import t

    n = len(pairs)
    if n < 2:
        return float("nan")
    mean, error = float(pairs.mean()), float(pairs.std(ddof=1)) / np.sqrt(n)
    if error > 0.0:
        return float(t.sf((matters - abs(mean)) / error, n - 1))
    return 0.0 if abs(mean) < matters else 1.0


def replicates_needed(pairs: Floats, matters: float) -> float:
    """Pairs with which a true difference of `matters` is found in 80 % of studies (two-sided, 5 %); at least 2."""
    from scipy.stats import norm

    if len(pairs) < 2:
        return float("nan")
    factor = (norm.ppf(0.5 + CONFIDENCE / 2) + norm.ppf(POWER)) ** 2
    return float(max(2.0, np.ceil(factor * pairs.var(ddof=1) / matters**2)))


def compared(samples: Floats, seed: int, matters: float | None) -> pd.DataFrame:
    """Paired differences of every policy but the first from the first, from float64[n, policies].

    Columns: mean, low, high (bootstrap, one at a time), low_all, high_all (for all policies at once), n, dz (mean in
    standard deviations of the difference), superiority (share of pairs above the baseline, ties half), and with
    `matters` also equivalence (p) and needed (pairs).
    """
    import pandas as pd

    pairs = samples[:, 1:] - samples[:, :1]
    rows = np.ascontiguousarray(pairs.T)
    low, high = interval(rows, seed)
    together = simultaneous(pairs, seed)
    frame = pd.DataFrame({
        "mean": mean_of(rows), "low": low, "high": high, "low_all": together.low, "high_all": together.high,
        "n": together.n,
    })  # fmt: skip
    own = [row[~np.isnan(row)] for row in rows]
    frame["dz"] = [_standardized(row) for row in own]
    frame["superiority"] = [float(((row > 0.0) + 0.5 * (row == 0.0)).mean()) if row.size else np.nan for row in own]
    if matters:
        frame["equivalence"] = [equivalence(row, matters) for row in own]
        frame["needed"] = [replicates_needed(row, matters) for row in own]
    return frame


def _standardized(pairs: Floats) -> float:
    """Mean in standard deviations of the difference; 0 where there is no difference, nan where it never varies."""
    if len(pairs) < 2:
        return float("nan")
    mean, spread = float(pairs.mean()), float(pairs.std(ddof=1))
    if mean == 0.0:
        return 0.0
    return mean / spread if spread > 1e-12 * abs(mean) else float("nan")
