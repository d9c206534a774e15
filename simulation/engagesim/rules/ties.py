"""M11 Ties: relationships grow by joint activity, fade without it, form by introduction and meeting, and break."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "tie_growth_deep", "ties", 0.4, "Growth of a tie per unit of joint relational effort.", high=5.0,
        unit="per week", source="Granovetter1973", why="Two members who give .3 each build a strong tie in a year.",
    ),
    Parameter(
        "tie_growth_shallow", "ties", 0.005, "Growth of a tie per unit of mere contact.", unit="per week",
        why="A contact is not a relationship: eighty times less than joint relational effort.",
    ),
    Parameter(
        "tie_decay", "ties", 0.015, "Share of tie strength lost each week.", unit="per week",
        source="Burt2000", why="Neglected ties halve within a year.",
    ),
    Parameter(
        "tie_attention", "ties", 0.04, "Attention that a tie of full strength takes; growth stops when all is taken.",
        unit="share of attention", source="Dunbar1998", why="Room for twenty-five full-strength ties; 0 = no limit.",
    ),
    Parameter(
        "tie_floor", "ties", 0.02, "Strength below which an informal tie breaks.",
        why="A tie that is hardly ever felt is gone; reporting and team ties stay while the job does.",
    ),
    Parameter(
        "closure_rate", "ties", 0.05, "Weekly chance, per unit of relational effort, of being introduced by a partner.",
        unit="per week", source="KossinetsWatts2006", why="Triadic closure drives most new ties; a few a year each.",
    ),
    Parameter(
        "meeting_rate", "ties", 0.005, "Weekly chance, per unit of relational effort, of meeting just anyone.",
        unit="per week", source="KossinetsWatts2006", why="Ten times rarer than introductions.",
    ),
    Parameter(
        "homophily", "ties", 0.3, "Chance that a new tie across roles is passed over.",
        source="McPhersonSmithLovinCook2001", why="Similar people meet more; swept 0 to .9.",
    ),
    Parameter(
        "new_tie_strength", "ties", 0.1, "Strength of a new tie.", why="Above the floor, far from strong.",
    ),
    Parameter(
        "tie_room", "ties", 4, "Ties that each member can add to those it starts with.", kind="integer", high=64,
        unit="ties", static=True, why="Room kept free in memory; new ties need a free place at both ends.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M11", "ties", "Ties", "relate", PARAMETERS,
    ("tie_growth_deep", "tie_growth_shallow", "tie_decay", "closure_rate", "meeting_rate"),
    "Constant joint activity g leads to strength g / (g + decay).", "Granovetter1973",
)  # fmt: skip

INFORMAL_FROM = 2
"""Kinds of ties from this code on are informal; reporting and team ties belong to the position."""

BROKEN = 255
"""Kind of a tie that is over; its slot is free."""

LATERAL, ACCOUNT, COMMUNITY = 2, 3, 4


@rule
def attention(tie_strength: float, tie_attention: float) -> float:
    """Attention left for building ties, 0..1, given the sum of tie strengths."""
    return clip01(1.0 - tie_strength * tie_attention)


@rule
def joint_activity(relational: float, partners: float) -> float:
    """Joint relational effort of the two ends of a tie; the same number seen from both."""
    return relational * partners


@rule
def grow_tie(
    strength: float, joint: float, contact: float, attention: float, deep: float, shallow: float, decay: float
) -> float:
    """Strength of a tie, 0..1, after a week; `attention` is the product of both ends' attention."""
    growth = (deep * joint + shallow * contact) * attention
    return clip01(strength + growth * (1.0 - strength) - decay * strength)


@rule
def breaks(strength: float, before: float, tie_floor: float, informal: bool) -> bool:
    """Whether a tie breaks: informal, fading, below the floor, and not merely waiting for a successor (strength 0)."""
    return informal and 0.0 < strength < tie_floor and strength < before


@rule
def reaches_out(u: float, rate: float, relational: float, attention: float) -> bool:
    """Whether a member looks for a new tie this week."""
    return u < rate * (relational * attention)


@rule
def by_introduction(u: float, closure_rate: float, rate: float) -> bool:
    """Whether the search goes through a partner (triadic closure) and not to just anyone; `rate` is the sum of both."""
    return u * rate < closure_rate


@rule
def accepts(u: float, homophily: float, same_role: bool) -> bool:
    """Whether the two take to each other."""
    return same_role or u >= homophily


@rule
def new_kind(outside: bool, partner_outside: bool) -> int:
    """Kind of a tie that forms: lateral among employees, account across the boundary, community among outsiders."""
    if outside != partner_outside:
        return ACCOUNT
    return COMMUNITY if outside else LATERAL
