"""Adaptive replication: more replicates where the interval of the paired difference is still too wide.

Half-widths are those of Student's t interval. Stopping when the interval looks narrow enough makes it a little too
narrow (Chow & Robbins 1965, On the asymptotic theory of fixed-width sequential confidence intervals); the first
replicates of an experiment should be 20 or more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..question.layout import Layout
from ..question.plan import Plan, Round

CONFIDENCE = 0.95


def following(
    plan: Plan, rounds: Sequence[Round], found: tuple[NDArray[np.float64], NDArray[np.int64]]
) -> Round | None:
    """The next round of replicates; None when every difference is known well enough, or has as many as allowed.

    Args:
        plan: the plan.
        rounds: those that are done.
        found: values of the outcome, and their rows, of all of them.
    """
    wanted = plan.question.precision
    last = rounds[-1]
    count = last.first + last.count
    if wanted is None or count >= wanted.most:
        return None
    layout, values = Layout.of(plan), _by_cell(rounds, *found)
    cells = set()
    for cell in last.cells:
        against = layout.baseline(cell)
        if against == cell and layout.policies > 1:
            continue
        pairs = values[cell] if against == cell else values[cell] - values[against][: len(values[cell])]
        if half_width(pairs) > wanted.half_width:
            cells |= {cell, against}
    if not cells:
        return None
    more = min(wanted.batch, wanted.most - count)
    return Round(last.number + 1, sorted(cells), count, more, last.row + last.runs)


def half_width(pairs: NDArray[np.float64]) -> float:
    """Half of the 95 % interval of the mean of what is not nan; infinite for less than two numbers."""
    from scipy.stats import t

    kept = pairs[~np.isnan(pairs)]
    if len(kept) < 2:
        return float("inf")
    return float(t.ppf(0.5 + CONFIDENCE / 2, len(kept) - 1) * kept.std(ddof=1) / np.sqrt(len(kept)))


def _by_cell(
    rounds: Sequence[Round], values: NDArray[np.float64], rows: NDArray[np.int64]
) -> dict[int, NDArray[np.float64]]:
    """Values of every cell by replicate."""
    parts: dict[int, list[NDArray[np.float64]]] = {}
    ordered = values[np.argsort(rows, kind="stable")]
    for part in rounds:
        block = ordered[part.row : part.row + part.runs].reshape(len(part.cells), part.count)
        for cell, numbers in zip(part.cells, block, strict=True):
            parts.setdefault(cell, []).append(numbers)
    return {cell: np.concatenate(numbers) for cell, numbers in parts.items()}
