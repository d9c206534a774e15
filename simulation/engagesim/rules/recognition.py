"""M27 Recognition seen: who is recognized shows what good work is, and praise for all tells nobody anything."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule
from .rewards import PUBLICITY

PARAMETERS = (
    Parameter(
        "recognition_sight", "rewards", 0.0, "Share of the gap between belief and the effort of who is recognized "
        "that onlookers close.", unit="per week", source="BradlerDurNeckermannNon2016",
        why="Off; onlookers do change, by how much depends on the place; swept 0 to .3.",
    ),
    Parameter(
        "selectivity", "rewards", 0.0, "How much less a public reward tells, the more get it.",
        source="BradlerDurNeckermannNon2016", why="Off; at 1 what everybody gets tells nothing.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M27", "recognition", "Recognition seen", "settle", PARAMETERS, ("recognition_sight", "selectivity"),
    "Where all are recognized the example is the mean: beliefs that hold stay; with selectivity 1 nobody learns of it.",
    "BradlerDurNeckermannNon2016",
)  # fmt: skip


@rule
def is_public(value: float, use: int) -> bool:
    """Whether a reward instrument is there to be seen."""
    return value > 0.0 and use == PUBLICITY


@rule
def telling(selectivity: float, share: float) -> float:
    """How much a public reward tells who gets it, 0..1, where this share of the members does."""
    return 1.0 - selectivity * share


@rule
def follow_example(belief: float, example: float, recognition_sight: float) -> float:
    """Belief about what is done here, 0..1, moved toward the mean effort of who was recognized."""
    return belief + recognition_sight * (example - belief)
