"""M15, the organization's side: whose estimates weigh in its decisions, and four principles of engaging people.

The principles (Axelrod 2010): widen the circle of involvement, connect people to each other and to ideas, create
communities for action, practise democracy.
"""

from __future__ import annotations

from ..parameter import Parameter
from ..portable import clip01, grid
from ..rule import rule

BREADTHS = ("none", "committee", "critical_mass")
NO_CIRCLE, COMMITTEE, CRITICAL_MASS = range(3)

LOWEST = 40
"""Level from which on formal weights vanish on the value grid."""

PARAMETERS = (
    Parameter(
        "error_cost", "deciding", 0.1, "Loss of value per squared error of the decision, as a ratio to what is left.",
        high=10.0, unit="per squared unit of need",
        why="A decision as wrong as one newcomer's guess costs a tenth of the value; swept 0 to 1.",
    ),
    Parameter(
        "decentralization", "deciding", 0.2, "How far members decide by equal vote and not by level.",
        why="Decisions mostly follow the reporting line; swept 0 to 1.",
    ),
    Parameter(
        "credibility_weight", "deciding", 0.2, "Share of the decision weight that follows earned credibility.",
        why="Advice of the experienced counts, authority counts more; swept 0 to 1.",
    ),
    Parameter(
        "credibility_rate", "deciding", 0.05, "Speed at which credibility follows how right a member was.",
        unit="per week", why="A reputation takes about a quarter to form; swept 0 to .2.",
    ),
    Parameter(
        "outsider_vote", "deciding", 0.0, "Decision weight of customers and partners against that of employees.",
        why="Outsiders decide nothing unless a design lets them in.",
    ),
    Parameter(
        "breadth", "deciding", "none", "Who is invited into the circle that prepares decisions.", kind="choice",
        unit="circle", choices=BREADTHS, source="Axelrod2010", why="Off by default: an organization has to choose it.",
    ),
    Parameter(
        "committee_share", "deciding", 0.05, "Share of members, drawn by lot, in a committee.", source="Axelrod2010",
        why="A steering committee of a handful per hundred.",
    ),
    Parameter(
        "critical_share", "deciding", 0.6, "Share of members, drawn by lot, that makes a critical mass.",
        source="Axelrod2010", why="Clearly more than half; swept .3 to 1.",
    ),
    Parameter(
        "linking", "deciding", 0.0, "Share of the gap to the circle's mean estimate that its members close each week.",
        unit="per week", source="Axelrod2010", why="Off by default: meetings across the circle have to be organized.",
    ),
    Parameter(
        "action_groups", "deciding", 0.0, "How far members of the circle work in groups that carry out decisions.",
        source="Axelrod2010", why="Off by default: groups have to be organized.",
    ),
    Parameter(
        "group_worth", "deciding", 0.2, "Share of unmet needs that full action groups meet.", source="DeciRyan2000",
        why="Belonging is one need of three, met in part; swept 0 to .4.",
    ),
    Parameter(
        "democracy", "deciding", 0.0, "How far the circle's members decide by equal vote among themselves.",
        source="Axelrod2010", why="Off by default: decision rights have to be handed over.",
    ),
    Parameter(
        "voice_worth", "deciding", 0.2, "Share of unmet needs that full co-decision meets.", source="Wagner1994",
        why="Autonomy is one need of three, and effects of participation are small to moderate; swept 0 to .4.",
    ),
    Parameter(
        "committee_suspicion", "deciding", 0.0, "Trust that members outside a committee lose each week.",
        unit="per week", source="Axelrod2010", why="Off by default, since no figure is known; sweep 0 to .02.",
    ),
)  # fmt: skip


@rule
def deliberates(
    listening: float, sensing: float, error_cost: float, linking: float, action_groups: float, democracy: float,
    committee_suspicion: float,
) -> bool:  # fmt: skip
    """Whether estimates matter to anybody this week."""
    return listening + sensing + error_cost + linking + action_groups + democracy + committee_suspicion > 0.0


@rule
def circle_share(breadth: int, committee_share: float, critical_share: float) -> float:
    """Share of members in the circle, 0..1."""
    invited = committee_share if breadth == COMMITTEE else 0.0
    return critical_share if breadth == CRITICAL_MASS else invited


@rule
def meet_needs(satisfaction: float, part: float, worth: float) -> float:
    """Need satisfaction, 0..1, after taking part: a share `part` times `worth` of what was missing is met."""
    return satisfaction + (1.0 - satisfaction) * part * worth


@rule
def circle_vote(democracy: float, share: float) -> float:
    """How far the circle decides by its own vote, 0..1; not at all where there is no circle."""
    return democracy if share > 0.0 else 0.0


@rule
def suspicion(breadth: int, committee_suspicion: float) -> float:
    """Trust that outsiders of the circle lose this week, 0..1: only a committee is suspected."""
    return committee_suspicion if breadth == COMMITTEE else 0.0


@rule
def grow_suspicious(trust: float, in_circle: float, suspicion: float) -> float:
    """Trust, 0..1, after the suspicion of who is not in the circle."""
    return clip01(trust - (1.0 - in_circle) * suspicion)


@rule
def formal_weight(level: int) -> float:
    """Decision weight of a level in the reporting line, 0..1: half of that of the level above; 0 outside the line."""
    return 1.0 / (1 << min(level, LOWEST)) if level >= 0 else 0.0


@rule
def decision_weight(
    formal: float, credibility: float, in_circle: float, admitted: float, decentralization: float,
    credibility_weight: float, democracy: float,
) -> float:  # fmt: skip
    """Weight of a member's estimate in the decision, 0..1, on the grid.

    Level or equal vote, and earned credibility beside it; a democratic circle votes instead, one member one vote.
    `democracy` is that of `circle_vote`; `admitted` is 1 for employees and the outsiders' vote for all others.
    """
    line = (1.0 - decentralization) * formal + decentralization
    everyone = (1.0 - credibility_weight) * line + credibility_weight * credibility
    return grid(admitted * ((1.0 - democracy) * everyone + democracy * in_circle))


@rule
def mean_estimate(before: float, truth: float, weighted_error: float, weight: float) -> float:
    """Weighted mean of estimates, in units of need, from the sum of their weighted errors.

    Errors are added up, not estimates, so that sums stay small however far the need has wandered. Where nobody has a
    weight the mean of before stands.
    """
    return truth + weighted_error / weight if weight > 0.0 else before


@rule
def right_share(error: float, error_cost: float) -> float:
    """Share of the possible value, 0..1, that is left by a decision that errs by `error`."""
    return 1.0 / (1.0 + error_cost * (error * error))
