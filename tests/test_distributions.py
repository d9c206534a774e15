"""Outcomes over the members at the end of a run."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.distributions import BY_NAME, DISTRIBUTIONS, End, at_the_end, gini, share_of_top
from engagesim.engine import paths
from engagesim.engine.paths import betweenness
from engagesim.measures import GROUPS
from engagesim.structures import Members, Ties, assemble
from tests.rules.cases import alone, lively, network_of
from tests.structures.cases import graph_of

NUMBERS = st.lists(st.floats(0, 100), min_size=1, max_size=30).map(np.array)


def test_gini_by_hand():
    assert gini(np.array([1.0, 1.0, 1.0])) == 0
    assert gini(np.array([0.0, 0.0, 0.0, 1.0])) == pytest.approx(0.75)
    assert gini(np.array([1.0, 2.0, 3.0])) == pytest.approx(2 / 9)
    assert np.isnan(gini(np.zeros(3)))


@given(NUMBERS)
def test_gini_is_half_the_mean_difference_over_the_mean(x):
    if x.sum() > 1e-6:
        expected = np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())
        assert gini(x) == pytest.approx(expected, abs=1e-9)


def test_shares_of_the_top_by_hand_cut_through_ranks():
    x = np.array([4.0, 3.0, 2.0, 1.0])
    assert share_of_top(x, 0.0, 0.25) == pytest.approx(0.4)
    assert share_of_top(x, 0.0, 0.125) == pytest.approx(0.2)
    assert share_of_top(x, 0.25, 1.0) == pytest.approx(0.6)
    assert np.isnan(share_of_top(np.zeros(4), 0, 1))


@given(NUMBERS, st.floats(0, 1))
def test_shares_add_up_and_the_top_never_has_less_than_its_part(x, cut):
    if x.sum() > 1e-6:
        top, rest = share_of_top(x, 0.0, cut), share_of_top(x, cut, 1.0)
        assert top + rest == pytest.approx(1.0)
        assert top >= cut - 1e-9


@pytest.mark.parametrize("form", ["organization", "small_world", "scale_free", "star"])
def test_betweenness_is_that_of_an_independent_library(form):
    network = simulate(lively(form=form, degree=4, attachment=2, community_size=4), seed=3).network
    expected = nx.betweenness_centrality(graph_of(network))
    assert np.allclose(betweenness(network), [expected[i] for i in range(network.size)], atol=1e-12)


def test_betweenness_of_a_large_network_is_estimated_from_pivots(monkeypatch):
    network = simulate(lively(employees=300, steps=2), seed=3).network
    exact = betweenness(network)
    monkeypatch.setattr(paths, "ALL_TO", 100)
    estimate = betweenness(network)
    assert np.corrcoef(exact, estimate)[0, 1] > 0.95
    assert estimate.sum() == pytest.approx(exact.sum(), rel=0.1)


def two_units():
    """Two units of two: ties 0-1 and 2-3 inside, 1-2 between."""
    members = Members(
        role=np.zeros(4, np.uint8), unit=np.array([0, 0, 1, 1], np.int32), manager=np.full(4, -1, np.int32),
        level=np.full(4, -1, np.int16), place=np.full(4, -1, np.int32),
    )  # fmt: skip
    return assemble(members, [Ties("lateral", np.array([0, 1, 2]), np.array([1, 2, 3]), 0.5)])


def end_of(network, **columns):
    size = network.size
    plain = {"active": np.ones(size), "role": network.role, "effort_relational": np.ones(size)}
    return End({**plain, **{k: np.asarray(v, dtype=float) for k, v in columns.items()}}, network)


def test_ties_between_units_and_reciprocity_by_hand():
    end = end_of(two_units(), effort_relational=[0.2, 0.4, 0.4, 0.0])
    who = end.who("everyone")
    assert BY_NAME["cross_unit_ties"].compute(end, who) == pytest.approx(1 / 3)
    assert BY_NAME["reciprocity"].compute(end, who) == pytest.approx((0.2 + 0.4 + 0.0) / (0.4 + 0.4 + 0.4))


@pytest.mark.parametrize(("changes", "weights"), [
    ({"decentralization": 1}, [1] * 24 + [0] * 24),
    ({"decentralization": 1, "outsider_vote": 1}, [1] * 48),
])  # fmt: skip
def test_power_by_hand_under_an_equal_vote(changes, weights):
    run = simulate(alone(error_cost=0.1, credibility_weight=0, **changes), seed=1)
    assert run.last["decision_weight"].tolist() == weights
    assert run.measures["power_gini"] == pytest.approx(weights.count(0) / len(weights))


def test_power_by_hand_in_a_line_of_command():
    design = alone(error_cost=0.1, credibility_weight=0, decentralization=0, levels=3)
    run = simulate(design, seed=1)
    levels = run.network.level
    assert run.last["decision_weight"] == pytest.approx(np.where(levels >= 0, 0.5 ** np.maximum(levels, 0), 0))
    assert 0 < run.measures["power_gini"] < 1


def test_likeness_within_units_by_hand():
    compute = BY_NAME["trust_within_units"].compute
    alike = end_of(two_units(), trust=[0.2, 0.2, 0.6, 0.6])
    assert compute(alike, alike.who("everyone")) == pytest.approx(1.0)
    end = end_of(two_units(), trust=[0.1, 0.3, 0.5, 0.7])
    between, within = 0.16, 0.02
    assert compute(end, end.who("everyone")) == pytest.approx((between - within) / (between + within))
    same = end_of(two_units(), trust=[0.4] * 4)
    assert np.isnan(compute(same, same.who("everyone")))


def test_likeness_within_units_of_unrelated_numbers_is_about_zero():
    """False alarm: below one in ten thousand."""
    members = Members(
        role=np.zeros(4000, np.uint8), unit=np.repeat(np.arange(800), 5).astype(np.int32),
        manager=np.full(4000, -1, np.int32), level=np.full(4000, -1, np.int16), place=np.full(4000, -1, np.int32),
    )  # fmt: skip
    end = end_of(assemble(members, []), trust=np.random.default_rng(1).random(4000))
    assert abs(BY_NAME["trust_within_units"].compute(end, end.who("everyone"))) < 4 * np.sqrt(2 / (5 * 4 * 800))


@pytest.mark.parametrize("d", DISTRIBUTIONS, ids=lambda d: d.name)
def test_a_distribution_stays_in_its_range_in_every_group(d):
    for seed in range(4):
        run = simulate(lively(), seed=seed)
        found = at_the_end(End(run.last, run.network), (d.name,))
        assert found.shape == (len(GROUPS), 1)
        assert (np.isnan(found) | ((found >= d.low - 1e-12) & (found <= d.high + 1e-12))).all()


def test_both_engines_end_with_the_same_ties_and_distributions():
    design = lively(tie_floor=0.1)
    one, other = simulate(design, seed=2), simulate(design, seed=2, engine="mesa")
    for name in ("start", "neighbour", "strength", "kind", "unit", "manager"):
        assert np.array_equal(getattr(one.network, name), getattr(other.network, name))
    ends = [at_the_end(End(run.last, run.network)) for run in (one, other)]
    assert np.array_equal(*ends, equal_nan=True)
    assert not np.array_equal(one.network.strength[:20], network_of(design, 2).strength[:20])
