"""The whole benchmark, as one document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from .cases import SCENARIO, SEED, Case, Plan, design
from .engines import compiled_seconds, mesa_seconds, same_work
from .small import small_runs
from .starts import child, starts
from .timing import Row, Work, in_turns, load, ratio, spread, steps

if TYPE_CHECKING:
    from ..engine.world import World
    from ..structures.network import Network

CHECKED_WEEKS = 3
"""Weeks after which engines are compared where Mesa is not asked."""


def measure(plan: Plan, told: Callable[[int], None] | None = None) -> Row:
    """Measure everything in `plan`.

    Args:
        plan: what to measure.
        told: called with the number of steps done, of `plan.steps`.

    Returns:
        A document for JSON: the machine, `cases` by size, `memory`, `small_runs` and `start`.
    """
    from ..store.provenance import origin

    done, before = steps(told), load()
    cases = [measure_case(case, plan.enough, done) for case in plan.cases]
    _, memory = child("memory", *map(str, plan.memory))
    done()
    small = small_runs(plan.runs, plan.small_weeks, plan.repetitions, done)
    start = starts(plan.repetitions, done, cold=plan.cold)
    return {
        "scenario": SCENARIO, "seed": SEED, "origin": origin(), "load": {"before": before, "after": load()},
        "cases": cases, "memory": memory, "small_runs": small, "start": start,
    }  # fmt: skip


def measure_case(case: Case, enough: int, done: Callable[[], None]) -> Row:
    """Measure one size, `enough` member-weeks at a time; every time is in nanoseconds per member-week."""
    from ..engine.run import cores
    from ..engine.world import start_world
    from ..structures import build

    long = design(case.members, case.weeks)
    network = build(long.values, SEED)
    short = design(case.members, case.mesa_weeks or CHECKED_WEEKS)
    same = same_work(short, network, cores(), mesa=case.mesa_weeks > 0)
    done()
    world = start_world(long.values, [i.name for i in long.instruments], 1, network, SEED)
    measured = in_turns(_works(case, enough, network, world, cores()), case.repetitions, done)
    return {
        "name": case.name, "members": case.members, "weeks": case.weeks, "repetitions": case.repetitions,
        "ties_per_member": float(network.degree.mean()), "same_work": same,
        **_against_bound(measured), **_against_mesa(case, measured), **_rates(measured, network, cores()),
        **_memory(world),
    }  # fmt: skip


def _works(case: Case, enough: int, network: Network, world: World, threads: int) -> dict[str, Work]:
    """What is timed at one size, by name."""
    from .bound import bound_seconds

    long, timed = design(case.members, case.weeks), case.members * (case.weeks - 1)
    works = {
        "one": _each(partial(compiled_seconds, long, network, 1), timed, enough),
        "bound": _each(partial(bound_seconds, world, case.weeks - 1, 1), timed, enough),
        "all": _each(partial(compiled_seconds, long, network, threads), timed, enough),
        "bound_all": _each(partial(bound_seconds, world, case.weeks - 1, threads), timed, enough),
    }
    if case.mesa_weeks:
        short, timed = design(case.members, case.mesa_weeks), case.members * (case.mesa_weeks - 1)
        works["short"] = _each(partial(compiled_seconds, short, network, 1), timed, enough)
        works["mesa"] = _each(partial(mesa_seconds, short, network), timed, timed)
    return works


def _each(seconds: Work, member_weeks: int, enough: int) -> Work:
    """Nanoseconds per member-week, over as many runs as make `enough` member-weeks."""
    runs = ceil(enough / member_weeks)
    return lambda: 1e9 * sum(seconds() for _ in range(runs)) / (runs * member_weeks)


def _against_bound(measured: dict[str, list[float]]) -> Row:
    return {
        **spread(measured["one"]).named("ns_per_member_week"),
        **spread(measured["all"]).named("all_cores_ns_per_member_week"),
        **spread(measured["bound"]).named("bound_ns_per_member_week"),
        **spread(measured["bound_all"]).named("all_cores_bound_ns_per_member_week"),
        **ratio(measured["one"], measured["bound"]).named("ratio_to_bound"),
        **ratio(measured["all"], measured["bound_all"]).named("all_cores_ratio_to_bound"),
        **ratio(measured["one"], measured["all"]).named("all_cores_speedup"),
    }


def _against_mesa(case: Case, measured: dict[str, list[float]]) -> Row:
    if not case.mesa_weeks:
        return {"mesa_ns_per_member_week": None, "ratio_to_mesa": None}
    return {
        "mesa_weeks": case.mesa_weeks,
        **spread(measured["mesa"]).named("mesa_ns_per_member_week"),
        **ratio(measured["mesa"], measured["short"]).named("ratio_to_mesa"),
    }


def _rates(measured: dict[str, list[float]], network: Network, threads: int) -> Row:
    one, many = spread(measured["one"]).median, spread(measured["all"]).median
    return {
        "threads": threads,
        "ns_per_tie_visit": one / float(network.degree.mean()),
        "member_weeks_per_second": 1e9 / one,
        "all_cores_member_weeks_per_second": 1e9 / many,
        "all_cores_member_weeks_per_second_and_core": 1e9 / many / threads,
    }


def _memory(world: World) -> Row:
    from .bound import bytes_moved

    moved, gathered = bytes_moved(world)
    return {
        "bytes_per_member": world.nbytes / world.size,
        "bytes_moved_per_member_week": moved,
        "bytes_gathered_per_member_week": gathered,
    }
