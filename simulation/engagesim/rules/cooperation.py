"""M2 Conditional cooperation: how much people give of their own will, given what they believe others give."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..rule import rule

TYPES = ("free_rider", "conditional", "hump_shaped", "unconditional")
"""Cooperation types in the order of their codes 0..3 (Fischbacher, Gaechter, Fehr 2001)."""

FREE_RIDER, CONDITIONAL, HUMP_SHAPED, UNCONDITIONAL = range(4)

PARAMETERS = (
    Parameter(
        "conditionality", "cooperation", 1.0,
        "How far members follow their cooperation type; 0 makes everyone give by their own motivation alone.",
        basis="DERIVED", source="FischbacherGaechterFehr2001",
        why="Types are defined by what people do, so the full strength is the data; 0 is the textbook alternative.",
    ),
    Parameter(
        "norm_weight", "cooperation", 0.5, "Weight of the belief about others against own motivation.",
        source="FischbacherGaechterFehr2001",
        why="Laboratory groups follow others almost fully; at work tasks add own motives: half, swept 0-1.",
    ),
    Parameter(
        "conditional_share", "cooperation", 0.50, "Share of conditional cooperators.", static=True,
        basis="REPORTED", source="FischbacherGaechterFehr2001", why="22 of 44 subjects.",
    ),
    Parameter(
        "free_rider_share", "cooperation", 0.30, "Share of free riders.", static=True,
        basis="REPORTED", source="FischbacherGaechterFehr2001", why="13 of 44 subjects.",
    ),
    Parameter(
        "hump_share", "cooperation", 0.14, "Share of hump-shaped cooperators; the rest give unconditionally.",
        static=True, basis="REPORTED", source="FischbacherGaechterFehr2001", why="6 of 44 subjects.",
    ),
    Parameter(
        "slope_mean", "cooperation", 0.85, "What conditional cooperators give on average per unit believed of others.",
        static=True, high=1.5, unit="effort per effort", source="FischbacherGaechter2010",
        why="Below 1: cooperation is imperfect, which is what makes it decline; the size is ours, swept .7 to 1.",
    ),
    Parameter(
        "slope_sd", "cooperation", 0.1, "Spread of that slope between members.", static=True, high=0.5,
        unit="effort per effort", why="Individual slopes differ; most of them between .65 and 1.05.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M2", "cooperation", "Conditional cooperation", "decide", PARAMETERS, ("conditionality",),
    "With everyone conditional the mean falls by the factor 1 - g(1 - s) a week: declines below slope 1, holds at 1.",
    "FischbacherGaechterFehr2001",
)  # fmt: skip


@rule
def type_of(u: float, conditional_share: float, free_rider_share: float, hump_share: float) -> int:
    """Cooperation type for a uniform draw `u` in [0, 1)."""
    if u < conditional_share:
        return CONDITIONAL
    if u < conditional_share + free_rider_share:
        return FREE_RIDER
    if u < conditional_share + free_rider_share + hump_share:
        return HUMP_SHAPED
    return UNCONDITIONAL


@rule
def typed_contribution(kind: int, motivation: float, belief: float, slope: float, norm_weight: float) -> float:
    """What a member of cooperation type `kind` gives, before bounds."""
    own = (1.0 - norm_weight) * motivation
    follow = norm_weight * slope
    hump = belief if belief <= 0.5 else 1.0 - belief
    given = motivation
    given = own + follow * hump if kind == HUMP_SHAPED else given
    given = own + follow * belief if kind == CONDITIONAL else given
    return 0.0 if kind == FREE_RIDER else given


@rule
def voluntary_effort(
    kind: int, motivation: float, belief: float, slope: float, norm_weight: float, conditionality: float
) -> float:
    """Effort given of one's own will, 0..1: own motivation, turned by `conditionality` into what the type gives."""
    typed = typed_contribution(kind, motivation, belief, slope, norm_weight)
    return min(1.0, max(0.0, motivation + conditionality * (typed - motivation)))
