"""M4 Value creation: effort, skill, quality and help become value, and the books balance to the last bit."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule

PARAMETERS = (
    Parameter(
        "help_value", "creation", 0.5, "How much full support by others adds to the value of one's task work.",
        high=5.0, unit="share of own value", source="GittellSeidnerWimbush2010",
        why="Relational coordination predicts quality and efficiency; half again at full support, swept 0 to 1.",
    ),
    Parameter(
        "help_half", "creation", 0.5, "Help received at which half of the possible support is reached.",
        low=0.01, high=10.0, unit="strength x effort", why="Five strong ties to helpers of .1 effort give half.",
    ),
    Parameter(
        "quality_floor", "creation", 0.5, "Quality of work done without any intrinsic motivation.",
        basis="DERIVED", source="CerasoliNicklinFord2014",
        why="Intrinsic motivation predicts quality (rho about .35), incentives do not: it rises from here.",
    ),
    Parameter(
        "capture_share", "value", 0.4, "Share of the value created that the organization takes into its account.",
        why="A neutral organization between the extractive (.7) and the contributive (.15) preset.",
    ),
    Parameter(
        "own_share", "value", 0.3, "Share of the value that stays with its creator; the rest spills over along ties.",
        why="See capture_share: the remaining .3 reaches tie partners.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M4", "creation", "Value creation and split", "create", PARAMETERS, ("help_value",),
    "Created = own + spilled over + captured, to the last bit, for any parameters.", "GittellSeidnerWimbush2010",
)  # fmt: skip

LEAST_STRENGTH = 1e-6
"""Sum of tie strengths below which nothing spills over; keeps the rate finite."""

UNIT = 2.0**-30
PER_UNIT = 2.0**30


@rule
def down(x: float) -> float:
    """Largest multiple of 2**-30 not above `x`, for x from 0 to 2**30: value is paid out in whole units of the grid."""
    return float(int(x * PER_UNIT)) * UNIT


@rule
def quality(motivation: float, quality_floor: float) -> float:
    """Quality of work, floor..1, rising with intrinsic motivation."""
    return quality_floor + (1.0 - quality_floor) * motivation


@rule
def support(help_received: float, help_half: float) -> float:
    """Support from relationships put to work, 0..1, saturating."""
    return help_received / (help_received + help_half)


@rule
def value_created(skill: float, quality: float, task: float, support: float, help_value: float, output: float) -> float:
    """Value of one week on the grid, in units of what one average member creates in a week of full effort.

    `output` is the share of it that is not lost to wrong decisions, missing knowledge or change.
    """
    return down((((skill * quality) * task) * (1.0 + help_value * support)) * output)


@rule
def own_part(value: float, own_share: float) -> float:
    """What stays with the contributor, on the grid."""
    return down(value * own_share)


@rule
def spilled_part(value: float, own_share: float, capture_share: float) -> float:
    """What goes out to tie partners, on the grid; the organization gets the rest."""
    return down(value * max(0.0, (1.0 - own_share) - capture_share))


@rule
def spill_rate(spilled: float, tie_strength: float) -> float:
    """Spilled value per unit of tie strength; zero where ties are next to nothing (it then stays with its creator)."""
    return spilled / tie_strength if tie_strength > LEAST_STRENGTH else 0.0


@rule
def spill_over(rate: float, strength: float) -> float:
    """What one partner receives over a tie, on the grid: giver and receiver compute the same number."""
    return down(rate * strength)
