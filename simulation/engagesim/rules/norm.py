"""M1 Social norm: what people see others do becomes what they believe is done here."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule

PARAMETERS = (
    Parameter(
        "belief_update", "norm", 0.4, "Share of the gap between belief and observed effort closed each week.",
        unit="per week", basis="DERIVED", source="FischbacherGaechter2010",
        why="Beliefs in repeated public goods games follow last period's observed contributions with weight .3 to .5.",
    ),
    Parameter(
        "visibility_task", "seeing", 1.0, "Share of task effort that others can see.",
        source="StarStrauss1999", why="Task work is on stage by default; lower it for remote or solitary work.",
    ),
    Parameter(
        "visibility_relational", "seeing", 0.5, "Share of relational effort (helping, thanking) that others see.",
        source="Fletcher1999", why="Relational work is commonly invisible; half is a neutral middle, swept 0 to 1.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M1", "norm", "Social norm", "observe", PARAMETERS, ("belief_update",),
    "Linear averaging: beliefs converge to the stationary-weighted mean (DeGroot 1974).", "DeGroot1974",
)  # fmt: skip


@rule
def visible_effort(task: float, relational: float, visibility_task: float, visibility_relational: float) -> float:
    """Effort that others see, 0..1, for two efforts whose sum is 0..1."""
    return visibility_task * task + visibility_relational * relational


@rule
def observed_norm(weighted: float, strength: float, belief: float) -> float:
    """Mean visible effort of tie partners weighted by tie strength; who has no tie sees what they believe."""
    return weighted / strength if strength > 0.0 else belief


@rule
def update_belief(belief: float, norm: float, belief_update: float) -> float:
    """Belief about what is done here, 0..1, moved toward the observed norm (DeGroot 1974)."""
    return belief + belief_update * (norm - belief)
