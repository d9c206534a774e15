"""M20 Participation states: who reads in silence, carries on elsewhere, contributes or is at the core."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import exp_
from ..rule import rule

STATES = ("outside", "passive_lurker", "active_lurker", "contributor", "core", "exited")
"""Participation states in the order of their codes 0..5."""

OUTSIDE, PASSIVE_LURKER, ACTIVE_LURKER, CONTRIBUTOR, CORE, EXITED = range(6)

PARAMETERS = (
    Parameter(
        "contribute_from", "participation", (0.0, 0.38, 0.38), "Effort below which the typical member gives nothing.",
        unit="share of full effort", per_role=True, basis="DERIVED", source="VanMierlo2014",
        why="Calibrated: a fifth of customers contribute at least once late in the plain organization (20 seeds), as "
        "fewer than 25 % of 63,990 actors ever posted. Partners the same; a job is not optional.",
    ),
    Parameter(
        "threshold_sd", "participation", 0.3, "Spread of that effort between members, on the logarithmic scale.",
        static=True, unit="log units", why="Two thirds need between three quarters and four thirds; swept 0 to 1.",
    ),
    Parameter(
        "hysteresis", "participation", 0.2, "Share by which effort may fall below the threshold before one stops.",
        why="Who has begun goes on a little longer: habit and being known; swept 0 to .5.",
    ),
    Parameter(
        "core_from", "participation", 0.6, "Effort from which a contributor belongs to the core.",
        unit="share of full effort", why="Three days a week of full effort; it only names a state, nothing follows.",
    ),
    Parameter(
        "pressure_to_post", "participation", 0.0, "Share of the threshold, and of what goes elsewhere, that it takes.",
        why="Off by default: counting posts is a design choice.",
    ),
    Parameter(
        "carry_from", "participation", 0.5, "Intrinsic motivation from which one who lurks carries content elsewhere.",
        source="TakahashiFujimotoYamasaki2003",
        why="A considerable number of lurkers do; no share looked up. The middle of the scale, swept .2 to .8.",
    ),
    Parameter(
        "lurker_spillover", "participation", 0.1, "Value that an active lurker carries out per unit of effort seen.",
        unit="value per effort", source="TakahashiFujimotoYamasaki2003",
        why="Strong and wide influence outside, of unknown size; swept 0 to .5.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M20", "participation", "Participation states", "participate", PARAMETERS, ("contribute_from",),
    "With thresholds above every effort nobody contributes; between the two thresholds the past decides.",
    "VanMierlo2014",
)  # fmt: skip


@rule
def personal_threshold(threshold_sd: float, z: float) -> float:
    """Own threshold in multiples of the role's, above 0 with median 1, for `z` standard deviations."""
    return exp_(threshold_sd * z)


@rule
def standing_threshold(contribute_from: float, threshold: float, pressure_to_post: float) -> float:
    """Effort that one must have in mind to begin to contribute this week, at least 0."""
    return contribute_from * threshold * (1.0 - pressure_to_post)


@rule
def contributes(effort: float, threshold: float, hysteresis: float, before: int) -> bool:
    """Whether the effort in mind is given: enough to begin, or to go on for who contributed before."""
    needed = threshold * (1.0 - hysteresis) if CONTRIBUTOR <= before <= CORE else threshold
    return effort > 0.0 and effort >= needed


@rule
def state_of(gives: bool, effort: float, core_from: float, motivation: float, carry_from: float) -> int:
    """Participation state 1..4 of a member who gives or lurks."""
    if gives:
        return CORE if effort >= core_from else CONTRIBUTOR
    return ACTIVE_LURKER if motivation >= carry_from else PASSIVE_LURKER


@rule
def carried(seen: float, lurker_spillover: float, pressure_to_post: float) -> float:
    """Value that an active lurker carries elsewhere, at least 0; `seen` is the mean visible effort of partners."""
    return lurker_spillover * seen * (1.0 - pressure_to_post)
