"""Whose parameters move an outcome: total-order Sobol indices of groups of parameters, of luck, and of a dummy.

The index of a group is the share of an outcome's variance that would be left if all but the group were known (Homma &
Saltelli 1996; groups: Saltelli et al. 2008, section 4.6). Luck is a group of its own: the number of the replicate. The
dummy touches nothing, so its index has to be exactly zero: it controls the computation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...design.checks import resolve
from ...design.scenario import Scenario
from ...draws import key_of, named
from ...parameter import ROLES
from .claim import Decomposition
from .judging import Estimate, of_resamples
from .sweeping import Sweeps

Floats = NDArray[np.float64]

LUCK, DUMMY = "luck", "dummy"
LUCKS = 1024
"""Replicates among which luck is drawn."""

RESAMPLES = 500


def ranges_around(scenario: Scenario, keys: Sequence[str], width: float) -> dict[str, tuple[float, float]]:
    """Each key's value in the scenario, less and plus `width` of it, within what is valid."""
    found = {}
    for key in keys:
        parameter = resolve(key)[0].parameter
        value = number_of(scenario, key)
        found[key] = (max(parameter.low, value * (1.0 - width)), min(parameter.high, value * (1.0 + width)))
    return found


def number_of(scenario: Scenario, key: str) -> float:
    """The value of a parameter, or of one role's, in a scenario."""
    name, _, role = key.partition(".")
    value = scenario.values[name]
    return float(value[ROLES.index(role)] if isinstance(value, tuple) else value)


def problem_of(asked: Decomposition, width: float, held: Sequence[str] = ()) -> dict[str, Any]:
    """The parameters, their ranges and their groups, as SALib takes them; luck and a dummy come last."""
    keys = {key: group for group, members in asked.groups.items() for key in members if key not in held}
    ranges = ranges_around(asked.scenario, list(keys), width)
    return {
        "num_vars": len(keys) + 2,
        "names": [*keys, LUCK, DUMMY],
        "bounds": [*map(list, ranges.values()), [0.0, 1.0], [0.0, 1.0]],
        "groups": [*keys.values(), LUCK, DUMMY],
    }


def points_of(problem: Mapping[str, Any], size: int, seed: int) -> Floats:
    """Saltelli's points, float64[size * (groups + 2), parameters]; `size` a power of two."""
    from SALib.sample import sobol

    whole = int(np.random.default_rng(key_of(seed, named("claims.sobol"), 0)).integers(2**31))
    points: Floats = sobol.sample(dict(problem), size, calc_second_order=False, seed=whole)
    return points


def responses(asked: Decomposition, problem: Mapping[str, Any], points: Floats, sweeps: Sweeps, name: str) -> Floats:
    """Outcomes at every point, with that point's luck: float64[points, outcomes]."""
    rows = [dict(zip(problem["names"], map(float, row), strict=True)) for row in points]
    seeds = [key_of(sweeps.seed, named("claims.luck"), int(row[LUCK] * LUCKS)) for row in rows]
    places = [{key: value for key, value in row.items() if key not in (LUCK, DUMMY)} for row in rows]
    return sweeps.run(name, {asked.scenario.name: asked.scenario}, 1, places, seeds)[0, :, 0]


class NoVarianceError(ValueError):
    """Nothing moves the outcome, or it has no value somewhere: there is no variance to share out."""


def total_indices(problem: Mapping[str, Any], values: Floats, seed: int) -> tuple[tuple[str, ...], Floats, Floats]:
    """Names of the groups, their total-order indices float64[groups], and resamples float64[RESAMPLES, groups].

    Resampling takes whole blocks of points that belong together, so that differences of indices have intervals, too.

    Raises:
        NoVarianceError: nothing to decompose (SALib would silently return zeros for a single nan).
    """
    if not np.isfinite(values).all() or values.min() == values.max():
        raise NoVarianceError
    groups = tuple(dict.fromkeys(problem["groups"]))
    blocks = values.reshape(-1, len(groups) + 2)
    rng = np.random.default_rng(key_of(seed, named("claims.sobol.bootstrap"), 0))
    drawn = rng.integers(len(blocks), size=(RESAMPLES, len(blocks)))
    return groups, _totals(problem, blocks), np.stack([_totals(problem, blocks[rows]) for rows in drawn])


def _totals(problem: Mapping[str, Any], blocks: Floats) -> Floats:
    from SALib.analyze import sobol

    if blocks.min() == blocks.max():
        return np.zeros(blocks.shape[1] - 2)
    found = sobol.analyze(dict(problem), blocks.ravel(), calc_second_order=False, num_resamples=2, seed=0)
    totals: Floats = np.asarray(found["ST"], dtype=np.float64)
    return totals


def estimate_of(groups: Sequence[str], totals: Floats, resamples: Floats, weights: Mapping[str, float]) -> Estimate:
    """Estimate of a contrast of indices."""
    w = np.array([weights.get(group, 0.0) for group in groups])
    return of_resamples(float(totals @ w), resamples @ w, len(resamples), len(resamples))
