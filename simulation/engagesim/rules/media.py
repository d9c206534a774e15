"""M21 Media and load: free to send, costly to receive; how soon one answers spreads; lean media mend trust badly."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

MEDIA = (
    "email", "text", "chat", "content_sharing", "blog", "wiki", "microblog", "voice", "video", "social_network",
)  # fmt: skip
"""Media in the order of the rows of `ATTRIBUTES` and of the levers `use_...`."""

ATTRIBUTES = (
    (0.30, 0.2, 0.7, 0.10, 0.6),
    (0.20, 0.6, 0.2, 0.10, 0.2),
    (0.30, 0.8, 0.4, 0.05, 0.3),
    (0.30, 0.1, 0.8, 0.20, 0.2),
    (0.40, 0.1, 0.9, 0.50, 0.2),
    (0.30, 0.1, 0.6, 0.40, 0.2),
    (0.15, 0.5, 0.9, 0.05, 0.2),
    (0.70, 1.0, 0.1, 0.30, 0.4),
    (0.90, 1.0, 0.2, 0.40, 0.5),
    (0.40, 0.4, 0.9, 0.10, 0.3),
)
"""Richness, synchrony, reach, sender cost and receiver cost of each medium, 0..1 each; meeting in person would be 1, 1,
0, 1, 1. ASSUMED: the order of richness follows Daft and Lengel (1986), that of synchrony and reach Dennis, Fuller and
Valacich (2008); costs say that a line to many is written in a moment while each of them reads it. Sizes are ours."""

RICHNESS, SYNCHRONY, REACH, SENDER_COST, RECEIVER_COST, NUMBER, FRAGMENTATION = range(7)
"""Columns of a week's mix: the attributes, the effective number of media and fragmentation."""

WITHOUT = (1.0, 0.0, 0.0, 0.0, 0.0)
"""Attributes where no medium is used: people meet, so talk is rich, and nothing is sent."""

KINDS, MIX = 5, 7
"""How many of them are attributes of a medium, and how many there are."""

USES = (
    ("email", 0.9, "Everybody, all day."),
    ("text", 0.1, "Few at work."),
    ("chat", 0.4, "Common inside teams."),
    ("content_sharing", 0.2, "Files and slides, now and then."),
    ("blog", 0.05, "A few write."),
    ("wiki", 0.1, "Where somebody tends it."),
    ("microblog", 0.05, "A few write."),
    ("voice", 0.5, "Half of what is urgent goes by telephone."),
    ("video", 0.3, "Meetings over distance."),
    ("social_network", 0.1, "Seldom for work."),
)
"""Medium, default of its use and reason: an ordinary office."""

