"""The benchmark in words: rows of tables, and a sentence for each figure that says what it means."""

from __future__ import annotations

from typing import Any

from .timing import Row

LINES = (
    ("weeks", "weeks", 1.0),
    ("ns_per_member_week", "ns per member-week, one thread", 1.0),
    ("ns_per_member_week_range", "  range", 1.0),
    ("ns_per_tie_visit", "ns per tie visit, both ends visited", 1.0),
    ("member_weeks_per_second", "million member-weeks a second", 1e-6),
    ("bound_ns_per_member_week", "moving the memory alone, ns", 1.0),
    ("ratio_to_bound", "times the memory alone", 1.0),
    ("ratio_to_bound_range", "  range", 1.0),
    ("mesa_ns_per_member_week", "Mesa, ns", 1.0),
    ("ratio_to_mesa", "times as fast as Mesa", 1.0),
    ("ratio_to_mesa_range", "  range", 1.0),
    ("all_cores_ns_per_member_week", "all cores: ns per member-week", 1.0),
    ("all_cores_ns_per_member_week_range", "  range", 1.0),
    ("all_cores_member_weeks_per_second_and_core", "all cores: million a second and core", 1e-6),
    ("all_cores_ratio_to_bound", "all cores: times the memory alone", 1.0),
    ("bytes_per_member", "bytes per member, arrays", 1.0),
    ("bytes_moved_per_member_week", "bytes moved per member-week", 1.0),
    ("bytes_gathered_per_member_week", "  partners' records besides", 1.0),
)
"""Lines of the table: key of a case, what it says, and the unit it is shown in."""

PARTS = {
    "python": "Python itself", "numpy": "importing NumPy", "numba": "importing Numba",
    "engagesim": "importing engagesim", "machine_code": "loading machine code",
    "run": "the scenario, its network and the run",
}  # fmt: skip
"""Parts of a start, in order."""


def short(value: float | None) -> str:
    """Three significant digits; `-` for nothing."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def between(found: list[float]) -> str:
    """A range in short."""
    return f"{short(found[0])} to {short(found[1])}"


def table(document: Row) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table with one column per size."""
    cases = document["cases"]
    rows = [[label, *(_cell(case.get(key), unit) for case in cases)] for key, label, unit in LINES]
    return ["members", *(f"{case['members']:,}" for case in cases)], rows


def _cell(value: Any, unit: float) -> str:
    if isinstance(value, list):
        return between([end * unit for end in value])
    return short(None if value is None else value * unit)


def sentences(document: Row) -> list[str]:
    """What the figures mean, one sentence each."""
    return [*map(case_sentence, document["cases"]), *_others(document)]


def case_sentence(case: Row) -> str:
    """What the ratios of one size mean."""
    mesa = ""
    if case["ratio_to_mesa"] is not None:
        mesa = f"{short(case['ratio_to_mesa'])} times as fast as Mesa on the same weeks, with the same result; "
    return (
        f"{case['members']:,} members: {mesa}a week takes {short(case['ratio_to_bound'])} times as long as moving its "
        f"memory alone would on one thread, {short(case['all_cores_ratio_to_bound'])} times on {case['threads']}; "
        f"{case['threads']} threads on one run are {short(case['all_cores_speedup'])} times as fast as one."
    )


def _others(document: Row) -> list[str]:
    memory, small, start = document["memory"], document["small_runs"], document["start"]
    rate = {name: short(value) for name, value in small["runs_per_second"].items()}
    found = [
        f"Memory: a run of {memory['members']:,} members and {memory['weeks']} weeks holds "
        f"{short(memory['bytes_per_member'])} bytes per member in its arrays, and at its peak, building the network "
        f"included, {short(memory['peak_bytes_per_member'])} more than the process had before.",
        f"Small runs ({small['members']} members, {small['weeks']} weeks): {rate['fixed_one_thread']} a second on one "
        f"thread and {rate['fixed_all_cores']} on all {small['threads']} cores with one network for all; "
        f"{rate['built_one_thread']} and {rate['built_all_cores']} with a network built for each.",
    ]
    if start["cold_seconds"] is not None:
        found.append(
            f"Cold start: {short(start['cold_seconds'])} s from nothing compiled to the first result, "
            f"{short(start['cold_processor_seconds'])} s of them on a processor; once per machine and version."
        )
    parts = ", ".join(f"{name} {short(start['warm_parts'][part])} s" for part, name in PARTS.items())
    found.append(f"Warm start: {short(start['warm_seconds'])} s from the shell to the first result: {parts}.")
    return [*found, f"engagesim --help: {short(start['help_seconds'])} s."]


def machine(document: Row) -> str:
    """The machine, the versions and how busy it was."""
    origin, load = document["origin"], document["load"]
    computer, libraries = origin["machine"], origin["libraries"]
    busy = "" if load["before"] is None else f"; load {load['before'][0]} before, {load['after'][0]} after"
    return (
        f"{computer['processor']}, {computer['cores']} cores, {computer['memory_gib']} GiB, {origin['platform']}{busy}"
        f"\nPython {origin['python']}, NumPy {libraries['numpy']}, Numba {libraries['numba']}, "
        f"Mesa {libraries['mesa']}, engagesim {origin['engagesim']}"
    )
