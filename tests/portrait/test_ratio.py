"""The critical ratio of large networks: walks against equations and formulas, piece by piece and as a whole."""

import math

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from engagesim.portrait import ratio as ratios
from engagesim.portrait.ratio import Ratio, alike, by_formula, by_walks, estimated, freed, note, ratio_of, walked
from engagesim.portrait.walkers import everywhere, ground, join, next_place, returns, walk
from engagesim.structures.critical import meeting_times, strengths
from engagesim.structures.graphs import from_graph
from engagesim.validation.exact.fixation import regular_graph_threshold
from tests.structures.cases import weighted

ERRORS = 3.0
"""Standard errors that an estimate may be off. With six estimates, each by some forty runs (Student's t), one of 40
sets of seeds would give a false alarm; the seeds are fixed."""


GRAPHS = {
    "karate": (nx.karate_club_graph(), ""),
    "karate, unlike ties": (nx.karate_club_graph(), "weight"),
    "reporting line": (nx.balanced_tree(4, 3), ""),
    "scale-free, unlike ties": (weighted(nx.barabasi_albert_graph(150, 3, seed=2), 1, least=0.1), "weight"),
    "two teams and a bridge": (nx.barbell_graph(20, 2), ""),
    "path": (nx.path_graph(40), ""),
}


def weights_of(name):
    graph, weight = GRAPHS[name]
    return strengths(from_graph(graph, weight=weight))


@pytest.mark.parametrize("name", GRAPHS)
def test_walks_give_the_ratio_of_the_equations(name):
    weights = weights_of(name)
    exact = meeting_times(weights).critical_ratio
    found = by_walks(weights, 5, moves=400_000)
    assert abs(found.value - exact) < ERRORS * found.se
    assert found.se < 0.1 * abs(exact)
    assert found.low < found.value < found.high
    assert found.way == "walks"
    assert found.runs >= 24


@pytest.mark.parametrize("degree", [3, 11])
def test_of_regular_graphs_the_known_sum_takes_out_all_noise(degree):
    graph = nx.random_regular_graph(degree, 60, seed=4)
    found = by_walks(strengths(from_graph(graph)), 1, moves=50_000)
    assert found.value == pytest.approx(regular_graph_threshold(len(graph), degree), rel=1e-9)
    assert found.se < 1e-9


def test_the_ratio_of_a_star_is_not_told_apart_from_never():
    found = by_walks(strengths(from_graph(nx.star_graph(60))), 2, moves=200_000)
    assert found.value == math.inf
    assert found.low > 20
    assert "never spreads here, or only when" in note(found)


def test_intervals_hold_the_ratio_as_often_as_they_say():
    """Ninety-five in a hundred: of 60 intervals, fewer than 50 hold it in one of 3,000 cases."""
    weights = weights_of("karate")
    exact = meeting_times(weights).critical_ratio
    found = [by_walks(weights, seed, moves=30_000) for seed in range(60)]
    assert sum(one.low <= exact <= one.high for one in found) >= 50
    assert sum(abs(one.value - exact) > one.se for one in found) >= 8, "the errors are not told too large either"


def test_large_networks_are_estimated_and_small_and_regular_ones_are_not(monkeypatch):
    tree = from_graph(nx.balanced_tree(3, 4))
    assert ratio_of(tree, 0).way == "equations"
    monkeypatch.setattr(ratios, "LARGEST", 100)
    found = ratio_of(tree, 0)
    assert found.way == "walks"
    assert found == ratio_of(tree, 0)
    assert found != ratio_of(tree, 1)
    ring = from_graph(nx.circulant_graph(5000, [1, 2]))
    assert ratio_of(ring, 0) == Ratio(regular_graph_threshold(5000, 4), 0.0, *[regular_graph_threshold(5000, 4)] * 2,
                                      "formula")  # fmt: skip


def test_walkers_who_hardly_ever_meet_are_told(monkeypatch):
    monkeypatch.setattr(ratios, "MOST_MOVES", 1000)
    found = by_walks(weights_of("path"), 0)
    assert math.isnan(found.value)
    assert note(found).startswith("not told: walkers")


def test_members_are_alike_if_strengths_and_ways_back_are():
    ring = strengths(from_graph(nx.cycle_graph(9)))
    assert alike(ring)
    assert by_formula(ring) == pytest.approx(regular_graph_threshold(9, 2))
    assert by_formula(strengths(from_graph(nx.complete_graph(3)))) == pytest.approx(-2)
    assert by_formula(strengths(from_graph(nx.circulant_graph(8, [1, 2])))) == math.inf
    assert not alike(strengths(from_graph(nx.star_graph(4))))
    assert not alike(strengths(from_graph(weighted(nx.cycle_graph(9), 1))))
    pairs = nx.cycle_graph(8)
    for a, b in pairs.edges:
        pairs.edges[a, b]["weight"] = 1.0 if min(a, b) % 2 == 0 and abs(a - b) == 1 else 0.25
    strong = strengths(from_graph(pairs))
    assert alike(strong), "strong pairs in a ring: unlike ties, but members alike"
    assert by_formula(strong) == pytest.approx(meeting_times(strong).critical_ratio)


def test_the_chance_to_be_back_is_that_of_two_steps():
    weights = weights_of("scale-free, unlike ties")
    walk_once = weights.toarray() / weights.sum(axis=1)[:, None]
    assert np.allclose(returns(weights), np.diagonal(walk_once @ walk_once), atol=1e-14)


