"""M12 Come and go: who leaves, how long the place stays empty, what a newcomer starts with."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "exit_hazard", "turnover", (0.002, 0.004, 0.002), "Weekly chance of leaving when rested and trusting.",
        per_role=True, unit="per week", source="HausknechtTrevor2011",
        why="About ten per cent of employees a year before any trouble; customers leave twice as fast.",
    ),
    Parameter(
        "exit_exhaustion", "turnover", 3.0, "Times by which full exhaustion multiplies the added chance of leaving.",
        high=50.0, unit="times", source="DemeroutiBakkerNachreinerSchaufeli2001",
        why="Burnout predicts leaving moderately; swept 0 to 10.",
    ),
    Parameter(
        "exit_distrust", "turnover", 2.0, "Times by which lost trust multiplies the added chance of leaving.",
        high=50.0, unit="times", basis="DERIVED", source="ZhaoWayneGlibkowskiBravo2007",
        why="Mistrust goes with intentions to leave far more than with leaving, so smaller than exhaustion.",
    ),
    Parameter(
        "vacancy_weeks", "turnover", (8.0, 26.0, 26.0), "Weeks until a place is filled again.", per_role=True,
        low=1.0, high=1000.0, unit="weeks", why="Two months to hire; half a year for a new customer or partner.",
    ),
    Parameter(
        "newcomer_tie_strength", "turnover", 0.15, "Strength with which a newcomer takes over the ties of the place.",
        why="Known by name, not yet trusted.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M12", "turnover", "Come and go", "come_and_go", PARAMETERS, ("exit_hazard",),
    "With a constant hazard tenure is geometric.", "HausknechtTrevor2011",
)  # fmt: skip


@rule
def worn_out(exhaustion: float, trust: float, exit_exhaustion: float, exit_distrust: float) -> float:
    """What exhaustion and distrust add to the chance of leaving, in multiples of it."""
    return exit_exhaustion * exhaustion + exit_distrust * (1.0 - trust)


@rule
def exit_chance(hazard: float, push_out: float) -> float:
    """Chance of leaving this week, 0..1: the hazard, and as many times more as `push_out` says."""
    return clip01(hazard * (1.0 + push_out))


@rule
def place_filled(weeks_empty: float, vacancy_weeks: float) -> bool:
    """Whether a newcomer takes the place after so many empty weeks."""
    return weeks_empty >= vacancy_weeks
