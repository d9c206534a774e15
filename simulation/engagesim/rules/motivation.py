"""M7 (people's side) Needs and crowding: what rewards and demands do to wanting to contribute."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "need_rate", "motivation", 0.05, "Speed at which intrinsic motivation follows need satisfaction.",
        unit="per week", source="DeciRyan2000", why="Half of a change in about a quarter; swept .01 to .1.",
    ),
    Parameter(
        "disposition", "motivation", 0.2, "Share of what motivation tends to that is the member's own, not the week's.",
        basis="DERIVED", source="YoungEtAl2018",
        why="With it about half of the variance between employees is their own, as personality explains in surveys; "
        "swept 0 to .5.",
    ),
    Parameter(
        "crowding_strength", "motivation", 0.01, "Weekly loss of intrinsic motivation under fully controlling rewards.",
        unit="per week", basis="DERIVED", source="DeciKoestnerRyan1999",
        why="With it a lasting completion-contingent reward settles a third of a standard deviation (d = -.36) lower; "
        "swept from 0, since the effect is contested.",
    ),
    Parameter(
        "competence_base", "motivation", 0.5, "Feeling of competence without any feedback.",
        source="DeciRyan2000", why="Neutral middle: feedback moves it up.",
    ),
    Parameter(
        "relatedness_half", "motivation", 2.0, "Sum of tie strengths at which half of the need to belong is met.",
        low=0.01, high=50.0, unit="strength", why="Four ties of medium strength.",
    ),
    Parameter(
        "distrust_weight", "motivation", 0.0, "Share of need satisfaction that full distrust takes away.",
        source="ZhaoWayneGlibkowskiBravo2007",
        why="Off: needs are met by work and colleagues; swept 0 to 1 where the organization itself counts.",
    ),
    Parameter(
        "development_rate", "motivation", 0.1, "Share of the gap to the skill ceiling closed per unit of value spent.",
        high=10.0, unit="per value", basis="DERIVED", source="DeGripSauermann2012",
        why="One week of training raised performance by about a tenth: a week's output closes a tenth of the gap.",
    ),
    Parameter(
        "skill_ceiling", "motivation", 2.0, "Skill that development can reach.", low=1.0, high=10.0, unit="skill",
        why="Twice the average newcomer.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M7", "motivation", "Rewards, needs and crowding", "experience", PARAMETERS, ("need_rate", "crowding_strength"),
    "Loss of motivation: engagement > completion > performance contingent > none; unexpected rewards cost nothing.",
    "DeciKoestnerRyan1999",
)  # fmt: skip


@rule
def autonomy(demand: float, imposed: float, involvement: float) -> float:
    """Felt autonomy, 0..1: what imposed responsibility that is not wanted leaves.

    The control felt from rewards acts through `motivate` alone, so that one number carries the whole effect of crowding
    and zero takes all of it away.
    """
    return 1.0 - demand * imposed * (1.0 - involvement)


@rule
def competence(feedback: float, competence_base: float) -> float:
    """Felt competence, base..1, raised by informational feedback 0..1."""
    return competence_base + (1.0 - competence_base) * clip01(feedback)


@rule
def relatedness(tie_strength: float, relatedness_half: float) -> float:
    """Belonging, 0..1, saturating in the sum of tie strengths."""
    return tie_strength / (tie_strength + relatedness_half)


@rule
def need_satisfaction(autonomy: float, competence: float, relatedness: float) -> float:
    """Mean of the three basic needs (Deci, Ryan 2000); also the resources against exhaustion."""
    return (autonomy + competence + relatedness) / 3.0


@rule
def inclination(satisfaction: float, trait: float, disposition: float) -> float:
    """What intrinsic motivation tends to, 0..1: need satisfaction, and for a share `disposition` the member's trait.

    People differ in how engaged they are wherever they work (Young et al. 2018); without that the members of a unit
    would come to feel all alike.
    """
    return (1.0 - disposition) * satisfaction + disposition * trait


@rule
def under_distrust(satisfaction: float, trust: float, distrust_weight: float) -> float:
    """Need satisfaction, 0..1, that is left where the organization is not trusted."""
    return satisfaction * (1.0 - distrust_weight * (1.0 - trust))


@rule
def motivate(
    motivation: float, inclination: float, reward_control: float, need_rate: float, crowding_strength: float
) -> float:
    """Intrinsic motivation, 0..1: follows its inclination, crowded out by controlling rewards."""
    drift = need_rate * (inclination - motivation)
    return clip01(motivation + drift - crowding_strength * reward_control * motivation)


@rule
def engagement(motivation: float, exhaustion: float) -> float:
    """Engagement, 0..1: wanting to contribute, with the energy for it (dedication and vigour)."""
    return motivation * (1.0 - exhaustion)


@rule
def develop(skill: float, training: float, development_rate: float, skill_ceiling: float) -> float:
    """Skill after development worth `training`, with diminishing returns toward the ceiling."""
    return skill + clip01(development_rate * training) * max(0.0, skill_ceiling - skill)
