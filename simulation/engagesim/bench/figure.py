"""The figure of the benchmark: nanoseconds per member-week by size."""

from __future__ import annotations

from typing import Any

from ..report.style import INK, Drawn, look, sheet

LINES = (
    ("mesa_ns_per_member_week", "Mesa"),
    ("ns_per_member_week", "compiled, one thread"),
    ("all_cores_ns_per_member_week", "compiled, all cores"),
    ("bound_ns_per_member_week", "moving the memory alone, one thread"),
)
"""Key of each line and its label."""


def by_size(document: dict[str, Any]) -> Drawn:
    """Medians with their ranges, both axes in powers of ten. Draw within `report.style.styled`."""
    threads = document["cases"][0]["threads"]
    figure = sheet(7.0, 4.6, "Time of a member-week by size", f"plain organization; bars: range; {threads} cores")
    panel = figure.subplots()
    for position, (key, label) in enumerate(LINES):
        _line(panel, [case for case in document["cases"] if case.get(key) is not None], key, label, position)
    panel.set(xscale="log", yscale="log", xlabel="members", ylabel="nanoseconds per member-week")
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
    return Drawn("benchmarks", "Time of a member-week by size", _alt(document), figure)


def _line(panel: Any, cases: list[dict[str, Any]], key: str, label: str, position: int) -> None:
    style = look(position)
    times = [case[key] for case in cases]
    below = [case[key] - case[f"{key}_range"][0] for case in cases]
    above = [case[f"{key}_range"][1] - case[key] for case in cases]
    members = [case["members"] for case in cases]
    panel.errorbar(members, times, (below, above), color=style.colour, linestyle=style.line, marker=style.marker,
                   markersize=5, capsize=3, label=label)  # fmt: skip
    for size, value in zip(members, times, strict=True):
        panel.annotate(f"{value:,.0f}", (size, value), xytext=(0, 6), textcoords="offset points", ha="center",
                       fontsize=7.5, color=INK)  # fmt: skip


def _alt(document: dict[str, Any]) -> str:
    parts = [f"{case['members']:,} members: {case['ns_per_member_week']:.0f} ns" for case in document["cases"]]
    return f"Nanoseconds per member-week on one thread. {', '.join(parts)}."
