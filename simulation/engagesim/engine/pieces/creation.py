"""M4 in loops: value and what of it goes out."""

from __future__ import annotations

from ...design.catalogue import slot
from ...population import Floats
from ...rules.creation import quality, spill_rate, spilled_part, support, value_created
from ...rules.ties import attention
from ..arrays import ATTENTION, SPILL_RATE, TASK
from ..jit import piece

HELP_VALUE = slot("help_value")
HELP_HALF = slot("help_half")
QUALITY_FLOOR = slot("quality_floor")
CAPTURE_SHARE = slot("capture_share")
OWN_SHARE = slot("own_share")
TIE_ATTENTION = slot("tie_attention")


@piece
def create(
    levers: Floats, skill: Floats, motivation: Floats, help_received: Floats, tie_strength: Floats, output: Floats,
    public: Floats, value: Floats,
) -> None:  # fmt: skip
    """Write the value of a block, and per unit of tie strength what spills over."""
    help_value = levers[HELP_VALUE]
    half = levers[HELP_HALF]
    floor = levers[QUALITY_FLOOR]
    own = levers[OWN_SHARE]
    captured = levers[CAPTURE_SHARE]
    for i in range(len(value)):
        helped = support(help_received[i], half)
        worth = value_created(skill[i], quality(motivation[i], floor), public[i, TASK], helped, help_value, output[i])
        value[i] = worth
        public[i, SPILL_RATE] = spill_rate(spilled_part(worth, own, captured), tie_strength[i])
        public[i, ATTENTION] = attention(tie_strength[i], levers[TIE_ATTENTION])
