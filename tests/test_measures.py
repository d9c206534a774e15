import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import Scenario
from engagesim.design.files import shipped
from engagesim.measures import (
    BY_NAME,
    GROUPS,
    MEASURES,
    WINDOWS,
    measure,
    ratio,
    spread,
    sums_of,
    weekly_frame,
    window,
    windowed,
)
from engagesim.runs import replicates
from engagesim.tallies import COUNT, NAMES, ORGANIZATION, TALLIES, index

EVERY_MEASURE = pytest.mark.parametrize("m", MEASURES, ids=lambda m: m.name)
BY_HAND = np.arange(1.0, 2 * 3 * COUNT + 1).reshape(2, 3, COUNT) ** 1.5
"""Two weeks of different numbers in every place."""


@pytest.fixture(scope="module")
def presets():
    """Tallies of three replicates of every shipped scenario."""
    return {name: replicates(Scenario.load(name), 1, 3)[0] for name in sorted(shipped("scenarios"))}


@EVERY_MEASURE
def test_the_formula_in_words_is_what_is_computed(m):
    for g, group in enumerate(GROUPS):
        chosen = BY_HAND.sum(axis=1) if g == 0 else BY_HAND[:, g - 1]
        names = {name: chosen[:, k] for k, name in enumerate(NAMES)} | {
            "sqrt": np.sqrt,
            "clip": np.clip,
            "maximum": np.maximum,
        }
        with np.errstate(invalid="ignore"):
            expected = eval(m.formula, {"__builtins__": {}}, names)
        assert np.allclose(measure(m.name, BY_HAND, group), expected, rtol=1e-14, equal_nan=True)


@EVERY_MEASURE
def test_a_measure_says_what_it_is(m):
    assert m.title
    assert m.unit
    assert m.formula
    assert m.low < m.high
    assert m.better in (-1, 0, 1)


@EVERY_MEASURE
def test_a_measure_stays_in_its_range_in_every_group_of_every_shipped_scenario(m, presets):
    slack = 1e-6
    for name, tallies in presets.items():
        for group in GROUPS:
            series = measure(m.name, tallies, group)
            known = series[~np.isnan(series)]
            assert known.min(initial=m.low) >= m.low - slack, (name, group)
            assert known.max(initial=m.low) <= m.high + slack, (name, group)
            assert np.isfinite(known).all()


MUST_HAPPEN = {
    "extraction_ratio": "created", "outside_share": "joint", "help_found": "requests", "time_to_help": "helped",
    "reward_correlation": "received_squared", "tie_depth": "ties",
}  # fmt: skip
"""Without what a measure has nothing to say: in theory little happens, and where all is task nobody acts together."""


def nothing_goes_along(sums):
    """Weeks in which nothing can go along with anything, because all give, or all receive, the same."""
    pairs = (sums["task_effort"] + sums["relational_effort"], "effort_squared"), (sums["received"], "received_squared")
    spreads = [spread(sums["members"], total, sums[squares]) for total, squares in pairs]
    return np.isnan(spreads).any(axis=0)


@EVERY_MEASURE
def test_a_measure_of_everybody_is_known_in_every_shipped_scenario(m, presets):
    for name, tallies in presets.items():
        unknown = np.isnan(measure(m.name, tallies))
        if m.name in MUST_HAPPEN:
            sums = sums_of(tallies, "everyone")
            alike = m.name == "reward_correlation" and nothing_goes_along(sums)
            assert not (unknown & (sums[MUST_HAPPEN[m.name]] > 0) & np.logical_not(alike)).any(), name
        else:
            assert not unknown.any(), name


def test_a_measure_out_of_range_is_noticed(presets):
    tallies = presets["plain_organization"].copy()
    tallies[..., index("trust")] += tallies[..., index("members")]
    assert measure("trust", tallies).max() > 1


