"""A floor under the time of a week: loops that only move the memory that a week must move, and decide nothing.

Every column that a week changes is read and written once, every other one read; both of every member's records that
others read are written; for every tie its neighbour and strength and both records of the partner are read, and the
strength is written. There is one multiply-add per number, so that the compiler leaves none out. Arrays, layout, order
of ties, prefetch and threads are those of the engine, and so are the blocks that stay in the nearest cache.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.arrays import BLOCK, LINE, Ties
from ..engine.jit import kernel, piece
from ..engine.pieces.ties import AHEAD, FAR_FROM
from ..engine.prefetch import prefetch
from ..engine.warm import ensure_compiled
from ..engine.world import World
from ..population import Floats, Members

KEEP, ADD = 0.5, 0.25
"""The multiply-add: numbers stay between 0 and 1, and none becomes so small that the processor slows down."""

FIXED = (
    "role",
    "active",
    "cooperation_type",
    "conditional_slope",
    "involvement",
    "join_threshold",
    "threshold",
    "connectivity",
)
"""Columns that are only read; the few members who come and go change them, which is left out."""

OVER_TIES = ("help_received", "tie_strength")
"""Columns that the loop over ties writes."""

CHANGED = tuple(name for name in Members._fields if name not in FIXED)
"""Columns that are read and written: those of the stocks, of the sums over ties, and times."""


class Columns(NamedTuple):
    """The members' columns by what happens to them, each group of one type."""

    reals: tuple[Floats, ...]
    fixed: tuple[Floats, ...]
    small: tuple[NDArray[np.uint8], ...]
    words: tuple[NDArray[np.uint64], ...]
    times: tuple[NDArray[np.int32], ...]
    states: tuple[NDArray[np.uint8], ...]


def columns_of(members: Members) -> Columns:
    """The columns of `members`, sorted into groups."""

    def group(kind: type, changed: bool) -> tuple[NDArray[Any], ...]:
        names = [n for n in Members._fields if n not in OVER_TIES and (n in CHANGED) == changed]
        return tuple(column for n in names if (column := getattr(members, n)).dtype == kind)

    return Columns(
        group(np.float64, True), (*group(np.float64, False), members.help_received, members.tie_strength),
        group(np.uint8, False), group(np.uint64, True), group(np.int32, True), group(np.uint8, True),
    )  # fmt: skip


@kernel
def move_members(first: int, last: int, columns: Columns, public: Floats, told: Floats) -> None:
    """Move what belongs to members first..last - 1 alone, and write the records that others read."""
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        change(a, b, columns, public[a:b], told[a:b])
        look(a, b, columns, public[a:b])


@piece
def change(a: int, b: int, columns: Columns, record: Floats, words: Floats) -> None:
    """Change what a week changes of members a..b - 1."""
    for k in range(len(columns.reals)):
        column = columns.reals[k][a:b]
        into = record[:, k % 8] if k < 8 else words[:, k % 8]
        for i in range(b - a):
            now = column[i] * KEEP + ADD
            column[i] = now
            into[i] = into[i] * KEEP + now
    for k in range(len(columns.words)):
        word = columns.words[k][a:b]
        for i in range(b - a):
            word[i] += np.uint64(1)
            words[i, k % 8] += KEEP * float(word[i])
    for k in range(len(columns.times)):
        weeks = columns.times[k][a:b]
        for i in range(b - a):
            weeks[i] += 1
            words[i, k % 8] += weeks[i]
    for k in range(len(columns.states)):
        state = columns.states[k][a:b]
        for i in range(b - a):
            state[i] += np.uint8(1)
            words[i, k % 8] += state[i]


@piece
def look(a: int, b: int, columns: Columns, record: Floats) -> None:
    """Look at what a week only reads of members a..b - 1."""
    for k in range(len(columns.fixed)):
        column = columns.fixed[k][a:b]
        for i in range(b - a):
            record[i, k % 8] += column[i]
    for k in range(len(columns.small)):
        code = columns.small[k][a:b]
        for i in range(b - a):
            record[i, k % 8] += code[i]


@kernel
def move_ties(first: int, last: int, members: Members, ties: Ties, public: Floats, told: Floats) -> None:
    """Move the ties of members first..last - 1, and write what comes over them into two columns."""
    start, degree, neighbour, strength, _ = ties
    far, base, base_told = len(public) >= FAR_FROM, public.ctypes.data, told.ctypes.data
    for i in range(first, last):
        came = total = 0.0
        for s in range(start[i], start[i] + degree[i]):
            if far and s + AHEAD < len(neighbour):
                prefetch(base + LINE * int(neighbour[s + AHEAD]))
                prefetch(base_told + LINE * int(neighbour[s + AHEAD]))
            j = neighbour[s]
            now = strength[s] * KEEP + ADD
            strength[s] = now
            came += now * (record_sum(public[j]) + record_sum(told[j]))
            total += now
        members.help_received[i] = came * KEEP + ADD
        members.tie_strength[i] = total


@piece
def record_sum(record: Floats) -> float:
    """Sum of a record of eight numbers."""
    left: float = (record[0] + record[1]) + (record[2] + record[3])
    right: float = (record[4] + record[5]) + (record[6] + record[7])
    return left + right


@kernel
def move_weeks(weeks: int, columns: Columns, members: Members, ties: Ties, public: Floats, told: Floats) -> None:
    """Move the memory of several weeks on one thread."""
    for _ in range(weeks):
        move_members(0, len(public), columns, public, told)
        move_ties(0, len(public), members, ties, public, told)


def bound_seconds(world: World, weeks: int, threads: int) -> float:
    """Seconds that `weeks` weeks of traffic take; one more goes before. The world is of no use afterwards."""
    c = world.company
    columns = columns_of(c.members)
    ensure_compiled(lambda: _touch(world, columns), __file__)
    if threads == 1:
        move_weeks(1, columns, c.members, c.ties, c.public, c.told)
        begin = time.perf_counter()
        move_weeks(weeks, columns, c.members, c.ties, c.public, c.told)
        return time.perf_counter() - begin
    parts = list(pairwise(np.linspace(0, world.size, threads + 1).astype(int).tolist()))
    with ThreadPoolExecutor(threads) as pool:
        _week(world, columns, pool, parts)
        begin = time.perf_counter()
        for _ in range(weeks):
            _week(world, columns, pool, parts)
        return time.perf_counter() - begin


def _touch(world: World, columns: Columns) -> None:
    """Call every loop with nothing to do, so that it is compiled."""
    c = world.company
    move_members(0, 0, columns, c.public, c.told)
    move_ties(0, 0, c.members, c.ties, c.public, c.told)
    move_weeks(0, columns, c.members, c.ties, c.public, c.told)


def _week(world: World, columns: Columns, pool: ThreadPoolExecutor, parts: list[tuple[int, int]]) -> None:
    c = world.company
    list(pool.map(lambda p: move_members(p[0], p[1], columns, c.public, c.told), parts))
    list(pool.map(lambda p: move_ties(p[0], p[1], c.members, c.ties, c.public, c.told), parts))


def bytes_moved(world: World) -> tuple[float, float]:
    """Bytes that a week of the bound moves per member: through its arrays in order, and to read partners' records."""
    members, ties = world.company.members, world.company.ties
    degree = float(ties.degree.mean())
    columns = sum(getattr(members, name).itemsize * (1 + (name in CHANGED)) for name in Members._fields)
    row = ties.start.itemsize + ties.degree.itemsize
    slot = ties.neighbour.itemsize + 2 * ties.strength.itemsize
    return columns + 2 * LINE + row + slot * degree, 2 * LINE * degree
