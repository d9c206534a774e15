"""M15 Estimates and decisions: people learn what the purpose needs, from each other and from what they see."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule
from . import decisions

NEED = "units of need"

PARAMETERS = (
    Parameter(
        "estimate_sd", "deciding", 1.0, "Spread of newcomers' estimates of what the purpose needs.", high=10.0,
        unit=NEED, static=True, why="Sets the scale: all other distances are in these units.",
    ),
    Parameter(
        "estimate_bias", "deciding", 0.0, "Mean of newcomers' estimates; the need itself starts at zero.", low=-10.0,
        high=10.0, unit=NEED, static=True, source="Surowiecki2004",
        why="Unbiased crowds are the classic case; sweep -1 to 1 for a crowd that errs together.",
    ),
    Parameter(
        "estimate_evenness", "deciding", 0.0, "How evenly newcomers' estimates are spread: 0 normal, 1 even.",
        static=True, source="DeffuantNeauAmblardWeisbuch2000",
        why="Normal: errors of many small causes; models of bounded confidence begin with even ones.",
    ),
    Parameter(
        "listening", "deciding", 0.1, "Share of the gap to the mean estimate of tie partners closed each week.",
        unit="per week", source="DeGroot1974", why="Views on strategy move over a quarter; swept 0 to .5.",
    ),
    Parameter(
        "own_view", "deciding", 0.0, "Strength with which one hears oneself, against a tie of strength 1.", high=100.0,
        unit="strength", source="DeGroot1974",
        why="Speed of listening already leaves room for the own view; 1 in the textbook case, where all weigh alike.",
    ),
    Parameter(
        "earned_view", "deciding", 0.0, "What is added to that strength for a member of full credibility.", high=100.0,
        unit="strength", source="BeckerBrackbillCentola2017",
        why="Off by default; in experiments the more accurate revise less.",
    ),
    Parameter(
        "confidence_bound", "deciding", 0.0, "Difference beyond which a partner is not heard; 0 hears all.", high=10.0,
        unit=NEED, source="HegselmannKrause2002", why="Off by default; with a spread of 1, sweep .25 to 2.",
    ),
    Parameter(
        "ranking_bias", "deciding", 0.0, "How far the medium shows the like-minded rather than those who differ.",
        why="A property of the medium that a design chooses; swept 0 to 1.",
    ),
    Parameter(
        "sensing", "deciding", 0.05, "Share of the gap to one's own signal of the need closed each week.",
        unit="per week", why="Own experience moves views half as fast as colleagues do; swept 0 to .2.",
    ),
    Parameter(
        "sensing_noise", "deciding", 1.0, "Noise of a weekly signal around the need.", high=10.0, unit=NEED,
        why="One week tells a member no more than newcomers know; swept .25 to 4.",
    ),
    Parameter(
        "need_drift", "deciding", 0.05, "Weekly random step of what the purpose needs.", unit=NEED,
        why="In a year the need moves by about a third of the spread of views; swept 0 to .2.",
    ),
    *decisions.PARAMETERS,
)  # fmt: skip

MECHANISM = Mechanism(
    "M15", "estimates", "Estimates and decisions", "inform", PARAMETERS,
    ("listening", "sensing", "error_cost", "linking", "action_groups", "democracy", "committee_suspicion"),
    "Listening alone ends in the stationary-weighted mean; n independent equal votes err by s / sqrt(n).",
    "DeGroot1974",
)  # fmt: skip

FARTHEST = 500.0
"""Estimates and the need stay within this distance of zero, so that their squares fit on the value grid."""


@rule
def within_reach(x: float) -> float:
    """An estimate, or the need itself, held within -500..500 units of need."""
    return min(FARTHEST, max(-FARTHEST, x))


@rule
def first_estimate(estimate_bias: float, estimate_sd: float, estimate_evenness: float, z: float, swing: float) -> float:
    """A newcomer's estimate, -500..500 units of need: the common bias plus a number of standard deviations.

    That number is `z`, a normal draw, or `swing`, an even one, or between the two.
    """
    return within_reach(estimate_bias + estimate_sd * ((1.0 - estimate_evenness) * z + estimate_evenness * swing))


@rule
def own_weight(own_view: float, earned_view: float, credibility: float) -> float:
    """Strength with which one hears oneself, at least 0: more for who was right."""
    return own_view + earned_view * credibility


@rule
def drift(truth: float, need_drift: float, z: float) -> float:
    """What the purpose needs this week, -500..500 units of need: a random walk."""
    return within_reach(truth + need_drift * z)


@rule
def heard_weight(strength: float, difference: float, confidence_bound: float, ranking_bias: float) -> float:
    """Weight with which a partner is heard, 0..1: the tie's strength, less for who thinks differently.

    Beyond the bound nobody is heard (Hegselmann, Krause 2002); below it the medium may rank the like-minded first.
    """
    apart = abs(difference)
    if confidence_bound > 0.0 and apart > confidence_bound:
        return 0.0
    return strength * (1.0 - ranking_bias * apart / (apart + 1.0))


@rule
def heard_view(weighted: float, weight: float, estimate: float) -> float:
    """Weighted mean of the estimates heard, in units of need; who hears nobody keeps the own."""
    return weighted / weight if weight > 0.0 else estimate


@rule
def draw_nearer(estimate: float, view: float, speed: float) -> float:
    """Estimate in units of need, moved toward a view by a share `speed`, 0..1, of the gap."""
    return estimate + speed * (view - estimate)


@rule
def signal(truth: float, sensing_noise: float, z: float) -> float:
    """What a member sees of the need this week, in units of need."""
    return truth + sensing_noise * z


@rule
def update_credibility(credibility: float, distance: float, credibility_rate: float) -> float:
    """Credibility, 0..1: follows how close the estimate was to the need, so that authority follows results."""
    return credibility + credibility_rate * (1.0 / (1.0 + abs(distance)) - credibility)
