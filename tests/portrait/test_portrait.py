import json

import networkx as nx
import numpy as np
import pytest

from engagesim import Scenario
from engagesim.portrait.figure import drawn
from engagesim.portrait.portrait import portrait
from engagesim.portrait.ratio import ratio_of
from engagesim.portrait.words import rows
from engagesim.structures import build
from engagesim.structures.copies import apart
from engagesim.structures.graphs import from_graph


def tree(employees, span):
    pure = {"form": "organization", "employees": employees, "customers": 0, "partners": 0, "span_of_control": span}
    bare = {"team_size": 1, "lateral_tie_rate": 0, "boundary_share": 0}
    return build(Scenario.load("plain_organization").changed(**pure, **bare).values, 0)


def test_the_top_of_a_pure_tree_handles_what_theory_says():
    """Requests of others that pass the top or are for it: 1 - b n (n - 1) / (N (N - 1)) - 1 / N."""
    found = portrait(tree(31, 5))
    expected = 1 - 5 * 6 * 5 / (31 * 30) - 1 / 31
    assert found.by_line
    assert found.congestion[0] == pytest.approx(expected, abs=0.015)
    assert found.congestion.argmax() == 0
    assert found.ratio.value == pytest.approx(2.3159, abs=1e-4)
    assert found.brokers[0].member == "0"


def test_a_star_jams_breaks_listens_to_one_and_never_cooperates():
    found = portrait(from_graph(nx.star_graph(19)))
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["critical_ratio"] is None
    assert "never" in document["critical_ratio_note"]
    assert found.congestion[0] == pytest.approx(19 * 18 / (20 * 19) + 19 / (20 * 19))
    assert document["robustness"] == pytest.approx(1 / 19)
    assert document["influence_concentration"] == pytest.approx(20 * (20**2 + 19 * 2**2) / 58**2)
    assert [b["member"] for b in document["brokers"]] == ["0"]
    keys = {"members", "ties", "critical_ratio", "max_congestion", "robustness", "influence_concentration"}
    assert keys <= document.keys()


def test_a_ring_is_the_same_everywhere():
    found = portrait(from_graph(nx.cycle_graph(21)))
    assert np.ptp(found.congestion) < 1e-12
    assert found.influence_concentration == pytest.approx(1)
    assert found.robustness[0.01] == 1
    assert found.ratio.value == pytest.approx(19 / (21 / 2 - 2))


def test_parts_without_ties_and_members_alone_are_told():
    found = portrait(from_graph(nx.disjoint_union(nx.cycle_graph(5), nx.path_graph(2))))
    assert (found.parts, found.largest_part) == (2, 5 / 7)
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["critical_ratio"] == pytest.approx(3 / (5 / 2 - 2))
    assert document["critical_ratio_note"].endswith("in the largest connected part (71.4% of the members)")
    pair = json.loads(json.dumps(portrait(from_graph(nx.path_graph(2))).document(), allow_nan=False))
    assert pair["critical_ratio"] is None
    assert "fewer than 3 members" in pair["critical_ratio_note"]


def test_members_without_any_tie_are_told_apart_from_those_who_are_connected():
    graph = nx.path_graph(4)
    graph.add_nodes_from(range(4, 8))
    found = portrait(from_graph(graph))
    assert (found.parts, found.largest_part) == (5, 0.5)
    assert found.ratio == ratio_of(from_graph(nx.path_graph(4)), 0)


def test_words_and_picture():
    found = portrait(tree(13, 3))
    table = {name: (value, means) for name, value, means in rows(found)}
    assert table["critical ratio"][0] == "2.566"
    assert table["members"] == ("13", "13 employees, 13 units")
    assert table["ties"] == ("12", "in 1 connected part; 12 reporting lines among them")
    assert table["largest congestion"][1].endswith("along the reporting line")
    assert table["brokers"][1].startswith("0 (")
    assert len(drawn(found, "A tree").figure.axes) == 3
    alone = {name: (value, means) for name, value, means in rows(portrait(apart(3, 1)))}
    assert alone["ties"] == ("0", "in 3 connected parts")
    assert alone["largest congestion"][1].endswith("along shortest paths")
    assert alone["brokers"][1] == "nobody"


@pytest.mark.parametrize(("network", "along"), [
    (tree(5, 4), "reporting line"), (from_graph(nx.star_graph(4)), "shortest paths"),
])  # fmt: skip
def test_requests_go_along_a_reporting_line_where_there_is_one_and_along_shortest_paths_elsewhere(network, along):
    assert network.manager.max() == (0 if along == "reporting line" else -1)
    assert portrait(network).document()["congestion_along"] == along


def test_a_graph_without_ties_is_a_network_without_ties():
    found = from_graph(nx.empty_graph(3))
    assert (len(found.role), found.degree.tolist()) == (3, [0, 0, 0])
