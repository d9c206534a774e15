"""The critical ratio against theory, against the chain of all states, and against a direct solution."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from engagesim.structures.copies import apart, side_by_side
from engagesim.structures.critical import critical_ratio, largest_part, meeting_times, strengths
from engagesim.structures.graphs import from_graph
from engagesim.structures.influence import concentration, influence
from engagesim.structures.robustness import robustness, still_connected, taken_first
from engagesim.validation.exact.fixation import on_network, regular_graph_threshold

from .cases import weighted

REGULAR = {
    "ring": nx.cycle_graph(13),
    "torus": nx.grid_2d_graph(5, 6, periodic=True),
    "cubic": nx.random_regular_graph(3, 20, seed=4),
    "complete": nx.complete_graph(7),
    "seven": nx.random_regular_graph(7, 50, seed=1),
}
IRREGULAR = {
    "path": nx.path_graph(5),
    "tree": nx.balanced_tree(2, 2),
    "lollipop": nx.lollipop_graph(4, 3),
    "random": nx.gnp_random_graph(8, 0.5, seed=3),
}


@pytest.mark.parametrize("name", REGULAR)
def test_regular_graphs_have_the_ratio_of_theory(name):
    graph = REGULAR[name]
    degree = graph.degree[next(iter(graph))]
    expected = regular_graph_threshold(len(graph), degree)
    assert critical_ratio(from_graph(graph)) == pytest.approx(expected, abs=1e-6, rel=1e-6)


def direct(weights):
    """Meeting times by writing all equations out."""
    n = len(weights)
    p = weights / weights.sum(axis=1, keepdims=True)
    eye = np.eye(n)
    matrix = np.eye(n * n) - (np.kron(p, eye) + np.kron(eye, p)) / 2
    same = np.arange(n) * (n + 1)
    right = np.ones(n * n)
    matrix[same], matrix[same, same], right[same] = 0.0, 1.0, 0.0
    tau = np.linalg.solve(matrix, right).reshape(n, n)
    pi = weights.sum(axis=1) / weights.sum()
    t1, t2, t3 = (pi @ np.diagonal(np.linalg.matrix_power(p, k) @ tau) for k in (1, 2, 3))
    return t1, t2, t3


@pytest.mark.parametrize("name", IRREGULAR)
def test_meeting_times_are_those_of_the_equations_written_out(name):
    weights = nx.to_numpy_array(weighted(IRREGULAR[name].copy(), 1))
    found = meeting_times(sparse.csr_array(weights))
    assert (found.t1, found.t2, found.t3) == pytest.approx(direct(weights), rel=1e-9)


@pytest.mark.parametrize("name", IRREGULAR)
def test_above_the_ratio_and_only_there_a_single_giver_beats_chance(name):
    weights = nx.to_numpy_array(weighted(IRREGULAR[name].copy(), 2))
    times = meeting_times(sparse.csr_array(weights))
    weak = 1e-4
    slope = (on_network(weights, 5.0, 1.0, weak)[0] - 1 / len(weights)) / weak
    assert slope == pytest.approx((5.0 * (times.t3 - times.t1) - times.t2) / (2 * len(weights)), rel=5e-3)


def test_a_star_never_has_it_and_the_largest_part_counts():
    assert critical_ratio(from_graph(nx.star_graph(8))) == np.inf
    two = nx.disjoint_union(nx.cycle_graph(9), nx.complete_graph(4))
    assert critical_ratio(from_graph(two)) == pytest.approx(regular_graph_threshold(9, 2))
    assert largest_part(strengths(from_graph(two))).shape == (9, 9)
    assert np.isnan(critical_ratio(from_graph(nx.path_graph(2))))


def test_strength_of_all_ties_does_not_matter_and_strong_pairs_do():
    graph = nx.random_regular_graph(4, 20, seed=2)
    assert critical_ratio(from_graph(graph)) == pytest.approx(18 / (20 / 4 - 2))
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    before = np.inf
    for weight in (1.0, 3.0, 30.0):
        nx.set_edge_attributes(graph, 1.0, "weight")
        for a, b in matching:
            graph.edges[a, b]["weight"] = weight
        found = critical_ratio(from_graph(graph))
        assert found < before
        before = found


def test_copies_are_apart_and_alike():
    one = from_graph(weighted(nx.lollipop_graph(4, 2), 3))
    many = side_by_side(one, 3)
    assert many.size == 18
    assert many.ties == 3 * one.ties
    matrix, small = strengths(many).toarray(), strengths(one).toarray()
    assert np.array_equal(matrix, np.kron(np.eye(3), small))
    assert many.unit.tolist() == [0] * 6 + [1] * 6 + [2] * 6
    assert apart(4, 3).unit.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert apart(4, 3).ties == 0


def test_influence_is_the_left_eigenvector_of_listening():
    network = from_graph(weighted(nx.lollipop_graph(5, 3), 5))
    weights = strengths(network).toarray() + 0.5 * np.eye(8)
    listening = weights / weights.sum(axis=1, keepdims=True)
    share = influence(network, own_view=0.5)
    assert np.allclose(share @ listening, share, atol=1e-15)
    assert share.sum() == pytest.approx(1)
    assert concentration(from_graph(nx.cycle_graph(9))) == pytest.approx(1)
    assert concentration(from_graph(nx.star_graph(39))) == pytest.approx(40 * (40**2 + 39 * 2**2) / 118**2)


def test_a_star_falls_apart_without_its_centre_and_a_ring_does_not():
    star, ring = from_graph(nx.star_graph(19)), from_graph(nx.cycle_graph(20))
    assert taken_first(star)[0] == 0
    assert still_connected(star, 1) == pytest.approx(1 / 19)
    assert still_connected(ring, 1) == 1
    assert still_connected(ring, 20) == 0
    assert robustness(star, 0.0) == pytest.approx(1 / 19), "at least one is taken out"
    assert [still_connected(ring, removed) for removed in (2, 3)] == [1, 1], "of equals the first places go first"
    assert robustness(ring, 1.0) == 0


def test_a_reporting_line_is_taken_out_from_the_top_and_who_is_outside_of_it_last():
    graph = nx.Graph([(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), *((6, j) for j in range(6))])
    network = replace(from_graph(graph), level=np.array([0, 1, 1, 2, 2, 2, -1], dtype=np.int16))
    assert network.degree.tolist() == [3, 4, 3, 2, 2, 2, 6]
    assert taken_first(network).tolist() == [0, 1, 2, 3, 4, 5, 6], "by level, then by ties, then by place"
    swapped = replace(network, level=np.array([2, 1, 1, 2, 2, 0, -1], dtype=np.int16))
    assert taken_first(swapped).tolist() == [5, 1, 2, 0, 3, 4, 6]
