import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, Scenario, simulate
from engagesim.design.catalogue import LEVERS
from engagesim.design.files import shipped
from engagesim.population import PARAMETERS, Members, People, around, columns, people_of, positive_around
from engagesim.rules.rewards import CONTINGENCIES, USES
from tests.rules.cases import EMPLOYEES_ONLY, PLAIN, alone, lively, network_of, with_instruments

SHARE = st.floats(0, 1)
TRAITS = ("cooperation_type", "conditional_slope", "motivation", "involvement", "skill")


@given(SHARE, st.floats(0, 0.5), st.floats(-9, 9))
def test_a_trait_is_a_share_and_without_spread_it_is_the_mean(mean, sd, z):
    assert 0 <= around(mean, sd, z) <= 1
    assert around(mean, 0.0, z) == mean
    assert around(mean, sd, 0.0) == mean
    assert around(mean, sd, z) <= around(mean, sd, z + 1)


@given(st.floats(0, 2), st.floats(0, 0.5), st.floats(-9, 9))
def test_skill_and_slope_lie_in_0_to_2(mean, sd, z):
    assert 0 <= positive_around(mean, sd, z) <= 2
    assert positive_around(mean, 0.0, z) == mean
    assert positive_around(1.0, 0.2, 0.5) == pytest.approx(1.1)


def test_every_column_has_bounds_a_unit_and_a_meaning():
    declared = columns()
    assert tuple(declared) == Members._fields
    assert all(c.low < c.high and c.unit and c.meaning for c in declared.values())


def test_people_are_the_numbers_of_the_scenario():
    people = people_of(PLAIN.changed(trust_start=0.7, motivation_mean=(0.1, 0.2, 0.3)).values)
    assert people.trust_start == 0.7
    assert people.motivation_mean == (0.1, 0.2, 0.3)
    assert isinstance(people_of(PLAIN.changed(trust_start=1).values).trust_start, float)
    assert {p.name for p in PARAMETERS if p.static} <= set(People._fields)
    with pytest.raises(KeyError):
        people_of({})


def test_traits_follow_their_distributions():
    """False alarm: one in a million for each of four traits."""
    design = alone(**EMPLOYEES_ONLY, employees=20_000, form="regular", degree=0, steps=1)
    spread = design.changed(motivation_sd=0.05, skill_sd=0.1, slope_sd=0.1, involvement_sd=0.06)
    state = simulate(spread, seed=3).last
    expected = {
        "motivation": (0.5, 0.05),
        "skill": (1, 0.1),
        "conditional_slope": (0.85, 0.1),
        "involvement": (0.5, 0.06),
    }
    for name, parameters in expected.items():
        assert stats.kstest(state[name], stats.norm(*parameters).cdf).pvalue > 1e-6
    pairs = np.corrcoef([state[name] for name in expected])[np.triu_indices(4, 1)]
    assert np.abs(pairs).max() * np.sqrt(20_000) < stats.norm.isf(1e-6 / 2 / 6), "traits are independent"


def test_each_role_has_its_own_means():
    state = simulate(PLAIN.changed(motivation_sd=0, need_rate=0, steps=1)).last
    assert [set(state["motivation"][state["role"] == r]) for r in range(3)] == [{0.5}, {0.3}, {0.4}]


def test_both_engines_give_the_same_people_the_same_traits():
    design = alone(motivation_sd=0.2, skill_sd=0.2, slope_sd=0.1)
    model = EngagementModel(design, seed=8)
    ours = simulate(design.changed(steps=1), seed=8, network=network_of(design, 8)).last
    for name in TRAITS:
        assert [getattr(m, name) for m in model.members] == ours[name].tolist()


def test_a_trait_belongs_to_the_seat_whatever_the_design():
    states = [simulate(PLAIN.changed(steps=1, **design), seed=6).last
              for design in ({}, {"span_of_control": 12, "capture_share": 0.6})]  # fmt: skip
    for name in ("cooperation_type", "conditional_slope", "involvement"):
        assert np.array_equal(states[0][name], states[1][name])


def assert_within_bounds(run):
    for week, state in run.snapshots.items():
        for column, (low, high, *_) in columns().items():
            assert np.isfinite(state[column]).all(), (week, column)
            assert low <= state[column].min(), (week, column)
            assert state[column].max() <= high, (week, column)
        assert (state["effort_task"] + state["effort_relational"]).max() <= 1 + 1e-12
        assert min(state["effort_task"].min(), state["effort_relational"].min()) >= 0


@pytest.mark.parametrize("name", sorted(shipped("scenarios")))
def test_every_stock_stays_within_its_bounds_in_every_shipped_scenario(name):
    design = Scenario.load(name)
    watch = [week for week in (1, 2, 5, 13, 26, 52, 104) if week <= design.values["steps"]]
    assert_within_bounds(simulate(design, seed=1, watch=watch))


PAIRED = ("capture_share", "own_share", "target_capture_share", "target_own_share", "shared_share")
NUMBERS = [p for p in LEVERS if p.kind == "number" and p.name not in (*PAIRED, "budget")]


@given(st.data(), SHARE, SHARE, st.integers(0, 2**64 - 1))
def test_every_stock_stays_within_its_bounds_at_the_ends_of_every_range(data, own, rest, seed):
    chosen = data.draw(st.lists(st.sampled_from(NUMBERS), unique=True, max_size=20))
    extremes = {p.name: data.draw(st.sampled_from([p.low, p.high])) for p in chosen}
    rule = data.draw(st.sampled_from(["equal", "proportional", "ownership"]))
    design = lively(
        **{**extremes, "shared_share": 0, "own_share": own, "capture_share": (1 - own) * rest, "sharing_rule": rule}
    )
    reward = {"value": data.draw(st.sampled_from([0.0, 0.02, 5.0])), "chance": 0.001,
              "contingency": data.draw(st.sampled_from(CONTINGENCIES)), "cost": 10.0,
              "evaluation_use": data.draw(st.sampled_from(USES))}  # fmt: skip
    assert_within_bounds(simulate(with_instruments(design, reward), seed=seed, watch=range(1, 12)))
