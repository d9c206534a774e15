"""Weekly sums of many replicates, and means with their errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..population import Floats


def weekly(design: Scenario, seed: int, count: int, name: str) -> Floats:
    """A weekly sum of all roles: float64[count, weeks]."""
    from ..runs import replicates
    from ..tallies import index

    tallies, _, _ = replicates(design, seed, count)
    total: Floats = tallies[..., index(name)].sum(axis=2)
    return total


def per_member(design: Scenario, seed: int, count: int, name: str) -> Floats:
    """A weekly sum of all roles per active member: float64[count, weeks]."""
    from ..runs import replicates
    from ..tallies import index

    tallies, _, _ = replicates(design, seed, count)
    both = tallies.sum(axis=2)
    mean: Floats = both[..., index(name)] / both[..., index("members")]
    return mean


def mean_of(x: Floats) -> tuple[float, float]:
    """Mean and standard error of independent numbers."""
    return float(x.mean()), float(x.std(ddof=1) / len(x) ** 0.5)


def share_error(share: float, count: int) -> float:
    """Standard error of a share of `count` independent cases."""
    return float((share * (1.0 - share) / count) ** 0.5)


def less(x: Floats, y: Floats) -> tuple[float, float]:
    """Mean and standard error of x - y, both independent."""
    (a, ea), (b, eb) = mean_of(x), mean_of(y)
    return a - b, (ea * ea + eb * eb) ** 0.5
