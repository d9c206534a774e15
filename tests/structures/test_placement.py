"""Placement against the enumeration of all pairs; the chi-square tests fail by chance for one seed in a million."""

import itertools
from functools import cache

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import chisquare

from engagesim.structures.hierarchy import Tree, team_pairs
from engagesim.structures.placement import classes_of, lateral_pairs
from engagesim.structures.streams import Stream

FALSE_ALARM = 1e-6
CLASSES = {"R": (1e9, 1e9), "RID": (0.0, 1e9), "LT": (1e9, 0.0), "CP": (0.0, 0.0), "MS": (0.5, 0.5)}
SMALL = Tree(employees=17, span=3, team_size=2)


def way_up(tree, i):
    way = [i]
    while way[-1]:
        way.append(int(tree.manager[way[-1]]))
    return way


def shape(tree, i, j):
    """D and the two levels below it, by walking up."""
    one, other = way_up(tree, i), way_up(tree, j)
    common = next(k for k in one if k in other)
    return int(tree.level[common]), *sorted((one.index(common), other.index(common)))


@cache
def free_pairs(tree):
    mates = set(zip(*(side.tolist() for side in team_pairs(tree.team)), strict=True))
    pairs = itertools.combinations(range(tree.employees), 2)
    shapes = {pair: shape(tree, *pair) for pair in pairs if pair not in mates}
    return {pair: s for pair, s in shapes.items() if s[1] + s[2] >= 2}


def distance(s):
    return np.sqrt(s[1] ** 2 + s[2] ** 2 - 2)


@cache
def weight(s, lambda_depth, zeta_range):
    """Relative weight, with the limits by hand: only the smallest distance or depth counts."""
    shapes = set(free_pairs(SMALL).values())
    nearest = min((0 if lambda_depth else t[0]) + (0 if zeta_range else distance(t)) for t in shapes)
    if (0 if lambda_depth else s[0]) + (0 if zeta_range else distance(s)) > nearest + 1e-12:
        return 0.0
    return np.exp(-(s[0] / lambda_depth if lambda_depth else 0) - (distance(s) / zeta_range if zeta_range else 0))


def placed(tree, count, name, seed, cross=0.0):
    a, b = lateral_pairs(tree, count, *CLASSES[name], cross, seed)
    return sorted(zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True))


@pytest.mark.parametrize("tree", [SMALL, Tree(40, 3, 3), Tree(23, 2, 1), Tree(30, 29, 4), Tree(1, 5, 5), Tree(0, 5, 5)])
def test_classes_count_the_free_pairs_of_the_enumeration(tree):
    classes = classes_of(tree)
    counted = {(d, n, f): c for d, n, f, c in zip(classes.depth, classes.near, classes.far, classes.free, strict=True)}
    shapes = list(free_pairs(tree).values())
    assert counted == {s: shapes.count(s) for s in set(shapes)}


@pytest.mark.parametrize("name", CLASSES)
def test_one_tie_falls_on_each_pair_by_its_weight(name):
    pairs = free_pairs(SMALL)
    runs = 1_200
    hits = dict.fromkeys(pairs, 0)
    for seed in range(runs):
        ((pair),) = placed(SMALL, 1, name, seed)
        hits[pair] += 1
    weights = np.array([weight(s, *CLASSES[name]) for s in pairs.values()])
    expected = runs * weights / weights.sum()
    seen = np.array(list(hits.values()))
    assert (seen[expected == 0] == 0).all()
    common = expected >= 5
    rare = (expected > 0) & ~common
    bins = [[*numbers[common], *([numbers[rare].sum()] if rare.any() else [])] for numbers in (seen, expected)]
    assert chisquare(*bins).pvalue > FALSE_ALARM


def one_at_a_time(count, name, seed):
    pairs = dict(free_pairs(SMALL))
    stream, got = Stream(seed, "oracle"), []
    for _ in range(count):
        weights = np.array([weight(s, *CLASSES[name]) for s in pairs.values()])
        at = int(np.searchsorted(np.cumsum(weights), stream.uniform(1)[0] * weights.sum(), side="right"))
        got.append(pairs.pop(list(pairs)[at]))
    return got


