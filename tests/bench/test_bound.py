import numpy as np
import pytest

from engagesim.bench.bound import ADD, CHANGED, FIXED, KEEP, bound_seconds, bytes_moved, move_members, move_ties
from engagesim.bench.cases import SEED, design
from engagesim.engine.arrays import PUBLIC
from engagesim.engine.world import World, start_world
from engagesim.population import Members
from engagesim.structures import FREE

MEMBERS = 600


def world() -> World:
    small = design(MEMBERS, 1)
    return start_world(small.values, [i.name for i in small.instruments], 1, None, SEED)


def columns(of: World) -> dict[str, np.ndarray]:
    return {name: getattr(of.company.members, name).copy() for name in Members._fields}


def test_every_column_is_either_fixed_or_changed_and_that_is_what_happens():
    moved = world()
    before = columns(moved)
    bound_seconds(moved, 2, 1)
    after = columns(moved)
    assert set(FIXED) | set(CHANGED) == set(Members._fields)
    assert all(np.array_equal(before[name], after[name]) for name in FIXED)
    assert all((before[name] != after[name]).all() for name in CHANGED if name not in ("help_received", "tie_strength"))
    tied = moved.company.ties.degree > 0
    assert (before["help_received"] != after["help_received"])[tied].all()
    assert (before["tie_strength"] != after["tie_strength"])[tied].all()


@pytest.mark.parametrize("name", Members._fields)
def test_every_column_is_read(name: str):
    one, other = world(), world()
    column = getattr(other.company.members, name)
    column[7] += 1
    for each in (one, other):
        move_members(0, MEMBERS, each.company.members, each.company.public)
    if name == "tenure":
        assert column[7] == one.company.members.tenure[7] + 1
    else:
        assert (one.company.public[7] != other.company.public[7]).any()
    assert np.array_equal(one.company.public[8:], other.company.public[8:])


@pytest.mark.parametrize("k", range(len(PUBLIC)))
def test_a_tie_reads_all_of_the_partners_record(k: int):
    one, other = world(), world()
    partner = int(one.company.ties.neighbour[one.company.ties.start[5]])
    other.company.public[partner, k] += 1.0
    for each in (one, other):
        move_ties(5, 6, each.company.members, each.company.ties, each.company.public)
    assert one.company.members.help_received[5] != other.company.members.help_received[5]


def test_ties_change_and_free_slots_do_not():
    moved = world()
    before, free = moved.company.ties.strength.copy(), moved.company.ties.kind == FREE
    move_ties(0, MEMBERS, moved.company.members, moved.company.ties, moved.company.public)
    assert free.any()
    assert np.array_equal(moved.company.ties.strength[~free], before[~free] * KEEP + ADD)
    assert np.array_equal(moved.company.ties.strength[free], before[free])


def test_threads_move_the_same():
    one, two = world(), world()
    assert bound_seconds(one, 3, 1) > 0.0
    assert bound_seconds(two, 3, 2) > 0.0
    assert np.array_equal(one.company.public, two.company.public)
    assert np.array_equal(one.company.ties.strength, two.company.ties.strength)
    assert all(np.array_equal(a, b) for a, b in zip(one.company.members, two.company.members, strict=True))


def test_traffic_is_what_the_loops_touch():
    still = world()
    ties = still.company.ties.degree.mean()
    moved, gathered = bytes_moved(still)
    real_changed, real_fixed, small_fixed, tenure, record, row = 16 * 8 * 2, 2 * 8, 3, 4 * 2, 64, 8 + 4
    assert moved == pytest.approx(real_changed + real_fixed + small_fixed + tenure + record + row + (4 + 8 + 8) * ties)
    assert gathered == pytest.approx(64 * ties)
