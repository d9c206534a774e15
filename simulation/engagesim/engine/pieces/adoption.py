"""M19 in loops: the levers that adoption moves, and what it does to output."""

from __future__ import annotations

from ...design.catalogue import slot
from ...population import Floats
from ...rules.adoption import EFFICIENCY_FIT, adopted_output, cheaper_contact, drawn, spread
from ..jit import piece

RATE = slot("adoption_rate")
STRATEGY = slot("adoption_strategy")
INERTIA = slot("host_inertia")
CAPTURE = slot("capture_rate")
VISIBILITY = slot("fit_visibility")
CONTACT = slot("fit_contact")
GAIN = slot("fit_gain")
DIP = slot("adoption_dip")
SEEN = (slot("visibility_task"), slot("visibility_relational"))
CONTACT_COST = slot("contact_cost")
DESIGN = ("capture_share", "own_share", "return_share", "imposed")
DRAWN = tuple((slot(name), slot(f"target_{name}")) for name in DESIGN)
"""Levers that a catalyst moves, each with its target."""


@piece
def adopt(levers: Floats, adoption: float) -> None:
    """Change the levers of a week by what has been adopted: costs and visibility, or the design itself."""
    if int(levers[STRATEGY]) == EFFICIENCY_FIT:
        for lever in SEEN:
            levers[lever] = drawn(levers[lever], 1.0, levers[VISIBILITY] * adoption)
        levers[CONTACT_COST] = cheaper_contact(levers[CONTACT_COST], adoption, levers[CONTACT])
    else:
        for lever, target in DRAWN:
            levers[lever] = drawn(levers[lever], levers[target], adoption)


@piece
def change_output(levers: Floats, adoption: float, output: Floats) -> None:
    """Raise or lower the output of a block."""
    factor = adopted_output(adoption, int(levers[STRATEGY]), levers[GAIN], levers[DIP])
    for i in range(len(output)):
        output[i] *= factor


@piece
def advance(levers: Floats, adoption: Floats) -> None:
    """Let adoption spread by a week."""
    adoption[0] = spread(adoption[0], levers[RATE], levers[INERTIA], levers[CAPTURE])
