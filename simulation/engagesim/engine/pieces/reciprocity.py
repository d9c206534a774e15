"""M17 in loops: who helps how much, whom help reaches, and what that does to images."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import uniform
from ...population import Floats, Members
from ...rules.reciprocity import (
    assessed,
    hear_of,
    help_expected,
    image_counts,
    reached,
    update_image,
    willingness,
)
from ..arrays import IMAGE, RELATIONAL
from ..jit import piece

IMAGE_WEIGHT = slot("image_weight")
RECIPROCITY = slot("reciprocity")
FORGIVENESS = slot("forgiveness")
IMAGE_RATE = slot("image_rate")
HELPFUL_FROM = slot("helpful_from")
ASSESSMENT = slot("assessment")
NOISE = slot("assessment_noise")


@piece
def counts(levers: Floats) -> bool:
    """Whether anything depends on image this week."""
    return image_counts(levers[IMAGE_WEIGHT], levers[RECIPROCITY])


@piece
def reciprocate(levers: Floats, partners_image: Floats, willing: Floats) -> None:
    """Lower a block's willingness to help among partners of bad image."""
    for i in range(len(willing)):
        willing[i] *= willingness(partners_image[i], levers[RECIPROCITY], levers[FORGIVENESS])


@piece
def guide_help(levers: Floats, image: Floats, help_received: Floats) -> None:
    """Keep from a block the help that does not reach members of bad image."""
    for i in range(len(image)):
        help_received[i] = reached(help_received[i], image[i], levers[IMAGE_WEIGHT])


@piece
def judge(levers: Floats, key: Any, a: int, b: int, members: Members, public: Floats, heard: Floats) -> None:
    """Update the images of members a..b - 1 by the week's help, and then what they know of their partners'."""
    noise, rate = levers[NOISE], levers[IMAGE_RATE]
    listening = levers[RECIPROCITY] > 0.0
    for i in range(a, b):
        willing = willingness(members.partners_image[i], levers[RECIPROCITY], levers[FORGIVENESS])
        expected = help_expected(levers[HELPFUL_FROM], willing, int(levers[ASSESSMENT]))
        mistaken = noise > 0.0 and uniform(key, i) < noise
        members.image[i] = update_image(members.image[i], assessed(public[i, RELATIONAL], expected, mistaken), rate)
        if listening:
            members.partners_image[i] = hear_of(heard[IMAGE, i - a], members.tie_strength[i], members.partners_image[i])