def test_known_answers_by_hand():
    tallies = np.zeros((1, 3, COUNT))
    for name, employee, customer in (
        ("members", 4, 6), ("participants", 3, 0), ("task_effort", 2, 1), ("relational_effort", 1, 1),
        ("captured", 1.0, 0.5), ("shared", 0.25, 0), ("rewards", 0.125, 0.125), ("created", 2, 1),
        ("ties", 8, 2), ("tie_strength", 4, 1), ("joint", 2, 0), ("joint_outside", 0.5, 0),
    ):  # fmt: skip
        tallies[0, :2, index(name)] = employee, customer
    assert measure("participation", tallies) == pytest.approx([0.3])
    assert measure("participation", tallies, "employee") == pytest.approx([0.75])
    assert measure("effort", tallies, "customer") == pytest.approx([1 / 3])
    assert measure("extraction_ratio", tallies) == pytest.approx([1 / 3])
    assert measure("tie_depth", tallies) == pytest.approx([0.5])
    assert measure("outside_share", tallies, "employee") == pytest.approx([0.25])
    assert np.isnan(measure("outside_share", tallies, "customer")[0])
    assert np.isnan(measure("trust", tallies, "partner")[0]), "nobody is there"
    assert measure("active_members", tallies, "partner") == [0]


def test_sums_of_roles_are_the_sums_of_everybody():
    together = sums_of(BY_HAND, "everyone")
    for name in NAMES:
        assert np.array_equal(together[name], sum(sums_of(BY_HAND, g)[name] for g in GROUPS[1:]))


def test_measures_of_many_runs_are_those_of_each(presets):
    tallies = presets["wirearchy"]
    for m in MEASURES:
        assert np.array_equal(measure(m.name, tallies)[1], measure(m.name, tallies[1]), equal_nan=True)


def test_unknown_names_are_errors():
    with pytest.raises(KeyError):
        measure("happiness", BY_HAND)
    with pytest.raises(ValueError, match="tuple"):
        measure("trust", BY_HAND, "robots")
    with pytest.raises(ValueError, match="tuple"):
        index("happiness")


def test_a_quotient_of_nothing_is_unknown_and_says_nothing():
    with np.errstate(all="raise"):
        assert np.array_equal(ratio(np.array([1.0, 0.0]), np.array([0.0, 2.0])), [np.nan, 0.0], equal_nan=True)


def test_names_of_measures_tallies_and_series_are_unique():
    assert len(BY_NAME) == len(MEASURES)
    assert len(set(NAMES)) == COUNT == len(TALLIES)
    assert len(set(ORGANIZATION)) == len(ORGANIZATION)
    assert all(t.meaning and t.unit for t in TALLIES)


def test_the_weekly_frame_holds_every_measure_of_every_group():
    frame = weekly_frame(BY_HAND)
    assert list(frame.columns) == ["week", "group", *BY_NAME]
    assert frame.week.tolist() == [1, 2] * 4
    assert frame.group.unique().tolist() == list(GROUPS)
    row = frame[(frame.week == 2) & (frame.group == "partner")].iloc[0]
    assert row.trust == measure("trust", BY_HAND, "partner")[1]


def test_windows_by_hand():
    assert window("early", 156) == slice(0, 23)
    assert window("late", 156) == slice(117, 156)
    assert window("whole", 156) == slice(0, 156)
    assert window("end", 156) == slice(155, 156)
    assert window("early", 20) == slice(0, 3)
    with pytest.raises(KeyError):
        window("middle", 20)


@given(st.integers(1, 1000))
def test_every_window_holds_at_least_a_week_and_lies_in_the_run(weeks):
    for name in WINDOWS:
        part = range(weeks)[window(name, weeks)]
        assert 1 <= len(part) <= weeks
    assert len(range(weeks)[window("late", weeks)]) >= len(range(weeks)[window("early", weeks)])


def test_windowed_is_the_mean_of_known_weeks():
    series = np.array([[1.0, np.nan, 3.0, 4.0], [np.nan, np.nan, np.nan, np.nan]])
    means = windowed(series, "whole")
    assert means[0] == pytest.approx(8 / 3)
    assert np.isnan(means[1])
    assert windowed(series, "end")[0] == 4
    assert windowed(np.arange(20.0), "early") == 1
    assert windowed(np.arange(20.0), "late") == 17
