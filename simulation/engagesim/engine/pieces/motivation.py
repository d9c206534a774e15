"""M7 in loops, people's side: needs, motivation, skill."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.motivation import (
    autonomy,
    competence,
    develop,
    inclination,
    motivate,
    need_satisfaction,
    relatedness,
    under_distrust,
)
from ..jit import piece

IMPOSED = slot("imposed")
NEED_RATE = slot("need_rate")
DISPOSITION = slot("disposition")
DISTRUST = slot("distrust_weight")
CROWDING = slot("crowding_strength")
COMPETENCE_BASE = slot("competence_base")
RELATEDNESS_HALF = slot("relatedness_half")
DEVELOPMENT_RATE = slot("development_rate")
SKILL_CEILING = slot("skill_ceiling")


@piece
def satisfy(
    levers: Floats, demand: Floats, role: Any, involvement: Floats, feedback: Floats,
    tie_strength: Floats, satisfaction: Floats,
) -> None:  # fmt: skip
    """Write the need satisfaction of a block."""
    imposed = levers[IMPOSED]
    for i in range(len(satisfaction)):
        satisfaction[i] = need_satisfaction(
            autonomy(demand[role[i]], imposed, involvement[i]),
            competence(feedback[i], levers[COMPETENCE_BASE]),
            relatedness(tie_strength[i], levers[RELATEDNESS_HALF]),
        )


@piece
def trust_needed(levers: Floats, trust: Floats, satisfaction: Floats) -> None:
    """Take from the need satisfaction of a block what distrust takes away."""
    for i in range(len(satisfaction)):
        satisfaction[i] = under_distrust(satisfaction[i], trust[i], levers[DISTRUST])


@piece
def motivate_week(
    levers: Floats, control: Floats, satisfaction: Floats, training: Floats, trait: Floats, motivation: Floats,
    skill: Floats,
) -> None:  # fmt: skip
    """Let motivation and skill of a block answer."""
    rate = levers[NEED_RATE]
    own = levers[DISPOSITION]
    crowding = levers[CROWDING]
    for i in range(len(motivation)):
        aim = inclination(satisfaction[i], trait[i], own)
        motivation[i] = motivate(motivation[i], aim, control[i], rate, crowding)
        skill[i] = develop(skill[i], training[i], levers[DEVELOPMENT_RATE], levers[SKILL_CEILING])
