"""M16 Strategy change: members take over the cooperation type of partners who fare well."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import exp_
from ..rule import rule
from .cooperation import CONDITIONAL, FREE_RIDER, HUMP_SHAPED, UNCONDITIONAL

PAYOFF_RULES = ("outcomes", "donation")
OUTCOMES, DONATION = range(2)
UPDATING = ("pairwise", "death_birth")
PAIRWISE, DEATH_BIRTH = range(2)

PARAMETERS = (
    Parameter(
        "imitation_rate", "imitation", 0.0, "Weekly chance that a member reconsiders its cooperation type.",
        unit="per week", why="Off: types are stable within laboratory sessions; swept 0 to .1 where they may drift.",
    ),
    Parameter(
        "one_at_a_time", "imitation", "no", "Whether a single member, drawn anew each week, may reconsider, not all.",
        kind="choice", choices=("no", "yes"), why="Off: an organization does not queue; on: the processes of theory.",
    ),
    Parameter(
        "updating", "imitation", "pairwise",
        "Who is taken over: one partner compared with oneself (pairwise), or the best in the running (death_birth).",
        kind="choice", choices=UPDATING, source="SzaboToke1998",
        why="Comparing with one other needs the least knowledge; death_birth is the rule of the theorems on graphs.",
    ),
    Parameter(
        "selection", "imitation", 1.0, "How strongly payoffs decide who is taken over; 0: chance alone.", high=1000.0,
        unit="per value", source="SzaboToke1998",
        why="A week's value of difference is followed with chance .73; swept 0 to 10, .01 to .1 for theorems.",
    ),
    Parameter(
        "mutation_rate", "imitation", 0.0, "Chance to take a random type, of those that exist, when reconsidering.",
        unit="per reconsideration", why="Off, so that imitation acts alone; swept 0 to .1.",
    ),
    Parameter(
        "payoff_rule", "imitation", "outcomes",
        "What is compared: what is delivered against the cost of effort, or the payoffs of a donation game.",
        kind="choice", choices=PAYOFF_RULES, source="AllenEtAl2017",
        why="Outcomes are what members of an organization live on; the game is the textbook case.",
    ),
    Parameter(
        "payoff_memory", "imitation", 13.0, "Weeks over which outcomes are averaged.", low=1.0, high=1000.0,
        unit="weeks", why="A quarter: long enough to even out luck; swept 1 to 52.",
    ),
    Parameter(
        "effort_cost", "imitation", 0.3, "What a week of full effort costs who gives it.", high=10.0,
        unit="value per effort", why="Below what the neutral organization promises for it; swept 0 to 1.",
    ),
    Parameter(
        "game_cost", "imitation", 1.0, "Cost of full effort in the donation game.", high=100.0,
        unit="value per effort", why="The unit of that game: only the ratio of benefit to cost counts.",
    ),
    Parameter(
        "game_benefit", "imitation", 3.0, "Benefit of partners' full effort in the donation game.", high=100.0,
        unit="value per effort", source="OhtsukiHauertLiebermanNowak2006",
        why="Thrice the cost, near the number of ties at which cooperation spreads in sparse networks; swept 1 to 10.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M16", "imitation", "Strategy change", "imitate", PARAMETERS, ("imitation_rate",),
    "Without selection a type that starts with one of N members takes over with probability 1 / N.",
    "OhtsukiHauertLiebermanNowak2006",
)  # fmt: skip

SURE = 40.0
"""Log odds beyond which a chance is 0 or 1 in double precision."""

LEAST_SHARE = 1e-9
"""Share below which a type does not exist; what is left of 1 may differ from 0 by rounding."""


@rule
def average_outcome(payoff: float, delivered: float, effort: float, effort_cost: float, payoff_memory: float) -> float:
    """Value per week that contributing leaves after its cost, as a running mean."""
    return payoff + ((delivered - effort_cost * effort) - payoff) / payoff_memory


@rule
def donation_payoff(partners: float, effort: float, game_benefit: float, game_cost: float) -> float:
    """Payoff of the donation game, in value: the benefit of the partners' mean effort against the cost of one's own."""
    return game_benefit * partners - game_cost * effort


@rule
def takes_over(u: float, mine: float, theirs: float, selection: float) -> bool:
    """Whether one takes over the type of another: with the Fermi probability of the difference in payoff."""
    odds = min(SURE, max(-SURE, selection * (theirs - mine)))
    return u < 1.0 / (1.0 + exp_(-odds))


@rule
def attraction(strength: float, payoff: float, selection: float) -> float:
    """Weight, at least 0, with which a partner's type is taken over where all partners are in the running."""
    return strength * max(0.0, 1.0 + selection * payoff)


@rule
def random_type(u: float, conditional_share: float, free_rider_share: float, hump_share: float) -> int:
    """One of the cooperation types that have a share, each with the same chance."""
    rest = 1.0 - conditional_share - free_rider_share - hump_share
    unconditional = 1 if rest > LEAST_SHARE else 0
    conditional = 1 if conditional_share > LEAST_SHARE else 0
    riding = 1 if free_rider_share > LEAST_SHARE else 0
    humped = 1 if hump_share > LEAST_SHARE else 0
    left = u * (unconditional + conditional + riding + humped)
    if left < conditional:
        return CONDITIONAL
    if left < conditional + riding:
        return FREE_RIDER
    return HUMP_SHAPED if left < conditional + riding + humped else UNCONDITIONAL
