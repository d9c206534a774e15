"""M12 Come and go: who leaves and whom that shakes, how long the place stays empty, what a newcomer starts with."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule
from . import joining

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
    Parameter(
        "exit_contagion", "turnover", 0.5,
        "Times by which the leaving of partners multiplies the added chance of leaving, for who is fully shaken.",
        high=50.0, unit="times", source="FelpsMitchellHekmanLeeHoltomHarman2009",
        why="Coworkers' leaving predicts one's own beyond one's attitudes; small against exhaustion, sweep 0 to 5.",
    ),
    Parameter(
        "shaken_decay", "turnover", 0.1, "Share of being shaken by partners' leaving that is lost each week.",
        unit="per week", source="KrackhardtPorter1986", why="Half is over after about seven weeks; sweep .03 to .5.",
    ),
    Parameter(
        "turnover_shock", "turnover", 0.0, "Chance with which each employee leaves this week, whatever else.",
        unit="per week", why="Off; a schedule turns it on for a week of layoffs.",
    ),
    Parameter(
        "spanner_exit", "turnover", 0.0, "Above 0, the employee with the strongest ties to outsiders leaves this week.",
        unit="flag", why="Off; a schedule turns it on for a week.",
    ),
    *joining.PARAMETERS,
)  # fmt: skip

MECHANISM = Mechanism(
    "M12", "turnover", "Come and go", "come_and_go", PARAMETERS,
    ("exit_hazard", "exit_contagion", "turnover_shock", "spanner_exit", "recruit_rate"),
    "With a constant hazard tenure is geometric; complex joining needs clustered ties, simple joining does not.",
    "HausknechtTrevor2011",
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
def shake(shaken: float, tie_strength: float) -> float:
    """How shaken a member is, 0..1, after a partner over a tie of this strength left."""
    return min(1.0, shaken + tie_strength)


@rule
def calm_down(shaken: float, shaken_decay: float) -> float:
    """How shaken a member still is a week later, 0..1."""
    return shaken * (1.0 - shaken_decay)


@rule
def shaken_out(shaken: float, exit_contagion: float) -> float:
    """What partners' leaving adds to the chance of leaving, in multiples of it."""
    return exit_contagion * shaken


@rule
def place_filled(weeks_empty: float, vacancy_weeks: float) -> bool:
    """Whether a newcomer takes the place after so many empty weeks."""
    return weeks_empty >= vacancy_weeks


STAKE_CLASSES = 1024
"""Classes of ownership stake among which leavers are ranked."""


@rule
def stake_class(stake: float) -> int:
    """Class of a stake among the classes of equal steps of stake / (stake + 1), 0..STAKE_CLASSES - 1."""
    return min(STAKE_CLASSES - 1, int(stake / (stake + 1.0) * STAKE_CLASSES))


@rule
def in_quartile(beyond: float, alike: float, members: float) -> bool:
    """Whether a class whose members (`alike`) come after `beyond` others lies in that quarter of the members.

    Equals share their middle rank, so that where all are alike nobody is at the top or at the bottom.
    """
    return beyond + 0.5 * alike < 0.25 * members
