"""M14 Values found out: own experience and peers' talk against what the organization says of itself."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "espoused", "values", 0.5, "How contributive the organization says it is.", source="ArgyrisSchoen1974",
        why="Middle claim, equal to what is enacted: an honest organization; swept 0 to 1.",
    ),
    Parameter(
        "enacted", "values", 0.5, "How contributive the organization is in what it does.", source="ArgyrisSchoen1974",
        why="Equal to what is espoused: no gap unless a design opens one; swept 0 to 1.",
    ),
    Parameter(
        "implementation_fidelity", "values", 1.0, "Share of what is enacted that arrives with the members.",
        why="All of it, so that a loss on the way is a choice of the design; swept .5 to 1.",
    ),
    Parameter(
        "purpose_strength", "values", 0.1, "How strongly a shared purpose satisfies while it is believed to be lived.",
        why="A fully lived purpose meets a tenth of the needs that are open; small beside the three basic needs; "
        "swept 0 to .5.",
    ),
    Parameter(
        "value_learning", "values", 0.1, "Share of the week's impression that goes into own experience.",
        unit="per week", why="Experience of about a quarter counts; swept .02 to .5.",
    ),
    Parameter(
        "experience_noise", "values", 0.2, "Spread of a week's impression of the gap around the true one.",
        why="A single week tells a gap of .2 from none only roughly; swept 0 to .6.",
    ),
    Parameter(
        "peer_weight", "values", 0.5, "Weight of what others say against own experience.",
        source="FriedkinJohnsen1990", why="As much as own experience; swept 0 to .9.",
    ),
    Parameter(
        "broadcast_weight", "values", 0.2, "Part of that weight taken by the one corporate voice, which says: no gap.",
        why="One fifth beside colleagues; near 1 where the organization controls the channels; swept 0 to 1.",
    ),
    Parameter(
        "gap_threshold", "values", 0.25, "Believed gap that is put up with.",
        why="Small hypocrisies pass; swept .1 to .5.",
    ),
    Parameter(
        "gap_distrust", "values", 0.05, "Trust lost each week per unit of believed gap above the threshold.", high=5.0,
        unit="per week", source="Simons2002",
        why="With a weekly repair of .02 a lasting excess of .2 costs half of the trust; swept 0 to .2.",
    ),
    Parameter(
        "exit_gap", "values", 1.0, "Times by which unanswered voice multiplies the added chance of leaving.",
        high=50.0, unit="times", source="Hirschman1970",
        why="Doubles the chance, half as much as full distrust; swept 0 to 5.",
    ),
    Parameter(
        "patience", "values", 8.0, "Weeks of voice without an answer after which members give up.", high=1000.0,
        unit="weeks", source="Hirschman1970", why="Two months; swept 2 to 26.",
    ),
    Parameter(
        "voice_response", "values", 0.05, "Share of the gap closed in a week in which everybody voices.",
        unit="per week", source="Hirschman1970", why="A quarter of unanimous voice closes half; swept 0 to .2.",
    ),
    Parameter(
        "costly_signal", "values", 0.0, "Value per member spent this week on keeping a promise at a loss.", high=10.0,
        unit="value per member-week", source="Spence1973", why="Off by default: an event that a schedule sets.",
    ),
    Parameter(
        "signal_dose", "values", 0.1, "Spending at which a costly signal has half of its effect.", low=0.001, high=10.0,
        unit="value per member-week",
        why="A quarter of an employee's weekly output in the plain organization; swept .02 to .5.",
    ),
    Parameter(
        "signal_trust", "values", 0.1, "Share of lost trust that a fully convincing signal wins back.",
        why="As much as five weeks of ordinary repair; swept 0 to .3.",
    ),
    Parameter(
        "scandal", "values", 0.0, "Share of the way to full disbelief that a scandal moves everybody this week.",
        why="Off by default: an event that a schedule sets.",
    ),
    Parameter(
        "scandal_buffer", "values", 0.5, "Share of a scandal that a perfect history of costly signals takes away.",
        why="A good record helps and does not make immune; swept 0 to 1.",
    ),
    Parameter(
        "consistency_fade", "values", 0.02, "Share of the record of costly signals that is forgotten.",
        unit="per week", why="Half in two thirds of a year; swept .005 to .1.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M14", "values", "Values found out", "observe", PARAMETERS,
    ("value_learning", "purpose_strength", "costly_signal", "scandal"),
    "With fixed own experience the believed gap settles at (I - hW)^-1 (1 - h) own.", "FriedkinJohnsen1990",
)  # fmt: skip


@rule
def lived_values(enacted: float, implementation_fidelity: float, gap_closed: float) -> float:
    """How contributive members find the organization, 0..1: what arrives, and what their voice has added."""
    return min(1.0, enacted * implementation_fidelity + gap_closed)


@rule
def value_gap(espoused: float, lived: float) -> float:
    """What is said beyond what is lived, 0..1; who claims little has no gap."""
    return max(0.0, espoused - lived)


@rule
def learn_gap(own_gap: float, gap: float, noise: float, value_learning: float) -> float:
    """Gap in own experience, 0..1: running mean of noisy impressions.

    Doing more than was said looks like no gap, so that noise alone leaves a small suspicion.
    """
    return own_gap + value_learning * (clip01(gap + noise) - own_gap)


@rule
def convince(own_gap: float, dose: float) -> float:
    """Gap in own experience, 0..1, after a costly signal of that dose."""
    return own_gap * (1.0 - dose)


@rule
def shock(own_gap: float, scandal: float, scandal_buffer: float, consistency: float) -> float:
    """Gap in own experience, 0..1, after a scandal that a record of consistency damps."""
    return own_gap + scandal * (1.0 - scandal_buffer * consistency) * (1.0 - own_gap)


@rule
def believe_gap(own_gap: float, peers_gap: float, peer_weight: float, broadcast_weight: float) -> float:
    """Believed gap, 0..1: own experience against what others say (Friedkin, Johnsen 1990).

    The corporate voice says that there is no gap, so its part of the weight adds nothing.
    """
    return (1.0 - peer_weight) * own_gap + peer_weight * ((1.0 - broadcast_weight) * peers_gap)


@rule
def voice_weeks(voicing: int, gap_belief: float, gap_threshold: float) -> int:
    """Weeks for which a member has been speaking up, 1 in the first; 0 while the believed gap is put up with."""
    return voicing + 1 if gap_belief > gap_threshold else 0


@rule
def disappoint(trust: float, gap_belief: float, gap_threshold: float, gap_distrust: float) -> float:
    """Trust, 0..1, less what the believed gap above the threshold costs."""
    return clip01(trust - gap_distrust * max(0.0, gap_belief - gap_threshold))


@rule
def win_back(trust: float, dose: float, signal_trust: float) -> float:
    """Trust, 0..1, after a costly signal of that dose."""
    return trust + signal_trust * dose * (1.0 - trust)


@rule
def purpose_felt(espoused: float, lived: float, gap_belief: float) -> float:
    """Purpose as members see it, 0..1: what is said or lived, whichever is more, less the gap they believe in.

    So a claim alone counts for as long as it is believed. Once the true gap is known, what is lived remains; more lived
    than said counts in full.
    """
    return max(0.0, max(espoused, lived) - gap_belief)


@rule
def fulfil(satisfaction: float, purpose_strength: float, felt: float) -> float:
    """Need satisfaction, 0..1, raised by the purpose that is felt, toward one."""
    return satisfaction + purpose_strength * felt * (1.0 - satisfaction)


@rule
def gives_up(voicing: int, patience: float, exit_gap: float) -> float:
    """What unanswered voice adds to the chance of leaving, in multiples of it."""
    return exit_gap if voicing > patience else 0.0


@rule
def answer_voice(gap_closed: float, gap: float, voice_response: float, voicing_share: float) -> float:
    """How far voice has raised what is lived, in units of the gap, after this week's share of members who voice."""
    return gap_closed + voice_response * gap * voicing_share


@rule
def remember_signals(consistency: float, dose: float, consistency_fade: float) -> float:
    """Record of costly signals, 0..1: fades, and grows toward one with each dose."""
    kept = consistency * (1.0 - consistency_fade)
    return kept + dose * (1.0 - kept)
