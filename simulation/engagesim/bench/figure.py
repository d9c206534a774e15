"""The figure of the benchmark: nanoseconds per member-week by size."""

from __future__ import annotations

from typing import Any

from ..report.style import INK, Drawn, Look, look, sheet

LINES = (
    ("mesa_ns_per_member_week", "Mesa", 7),
    ("ns_per_member_week", "compiled, one thread", -13),
    ("all_cores_ns_per_member_week", "compiled, all cores", 7),
    ("bound_ns_per_member_week", "moving the memory alone, one thread", -13),
)
"""Key of each line, its label, and how many points above the line its numbers stand."""


def by_size(document: dict[str, Any]) -> Drawn:
    """Medians with their ranges, both axes in powers of ten. Draw within `report.style.styled`."""
    threads = document["cases"][0]["threads"]
    figure = sheet(7.0, 4.6, "Time of a member-week by size", f"plain organization; bars: range; {threads} cores")
    panel = figure.subplots()
    for position, (key, label, above) in enumerate(LINES):
        cases = [case for case in document["cases"] if case.get(key) is not None]
        _line(panel, cases, key, label, look(position))
        _numbers(panel, cases, key, above)
    panel.set(xscale="log", yscale="log", xlabel="members", ylabel="nanoseconds per member-week")
    panel.margins(x=0.08, y=0.1)
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axis.set_minor_formatter(lambda *_: "")
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
    return Drawn("benchmarks", "Time of a member-week by size", _alt(document), figure)


def _line(panel: Any, cases: list[dict[str, Any]], key: str, label: str, style: Look) -> None:
    times = [case[key] for case in cases]
    below = [case[key] - case[f"{key}_range"][0] for case in cases]
    above = [case[f"{key}_range"][1] - case[key] for case in cases]
    panel.errorbar([case["members"] for case in cases], times, (below, above), color=style.colour, label=label,
                   linestyle=style.line, marker=style.marker, markersize=5, capsize=3)  # fmt: skip


def _numbers(panel: Any, cases: list[dict[str, Any]], key: str, above: int) -> None:
    for case in cases:
        panel.annotate(f"{case[key]:,.0f}", (case["members"], case[key]), xytext=(0, above), color=INK, fontsize=7.5,
                       textcoords="offset points", ha="center")  # fmt: skip


def _alt(document: dict[str, Any]) -> str:
    parts = [f"{case['members']:,} members: {case['ns_per_member_week']:.0f} ns" for case in document["cases"]]
    return f"Nanoseconds per member-week on one thread. {', '.join(parts)}."
