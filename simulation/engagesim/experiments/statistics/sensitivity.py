"""Which factor drives an outcome: Sobol' indices and Morris effects, through SALib behind guards.

SALib gives zeros without a word where one number is missing, and noise of single runs swells total indices. Here
missing numbers are refused by name, and outcomes are means over replicates that share their luck across all points: the
same noise on every row moves no index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named
from ...problems import InputError, Problem
from ..question.designs import Design, unit_points, unit_problem
from ..question.factors import Factor

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

RESAMPLES = 1000
CONFIDENCE = 0.95
SHOWN = 5


def sobol_indices(
    design: Design, factors: Sequence[Factor], outcome: Floats, seed: int, name: str = "outcome"
) -> pd.DataFrame:
    """First-order and total indices of Sobol' (Saltelli et al. 2010), with 95 % bootstrap intervals.

    Args:
        design: the Sobol' design.
        factors: in its order.
        outcome: float64[points], in the order of the plan.
        seed: root seed.
        name: of the outcome, for messages.

    Returns:
        factor, first, first_low, first_high, total, total_low, total_high; the intervals are those of SALib, even on
        both sides. All nan where the outcome does not vary.

    Raises:
        InputError: numbers are missing, or there are too many or too few.
    """
    import pandas as pd
    from SALib.analyze import sobol

    _refuse(design, factors, outcome, name)
    keys = [factor.key for factor in factors]
    if np.ptp(outcome) == 0.0:
        none = np.full(len(keys), np.nan)
        return pd.DataFrame({"factor": keys, **dict.fromkeys(_SOBOL, none)})
    # Indices do not depend on level and scale; bringing both to 0 and 1 keeps the estimator from losing digits.
    scaled = (outcome - outcome.mean()) / outcome.std()
    found = sobol.analyze(
        unit_problem(factors), scaled, calc_second_order=design.second_order, num_resamples=RESAMPLES,
        conf_level=CONFIDENCE, seed=_seed(seed),
    )  # fmt: skip
    first, total = np.asarray(found["S1"]), np.asarray(found["ST"])
    around, about = np.asarray(found["S1_conf"]), np.asarray(found["ST_conf"])
    columns = (first, first - around, first + around, total, total - about, total + about)
    return pd.DataFrame({"factor": keys, **dict(zip(_SOBOL, columns, strict=True))})


_SOBOL = ("first", "first_low", "first_high", "total", "total_low", "total_high")


def morris_effects(
    design: Design, factors: Sequence[Factor], outcome: Floats, seed: int, name: str = "outcome"
) -> pd.DataFrame:
    """Elementary effects of Morris (1991) over the whole range of each factor, with 95 % bootstrap intervals.

    Args:
        design: the Morris design.
        factors: in its order.
        outcome: float64[points], in the order of the plan.
        seed: root seed of the experiment, from which its points were drawn.
        name: of the outcome, for messages.

    Returns:
        factor, mu (mean effect), mu_star (mean absolute effect), mu_star_low, mu_star_high, sigma (spread: interactions
        or bends).

    Raises:
        InputError: numbers are missing, or there are too many or too few.
    """
    import pandas as pd
    from SALib.analyze import morris

    _refuse(design, factors, outcome, name)
    points = unit_points(design, factors, seed, "design")
    found = morris.analyze(
        unit_problem(factors), points, outcome, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
        num_levels=design.levels, seed=_seed(seed),
    )  # fmt: skip
    star, around = np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"])
    return pd.DataFrame({
        "factor": [factor.key for factor in factors], "mu": np.asarray(found["mu"]), "mu_star": star,
        "mu_star_low": star - around, "mu_star_high": star + around, "sigma": np.asarray(found["sigma"]),
    })  # fmt: skip


def _refuse(design: Design, factors: Sequence[Factor], outcome: Floats, name: str) -> None:
    expected = design.size(factors)
    if len(outcome) != expected:
        message = f"has {len(outcome)} points where the {design.kind} design has {expected}"
        raise InputError([Problem("sensitivity", None, name, message)])
    missing = np.flatnonzero(~np.isfinite(outcome)) + 1
    if len(missing):
        some = ", ".join(map(str, missing[:SHOWN])) + (", ..." if len(missing) > SHOWN else "")
        message = f"has no value at {len(missing)} of {expected} points ({some}): indices would come out as zero"
        raise InputError([Problem("sensitivity", None, name, message)])


def _seed(seed: int) -> int:
    return int(np.random.default_rng(key_of(seed, named("sensitivity"), 0)).integers(2**31))
