"""M25 Market frame: an act that has a price is seen as a purchase, and what was given for the norm is lost for long."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule
from .rewards import PAY, UNEXPECTED

PARAMETERS = (
    Parameter(
        "framing_rate", "market", 0.0, "Share of the way to seeing the act as a purchase, in a week in which it has a "
        "price.", unit="per week", source="GneezyRustichini2000Fine", why="Off: contested outside of such cases.",
    ),
    Parameter(
        "frame_recovery", "market", 0.02, "Share of that view that is lost in a week without a price.", unit="per week",
        source="GneezyRustichini2000Fine",
        why="As slow as trust heals; how the fined day-care centres went on afterwards was not used. Swept 0 to .1.",
    ),
    Parameter(
        "norm_lost", "market", 0.4, "Share of voluntary effort that is given for the norm alone, and that a purchase "
        "takes away.", source="GneezyRustichini2000Fine", why="Less than half; swept 0 to .8.",
    ),
    Parameter(
        "fine", "market", (0.0, 0.0, 0.0), "Price that members are charged per unit of effort "
        "withheld; moves no value of the books.",
        high=5.0, unit="value per effort", per_role=True, why="Off: a design has to charge it.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M25", "market", "Market frame", "decide", PARAMETERS, ("framing_rate", "fine"),
    "Under a price the frame goes to 1 by 1 - (1 - rate)^weeks, and effort to voluntary (1 - norm_lost) plus the push.",
    "GneezyRustichini2000Fine",
)  # fmt: skip


@rule
def sets_price(value: float, contingency: int, use: int) -> bool:
    """Whether a reward instrument pays for the act: pay that is expected."""
    return value > 0.0 and use == PAY and contingency != UNEXPECTED


@rule
def reframe(frame: float, priced: bool, framing_rate: float, frame_recovery: float) -> float:
    """How far the act is seen as a purchase, 0..1, after a week with or without a price."""
    return frame + framing_rate * (1.0 - frame) if priced else frame * (1.0 - frame_recovery)


@rule
def for_the_norm(voluntary: float, frame: float, norm_lost: float) -> float:
    """Voluntary effort, 0..1, left where the act is seen as a purchase."""
    return voluntary * (1.0 - norm_lost * frame)


@rule
def at_stake(expected_reward: float, fine: float) -> float:
    """What full effort brings: the reward expected and the fine not paid, in value per week."""
    return expected_reward + fine
