from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engagesim.structures import FORMS, FREE, KINDS, Members, Ties, assemble, build
from engagesim.structures import parameters as declared
from engagesim.structures.assembly import members_of
from engagesim.structures.hierarchy import span_for
from engagesim.structures.network import first_slots

from .cases import BARE, DEFAULTS, graph_of, made, same, ties


def check_invariants(network):
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    neighbour = network.neighbour.astype(int)
    assert not (owner == neighbour).any()
    halves = {
        (a, b): (s, k) for a, b, s, k in zip(owner, neighbour, network.strength, network.kind, strict=True) if k != FREE
    }
    assert len(halves) == 2 * network.ties == network.degree.sum()
    assert all(halves[b, a] == half for (a, b), half in halves.items())
    for i in range(network.size):
        row, taken = slice(network.start[i], network.start[i + 1]), network.degree[i]
        assert (np.diff(neighbour[row][:taken]) > 0).all()
        assert (network.kind[row][taken:] == FREE).all(), "free slots come last"
    assert all(0.0 <= s <= 1.0 for s, _ in halves.values())


@st.composite
def designs(draw):
    form = draw(st.sampled_from(["organization", "organization", *(form for form in FORMS if form != "file")]))
    roles = {"employees": st.integers(0, 60), "customers": st.integers(0, 40), "partners": st.integers(0, 9)}
    levels, span = draw(st.sampled_from([(0, 2), (0, 3), (0, 7), (2, 0), (3, 0), (5, 0), (3, 7)]))
    return {
        **{role: draw(number) for role, number in roles.items()},
        **({"employees": 3 * draw(st.integers(3, 12)), "customers": 0, "partners": 0} if form == "lattice" else {}),
        "form": form,
        "levels": levels,
        "span_of_control": span,
        "team_size": draw(st.integers(1, 6)),
        "lateral_tie_rate": draw(st.sampled_from([0.0, 0.3, 2.0, 50.0])),
        "lambda_depth": draw(st.sampled_from([0.0, 0.5, 1e9])),
        "zeta_range": draw(st.sampled_from([0.0, 0.01, 0.5, 1e9])),
        "cross_unit_share": draw(st.sampled_from([0.0, 0.4, 1.0])),
        "boundary_share": draw(st.floats(0, 1)),
        "accounts_per_employee": draw(st.floats(0, 50)),
        "third_order_degree": draw(st.floats(0, 30)),
        "community_size": draw(st.integers(1, 50)),
        "clustering": draw(st.floats(0, 1)),
        "places": draw(st.integers(0, 5)),
        "place_tie_rate": draw(st.sampled_from([0.0, 0.5, 50.0])),
        "degree": draw(st.sampled_from([4, 6, 8]) if form == "lattice" else st.integers(0, 12)),
        "rewiring": draw(st.floats(0, 1)),
        "attachment": draw(st.integers(1, 6)),
        "group_size": draw(st.integers(1, 30)),
    }


@settings(max_examples=120, deadline=None)
@given(designs(), st.integers(0, 2**63))
def test_every_sound_design_gives_a_symmetric_sorted_simple_network_that_its_seed_repeats(design, seed):
    values = {**DEFAULTS, **design}
    assume(not declared.problems(values))
    network = build(values, seed)
    assert network.size == design["employees"] + design["customers"] + design["partners"]
    check_invariants(network)
    assert same(network, build(values, seed))
    slack = network.with_slack(3)
    check_invariants(slack)
    assert ties(slack) == ties(network)


def test_another_seed_gives_another_network():
    assert not same(made(seed=0), made(seed=1))


def test_roles_come_in_order_with_the_default_counts():
    network = made()
    assert np.bincount(network.role).tolist() == [120, 150, 30]
    assert (np.diff(network.role.astype(int)) >= 0).all()


