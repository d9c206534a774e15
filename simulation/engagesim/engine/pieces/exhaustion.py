"""M10 in loops: contact load and exhaustion."""

from __future__ import annotations

from ...design.catalogue import slot
from ...population import Floats
from ...rules.exhaustion import contact_load, exhaust
from ...rules.media import attention_taken
from ..arrays import EFFORT
from ..jit import piece

DRAIN = slot("drain")
REST = slot("rest")
BUFFER = slot("buffer")
CONTACT_COST = slot("contact_cost")


@piece
def load_week(levers: Floats, contacts: Floats, message_load: Floats, load: Floats) -> None:
    """Let the contact load of a block answer to the week."""
    for i in range(len(load)):
        load[i] = attention_taken(contact_load(contacts[i], levers[CONTACT_COST]), message_load[i])


@piece
def exhaust_week(
    levers: Floats, public: Floats, strain: Floats, satisfaction: Floats, load: Floats, exhaustion: Floats
) -> None:
    """Let the exhaustion of a block answer to the week."""
    for i in range(len(load)):
        exhaustion[i] = exhaust(
            exhaustion[i], public[i, EFFORT] + strain[i], load[i], satisfaction[i], levers[DRAIN], levers[BUFFER],
            levers[REST],
        )  # fmt: skip
