"""M5 Sharing: what the organization pays back of what it captured, and by which rule."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import grid
from ..rule import rule
from .creation import down

SHARING_RULES = ("none", "equal", "proportional", "ownership")
NONE, EQUAL, PROPORTIONAL, OWNERSHIP = range(4)

PARAMETERS = (
    Parameter(
        "return_share", "value", 0.3, "Share of the value captured this week that is paid back.",
        why="A neutral middle; the extractive preset returns .05, the contributive .6.",
    ),
    Parameter(
        "sharing_rule", "value", "equal", "How the value paid back is divided.", kind="choice", unit="rule",
        choices=SHARING_RULES, source="KruseBlasiPark2008",
        why="Equal division is the simplest rule and the one in which the 1/N problem is plainest.",
    ),
    Parameter(
        "sharing_weight", "value", (1.0, 0.0, 0.0), "Weight of each role in the division.", per_role=True,
        unit="weight",
        why="Shares go to employees unless a design opens them to customers and partners.",
    ),
    Parameter(
        "stake_memory", "value", 52.0, "Weeks over which value created becomes an ownership stake.",
        low=1.0, high=1000.0, unit="weeks", why="A year of vesting.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M5", "sharing", "Sharing the value", "settle", PARAMETERS, ("return_share",),
    "Under equal division the return on one's own effort is return / N (the 1/N problem).", "KruseBlasiPark2008",
)  # fmt: skip


@rule
def sharing_key(sharing_rule: int, weight: float, score: float, stake: float) -> float:
    """A member's claim on the pool, on the grid: one, score, or stake, times the weight of the role."""
    claim = 1.0
    claim = score if sharing_rule == PROPORTIONAL else claim
    claim = stake if sharing_rule == OWNERSHIP else claim
    return grid(weight * claim)


@rule
def pool_rate(captured: float, return_share: float, keys: float, sharing_rule: int) -> float:
    """Value paid per unit of claim this week; zero without a rule or without claims."""
    return return_share * captured / keys if keys > 0.0 and sharing_rule != NONE else 0.0


@rule
def shared_part(rate: float, key: float) -> float:
    """What a member gets from the pool, on the grid."""
    return down(rate * key)


@rule
def build_stake(stake: float, value: float, stake_memory: float) -> float:
    """Ownership stake: a running mean of the value created over `stake_memory` weeks."""
    return stake + (value - stake) / stake_memory