def test_bare_tree_is_the_heap_of_its_span():
    network = made(**{**BARE, "employees": 31, "span_of_control": 5})
    assert ties(network) == sorted(((i - 1) // 5, i) for i in range(1, 31))
    assert network.manager.tolist() == [-1, *((i - 1) // 5 for i in range(1, 31))]
    assert np.bincount(network.level).tolist() == [1, 5, 25]
    assert set(network.strength) == {DEFAULTS["strength_reporting"]}


@pytest.mark.parametrize(("levels", "span"), [(2, 119), (3, 11), (4, 5), (7, 2)])
def test_fewer_levels_need_a_wider_span(levels, span):
    assert span_for(levels, 120) == span
    assert made(levels=levels, span_of_control=0).level.max() == levels - 1


def test_teams_cut_those_under_one_manager_and_tie_all_inside():
    network = made(**{**BARE, "employees": 8, "span_of_control": 7, "team_size": 3})
    assert network.unit.tolist() == [0, 1, 1, 1, 2, 2, 2, 3]
    assert ties(network, "team") == [(1, 2), (1, 3), (2, 3), (4, 5), (4, 6), (5, 6)]


def test_accounts_join_the_share_of_employees_to_outsiders_evenly():
    network = made(employees=100, customers=70, partners=10, boundary_share=0.2, accounts_per_employee=8.0)
    accounts = ties(network, "account")
    spanners, held = zip(*accounts, strict=True)
    assert len(accounts) == 160
    assert np.bincount(spanners).max() == 8
    assert len(set(spanners)) == 20
    assert np.bincount(held)[100:].tolist() == [2] * 80


def test_communities_keep_their_ties_and_their_role_to_themselves():
    network = made(customers=70, partners=20, community_size=30, third_order_degree=4.0, clustering=0.5)
    sizes = np.unique(network.unit[120:], return_counts=True)[1]
    assert sorted(sizes) == [20, 23, 23, 24]
    pairs = ties(network, "community")
    assert len(pairs) == 2 * 90
    assert all(network.unit[a] == network.unit[b] and network.role[a] == network.role[b] for a, b in pairs)


@pytest.mark.parametrize("clustering", [0.0, 1.0])
@pytest.mark.parametrize("size", [2, 5, 6])
def test_a_community_smaller_than_the_degree_is_complete(size, clustering):
    alike = {"employees": 0, "partners": 0, "customers": size, "community_size": size, "clustering": clustering}
    assert made(**alike, third_order_degree=9.0).ties == size * (size - 1) // 2


def test_fractional_degrees_and_accounts_hold_on_average():
    network = made(
        customers=4_000, employees=4_000, community_size=4, third_order_degree=2.5, accounts_per_employee=1.5
    )
    # 4,000 * 1.25 ties of which a fifth is drawn, and 1,000 * 1.5 of which a third is: six standard deviations.
    assert len(ties(network, "community")) == pytest.approx(4_030 * 1.25, abs=6 * 35)
    assert len(ties(network, "account")) == pytest.approx(1_500, abs=6 * 16)


def test_clustering_one_is_a_ring_and_zero_is_close_to_random():
    alike = {"employees": 0, "partners": 0, "customers": 400, "community_size": 400, "third_order_degree": 6.0}
    ring, loose = (nx.average_clustering(graph_of(made(**alike, clustering=c))) for c in (1.0, 0.0))
    assert ring == pytest.approx(0.6)
    # A random network has 6 / 400; twenty times less than the ring leaves room for ten standard deviations.
    assert loose < 0.05


def test_place_ties_join_one_place_and_lose_to_earlier_kinds():
    network = made(places=4, place_tie_rate=1.0)
    pairs = ties(network, "place")
    assert 0.9 * 300 < len(pairs) <= 300
    assert all(network.place[a] == network.place[b] >= 0 for a, b in pairs)
    assert len(ties(network, "team")) == len(ties(made(), "team"))


def test_no_places_means_place_minus_one():
    assert (made().place == -1).all()


@pytest.mark.parametrize("degree", [2, 4, 10])
def test_small_world_without_rewiring_has_the_clustering_of_a_ring(degree):
    network = made(form="small_world", degree=degree, rewiring=0.0)
    assert (network.degree == degree).all()
    # Watts & Strogatz 1998: 3 (k - 2) / (4 (k - 1)).
    assert nx.average_clustering(graph_of(network)) == pytest.approx(3 * (degree - 2) / (4 * (degree - 1)))


def test_rewiring_keeps_the_number_of_ties_and_shortens_paths():
    ring, small = (made(form="small_world", rewiring=p) for p in (0.0, 0.2))
    assert ring.ties == small.ties == 600
    assert nx.diameter(graph_of(small)) < nx.diameter(graph_of(ring)) / 3


@pytest.mark.parametrize(("members", "degree"), [(10, 4), (5, 2), (8, 7), (8, 5), (9, 6), (2, 1), (300, 3), (7, 0)])
def test_regular_gives_everybody_the_degree(members, degree):
    network = made(form="regular", employees=members, customers=0, partners=0, degree=degree)
    assert (network.degree == degree).all()


@pytest.mark.parametrize("attachment", [1, 2, 5])
def test_scale_free_has_its_number_of_ties_and_hubs(attachment):
    network = made(form="scale_free", attachment=attachment)
    assert network.ties == attachment * (300 - attachment)
    assert network.degree.min() >= min(attachment, 1)
    assert network.degree.max() > 4 * network.degree.mean()


@pytest.mark.parametrize(("degree", "clustering"), [(4, 0.0), (6, 0.4), (8, 3 / 7)])
def test_a_lattice_is_regular_clustered_and_alike_everywhere(degree, clustering):
    graph = graph_of(made(form="lattice", employees=98, customers=0, partners=0, degree=degree))
    assert {d for _, d in graph.degree} == {degree}
    assert nx.average_clustering(graph) == pytest.approx(clustering)
    assert len({tuple(sorted(nx.single_source_shortest_path_length(graph, i).values())) for i in graph}) == 1


def test_complete_and_star_are_what_they_say():
    assert (made(form="complete").degree == 299).all()
    assert made(form="star").degree.tolist() == [299] + [1] * 299


def test_groups_are_complete_and_apart_and_the_last_takes_what_is_left():
    network = made(form="groups", employees=11, customers=0, partners=0, group_size=4)
    assert ties(network) == [(a, b) for a in range(11) for b in range(a + 1, 11) if a // 4 == b // 4]
    assert made(form="groups", group_size=1).ties == 0
    assert made(form="groups", group_size=1000).ties == 300 * 299 // 2


def test_of_several_ties_between_a_pair_the_earliest_kind_stays_with_its_strength():
    long = lambda *values: np.array(values)  # noqa: E731
    network = assemble(
        members_of([3]),
        [
            Ties("place", long(0, 1), long(1, 2), 0.9),
            Ties("team", long(1, 2), long(0, 2), long(0.1, 0.7).astype(float)),
        ],
    )
    assert ties(network) == [(0, 1), (1, 2)]
    assert network.strength.tolist() == [0.1, 0.1, 0.9, 0.9]
    assert network.kind.tolist() == [KINDS.index("team")] * 2 + [KINDS.index("place")] * 2


def test_no_members_give_an_empty_network():
    empty = np.zeros(0, dtype=np.int64)
    members = members_of([0])
    assert isinstance(members, Members)
    assert assemble(members, [Ties("team", empty, empty, 0.5)]).size == 0


@pytest.mark.parametrize(
    ("values", "name", "words"),
    [
        ({"levels": 3}, "levels", "3 levels with span_of_control 5 hold 31 of 120"),
        ({"levels": 3}, "levels", "a span_of_control of 11 would do"),
        ({"levels": 1}, "levels", "at least 2 levels"),
        ({"span_of_control": 0}, "levels", "both be 0"),
        ({"span_of_control": 1}, "span_of_control", "at least 2"),
        ({"form": "small_world", "degree": 300}, "degree", "less than the 300"),
        ({"form": "regular", "degree": 3, "employees": 121}, "degree", "even"),
        ({"form": "scale_free", "attachment": 300}, "attachment", "less than the 300"),
        ({"form": "complete", "employees": 50_000}, "form", "ties"),
        ({"form": "groups", "employees": 50_000, "group_size": 50_000}, "form", "ties"),
        ({"form": "file"}, "network_file", "must name"),
        ({"employees": 0, "customers": 0, "partners": 0}, "employees", "at least one"),
    ],
)
def test_values_that_do_not_fit_together_are_named(values, name, words):
    found = declared.problems({**DEFAULTS, **values})
    assert [n for n, message in found if words in message] == [name]


def test_levels_that_just_hold_the_employees_are_accepted():
    assert declared.problems({**DEFAULTS, "levels": 3, "employees": 31}) == []
    assert declared.problems({**DEFAULTS, "levels": 3, "employees": 32}) != []


def test_defaults_fit_and_every_parameter_is_a_static_one():
    assert declared.problems(DEFAULTS) == []
    assert all(parameter.static for parameter in declared.PARAMETERS)
    assert set(declared.FORMS) == set(FORMS)


def test_branches_say_who_stands_under_whom_and_circles_are_refused():
    network = build(DEFAULTS | {"employees": 60, "customers": 5, "span_of_control": 3}, 0)
    shuffled = np.random.default_rng(1).permutation(network.size)
    manager = np.full(network.size, -1, dtype=np.int32)
    manager[shuffled] = np.where(network.manager >= 0, shuffled[network.manager], -1)
    mixed = replace(network, manager=manager)
    for of in (network, mixed):
        first, last = of.branches.T
        for i in range(of.size):
            above = [i]
            while of.manager[above[-1]] >= 0:
                above.append(int(of.manager[above[-1]]))
            assert set(np.flatnonzero((first <= first[i]) & (first[i] < last))) >= set(above)
            assert len(above) == ((first <= first[i]) & (first[i] < last)).sum()
    with pytest.raises(ValueError, match="circle"):
        _ = replace(network, manager=np.zeros_like(network.manager)).branches


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_taken_slots_are_the_first_of_each_row_also_where_rows_are_empty_or_full(rows):
    room = [max(row) for row in rows]
    count = np.array([min(row) for row in rows], dtype=np.int64)
    start = np.concatenate(([0], np.cumsum(room, dtype=np.int64)))
    expected = [k < n for n, places in zip(count, room, strict=True) for k in range(places)]
    assert first_slots(start, count).tolist() == expected
