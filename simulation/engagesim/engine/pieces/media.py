"""M21 in loops: the week's mix of media, messages, and what they take."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...portable import grid
from ...rules.media import (
    ATTRIBUTES,
    FRAGMENTATION,
    KINDS,
    NUMBER,
    REACH,
    RECEIVER_COST,
    RICHNESS,
    SENDER_COST,
    SYNCHRONY,
    WITHOUT,
    attribute_of_mix,
    fragmentation,
    message_load,
    messages_sent,
    number_of_media,
    repair_over,
    strain,
    update_response,
    work_life_conflict,
)
from ...rules.norm import observed_norm
from ...tallies import index
from ..arrays import EFFORT, MESSAGES, RESPONSE
from ..jit import piece

FIRST = slot("use_email")
RATE = slot("message_rate")
COST = slot("message_cost")
FRAGMENTATION_COST = slot("fragmentation_cost")
NORM = slot("response_norm")
PULL = slot("response_pull")
IMITATION = slot("response_imitation")
CONFLICT_COST = slot("conflict_cost")
BOUNDARY = slot("boundary_support")
LEAN = slot("lean_penalty")
REPAIR = slot("trust_repair")
SENT, LOAD, ANSWERING, CONFLICT = map(index, ("messages", "message_load", "response", "conflict"))


@piece
def busy(levers: Floats) -> bool:
    """Whether messages and answers matter to members this week."""
    return bool(levers[RATE] + levers[IMITATION] + levers[PULL] + levers[CONFLICT_COST] > 0.0)


@piece
def mix(levers: Floats, media: Floats) -> None:
    """Write this week's mix of media: its attributes, number and fragmentation; zero while none of it matters."""
    media[:] = 0.0
    if not (busy(levers) or levers[LEAN] > 0.0):
        return
    total = squares = 0.0
    for m in range(len(ATTRIBUTES)):
        total += levers[FIRST + m]
        squares += levers[FIRST + m] * levers[FIRST + m]
    for k in range(KINDS):
        weighted = 0.0
        for m in range(len(ATTRIBUTES)):
            weighted += levers[FIRST + m] * ATTRIBUTES[m][k]
        media[k] = attribute_of_mix(weighted, total, squares, WITHOUT[k])
    media[NUMBER] = number_of_media(total, squares)
    media[FRAGMENTATION] = fragmentation(media[NUMBER])


@piece
def repair(levers: Floats, media: Floats) -> float:
    """Share of lost trust regained this week."""
    return repair_over(levers[REPAIR], media[RICHNESS], levers[LEAN])


@piece
def write(levers: Floats, media: Floats, connectivity: Floats, response: Floats, public: Floats, told: Floats) -> None:
    """Tell partners how much a block writes and how soon it answers."""
    for i in range(len(response)):
        told[i, MESSAGES] = messages_sent(
            levers[RATE], connectivity[i], media[REACH], media[SENDER_COST], public[i, EFFORT]
        )
        told[i, RESPONSE] = response[i]


@piece
def answer(
    levers: Floats, media: Floats, heard: Floats, tie_strength: Floats, connectivity: Floats, response: Floats,
    load: Floats, conflict: Floats, strained: Floats,
) -> None:  # fmt: skip
    """Write the attention and energy that messages take of a block, and let its pace of answering follow others'."""
    for i in range(len(response)):
        load[i] = message_load(
            heard[MESSAGES, i], media[RECEIVER_COST], levers[COST], media[FRAGMENTATION], levers[FRAGMENTATION_COST]
        )
        conflict[i] = work_life_conflict(response[i], media[SYNCHRONY], levers[BOUNDARY])
        strained[i] = strain(conflict[i], levers[CONFLICT_COST])
        partners = observed_norm(heard[RESPONSE, i], tie_strength[i], response[i])
        response[i] = update_response(
            response[i], partners, connectivity[i], levers[NORM], levers[IMITATION], levers[PULL]
        )


@piece
def count(
    role: Any, active: Any, told: Floats, response: Floats, load: Floats, conflict: Floats, tallies: Floats
) -> None:
    """Add messages, load, pace of answering and conflict of a block to float64[3, tallies]."""
    for i in range(len(response)):
        if active[i] == 1:
            row = tallies[role[i]]
            row[SENT] += grid(told[i, MESSAGES])
            row[LOAD] += grid(load[i])
            row[ANSWERING] += grid(response[i])
            row[CONFLICT] += grid(conflict[i])
