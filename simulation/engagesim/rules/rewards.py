"""M7 (design's side) Reward instruments: what is paid for what, what it costs, what it tells, how it controls."""

from __future__ import annotations

from ..parameter import Parameter, Value
from ..portable import grid
from ..rule import rule
from .creation import down
from .evaluation import EVALUATORS

CONTINGENCIES = ("engagement", "completion", "performance", "rank", "unexpected")
ENGAGEMENT, COMPLETION, PERFORMANCE, RANK, UNEXPECTED = range(5)

USES = ("pay", "development", "publicity")
PAY, DEVELOPMENT, PUBLICITY = range(3)

RANK_BINS = 1024
"""Scores are ranked in this many classes, so that the contest needs no sorting and no order of members."""

BUDGET = Parameter(
    "budget", "rewards", 0.0,
    "Cost of all instruments per active member and week; 0 leaves their values as written.",
    high=1.0, unit="value per member-week", why="Schemes compare fairly at equal cost; off unless a budget is set.",
)  # fmt: skip
DOSE = Parameter(
    "reward_dose", "rewards", 0.02, "Weekly reward at which half of its psychological effect is reached.",
    low=0.0001, high=1.0, unit="value per week",
    why="Small symbolic rewards already speak; a fiftieth of a week's output is a thank-you lunch.",
)  # fmt: skip
PARAMETERS = (BUDGET, DOSE)

INSTRUMENT = (
    Parameter("value", "instrument", 0.02, "Reward per unit of what is evaluated.", high=5.0, unit="value",
              why="One fiftieth of a week's full output."),
    Parameter("contingency", "instrument", "completion", "What the reward is given for.", kind="choice",
              choices=CONTINGENCIES, unit="kind", source="DeciKoestnerRyan1999", why="The commonest in the field."),
    Parameter("informational", "instrument", 0.0, "How much it tells people about their competence.",
              source="DeciKoestnerRyan1999", why="Must be claimed by the instrument."),
    Parameter("controlling", "instrument", 1.0, "How much it is felt as control.", source="DeciKoestnerRyan1999",
              why="Expected tangible rewards are controlling unless designed otherwise."),
    Parameter("novelty_half_life", "instrument", 0.0, "Weeks in which its attraction halves; 0 = never fades.",
              high=1000.0, unit="weeks", why="Unknown for most instruments, so off unless claimed."),
    Parameter("cost", "instrument", 1.0, "Cost to the organization per unit of reward.", high=10.0,
              unit="value per value", why="What a member receives costs the same to give."),
    Parameter("evaluation_use", "instrument", "pay", "What the evaluation is used for.", kind="choice", choices=USES,
              unit="use", source="ClevelandMurphyWilliams1989", why="Pay is the commonest use."),
    Parameter("top_share", "instrument", 0.1, "Share of members who win, for contingency rank.", low=0.001,
              unit="share", why="A top ten per cent list."),
    Parameter("chance", "instrument", 0.1, "Weekly chance of an unexpected reward.", low=0.001, unit="per week",
              why="About five times a year: too rare to be counted on."),
    Parameter("evaluator", "instrument", "design", "Through whose eyes it sees people; the design's if not its own.",
              kind="choice", choices=("design", *EVALUATORS), unit="who", source="Murphy2008",
              why="One evaluation for all uses unless a scheme has its own."),
)  # fmt: skip
"""Attributes of one instrument, in the order of their columns; `novelty` (a computed 0..1) follows as the last."""

VALUE, CONTINGENCY, INFORMATIONAL, CONTROLLING, HALF_LIFE, COST, USE, TOP_SHARE, CHANCE, EVALUATOR, NOVELTY = range(11)

BY_DESIGN = 0
"""Code of an instrument that goes by the design's evaluator; its own have the codes of `EVALUATORS` plus one."""

INSTRUMENT_PRESETS: dict[str, dict[str, Value]] = {
    "pay": {"value": 0.05, "contingency": "completion", "controlling": 0.6},
    "bonus": {"value": 0.05, "contingency": "performance", "controlling": 1.0, "informational": 0.2},
    "badges": {"value": 0.02, "contingency": "completion", "controlling": 0.9, "informational": 0.15,
               "novelty_half_life": 8.0, "evaluation_use": "publicity"},
    "leaderboard": {"value": 0.05, "contingency": "rank", "controlling": 1.0, "informational": 0.2,
                    "novelty_half_life": 16.0, "evaluation_use": "publicity"},
    "recognition": {"value": 0.02, "contingency": "unexpected", "controlling": 0.0, "informational": 0.8,
                    "evaluation_use": "publicity"},
    "development": {"value": 0.02, "contingency": "completion", "controlling": 0.1, "informational": 0.5,
                    "evaluation_use": "development"},
    "social_scoring": {"value": 0.02, "contingency": "performance", "controlling": 1.0, "informational": 0.1},
}  # fmt: skip
"""Named starting points; every attribute can be overridden. Kinds follow Deci, Koestner, Ryan 1999; sizes ASSUMED."""


@rule
def contingency_control(contingency: int) -> float:
    """How controlling a contingency is next to engagement-contingent reward.

    DERIVED from the effects on free-choice motivation in Deci, Koestner, Ryan 1999 (-.40, -.36, -.28, unexpected 0);
    rank is ASSUMED equal to performance.
    """
    control = 1.0
    control = 0.9 if contingency == COMPLETION else control
    control = 0.7 if contingency in (PERFORMANCE, RANK) else control
    return 0.0 if contingency == UNEXPECTED else control


@rule
def evaluated(
    contingency: int, effort: float, task: float, value: float, score: float, wins: bool, lucky: bool, chance: float
) -> float:
    """Units that a contingency rewards this week.

    Taking part (1 for any effort), task effort, value recognized, winning, or score / chance for the lucky.
    """
    units = 1.0 if effort > 0.0 else 0.0
    units = task if contingency == COMPLETION else units
    units = value if contingency == PERFORMANCE else units
    units = (1.0 if wins else 0.0) if contingency == RANK else units
    return (score / chance if lucky else 0.0) if contingency == UNEXPECTED else units


@rule
def reward_amount(value: float, units: float, scale: float) -> float:
    """Reward of one member by one instrument, on the grid; `scale` fits the scheme into its budget."""
    return down((value * units) * scale)


@rule
def raw_cost(value: float, units: float, cost: float) -> float:
    """Cost of that reward before the budget, on the grid."""
    return grid((value * units) * cost)


@rule
def budget_scale(budget: float, members: float, cost: float) -> float:
    """Factor that makes this week's cost equal to budget x members; 1 without a budget, 0 where nothing is earned."""
    if budget <= 0.0:
        return 1.0
    return budget * members / cost if cost > 0.0 else 0.0


@rule
def dose(amount: float, reward_dose: float) -> float:
    """Psychological effect of an amount, 0..1, saturating."""
    return amount / (amount + reward_dose)


@rule
def rank_bin(score: float) -> int:
    """Class of a score in the contest, 0..RANK_BINS - 1."""
    return min(RANK_BINS - 1, int(score * RANK_BINS))


@rule
def feeds_pay(value: float, contingency: int, use: int) -> bool:
    """Whether an instrument turns scores into pay."""
    return value > 0.0 and use == PAY and contingency in (PERFORMANCE, RANK, UNEXPECTED)
