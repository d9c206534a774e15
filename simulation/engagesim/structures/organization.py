"""The organization: a reporting tree with teams and lateral ties, its accounts, and the communities around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..parameter import Value
from .assembly import Members, Ties, assemble, members_of
from .hierarchy import Tree, reporting_pairs, span_for, team_pairs
from .network import Network
from .outside import account_pairs, community_pairs, community_sizes, place_of, place_pairs
from .parameters import number, whole
from .placement import lateral_pairs
from .streams import Longs


def organization(values: Mapping[str, Value], seed: int) -> Network:
    """Employees 0..n-1 by level, then customers, then partners, with all kinds of ties; see `parameters`."""
    counts = [whole(values, name) for name in ("employees", "customers", "partners")]
    span = whole(values, "span_of_control") or span_for(whole(values, "levels"), counts[0])
    tree = Tree(counts[0], span, whole(values, "team_size"))
    communities = community_sizes((counts[1], counts[2]), whole(values, "community_size"))
    place = place_of(sum(counts), whole(values, "places"), seed) if whole(values, "places") else None
    members = _members(counts, tree, communities, place)
    return assemble(members, [*_inside(values, tree, seed), *_outside(values, counts, communities, place, seed)])


def _members(counts: list[int], tree: Tree, communities: Longs, place: Longs | None) -> Members:
    members = members_of(counts)
    employees = counts[0]
    members.manager[:employees] = tree.manager
    members.level[:employees] = tree.level
    members.unit[:employees] = team = tree.team
    first = int(team.max(initial=-1)) + 1
    members.unit[employees:] = first + np.repeat(np.arange(len(communities)), communities)
    return members if place is None else replace(members, place=place.astype(np.int32))


def _inside(values: Mapping[str, Value], tree: Tree, seed: int) -> list[Ties]:
    count = round(number(values, "lateral_tie_rate") * tree.employees)
    depth, reach, across = (number(values, name) for name in ("lambda_depth", "zeta_range", "cross_unit_share"))
    pairs = {
        "reporting": reporting_pairs(tree),
        "team": team_pairs(tree.team),
        "lateral": lateral_pairs(tree, count, depth, reach, across, seed),
    }
    return [Ties(kind, a, b, number(values, f"strength_{kind}")) for kind, (a, b) in pairs.items()]


def _outside(
    values: Mapping[str, Value], counts: list[int], communities: Longs, place: Longs | None, seed: int
) -> list[Ties]:
    share, accounts = number(values, "boundary_share"), number(values, "accounts_per_employee")
    degree, clustering = number(values, "third_order_degree"), number(values, "clustering")
    pairs = {
        "account": account_pairs(counts[0], counts[1] + counts[2], share, accounts, seed),
        "community": community_pairs(communities, counts[0], degree, clustering, seed),
    }
    if place is not None:
        pairs["place"] = place_pairs(place, number(values, "place_tie_rate"), seed)
    return [Ties(kind, a, b, number(values, f"strength_{kind}")) for kind, (a, b) in pairs.items()]
