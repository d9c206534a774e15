"""Random designs for tests: small organizations in which every mechanism, lever and instrument may be at work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from engagesim import Scenario
from engagesim.design.catalogue import LEVERS, parameter
from engagesim.design.parts import Change
from engagesim.parameter import Parameter
from engagesim.rules.joining import JOINING
from engagesim.rules.rewards import INSTRUMENT

BASE = Scenario.load("plain_organization")
SMALL_RANGE = {
    "tie_growth_deep": 2.0,
    "vacancy_weeks": 6.0,
    "exit_hazard": 0.3,
    "exit_exhaustion": 5.0,
    "budget": 0.1,
    "join_threshold_mean": 3.0,
    "start_active": 0.9,
    "patience": 3.0,
    "exit_gap": 20.0,
    "manager_capacity": 6.0,
    "confidence_bound": 2.0,
}
"""Upper ends that make rare events happen within a few weeks."""

SHARES = ("capture_share", "own_share")
OWNERS = ("person_share", "shared_share")
TARGETS = ("target_capture_share", "target_own_share")
CONNECTED = ("hyperconnected_share", "connected_share")
STATIC = (
    "conditional_share",
    "free_rider_share",
    "slope_sd",
    "motivation_sd",
    "trust_start",
    "tie_room",
    "start_active",
    "seed_cluster",
    "join_threshold_mean",
    "join_threshold_sd",
    "image_start",
    "estimate_sd",
    "estimate_bias",
    "slow_share",
    "belief_dimensions",
    "directory_start",
    "record_start",
    "adoption_start",
    "threshold_sd",
    "hyperconnected_share",
    "hyperconnected_factor",
    "response_start",
)
OFTEN = st.sampled_from((True, True, False))
FORMS = ("organization", "small_world", "scale_free", "complete", "star", "groups")
SELDOM = (
    "imitation_rate",
    "socialization",
    "code_learning",
    "adoption_rate",
    "breadth",
    "costly_signal",
    "promised_return",
)
"""Levers with which by default a mechanism would hardly ever, or never, be at work within a few weeks."""


def number_of(p: Parameter) -> st.SearchStrategy[Any]:
    """A value of one parameter: an end of its range, its default's neighbourhood, or anything between."""
    if p.kind == "choice":
        return st.sampled_from(p.choices)
    if p.kind == "integer":
        return st.integers(int(p.low), min(int(p.high), 8))
    high = min(p.high, SMALL_RANGE.get(p.name, p.high), 50.0)
    one = st.one_of(st.just(p.low), st.just(high), st.floats(p.low, high))
    return st.tuples(one, one, one) if p.per_role else one


@st.composite
def settings(draw: Any) -> dict[str, Any]:
    """Values for some levers and traits; shares that must fit together are scaled to fit."""
    least = draw(st.integers(0, 20))
    names = draw(st.lists(st.sampled_from([p.name for p in LEVERS]), min_size=least, max_size=30, unique=True))
    names += [*draw(st.sets(st.sampled_from(SELDOM))), *draw(st.sets(st.sampled_from(STATIC)))]
    values = {name: draw(number_of(parameter(name))) for name in names}
    for a, b in (SHARES, OWNERS, TARGETS, CONNECTED, ("conditional_share", "free_rider_share")):
        if a in values or b in values:
            first = values.get(a, 0.3)
            values[a], values[b] = first * 0.6, values.get(b, 0.2) * (1 - first * 0.6) * 0.6
    if "conditional_share" in values:
        values["hump_share"] = 0.05
    values |= {"joining": draw(st.sampled_from(JOINING)), "recruit_rate": draw(st.floats(0.1, 1))}
    if values["joining"] != JOINING[0]:
        values["start_active"] = (1.0, draw(st.floats(0.2, 0.8)), draw(st.floats(0.2, 0.8)))
    if draw(OFTEN):
        values |= {"exit_hazard": (draw(st.floats(0.05, 0.3)),) * 3, "vacancy_weeks": (draw(st.floats(1, 4)),) * 3}
    if draw(OFTEN):
        values |= {"meeting_rate": draw(st.floats(0.3, 1)), "closure_rate": draw(st.floats(0, 1)), "tie_attention": 0.0}
    if draw(OFTEN):
        values |= {"espoused": 1.0, "enacted": draw(st.floats(0, 0.4)), "value_learning": draw(st.floats(0.3, 1))}
        values["gap_threshold"] = draw(st.floats(0, 0.3))
    return values


@st.composite
def instruments(draw: Any) -> str:
    """TOML of up to three reward instruments."""
    text = ""
    for k in range(draw(st.integers(0, 3))):
        text += f'[[instruments]]\nname = "reward_{k}"\n'
        for p in INSTRUMENT:
            value = draw(number_of(p))
            if p.name == "value":
                value = draw(st.floats(0.001, 0.5))
            if p.name == "top_share":
                value = draw(st.floats(0.01, 0.9))
            text += f'{p.name} = "{value}"\n' if p.kind == "choice" else f"{p.name} = {float(value)!r}\n"
    return text


@st.composite
def schedules(draw: Any, weeks: int) -> str:
    """TOML of a change of levers in mid run, or none."""
    if draw(st.booleans()):
        return ""
    at = draw(st.integers(0, weeks - 1))
    return f"[[schedule]]\nat = {at}\nset = {{ return_share = {draw(st.floats(0, 1))!r}, belief_update = 0.7 }}\n"


@st.composite
def scenarios(draw: Any, folder: Any) -> Scenario:
    """A random small organization of 6 to 14 weeks."""
    weeks = draw(st.integers(6, 14))
    text = 'title = "Random"\nextends = "plain_organization"\n' + draw(instruments()) + draw(schedules(weeks))
    path = folder / "random.toml"
    path.write_text(text + f"[time]\nsteps = {weeks}\n")
    people = {"employees": draw(st.integers(4, 16)), "customers": draw(st.integers(0, 12)),
              "partners": draw(st.integers(0, 6))}  # fmt: skip
    form = {"form": draw(st.sampled_from(FORMS)), "degree": 2, "attachment": 1, "community_size": 5}
    base, numbers = Scenario.load(path), draw(settings())
    if not base.instruments:
        numbers.pop("budget", None)
    design = base.changed(**people, **form, **numbers)
    return draw(reorganized(design, weeks)) if form["form"] == "organization" else design


@st.composite
def reorganized(draw: Any, design: Scenario, weeks: int) -> Scenario:
    """The design, or one in which bridges come and go in mid run."""
    new = {
        "lateral_tie_rate": st.floats(0, 3),
        "third_order_degree": st.floats(0, 4),
        "boundary_share": st.floats(0, 1),
    }
    at = draw(st.lists(st.integers(0, weeks - 1), max_size=2, unique=True))
    changes = [Change(week, None, key, draw(value)) for week in at for key, value in new.items()]
    return replace(design, schedule=(*design.schedule, *changes))
