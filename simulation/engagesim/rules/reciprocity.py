"""M17 Reciprocity and image: who is known to help gets help, and people help less where partners are known not to."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule
from .norm import observed_norm

ASSESSMENTS = ("scoring", "standing")
SCORING, STANDING = range(2)

PARAMETERS = (
    Parameter(
        "image_weight", "image", 0.3, "Share of help that does not reach a member of the worst image.",
        source="NowakSigmund1998",
        why="Indirect reciprocity: reputation guides help, but at work roles and duties do too; swept 0 to 1.",
    ),
    Parameter(
        "reciprocity", "image", 0.2, "Share of relational effort withheld among partners of the worst image.",
        source="NowakSigmund1998", why="Mild: most help at work follows tasks, not accounts; swept 0 to 1.",
    ),
    Parameter(
        "forgiveness", "image", 0.33, "Image that partners are granted at least when deciding how much to help.",
        basis="DERIVED", source="NowakSigmund1992",
        why="Generous tit for tat cooperates after a third of the defections under the usual payoffs; swept 0 to 1.",
    ),
    Parameter(
        "image_rate", "image", 0.1, "Speed at which the image follows what is known of the week.",
        unit="per week", why="A quarter of weeks makes or breaks a name; swept .02 to .5.",
    ),
    Parameter(
        "helpful_from", "image", 0.05, "Relational effort from which a week counts as fully helpful.",
        unit="effort", why="Two hours of a full week; half of what an average employee gives, swept .02 to .2.",
    ),
    Parameter(
        "assessment", "image", "scoring", "Whether refusing partners of bad image costs image (scoring) or not.",
        kind="choice", choices=ASSESSMENTS, unit="rule", source="MilinskiSemmannBakkerKrambeck2001",
        why="People who could have used standing behaved as if they scored; standing is the stabler rule in theory.",
    ),
    Parameter(
        "assessment_noise", "image", 0.05, "Chance that a week is taken for its opposite.",
        unit="probability", source="LeimarHammerstein2001",
        why="Errors decide which rule holds up; about one week in twenty, swept 0 to .2.",
    ),
    Parameter(
        "image_start", "image", 0.5, "Image of a newcomer.", static=True,
        why="Nothing is known, so neither good nor bad; swept 0 to 1.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M17", "reciprocity", "Reciprocity and image", "experience", PARAMETERS, ("image_weight", "reciprocity"),
    "Without errors image goes geometrically to what is assessed; with errors strict scoring ends at one half.",
    "NowakSigmund1998",
)  # fmt: skip


@rule
def image_counts(image_weight: float, reciprocity: float) -> bool:
    """Whether anything depends on image, so that people keep account of it."""
    return image_weight > 0.0 or reciprocity > 0.0


@rule
def reached(help_received: float, image: float, image_weight: float) -> float:
    """Help that reaches a member of this image (indirect reciprocity), in strength x effort."""
    return help_received * (1.0 - image_weight * (1.0 - image))


@rule
def willingness(partners_image: float, reciprocity: float, forgiveness: float) -> float:
    """Share of relational effort, 0..1, that is given to partners of this mean image."""
    return 1.0 - reciprocity * (1.0 - max(forgiveness, partners_image))


@rule
def help_expected(helpful_from: float, willingness: float, assessment: int) -> float:
    """Relational effort that counts as fully helpful; under standing, less from those whose partners earn less."""
    return helpful_from * willingness if assessment == STANDING else helpful_from


@rule
def assessed(given: float, expected: float, mistaken: bool) -> float:
    """What the week says of a member, 0..1: help given against help expected, or the opposite by mistake."""
    seen = 1.0 if given >= expected else given / expected
    return 1.0 - seen if mistaken else seen


@rule
def update_image(image: float, assessed: float, image_rate: float) -> float:
    """Image, 0..1, moved toward what the week says."""
    return image + image_rate * (assessed - image)


@rule
def hear_of(told: float, tie_strength: float, partners_image: float) -> float:
    """Mean image of partners, 0..1, by tie strength; without ties, the one last known."""
    return clip01(observed_norm(told, tie_strength, partners_image))
