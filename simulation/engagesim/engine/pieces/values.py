"""M14 in loops: what members find out about the organization's values, and how it answers."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import swing_of, uniform
from ...population import Floats
from ...portable import grid
from ...rules.norm import observed_norm
from ...rules.rewards import dose
from ...rules.values import (
    answer_voice,
    believe_gap,
    convince,
    disappoint,
    fulfil,
    learn_gap,
    lived_values,
    purpose_felt,
    remember_signals,
    shock,
    value_gap,
    voice_weeks,
    win_back,
)
from ...tallies import index
from ..jit import piece

ESPOUSED, ENACTED, FIDELITY = slot("espoused"), slot("enacted"), slot("implementation_fidelity")
PURPOSE, LEARNING, NOISE = slot("purpose_strength"), slot("value_learning"), slot("experience_noise")
PEERS, BROADCAST, THRESHOLD = slot("peer_weight"), slot("broadcast_weight"), slot("gap_threshold")
DISTRUST, RESPONSE = slot("gap_distrust"), slot("voice_response")
SIGNAL, SIGNAL_DOSE, SIGNAL_TRUST = slot("costly_signal"), slot("signal_dose"), slot("signal_trust")
SCANDAL, BUFFER, FADE = slot("scandal"), slot("scandal_buffer"), slot("consistency_fade")

MEMBERS, GAP_BELIEF, VOICING, VOICES = map(index, ("members", "gap_belief", "voicing", "voices"))
VALUE_GAP, SIGNAL_COST = index("value_gap"), index("signal_cost")

LIVED, GAP, CLOSED, CONSISTENCY, STIRRED = range(5)
"""Numbers that the organization keeps; STIRRED is 1 from the first week in which something could be found out."""


@piece
def open_values(levers: Floats, values: Floats) -> None:
    """What is lived this week, and the true gap."""
    values[LIVED] = lived_values(levers[ENACTED], levers[FIDELITY], values[CLOSED])
    values[GAP] = value_gap(levers[ESPOUSED], values[LIVED])
    if levers[LEARNING] > 0.0 or levers[SIGNAL] > 0.0 or levers[SCANDAL] > 0.0:
        values[STIRRED] = 1.0


@piece
def talks(levers: Floats, values: Floats) -> bool:
    """Whether members listen to each other about the gap this week."""
    return bool(values[STIRRED] > 0.0 and levers[PEERS] > 0.0)


@piece
def find_out(
    levers: Floats, values: Floats, key: int, first: int, heard: Floats, tie_strength: Floats, own_gap: Floats,
    gap_belief: Floats, voicing: Any, trust: Floats,
) -> None:  # fmt: skip
    """Let members first, first + 1, ... experience, hear, believe and speak up; their trust answers."""
    signal = dose(levers[SIGNAL], levers[SIGNAL_DOSE])
    noisy = levers[LEARNING] > 0.0 and levers[NOISE] > 0.0
    for i in range(len(trust)):
        noise = levers[NOISE] * swing_of(uniform(key, first + i)) if noisy else 0.0
        own = convince(learn_gap(own_gap[i], values[GAP], noise, levers[LEARNING]), signal)
        own = shock(own, levers[SCANDAL], levers[BUFFER], values[CONSISTENCY])
        peers = observed_norm(heard[i], tie_strength[i], own)
        belief = believe_gap(own, peers, levers[PEERS], levers[BROADCAST])
        own_gap[i], gap_belief[i] = own, belief
        voicing[i] = voice_weeks(voicing[i], belief, levers[THRESHOLD])
        hurt = disappoint(trust[i], belief, levers[THRESHOLD], levers[DISTRUST])
        trust[i] = win_back(hurt, signal, levers[SIGNAL_TRUST])


@piece
def share_purpose(levers: Floats, values: Floats, gap_belief: Floats, satisfaction: Floats) -> None:
    """Raise the need satisfaction of a block by the purpose it feels."""
    for i in range(len(satisfaction)):
        felt = purpose_felt(levers[ESPOUSED], values[LIVED], gap_belief[i])
        satisfaction[i] = fulfil(satisfaction[i], levers[PURPOSE], felt)


@piece
def add_beliefs(gap_belief: Floats, voicing: Any, active: Any, role: Any, tallies: Floats) -> None:
    """Add what a block believes, who speaks up and who begins to, to float64[3, tallies]."""
    for i in range(len(voicing)):
        tallies[role[i], GAP_BELIEF] += active[i] * grid(gap_belief[i])
        tallies[role[i], VOICING] += active[i] if voicing[i] > 0 else 0.0
        tallies[role[i], VOICES] += active[i] if voicing[i] == 1 else 0.0


@piece
def answer(levers: Floats, values: Floats, tallies: Floats) -> None:
    """Book what holds for all members alike, answer their voice, and remember the signal."""
    members = voicing = 0.0
    for r in range(len(tallies)):
        members += tallies[r, MEMBERS]
        voicing += tallies[r, VOICING]
        tallies[r, VALUE_GAP] = tallies[r, MEMBERS] * grid(values[GAP])
        tallies[r, SIGNAL_COST] = tallies[r, MEMBERS] * grid(levers[SIGNAL])
    share = voicing / members if members > 0.0 else 0.0
    values[CLOSED] = answer_voice(values[CLOSED], values[GAP], levers[RESPONSE], share)
    signal = dose(levers[SIGNAL], levers[SIGNAL_DOSE])
    values[CONSISTENCY] = remember_signals(values[CONSISTENCY], signal, levers[FADE])
