"""M26 Momentum: the more somebody has contributed, the less likely it is that this contribution was the last."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule

PARAMETERS = (
    Parameter(
        "stopping", "momentum", 0.0, "Chance to stop for good after the k-th contribution, times k.", high=5.0,
        unit="contributions", source="Wilkinson2008", why="Off; .3 to 1.3 in open communities on the web.",
    ),
    Parameter(
        "stopping_offset", "momentum", 0.0, "Contributions that count as made before the first.", high=1000.0,
        unit="contributions", source="Wilkinson2008", why="None; above stopping - 1 where stopping is above 1.",
    ),
    Parameter(
        "pace", "momentum", 1.0, "Contributions of a week of full effort.", high=1000.0, unit="contributions per week",
        why="One a week, so that weeks of full effort are counted; swept 1 to 50.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M26", "momentum", "Momentum of contributing", "participate", PARAMETERS, ("stopping",),
    "The share that makes more than k contributions is the product of 1 - stopping / i, i to k: a power law.",
    "Wilkinson2008",
)  # fmt: skip

MOST_A_WEEK = 1000.0


@rule
def contributions_made(effort: float, pace: float, u: float) -> int:
    """Contributions of a week, 0..1000: a whole number with the mean effort x pace, for a uniform draw `u`."""
    return int(min(MOST_A_WEEK, effort * pace) + u)


@rule
def stop_chance(number: float, stopping: float, stopping_offset: float) -> float:
    """Chance, 0..1, that the contribution of this number (1, 2, ...) is the last."""
    return min(1.0, stopping / (number + stopping_offset))


@rule
def given_on(effort: float, stopped: bool) -> float:
    """Effort, 0..1, of somebody who may have stopped."""
    return 0.0 if stopped else effort
