"""The columns of a member's state, declared once, and how people are at the start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from .parameter import Parameter, Value
from .portable import clip01
from .rule import rule

Floats = NDArray[np.float64]

PARAMETERS = (
    Parameter(
        "motivation_mean", "people", (0.5, 0.3, 0.4), "Mean intrinsic motivation at the start.", per_role=True,
        static=True, why="Employees in the middle, outsiders lower: the work is not theirs.",
    ),
    Parameter(
        "motivation_sd", "people", 0.15, "Spread of intrinsic motivation.", static=True, high=0.5,
        why="Nearly all within .2 to .8 among employees.",
    ),
    Parameter(
        "involvement_mean", "people", (0.5, 0.3, 0.4), "Mean wish for responsibility.", per_role=True, static=True,
        source="HackmanOldham1976", why="Growth-need strength differs widely; middle for employees.",
    ),
    Parameter(
        "involvement_sd", "people", 0.2, "Spread of that wish.", static=True, high=0.5,
        source="HackmanOldham1976", why="Wide: some want none of it.",
    ),
    Parameter(
        "task_share", "people", (0.8, 0.6, 0.7), "Share of effort that goes into tasks, not relationships.",
        per_role=True, why="A day a week for relationships among employees; swept 0 to 1.",
    ),
    Parameter(
        "skill_sd", "people", 0.2, "Spread of skill around 1.", static=True, high=0.5,
        basis="DERIVED", source="HunterSchmidtJudiesch1990",
        why="Output standard deviation of about a fifth in low-complexity work.",
    ),
    Parameter(
        "belief_start", "people", (0.4, 0.2, 0.3), "Mean belief about what others give.", per_role=True, static=True,
        basis="DERIVED", source="FischbacherGaechterFehr2001",
        why="Unconditional giving averages a third of the endowment and starts at .4 to .6 in repeated games.",
    ),
    Parameter("trust_start", "people", 0.6, "Trust in the organization at the start.", static=True,
              why="Cautious goodwill."),
    Parameter("exhaustion_start", "people", 0.2, "Exhaustion at the start.", static=True,
              why="Rested, not fresh."),
    Parameter("expectation_start", "people", 0.4, "Value expected per unit created at the start.", static=True,
              high=2.0, unit="value per value", why="What the neutral organization promises."),
    Parameter("participation_threshold", "people", 0.2, "Effort from which a member counts as participating.",
              static=True, why="A day a week of full effort."),
)  # fmt: skip


class Column(NamedTuple):
    """What one column of the state means: bounds (inclusive), unit and meaning."""

    low: float
    high: float
    unit: str
    meaning: str


class Members(NamedTuple):
    """State of all members, one array per column, each of length N."""

    role: Annotated[NDArray[np.uint8], Column(0, 2, "code", "employee, customer or partner")]
    active: Annotated[NDArray[np.uint8], Column(0, 1, "flag", "1 while the place is taken")]
    cooperation_type: Annotated[NDArray[np.uint8], Column(0, 3, "code", "cooperation type")]
    tenure: Annotated[NDArray[np.int32], Column(0, 2**31 - 1, "weeks", "weeks in the place, or weeks it is empty")]
    conditional_slope: Annotated[Floats, Column(0, 2, "effort per effort", "what is given per unit believed of others")]
    involvement: Annotated[Floats, Column(0, 1, "share", "wish for responsibility")]
    skill: Annotated[Floats, Column(0, 10, "skill", "value of an hour against the average newcomer's")]
    motivation: Annotated[Floats, Column(0, 1, "share", "intrinsic motivation")]
    exhaustion: Annotated[Floats, Column(0, 1, "share", "exhaustion")]
    trust: Annotated[Floats, Column(0, 1, "share", "trust in the organization")]
    expectation: Annotated[Floats, Column(0, 2, "value per value", "what the contract promises per unit created")]
    belief: Annotated[Floats, Column(0, 1, "share", "belief about what others give")]
    help_received: Annotated[Floats, Column(0, 1e6, "strength x effort", "help that reaches a member, by strength")]
    contact_load: Annotated[Floats, Column(0, 1, "share", "attention taken by contacts")]
    tie_strength: Annotated[Floats, Column(0, 1e6, "strength", "sum of tie strengths")]
    balance: Annotated[Floats, Column(0, 1e3, "value per value", "inputs per outcome of the week; 1 is even")]
    felt_extraction: Annotated[Floats, Column(0, 1, "share", "felt extraction")]
    image: Annotated[Floats, Column(0, 1, "share", "public image as a helper")]
    partners_image: Annotated[Floats, Column(0, 1, "share", "mean image of partners, by strength, as last heard")]
    expected_reward: Annotated[Floats, Column(0, 1e9, "value per week", "weekly reward counted on")]
    estimate: Annotated[Floats, Column(-500, 500, "units of need", "view of what the shared purpose needs")]
    disposition: Annotated[Floats, Column(0, 1, "share", "the member's own part of what motivation tends to")]
    credibility: Annotated[Floats, Column(0, 1, "share", "credibility earned by estimates close to the need")]
    decision_weight: Annotated[Floats, Column(0, 1, "votes", "what its estimate weighed in the last decision")]
    stake: Annotated[Floats, Column(0, 100, "value per week", "ownership stake")]
    payoff: Annotated[Floats, Column(-1e9, 1e9, "value per week", "payoff that partners compare with theirs")]
    known: Annotated[NDArray[np.uint64], Column(0, 2.0**60, "bits", "facets of reality with a belief")]
    positive: Annotated[NDArray[np.uint64], Column(0, 2.0**60, "bits", "facets believed to be +1")]
    acquaintance: Annotated[Floats, Column(0, 1, "share", "how much of one's work tie partners know")]
    score: Annotated[Floats, Column(0, 1, "share of full effort", "contribution as the organization sees it")]
    gamed: Annotated[Floats, Column(0, 1, "share", "share of relational effort moved to what is scored")]
    directory: Annotated[Floats, Column(0, 1, "share", "who knows what, as far as it is known rightly")]
    handled: Annotated[Floats, Column(0, 1e9, "requests per week", "requests answered or passed on this week")]
    hindered: Annotated[Floats, Column(0, 1, "flag", "1 while a problem waits for an answer")]
    participation: Annotated[NDArray[np.uint8], Column(0, 5, "code", "participation state; 0 also while M20 is off")]
    threshold: Annotated[Floats, Column(0, 1e4, "times", "effort needed to contribute, against the typical member")]
    connectivity: Annotated[Floats, Column(0, 10, "times", "connectivity against the mean")]
    response: Annotated[Floats, Column(0, 1, "share", "how soon messages are answered; 1 is at once")]
    value: Annotated[Floats, Column(0, 100, "value per week", "value created this week")]
    shaken: Annotated[Floats, Column(0, 1, "share", "how shaken by partners who left")]
    join_threshold: Annotated[Floats, Column(0, 100, "recruiters", "recruiters needed to join; belongs to the place")]
    outside_strength: Annotated[Floats, Column(0, 1e6, "strength", "sum of strengths of ties to outsiders")]
    personal_brand: Annotated[Floats, Column(0, 1, "share", "name among customers and partners")]
    own_gap: Annotated[Floats, Column(0, 1, "share", "gap between what is said and lived, in own experience")]
    gap_belief: Annotated[Floats, Column(0, 1, "share", "gap believed in after talk with partners")]
    voicing: Annotated[NDArray[np.int32], Column(0, 2**31 - 1, "weeks", "weeks of speaking up about the gap")]
    plays: Annotated[NDArray[np.uint64], Column(0, 2.0**60, "bits", "ways seen of others, the latest lowest")]
    new_way: Annotated[NDArray[np.uint8], Column(0, 1, "flag", "1 for who does things the new way")]
    committed: Annotated[NDArray[np.uint8], Column(0, 1, "flag", "1 for who always does; belongs to the place")]
    contributed: Annotated[Floats, Column(0, 1e6, "value", "value created in this place over the run")]
    deterred: Annotated[Floats, Column(0, 1, "share of full effort", "what sanctions add to giving")]
    pool_payoff: Annotated[Floats, Column(-1e5, 1e5, "value per week", "payoff in the pool of the week")]
    market_frame: Annotated[Floats, Column(0, 1, "share", "how far the act is seen as a purchase")]
    contributions: Annotated[Floats, Column(0, 1e9, "contributions", "contributions made, where they are counted")]
    stopped: Annotated[NDArray[np.uint8], Column(0, 1, "flag", "1 for who has stopped contributing for good")]


def columns() -> dict[str, Column]:
    """Every column of `Members` by name, in order."""
    hints = get_type_hints(Members, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


_NUMBERS: Mapping[object, type] = {
    Floats: np.float64, NDArray[np.int32]: np.int32, NDArray[np.uint8]: np.uint8, NDArray[np.uint64]: np.uint64,
}  # fmt: skip

DTYPES: Mapping[str, type] = {name: _NUMBERS[hint] for name, hint in get_type_hints(Members).items()}
"""Type of the numbers of each column, in order. Looked up whole: what an NDArray is inside changes with NumPy."""

BITS = tuple(name for name, dtype in DTYPES.items() if dtype is np.uint64)
"""Columns of bits, which a float64 could not hold to the last one."""

LATER = ("deterred", "pool_payoff", "market_frame", "contributions", "stopped")
"""Columns of mechanisms that are off by default; where one holds nothing, the digest of a run does not know it, so that
a mechanism that is off leaves no trace."""


class People(NamedTuple):
    """The static numbers behind the traits; those per role are tuples of three."""

    conditional_share: float
    free_rider_share: float
    hump_share: float
    slope_mean: float
    slope_sd: float
    motivation_sd: float
    involvement_sd: float
    skill_sd: float
    trust_start: float
    exhaustion_start: float
    expectation_start: float
    directory_start: float
    participation_threshold: float
    join_threshold_mean: float
    join_threshold_sd: float
    image_start: float
    belief_dimensions: float
    slow_share: float
    estimate_bias: float
    estimate_sd: float
    estimate_evenness: float
    threshold_sd: float
    hyperconnected_share: float
    connected_share: float
    hyperconnected_factor: float
    connected_factor: float
    other_factor: float
    response_start: float
    motivation_mean: tuple[float, float, float]
    involvement_mean: tuple[float, float, float]
    belief_start: tuple[float, float, float]


def people_of(values: Mapping[str, Value]) -> People:
    """The numbers behind the traits, out of a complete mapping of parameter values."""
    numbers: dict[str, Any] = {
        name: tuple(map(float, v)) if isinstance(v := values[name], tuple) else float(v) for name in People._fields
    }
    return People(**numbers)


@rule
def around(mean: float, sd: float, z: float) -> float:
    """A trait in 0..1: mean plus `z` standard deviations, held within bounds."""
    return clip01(mean + sd * z)


@rule
def positive_around(mean: float, sd: float, z: float) -> float:
    """A trait in 0..2 around `mean`."""
    return min(2.0, max(0.0, mean + sd * z))
