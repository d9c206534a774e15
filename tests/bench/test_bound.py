import numpy as np
import pytest

from engagesim.bench.bound import (
    ADD,
    CHANGED,
    FIXED,
    KEEP,
    OVER_TIES,
    bound_seconds,
    bytes_moved,
    columns_of,
    move_members,
    move_ties,
)
from engagesim.bench.cases import SEED, design
from engagesim.engine.arrays import PUBLIC
from engagesim.engine.world import World, start_world
from engagesim.population import Members
from engagesim.structures import FREE

MEMBERS = 600


def world() -> World:
    small = design(MEMBERS, 1).changed(image_start=0.4)  # one half is where the multiply-add stands still
    return start_world(small.values, [i.name for i in small.instruments], 1, None, SEED)


def columns(of: World) -> dict[str, np.ndarray]:
    return {name: getattr(of.company.members, name).copy() for name in Members._fields}


def moved_members(of: World) -> None:
    c = of.company
    move_members(0, MEMBERS, columns_of(c.members), c.public, c.told)


def test_every_column_is_either_fixed_or_changed_and_that_is_what_happens():
    moved = world()
    before = columns(moved)
    bound_seconds(moved, 2, 1)
    after = columns(moved)
    assert set(FIXED) | set(CHANGED) == set(Members._fields)
    assert all(np.array_equal(before[name], after[name]) for name in FIXED)
    standing = {name for name in CHANGED if (before[name] == ADD / (1 - KEEP)).all()}
    for name in {*CHANGED} - {*OVER_TIES} - standing:
        assert (before[name] != after[name]).mean() > 0.99, name
    tied = moved.company.ties.degree > 0
    for name in OVER_TIES:
        assert (before[name] != after[name])[tied].all()


@pytest.mark.parametrize("name", Members._fields)
def test_every_column_is_read(name: str):
    one, other = world(), world()
    getattr(other.company.members, name)[7] += 1
    moved_members(one)
    moved_members(other)
    records = [np.hstack([each.company.public, each.company.told]) for each in (one, other)]
    assert (records[0][7] != records[1][7]).any()
    assert np.array_equal(records[0][8:], records[1][8:])


@pytest.mark.parametrize("record", ["public", "told"])
@pytest.mark.parametrize("k", range(len(PUBLIC)))
def test_a_tie_reads_all_of_the_partners_records(record: str, k: int):
    one, other = world(), world()
    partner = int(one.company.ties.neighbour[one.company.ties.start[5]])
    getattr(other.company, record)[partner, k] += 1.0
    for each in (one, other):
        c = each.company
        move_ties(5, 6, c.members, c.ties, c.public, c.told)
    assert one.company.members.help_received[5] != other.company.members.help_received[5]


def test_ties_change_and_free_slots_do_not():
    moved = world()
    c = moved.company
    before, free = c.ties.strength.copy(), c.ties.kind == FREE
    move_ties(0, MEMBERS, c.members, c.ties, c.public, c.told)
    assert free.any()
    assert np.array_equal(c.ties.strength[~free], before[~free] * KEEP + ADD)
    assert np.array_equal(c.ties.strength[free], before[free])


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
    sorted_columns = columns_of(still.company.members)
    changed = sum(c.itemsize for group in (0, 3, 4, 5) for c in sorted_columns[group]) + 2 * 8
    fixed = sum(c.itemsize for group in (1, 2) for c in sorted_columns[group]) - 2 * 8
    assert moved == pytest.approx(2 * changed + fixed + 2 * 64 + (8 + 4) + (4 + 8 + 8) * ties)
    assert gathered == pytest.approx(2 * 64 * ties)