PARAMETERS = (
    *(
        Parameter(
            f"use_{medium}", "media", use, f"How much {medium.replace('_', ' ')} is used; only the mix counts.",
            unit="0 never to 1 all the time", source="DaftLengel1986", why=f"{why} Swept 0 to 1.",
        )
        for medium, use, why in USES
    ),
    Parameter(
        "message_rate", "media", 2.5, "Messages per working hour of a member at full effort, were sending free.",
        high=100.0, unit="messages per hour", why="A hundred in a week of forty hours; swept 0 to 10.",
    ),
    Parameter(
        "message_cost", "media", 0.03, "Attention that one message an hour takes at full receiver cost.",
        unit="hours per message", source="JacksonDawsonWilson2003",
        why="A minute to read and about a minute to find back to work; swept .01 to .1.",
    ),
    Parameter(
        "fragmentation_cost", "media", 0.5, "Share by which attention is taken more where many media are in use.",
        high=5.0, why="Looking in ten places at once costs half as much again; swept 0 to 2.",
    ),
    Parameter(
        "hyperconnected_share", "media", 0.16, "Share of members who are hyperconnected.", static=True,
        basis="REPORTED", source="AducciEtAl2008", why="16 % of almost 2,400 workers in 17 countries.",
    ),
    Parameter(
        "connected_share", "media", 0.36, "Share of members who are increasingly connected.", static=True,
        basis="REPORTED", source="AducciEtAl2008", why="36 % of the same; the rest is passive or barely online.",
    ),
    Parameter(
        "hyperconnected_factor", "media", 2.0, "Connectivity of the hyperconnected against the mean.", static=True,
        high=10.0, unit="times", source="AducciEtAl2008",
        why="Seven devices at least against a mean near 3.5; that traffic goes with devices is ours.",
    ),
    Parameter(
        "connected_factor", "media", 1.15, "Connectivity of the increasingly connected against the mean.", static=True,
        high=10.0, unit="times", source="AducciEtAl2008", why="Four devices at least, by the same reckoning.",
    ),
    Parameter(
        "other_factor", "media", 0.55, "Connectivity of all others against the mean.", static=True, high=10.0,
        unit="times", source="AducciEtAl2008", why="A desktop and a telephone, by the same reckoning.",
    ),
    Parameter(
        "response_start", "media", 0.3, "How soon a newcomer answers: 0 in its own time, 1 at once.", static=True,
        unit="0 to 1", why="The default norm.",
    ),
    Parameter(
        "response_norm", "media", 0.3, "How soon the organization wants answers: 0 in one's own time, 1 at once.",
        unit="0 to 1", source="BarberSantuzzi2015", why="Within the day; anywhen is 0, always on is 1.",
    ),
    Parameter(
        "response_pull", "media", 0.05, "Speed at which members follow that norm.", unit="per week",
        why="Half of the way in a quarter; swept 0 to .2.",
    ),
    Parameter(
        "response_imitation", "media", 0.1, "Speed at which members catch up with partners who answer sooner.",
        unit="per week", source="BarberSantuzzi2015",
        why="Partners' pace is felt daily, a policy is not: twice the pull.",
    ),
    Parameter(
        "conflict_cost", "media", 0.2, "Demand on energy from full conflict of work and life.",
        unit="share of full effort", source="BarberSantuzzi2015",
        why="The urge to answer goes with exhaustion: a day a week at the extreme; swept 0 to 1.",
    ),
    Parameter(
        "boundary_support", "media", 0.3, "Share of that conflict which support for boundaries takes away.",
        why="Some offices leave evenings alone; swept 0 to 1.",
    ),
    Parameter(
        "lean_penalty", "media", 0.2, "Share of the repair of trust lost where media carry no richness at all.",
        source="DaftLengel1986", why="Difficult talks by text alone: a fifth slower, small on purpose; swept 0 to .8.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M21", "media", "Media and load", "experience", PARAMETERS,
    ("message_rate", "response_imitation", "response_pull", "conflict_cost", "lean_penalty"),
    "n media in equal use count as n; the norm alone is reached at rate pull, imitation alone ends at the fastest.",
    "DennisFullerValacich2008",
)  # fmt: skip


@rule
def attribute_of_mix(weighted: float, total: float, squares: float, without: float) -> float:
    """Mean attribute of the media in use, 0..1, from sums over media; `without` where none is used."""
    return clip01(weighted / total) if squares > 0.0 else without


@rule
def number_of_media(total: float, squares: float) -> float:
    """Effective number of media, 1..10: the inverse Simpson index of their shares of use; 0 where none is used."""
    return min(10.0, max(1.0, total * total / squares)) if squares > 0.0 else 0.0


@rule
def fragmentation(number: float) -> float:
    """How scattered attention is, 0..1: 0 for one medium, 1 - 1/n for n in equal use."""
    return 1.0 - 1.0 / number if number > 0.0 else 0.0


@rule
def connectivity_of(
    u: float, hyperconnected_share: float, connected_share: float, hyperconnected_factor: float,
    connected_factor: float, other_factor: float,
) -> float:  # fmt: skip
    """Connectivity against the mean, in multiples, for a uniform draw `u` in [0, 1)."""
    if u < hyperconnected_share:
        return hyperconnected_factor
    return connected_factor if u < hyperconnected_share + connected_share else other_factor


@rule
def messages_sent(message_rate: float, connectivity: float, reach: float, sender_cost: float, effort: float) -> float:
    """Messages per hour, at least 0: free media that reach many are used most, and by those who do most."""
    return message_rate * connectivity * reach * (1.0 - sender_cost) * effort


@rule
def message_load(
    received: float, receiver_cost: float, message_cost: float, fragmentation: float, fragmentation_cost: float
) -> float:
    """Attention that messages take, at least 0; `received` is partners' messages, each by the strength of the tie."""
    return receiver_cost * message_cost * received * (1.0 + fragmentation_cost * fragmentation)


@rule
def attention_taken(contact_load: float, message_load: float) -> float:
    """Share of attention that contacts and messages take together, 0..1."""
    return clip01(contact_load + message_load)


@rule
def update_response(
    response: float, partners: float, connectivity: float, response_norm: float, response_imitation: float,
    response_pull: float,
) -> float:  # fmt: skip
    """How soon one answers, 0..1: drawn to the norm, which the better connected outdo, and up to faster partners."""
    caught_up = response_imitation * max(0.0, partners - response)
    return clip01(response + caught_up + response_pull * (clip01(response_norm * connectivity) - response))


@rule
def work_life_conflict(response: float, synchrony: float, boundary_support: float) -> float:
    """Conflict of work and life, 0..1: being there at once, over media that want both at the same time."""
    return response * synchrony * (1.0 - boundary_support)


@rule
def strain(conflict: float, conflict_cost: float) -> float:
    """Demand on energy that the conflict makes, 0..1, beside effort."""
    return conflict_cost * conflict


@rule
def repair_over(trust_repair: float, richness: float, lean_penalty: float) -> float:
    """Share of lost trust regained in a week over media of this richness, 0..1."""
    return trust_repair * (1.0 - lean_penalty * (1.0 - richness))
