"""M23 Encounters: members of a unit meet in random groups; there they play, see what is usual, and talk.

What is played is a choice of M16 (`payoff_rule`): rounds of giving between two, or a public good of the group. Units
are teams, departments or communities; members of none form one together.
"""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import log_
from ..rule import rule
from . import conventions
from .cooperation import CONDITIONAL, FREE_RIDER, UNCONDITIONAL

MOST_ROUNDS = 1000
"""Rounds after which two part in any case."""

PARAMETERS = (
    Parameter(
        "encounter_rate", "encounters", 0.0, "Weekly chance that a random group of a unit meets.", unit="per week",
        why="Off by default: who meets whom follows the ties; 1 in the processes of theory.",
    ),
    Parameter(
        "encounter_size", "encounters", 2, "Members of a unit who meet in one group.", kind="integer", low=2, high=1000,
        unit="members", why="Two: a conversation; the textbook public goods game has groups of 4 or 5.",
    ),
    Parameter(
        "continuation", "encounters", 0.0, "Chance of one more round of giving after each.", high=0.99,
        unit="per round", source="Nowak2006", why="One round by default: no shadow of the future; swept 0 to .9.",
    ),
    Parameter(
        "reputation_known", "encounters", 0.0, "Chance to know beforehand that the other is one who does not give.",
        source="Nowak2006", why="Strangers by default; swept 0 to 1.",
    ),
    Parameter(
        "game_multiplier", "encounters", 3.0, "By how much a gift to the public good of a group is multiplied.",
        high=100.0, unit="value per effort", source="HauertDeMonteHofbauerSigmund2002",
        why="Above one and below the usual size of groups: the dilemma; swept 1 to 6.",
    ),
    Parameter(
        "convergence", "encounters", 0.0, "Share of the gap between two views that each closes when they meet.",
        high=0.5, source="DeffuantNeauAmblardWeisbuch2000",
        why="Off by default: views travel over ties; .5 in the published curves, where two meet in the middle.",
    ),
    *conventions.PARAMETERS,
)  # fmt: skip

MECHANISM = Mechanism(
    "M23", "encounters", "Encounters", "meet", PARAMETERS, ("encounter_rate",),
    "A public good of random groups of n among Z pays from the multiplier n (Z - 1) / (Z - n) on; with a memory of 12 "
    "plays a committed minority tips a convention from 24.2 percent on.",
    "Nowak2006",
)  # fmt: skip


@rule
def rounds_of(u: float, continuation: float) -> int:
    """How many rounds two play, 1 to 1000: each is followed by another with the same chance."""
    if 1.0 - u > continuation:  # what the logarithms would say, and most often the case
        return 1
    return min(MOST_ROUNDS, 1 + int(log_(1.0 - u) / log_(continuation)))


@rule
def opens(kind: int, warned: bool) -> bool:
    """Whether a type gives in the first round; conditional cooperators do unless they know that the other will not."""
    return kind == UNCONDITIONAL or (kind == CONDITIONAL and not warned)


@rule
def replies(kind: int, other_gave: bool) -> bool:
    """Whether a type gives in a later round: cooperators who are not unconditional do what the other did last."""
    return kind == UNCONDITIONAL or (kind != FREE_RIDER and other_gave)


@rule
def balance_of(received: int, given: int, game_benefit: float, game_cost: float) -> float:
    """Payoff of some rounds, in value: benefit of the gifts received against the cost of those given."""
    return game_benefit * received - game_cost * given


@rule
def public_payoff(total: float, members: int, effort: float, game_multiplier: float, game_cost: float) -> float:
    """Payoff of a public good, in value: the even share of what all gave, multiplied, against the cost of one's own."""
    return game_multiplier * total / members - game_cost * effort


@rule
def meet_in_view(mine: float, theirs: float, confidence_bound: float, convergence: float) -> float:
    """One's view after a talk, in units of need: nearer to the other's, if that is not beyond the bound (0: any)."""
    if confidence_bound > 0.0 and abs(theirs - mine) > confidence_bound:
        return mine
    return mine + convergence * (theirs - mine)