def test_many_ties_fall_on_the_classes_as_when_added_one_at_a_time():
    # Fifteen of the pairs, so that the heavy classes fill up; 99.99 % of each class's difference lies within 5 SE.
    shapes = sorted(set(free_pairs(SMALL).values()))
    pairs = free_pairs(SMALL)
    ours = [[pairs[p] for p in placed(SMALL, 15, "MS", seed)] for seed in range(300)]
    theirs = [one_at_a_time(15, "MS", seed) for seed in range(300)]
    one, other = (np.array([[run.count(s) for s in shapes] for run in runs]) for runs in (ours, theirs))
    error = np.sqrt((one.var(axis=0) + other.var(axis=0)) / 300) + 1e-9
    assert (np.abs(one.mean(axis=0) - other.mean(axis=0)) / error < 5).all()


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("count", [1, 7, 40, 10_000])
def test_ties_are_new_distinct_and_as_many_as_there_are_pairs(name, count):
    pairs = placed(SMALL, count, name, 5)
    assert len(pairs) == len(set(pairs)) == min(count, len(free_pairs(SMALL)))
    assert set(pairs) <= set(free_pairs(SMALL))


@pytest.mark.parametrize(
    ("name", "energy"),
    [("LT", distance), ("RID", lambda s: s[0]), ("CP", lambda s: s[0] + distance(s))],
)
def test_in_the_strict_limit_the_nearest_pairs_fill_first(name, energy):
    energies = sorted(energy(s) for s in free_pairs(SMALL).values())
    for count in (3, 20, 60):
        got = sorted(energy(free_pairs(SMALL)[pair]) for pair in placed(SMALL, count, name, 3))
        assert got == pytest.approx(energies[:count])


def test_forced_share_joins_different_branches_under_the_top():
    across = [s[0] == 0 and s[1] > 0 for s in map(free_pairs(SMALL).get, placed(SMALL, 20, "LT", 1, cross=1.0))]
    assert all(across)
    assert sum(s[0] == 0 and s[1] > 0 for s in map(free_pairs(SMALL).get, placed(SMALL, 20, "LT", 1, cross=0.5))) >= 10


@pytest.mark.parametrize("tree", [Tree(400_000, 5, 8), Tree(87_382, 2, 1), Tree(97_656 + 20_000, 5, 2)])
def test_large_trees_get_their_ties(tree):
    a, b = lateral_pairs(tree, tree.employees // 4, 0.5, 0.5, 0.1, 1)
    keys = np.minimum(a, b) * tree.employees + np.maximum(a, b)
    assert len(np.unique(keys)) == tree.employees // 4
    assert max(a.max(), b.max()) < tree.employees
    assert (tree.team[a] != tree.team[b]).all()
    assert (tree.manager[a] != b).all()
    assert (tree.manager[b] != a).all()


def survivors(name, seed):
    """Share of the rest in the largest component once the seven at the top are gone (span 5, 5 levels, 78 ties)."""
    tree = Tree(781, 5, 1)
    a, b = lateral_pairs(tree, 78, *CLASSES[name], 0.0, seed)
    ends = np.array([[*a, *tree.manager[1:]], [*b, *range(1, 781)]])
    ends = ends[:, (ends >= 7).all(axis=0)] - 7
    links = coo_array((np.ones(ends.shape[1]), ends), shape=(774, 774))
    return np.bincount(connected_components(links, directed=False)[1]).max() / 774


@pytest.mark.parametrize(("name", "share"), [("R", 0.994), ("RID", 0.994), ("MS", 0.930), ("CP", 0.200), ("LT", 0.096)])
def test_robustness_orders_the_classes_as_in_dodds_watts_and_sabel(name, share):
    # The shares of an independent implementation over 4 networks; single networks differ by about .02.
    assert np.mean([survivors(name, seed) for seed in range(20)]) == pytest.approx(share, abs=0.03)
