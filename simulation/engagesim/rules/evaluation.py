"""M6 Evaluation: who evaluates, what of the work they see, and what it does to people to be seen so."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

EVALUATORS = ("manager", "peers", "beneficiary", "activity_score", "self")
MANAGER, PEERS, BENEFICIARY, ACTIVITY_SCORE, SELF = range(5)

PARAMETERS = (
    Parameter(
        "evaluation", "seeing", 1.0, "How far an evaluator's view replaces what everybody can see in what is scored.",
        source="Murphy2008", why="Organizations score people through somebody's eyes; 0 scores visible effort.",
    ),
    Parameter(
        "evaluator", "seeing", "manager", "Through whose eyes the organization sees its members.", kind="choice",
        choices=EVALUATORS, unit="who", source="Murphy2008", why="Ratings by the manager are the commonest.",
    ),
    Parameter(
        "manager_capacity", "seeing", 7.0, "Members whose visible work one manager can follow.", low=1.0, high=100.0,
        unit="members", why="Usual advice on spans of control runs from 5 to 8; swept 3 to 15.",
    ),
    Parameter(
        "distant_sight", "seeing", 0.3, "Share of visible work that is noticed of members without a manager.",
        why="Outsiders are met now and then; swept 0 to 1.",
    ),
    Parameter(
        "peer_half", "seeing", 2.0, "Sum of tie strengths at which partners see half of one's work.", low=0.01,
        high=50.0, unit="strength", why="Four ties of medium strength, as for belonging; swept .5 to 8.",
    ),
    Parameter(
        "self_bias", "seeing", 0.06, "Share by which people overrate their own contribution.", high=2.0,
        basis="DERIVED", source="HeidemeierMoser2009",
        why="Self ratings exceed others' by d = .32 of a spread of about a fifth of output; swept 0 to .3.",
    ),
    Parameter(
        "evaluation_noise", "seeing", 0.1, "Spread of the errors of a weekly score.", unit="share of full effort",
        basis="DERIVED", source="ViswesvaranOnesSchmidt1996",
        why="Two supervisors agree at .52: errors spread about as widely as contributions do; swept 0 to .3.",
    ),
    Parameter(
        "privacy", "seeing", 0.0, "Share of what others could see that members may keep to themselves.",
        why="Off: an organization has to grant it; swept 0 to .8.",
    ),
    Parameter(
        "gaming_rate", "seeing", 0.05, "Speed at which members move effort from what is not scored to what is.",
        unit="per week", source="HolmstromMilgrom1991",
        why="That they do is well known, how fast is not: about a quarter; swept 0 to .2.",
    ),
    Parameter(
        "surveillance", "seeing", 0.1, "Control felt when all of one's work is seen by others and scores feed pay.",
        unit="control", source="RavidWhiteTomczakMilesBehrend2023",
        why="Being monitored goes with a little less autonomy and more stress: small; swept 0 to 1.",
    ),
    Parameter(
        "public_score", "seeing", 0.0, "Chance that who meets just anyone picks the higher scored of two.",
        source="BarabasiAlbert1999", why="Off by default: a public influence score is a design choice; swept 0 to 1.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M6", "evaluation", "Evaluation", "evaluate", PARAMETERS, ("evaluation", "public_score"),
    "A fair judge of oneself without noise scores the contribution; an activity score misses all relational effort.",
    "Murphy2008",
)  # fmt: skip

HALF_OF_TASKS = 0.5
"""Share of the task work within their reach that those who were helped can judge: ASSUMED, they see its results."""

MOST_RECEIVED = 8.0
"""What is received in a week counts up to this much in correlations, so that sums of squares stay exact."""


@rule
def manager_reach(span: float, manager_capacity: float, distant_sight: float) -> float:
    """Share of visible work that a manager of `span` members follows, 0..1; without a manager, `distant_sight`."""
    return min(1.0, manager_capacity / span) if span > 0.0 else distant_sight


@rule
def acquaintance(tie_strength: float, peer_half: float) -> float:
    """How much of one's work tie partners know, 0..1, saturating in the sum of tie strengths."""
    return tie_strength / (tie_strength + peer_half)


@rule
def sight_of_task(
    evaluator: int, visibility_task: float, reach: float, acquaintance: float, privacy: float, self_bias: float
) -> float:
    """Task effort that an evaluator sees per unit given, 0..1, or 1 + bias in one's own eyes."""
    sight = visibility_task * reach
    sight = visibility_task * acquaintance if evaluator == PEERS else sight
    sight = HALF_OF_TASKS * visibility_task * acquaintance if evaluator == BENEFICIARY else sight
    sight = 1.0 if evaluator == ACTIVITY_SCORE else sight
    return 1.0 + self_bias if evaluator == SELF else sight * (1.0 - privacy)


@rule
def sight_of_relational(
    evaluator: int, visibility_relational: float, reach: float, acquaintance: float, privacy: float, self_bias: float
) -> float:
    """Relational effort that an evaluator sees per unit given: all that ties reach for who was there, none for logs."""
    sight = visibility_relational * reach
    sight = acquaintance if evaluator in (PEERS, BENEFICIARY) else sight
    sight = 0.0 if evaluator == ACTIVITY_SCORE else sight
    return 1.0 + self_bias if evaluator == SELF else sight * (1.0 - privacy)


@rule
def score(
    visible: float, task: float, relational: float, sight_task: float, sight_relational: float, noise: float,
    evaluation: float,
) -> float:  # fmt: skip
    """What the organization takes for a member's contribution, 0..1: the visible, moved toward the evaluator's view."""
    view = (sight_task * task + sight_relational * relational) + noise
    return clip01(visible + evaluation * (view - visible))


@rule
def recognized(value: float, score: float, effort: float, evaluation: float) -> float:
    """Value that rewards of performance go by: as much of it as is seen of the contribution behind it."""
    seen = value * score / effort if effort > 0.0 else value
    return value + evaluation * (seen - value)


@rule
def missed(effort: float, visibility: float, sight: float, evaluation: float) -> float:
    """Distance, 0 or more, between effort of one kind and what is seen of it."""
    return abs(((visibility + evaluation * (sight - visibility)) - 1.0) * effort)


@rule
def gain_of_gaming(dose: float, sight_task: float, sight_relational: float) -> float:
    """What is to be gained, 0..1, by moving effort into tasks: rewards to expect, and help that counts for less."""
    return clip01(dose * max(0.0, sight_task - sight_relational))


@rule
def game(gamed: float, gain: float, gaming_rate: float) -> float:
    """Share of relational effort that is moved into tasks for the score, 0..1: follows what is to be gained."""
    return gamed + gaming_rate * (gain - gamed)


@rule
def gamed_task_share(task_share: float, gamed: float, evaluation: float) -> float:
    """Share of effort that goes into tasks, 0..1, after gaming."""
    return task_share + (evaluation * gamed) * (1.0 - task_share)


@rule
def watched(evaluator: int, sight_task: float, sight_relational: float) -> float:
    """Share of one's work under the eyes of others, 0..1; nobody is under surveillance by oneself."""
    return 0.0 if evaluator == SELF else 0.5 * (sight_task + sight_relational)


@rule
def felt_control(control: float, watching: float, watched: float) -> float:
    """Control felt from rewards and, where scores feed pay, from being watched, 0..1."""
    return clip01(control + watching * watched)


@rule
def takes_other(score: float, others_score: float) -> bool:
    """Whether the second of two who could be met stands out."""
    return others_score > score


@rule
def received(rewards: float, shared: float) -> float:
    """Rewards and shares of a week, as correlations count them."""
    return min(MOST_RECEIVED, rewards + shared)
