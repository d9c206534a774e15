"""M8 Felt extraction: who puts in more for less than comparable others, or than was promised, feels extracted from."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01, log_
from ..rule import rule

PARAMETERS = (
    Parameter(
        "felt_rate", "equity", 0.1, "Speed at which felt extraction follows the comparison; 0: nobody compares.",
        unit="per week", source="Adams1965", why="A quarter until a lasting difference is fully felt; swept .02 to .5.",
    ),
    Parameter(
        "felt_scale", "equity", 0.7, "Difference in ln(inputs / outcomes) that is felt as full extraction.",
        low=0.05, high=5.0, unit="log ratio", source="Adams1965",
        why="About twice the input for the same outcome; swept .35 to 1.4.",
    ),
    Parameter(
        "peer_reference", "equity", 0.5, "Weight of visible peers in the comparison; the rest is what was promised.",
        source="Goodman1974",
        why="Most people use several referents: others, and what the system promised; half each, swept 0 to 1.",
    ),
    Parameter(
        "task_cost", "equity", 1.0, "Worth of a week of full task effort as an input.", high=10.0,
        unit="value per effort", why="What an average week of full effort creates; swept .5 to 2.",
    ),
    Parameter(
        "relational_cost", "equity", 1.0, "Worth of a week of full relational effort as an input.", high=10.0,
        unit="value per effort", why="An hour given to others is felt as an hour given; swept 0 to 2.",
    ),
    Parameter(
        "help_worth", "equity", 0.2, "Worth as an outcome of help that doubles the value of one's work.", high=10.0,
        unit="value per week", why="Being helped counts, less than pay: .1 at full support; swept 0 to 1.",
    ),
    Parameter(
        "recognition_worth", "equity", 0.1, "Worth of full informational feedback as an outcome.", high=10.0,
        unit="value per week", why="Recognition counts, less than pay; swept 0 to .5.",
    ),
    Parameter(
        "equity_response", "equity", 0.3, "Share of voluntary effort withheld at full felt extraction.",
        source="ColquittConlonWessonPorterNg2001",
        why="Distributive justice goes weakly with performance, so less than for lost trust; swept 0 to 1.",
    ),
    Parameter(
        "exit_extraction", "equity", 1.5, "Times by which full felt extraction multiplies the added chance of leaving.",
        high=50.0, unit="times", source="GriffethHomGaertner2000",
        why="Injustice predicts leaving more weakly than burnout or lost commitment does; swept 0 to 5.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M8", "extraction", "Felt extraction", "experience", PARAMETERS, ("felt_rate",),
    "Equal ratios among peers feel 0; under a constant gap g it goes geometrically, at felt_rate, to g / felt_scale.",
    "Adams1965",
)  # fmt: skip

PRESENCE = 0.05
"""What everyone puts in and gets by being there at all, so that next to nothing for next to nothing is even."""

LEAST_PROMISE = 0.05
"""Expected return per unit of value below which the promise counts as this: keeps what was promised finite."""


@rule
def inputs(task: float, relational: float, task_cost: float, relational_cost: float) -> float:
    """What a member put in this week, 0..10, in value."""
    return task_cost * task + relational_cost * relational


@rule
def outcomes(delivered: float, helped: float, feedback: float, help_worth: float, recognition_worth: float) -> float:
    """What a member got this week, in value: returns of all kinds, help by what it adds to work, recognition."""
    return delivered + help_worth * helped + recognition_worth * feedback


@rule
def balance(inputs: float, outcomes: float) -> float:
    """Inputs per outcome, above 0; 1 is even."""
    return (inputs + PRESENCE) / (outcomes + PRESENCE)


@rule
def promised_balance(expectation: float) -> float:
    """Inputs per outcome that the contract promises, .5..20, from the return expected per unit of value."""
    return 1.0 / max(expectation, LEAST_PROMISE)


@rule
def promised(expectation: float) -> float:
    """The ln(inputs / outcomes) that the contract promises."""
    return log_(promised_balance(expectation))


@rule
def reference(peers: float, promised: float, peer_reference: float) -> float:
    """The ln(inputs / outcomes) that counts as fair: that of peers and the promised one, by weight."""
    return peer_reference * peers + (1.0 - peer_reference) * promised


@rule
def feel(felt: float, own: float, reference: float, felt_scale: float, felt_rate: float) -> float:
    """Felt extraction, 0..1, moved toward the gap by which the own ln(inputs / outcomes) lies above the reference."""
    return felt + felt_rate * (clip01((own - reference) / felt_scale) - felt)


@rule
def withheld(voluntary: float, felt: float, equity_response: float) -> float:
    """Voluntary effort, 0..1, left after those who feel extracted from lower their inputs."""
    return voluntary * (1.0 - equity_response * felt)


@rule
def driven_out(felt: float, exit_extraction: float) -> float:
    """What felt extraction adds to the chance of leaving, in multiples of it."""
    return exit_extraction * felt
