"""M10 Demands and resources: effort and contacts drain energy, resources buffer, rest restores."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "drain", "exhaustion", 0.06, "Exhaustion added per week by full demands without resources.", unit="per week",
        source="DemeroutiBakkerNachreinerSchaufeli2001", why="Full demands and no resources wear out within a quarter.",
    ),
    Parameter(
        "rest", "exhaustion", 0.08, "Share of exhaustion recovered each week.", unit="per week",
        source="DemeroutiBakkerNachreinerSchaufeli2001", why="Half recovered in two months of rest.",
    ),
    Parameter(
        "buffer", "exhaustion", 0.6, "Share of the drain that full resources take away.",
        source="BakkerDemeroutiEuwema2005", why="Resources buffer but do not abolish demands; swept 0 to 1.",
    ),
    Parameter(
        "contact_cost", "exhaustion", 0.02, "Attention that one full contact takes in a week.",
        unit="share of attention per contact", why="Fifty full contacts fill the week.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M10", "exhaustion", "Demands and resources", "experience", PARAMETERS, ("drain", "rest", "contact_cost"),
    "Constant demands d and resources r lead to drain d (1 - buffer r) / rest.",
    "DemeroutiBakkerNachreinerSchaufeli2001",
)  # fmt: skip


@rule
def contact_load(contacts: float, contact_cost: float) -> float:
    """Share of attention that this week's contacts take, 0..1."""
    return clip01(contact_cost * contacts)


@rule
def exhaust(
    exhaustion: float, effort: float, contact_load: float, resources: float, drain: float, buffer: float, rest: float
) -> float:
    """Exhaustion, 0..1, after a week of demands (effort and contacts) against resources and rest."""
    demands = effort + contact_load
    return clip01(exhaustion + drain * demands * (1.0 - buffer * resources) - rest * exhaustion)