def test_a_partner_is_drawn_by_strength():
    weights = sparse.csr_array(np.array([[0, 1, 3, 4], [1, 0, 0, 0], [3, 0, 0, 0], [4, 0, 0, 0]], dtype=float))
    where = ground(weights)
    places = [next_place(where, 0, u) for u in (0.0, 0.12, 0.13, 0.49, 0.51, 0.999999)]
    assert places == [1, 1, 2, 2, 3, 3]
    assert next_place(where, 3, 0.7) == 0
    assert where.share.sum() == pytest.approx(1)


def test_who_has_met_goes_on_as_one_group_and_its_ties_no_longer_count():
    where = ground(strengths(from_graph(nx.cycle_graph(5))))
    walkers, apart = everywhere(5), where.weight[:, 2] @ where.weight
    assert apart == pytest.approx([1, 0.5, 0.2])
    walkers.at[1], walkers.guest[1], walkers.guest[0] = 0, -1, 1
    join(where, walkers, 1, 0, 5, apart)
    assert walkers.group.tolist() == [1, 1, 2, 3, 4]
    assert sorted(walkers.moving[:4]) == [1, 2, 3, 4]
    assert walkers.guest[:2].tolist() == [1, -1]
    assert apart == pytest.approx(np.array([1, 0.5, 0.2]) * 0.8)
    walkers.at[3], walkers.guest[3] = 0, -1
    join(where, walkers, 3, 1, 4, apart)
    assert walkers.group.tolist() == [1, 1, 2, 1, 4]
    assert sorted(walkers.moving[:3]) == [1, 2, 4]
    assert apart == pytest.approx(np.array([1, 0.5, 0.2]) * 0.8), "1 and 3, 0 and 3 have no tie"
    join(where, walkers, 2, 1, 3, apart)
    assert apart == pytest.approx(np.array([1, 0.5, 0.2]) * 0.4)
    chain, member = [], walkers.first[1]
    while member >= 0:
        chain.append(int(member))
        member = walkers.after[member]
    assert sorted(chain) == [0, 1, 2, 3]


def test_two_members_meet_at_the_first_move():
    where = ground(sparse.csr_array(np.array([[0.0, 2.0], [2.0, 0.0]])))
    apart, sums = where.weight[:, 2] @ where.weight, np.zeros(3)
    assert walk(np.uint64(3), where, everywhere(2), 10, apart.copy(), sums) == 1
    assert sums == pytest.approx(apart)
    assert walk(np.uint64(3), where, everywhere(2), 0, apart.copy(), sums) == -1


def test_the_known_sum_is_known_and_the_others_are_those_of_the_equations():
    weights = weights_of("reporting line")
    times = meeting_times(weights)
    sums = walked(ground(weights), 9, 2_000_000)
    for found, expected in zip(sums.T, (times.t2 + 2, times.t3 - times.t1 + 2, 1.0), strict=True):
        assert abs(found.mean() - expected) < ERRORS * found.std(ddof=1) / len(found) ** 0.5


def test_what_goes_with_a_control_is_taken_out():
    rng = np.random.default_rng(1)
    control, noise = rng.normal(0.2, 1, 50), rng.normal(0, 0.01, 50)
    assert freed(7 + 3 * control, control) == pytest.approx(np.full(50, 7))
    assert freed(7 + 3 * control + noise, control).std() < 0.011
    assert freed(noise, np.zeros(50)).tolist() == noise.tolist()


def test_an_estimate_turns_the_interval_of_its_inverse_over():
    rng = np.random.default_rng(2)
    luck, noise = rng.normal(0, 0.1, 400), rng.normal(0, 1, 400)
    excess, noise = luck - luck.mean(), noise - noise.mean()
    sums = np.column_stack((102 + 50 * excess, 27 + 20 * excess + noise, 1 + excess))
    found = estimated(sums)
    error = noise.std() / 100 / 20
    assert found.value == pytest.approx(4, rel=1e-3)
    assert found.se == pytest.approx(16 * error, rel=0.02)
    assert (found.low, found.high) == pytest.approx((1 / (0.25 + 1.966 * error), 1 / (0.25 - 1.966 * error)), rel=2e-3)
    spite = estimated(sums - [0, 50, 0])
    assert spite.low < spite.value < spite.high < 0
    assert "harming" in note(spite)
    unknown = estimated(sums - [0, 25, 0])
    assert (unknown.value, unknown.high) == (math.inf, math.inf)
    assert 0 < unknown.low < math.inf


@pytest.mark.parametrize(("found", "words"), [
    (Ratio(4.5, 0.0, 4.5, 4.5, "equations"), "giving spreads when it is worth more than 4.50 times its cost"),
    (Ratio(math.inf, 0.0, math.inf, math.inf, "formula"), "giving never spreads here, whatever it is worth"),
    (Ratio(4.5, 0.02, 4.46, 4.54, "walks", 30), "giving spreads when it is worth more than 4.50 times its cost "
     "(estimated from 30 runs of walks: standard error 0.02, 95 % interval 4.46 to 4.54)"),
    (Ratio(math.nan, math.nan, math.nan, math.nan, "none"), "not told: fewer than 3 members are connected"),
])  # fmt: skip
def test_a_ratio_in_words(found, words):
    assert note(found) == words
