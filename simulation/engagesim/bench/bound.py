"""A floor under the time of a week: loops that only move the memory that a week must move, and decide nothing.

Every column that a week changes is read and written once, every other one read; every member's public record is
written; for every tie its neighbour and strength and the partner's whole record are read, and the strength is written.
There is one multiply-add per number, so that the compiler leaves none out. Arrays, layout, order of ties, prefetch and
threads are those of the engine. Written three ways, the fastest was kept: one loop over all columns.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from ..engine.arrays import BLOCK, LINE, Ties
from ..engine.jit import kernel
from ..engine.pieces.ties import AHEAD, FAR_FROM
from ..engine.prefetch import prefetch
from ..engine.world import World
from ..population import Floats, Members

KEEP, ADD = 0.5, 0.25
"""The multiply-add: numbers stay between 0 and 1, and none becomes so small that the processor slows down."""

FIXED = ("role", "active", "cooperation_type", "conditional_slope", "involvement")
"""Columns that are only read; the few members who come and go change them, which is left out."""

CHANGED = tuple(name for name in Members._fields if name not in FIXED)
"""Columns that are read and written: those of the stocks, of the sums over ties, and tenure."""


@kernel
def move_members(first: int, last: int, members: Members, public: Floats) -> None:
    """Move what belongs to members first..last - 1 alone, and write their public records."""
    m = members
    for a in range(first, last, BLOCK):
        b = min(last, a + BLOCK)
        role, active, kind, slope = m.role[a:b], m.active[a:b], m.cooperation_type[a:b], m.conditional_slope[a:b]
        involvement, skill, motivation, trust = m.involvement[a:b], m.skill[a:b], m.motivation[a:b], m.trust[a:b]
        exhaustion, expectation, belief = m.exhaustion[a:b], m.expectation[a:b], m.belief[a:b]
        load, expected, stake, value = m.contact_load[a:b], m.expected_reward[a:b], m.stake[a:b], m.value[a:b]
        contributed, helped, tied, tenure = m.contributed[a:b], m.help_received[a:b], m.tie_strength[a:b], m.tenure[a:b]
        directory, handled, hindered = m.directory[a:b], m.handled[a:b], m.hindered[a:b]
        record = public[a:b]
        for i in range(b - a):
            tenure[i] += 1
            skill[i] = c0 = skill[i] * KEEP + ADD
            motivation[i] = c1 = motivation[i] * KEEP + ADD
            exhaustion[i] = c2 = exhaustion[i] * KEEP + ADD
            trust[i] = c3 = trust[i] * KEEP + ADD
            expectation[i] = c4 = expectation[i] * KEEP + ADD
            belief[i] = c5 = belief[i] * KEEP + ADD
            load[i] = c6 = load[i] * KEEP + ADD
            expected[i] = c7 = expected[i] * KEEP + ADD
            stake[i] = c8 = stake[i] * KEEP + ADD
            value[i] = c9 = value[i] * KEEP + ADD
            contributed[i] = c10 = contributed[i] * KEEP + ADD
            directory[i] = c11 = directory[i] * KEEP + ADD
            handled[i] = c12 = handled[i] * KEEP + ADD
            hindered[i] = c13 = hindered[i] * KEEP + ADD
            record[i, 0] = (c0 + c1) * KEEP + helped[i]
            record[i, 1] = (c2 + c3) * KEEP + tied[i]
            record[i, 2] = (c4 + c5) * KEEP + role[i]
            record[i, 3] = (c6 + c7) * KEEP + active[i]
            record[i, 4] = (c8 + c9) * KEEP + kind[i]
            record[i, 5] = (c10 + c11) * KEEP + (c12 + c13)
            record[i, 6] = slope[i] * KEEP + ADD
            record[i, 7] = involvement[i] * KEEP + ADD


@kernel
def move_ties(first: int, last: int, members: Members, ties: Ties, public: Floats) -> None:
    """Move the ties of members first..last - 1, and write what comes over them into two columns."""
    start, degree, neighbour, strength, _ = ties
    far, base = len(public) >= FAR_FROM, public.ctypes.data
    for i in range(first, last):
        came = total = 0.0
        for s in range(start[i], start[i] + degree[i]):
            if far and s + AHEAD < len(neighbour):
                prefetch(base + LINE * int(neighbour[s + AHEAD]))
            j = neighbour[s]
            now = strength[s] * KEEP + ADD
            strength[s] = now
            left = (public[j, 0] + public[j, 1]) + (public[j, 2] + public[j, 3])
            right = (public[j, 4] + public[j, 5]) + (public[j, 6] + public[j, 7])
            came += now * (left + right)
            total += now
        members.help_received[i] = came * KEEP + ADD
        members.tie_strength[i] = total


@kernel
def move_weeks(weeks: int, members: Members, ties: Ties, public: Floats) -> None:
    """Move the memory of several weeks on one thread."""
    for _ in range(weeks):
        move_members(0, len(public), members, public)
        move_ties(0, len(public), members, ties, public)


def bound_seconds(world: World, weeks: int, threads: int) -> float:
    """Seconds that `weeks` weeks of traffic take; one more goes before. The world is of no use afterwards."""
    if threads == 1:
        move_weeks(1, world.company.members, world.company.ties, world.company.public)
        begin = time.perf_counter()
        move_weeks(weeks, world.company.members, world.company.ties, world.company.public)
        return time.perf_counter() - begin
    parts = list(pairwise(np.linspace(0, world.size, threads + 1).astype(int).tolist()))
    with ThreadPoolExecutor(threads) as pool:
        _week(world, pool, parts)
        begin = time.perf_counter()
        for _ in range(weeks):
            _week(world, pool, parts)
        return time.perf_counter() - begin


def _week(world: World, pool: ThreadPoolExecutor, parts: list[tuple[int, int]]) -> None:
    c = world.company
    list(pool.map(lambda p: move_members(p[0], p[1], c.members, c.public), parts))
    list(pool.map(lambda p: move_ties(p[0], p[1], c.members, c.ties, c.public), parts))


def bytes_moved(world: World) -> tuple[float, float]:
    """Bytes that a week of the bound moves per member: through its arrays in order, and to read partners' records."""
    members, ties = world.company.members, world.company.ties
    degree = float(ties.degree.mean())
    columns = sum(getattr(members, name).itemsize * (1 + (name in CHANGED)) for name in Members._fields)
    row = ties.start.itemsize + ties.degree.itemsize
    slot = ties.neighbour.itemsize + 2 * ties.strength.itemsize
    return columns + LINE + row + slot * degree, LINE * degree
