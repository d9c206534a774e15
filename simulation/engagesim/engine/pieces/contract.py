"""M9 in loops: what is delivered against what is owed, and what that does to trust and expectations."""

from __future__ import annotations

from ...design.catalogue import slot
from ...population import Floats
from ...rules.contract import breach, update_expectation, update_trust
from ...rules.creation import own_part, spilled_part
from ...rules.norm import observed_norm
from ..jit import piece

OWN_SHARE = slot("own_share")
CAPTURE_SHARE = slot("capture_share")
PROMISED = slot("promised_return")
PROMISE_RATE = slot("promise_rate")
HABITUATION = slot("habituation")
RESIGNATION = slot("resignation")
SENSITIVITY = slot("breach_sensitivity")
TOLERANCE = slot("breach_tolerance")
GOSSIP = slot("gossip_rate")


@piece
def deliver(
    levers: Floats, value: Floats, given: Floats, spilled_in: Floats, shared: Floats, tangible: Floats, kept: Floats,
    delivered: Floats,
) -> None:  # fmt: skip
    """Write what a block keeps of its own value (with what found no partner) and all that is delivered to it."""
    own = levers[OWN_SHARE]
    captured = levers[CAPTURE_SHARE]
    for i in range(len(value)):
        kept[i] = own_part(value[i], own) + (spilled_part(value[i], own, captured) - given[i])
        delivered[i] = ((kept[i] + spilled_in[i]) + shared[i]) + tangible[i]


@piece
def trust_week(
    levers: Floats, repair: float, value: Floats, delivered: Floats, trust_told: Floats, tie_strength: Floats,
    expectation: Floats, trust: Floats, breached: Floats,
) -> None:  # fmt: skip
    """Write the breach of a block and let trust and expectations answer."""
    for i in range(len(value)):
        breached[i] = breach(expectation[i], value[i], delivered[i], levers[TOLERANCE])
        told = observed_norm(trust_told[i], tie_strength[i], trust[i])
        trust[i] = update_trust(trust[i], told, breached[i], levers[SENSITIVITY], repair, levers[GOSSIP])
        expectation[i] = update_expectation(
            expectation[i], value[i], delivered[i], levers[PROMISED], levers[HABITUATION], levers[RESIGNATION],
            levers[PROMISE_RATE],
        )  # fmt: skip
