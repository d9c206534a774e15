"""Trying a claim about shares of variance: whose parameters move an outcome."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .claim import Claim, Decomposition, Test
from .decomposing import (
    DUMMY,
    NoVarianceError,
    estimate_of,
    points_of,
    problem_of,
    responses,
    total_indices,
)
from .finding import Finding, Found, InWorlds, Size, overall
from .judging import UNKNOWN, Ablated, Estimate, judge
from .sweeping import Sweeps

Floats = NDArray[np.float64]


class _Shares:
    """Total indices of every outcome under one rule of ranges."""

    def __init__(self, asked: Decomposition, size: Size, sweeps: Sweeps, width: float, held: Sequence[str]) -> None:
        problem, name = problem_of(asked, width, held), f"width-{width:g}" + ("-held" if held else "")
        values = responses(asked, problem, points_of(problem, size.sobol, sweeps.seed), sweeps, name)
        self.found, self.outcomes = {}, sweeps.outcomes
        for outcome, column in zip(sweeps.outcomes, values.T, strict=True):
            try:
                self.found[outcome.name] = total_indices(problem, np.ascontiguousarray(column), sweeps.seed)
            except NoVarianceError:
                continue

    def estimate(self, test: Test) -> Estimate:
        """The contrast of a test; unknown where its outcome does not vary."""
        if test.outcome.name not in self.found:
            return UNKNOWN
        return estimate_of(*self.found[test.outcome.name], test.contrast)

    def table(self) -> list[dict[str, object]]:
        """Index of every group for every outcome."""
        return [
            {
                "outcome": o.measure, "group": group, "share": float(totals[i]),
                "low": float(np.quantile(resamples[:, i], 0.025)), "high": float(np.quantile(resamples[:, i], 0.975)),
            }
            for o in self.outcomes if o.name in self.found
            for groups, totals, resamples in [self.found[o.name]]
            for i, group in enumerate(groups)
        ]  # fmt: skip

    @property
    def dummy_is_zero(self) -> bool:
        """Whether what touches nothing explains exactly nothing."""
        return all(float(totals[groups.index(DUMMY)]) == 0.0 for groups, totals, _ in self.found.values())


def try_shares(claim: Claim, size: Size, sweeps: Sweeps) -> Finding:
    """The finding of a claim about shares of variance; its worlds are other widths of the ranges."""
    asked, seed = claim.decomposition, sweeps.seed
    assert asked is not None
    base, without, *others = (
        _Shares(asked, size, sweeps, width, held)
        for width, held in ((asked.width, ()), (asked.width, asked.hold), *((width, ()) for width in asked.widths))
    )
    means = {t.name: np.array([other.estimate(t).mean for other in others]) for t in claim.tested}
    worlds = InWorlds(("width",), np.array(asked.widths)[:, None], means)
    pairs = [(test, base.estimate(test), without.estimate(test)) for test in claim.tested]
    found = [
        Found.of(test, at_base, held, _ablated(test, at_base, held), worlds, seed) for test, at_base, held in pairs
    ]
    parts, rivals = tuple(found[: len(claim.tests)]), tuple(found[len(claim.tests) :])
    return overall(
        claim, size, seed, parts, rivals, worlds, label_control=base.dummy_is_zero, survival={},
        extra={"indices": base.table()},
    )  # fmt: skip


def _ablated(test: Test, base: Estimate, without: Estimate) -> Ablated:
    """What is left once the parameters held are known: the claimed order of shares must be gone."""
    if judge(base, test.direction, test.sesoi) != "supported":
        return "nothing to remove"
    return "stays" if judge(without, test.direction, test.sesoi) == "supported" else "removed"
