"""M16 Strategy change: members take over the cooperation type of partners who fare well."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import exp_
from ..rule import rule
from .cooperation import CONDITIONAL, FREE_RIDER, HUMP_SHAPED, UNCONDITIONAL

PAYOFF_RULES = ("outcomes", "donation", "rounds", "public_goods")
OUTCOMES, DONATION, ROUNDS, PUBLIC_GOODS = range(4)
UPDATING = ("pairwise", "death_birth", "moran")
PAIRWISE, DEATH_BIRTH, MORAN = range(3)
ONE_AT_A_TIME = ("no", "yes", "in_each_unit")
NO, YES, IN_EACH_UNIT = range(3)
INVADED = ("unit", "organization")
BY_UNIT, AS_A_WHOLE = range(2)

PARAMETERS = (
    Parameter(
        "imitation_rate", "imitation", 0.0, "Weekly chance that a member reconsiders its cooperation type.",
        unit="per week", why="Off: types are stable within laboratory sessions; swept 0 to .1 where they may drift.",
    ),
    Parameter(
        "one_at_a_time", "imitation", "no", "Whether one member a week may reconsider, of all or each unit, not all.",
        kind="choice", unit="rule", choices=ONE_AT_A_TIME,
        why="Off: an organization does not queue; on: the processes of theory.",
    ),
    Parameter(
        "updating", "imitation", "pairwise",
        "Who is taken over: a partner compared with oneself (pairwise), all partners in the running (death_birth), or "
        "the whole unit and oneself (moran).",
        kind="choice", unit="rule", choices=UPDATING, source="SzaboToke1998",
        why="Comparing with one other needs the least knowledge; death_birth is the rule of the theorems on graphs, "
        "moran that of theorems without one.",
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
        "invasion_rate", "imitation", 0.0, "Weekly chance that a unit in which all are of one type gets another type.",
        unit="per week", source="FudenbergImhof2006",
        why="Off by default; 1 to count how often a single newcomer takes over (the limit of rare mutation).",
    ),
    Parameter(
        "invaded", "imitation", "unit", "What has to be of one type for that, and is then taken over or not.",
        kind="choice", unit="rule", choices=INVADED, source="FudenbergImhof2006",
        why="Units, as if they were apart; the organization where they compete.",
    ),
    Parameter(
        "split_rate", "imitation", 0.0,
        "Weekly chance that one unit, drawn by how its members fare, grows and splits: its like replaces another.",
        unit="per week", source="TraulsenNowak2006", why="Off by default; small in models of selection among groups.",
    ),
    Parameter(
        "payoff_rule", "imitation", "outcomes",
        "What is compared: what is delivered against the cost of effort, or the payoffs of a game: donation over ties, "
        "rounds or public_goods in encounters.",
        kind="choice", unit="rule", choices=PAYOFF_RULES, source="AllenEtAl2017",
        why="Outcomes are what members of an organization live on; the games are textbook cases.",
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
        "accumulated", "imitation", 0.0, "How far payoffs over ties add up, instead of being averaged over them.",
        source="OhtsukiHauertLiebermanNowak2006",
        why="Averaged, so that many ties are no advantage in themselves; 1 is the other convention of the theorems.",
    ),
    Parameter(
        "game_cost", "imitation", 1.0, "Cost of full effort in the games.", high=100.0,
        unit="value per effort", why="The unit of that game: only the ratio of benefit to cost counts.",
    ),
    Parameter(
        "game_benefit", "imitation", 3.0, "Benefit of others' full effort in games between two.", high=100.0,
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
def summed_payoff(payoff: float, strength: float, accumulated: float) -> float:
    """A mean payoff per tie, in value, for `accumulated` of 1 as the sum over all ties of total `strength`."""
    return payoff * (1.0 + accumulated * (strength - 1.0))


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


@rule
def invader_type(u: float, resident: int, conditional_share: float, free_rider_share: float, hump_share: float) -> int:
    """One of the types that have a share, but not the resident one, each with the same chance; -1 if there is none."""
    rest = 1.0 - conditional_share - free_rider_share - hump_share
    riding = 1 if free_rider_share > LEAST_SHARE and resident != FREE_RIDER else 0
    conditional = 1 if conditional_share > LEAST_SHARE and resident != CONDITIONAL else 0
    humped = 1 if hump_share > LEAST_SHARE and resident != HUMP_SHAPED else 0
    unconditional = 1 if rest > LEAST_SHARE and resident != UNCONDITIONAL else 0
    left = u * (riding + conditional + humped + unconditional)
    if riding + conditional + humped + unconditional == 0:
        return -1
    if left < riding:
        return FREE_RIDER
    if left < riding + conditional:
        return CONDITIONAL
    return HUMP_SHAPED if left < riding + conditional + humped else UNCONDITIONAL
