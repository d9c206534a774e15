"""The figure of the benchmark: nanoseconds per member-week by size."""

from __future__ import annotations

from typing import Any

from ..report.style import INK, Drawn, Look, look, sheet

LINES = (
    ("mesa_ns_per_member_week", "Mesa"),
    ("ns_per_member_week", "compiled, one thread"),
    ("all_cores_ns_per_member_week", "compiled, all cores"),
    ("bound_ns_per_member_week", "moving the memory alone, one thread"),
)
"""Key of each line and its label."""

ABOVE, BELOW = 7, -12
"""Points between a marker and its number."""


def by_size(document: dict[str, Any]) -> Drawn:
    """Medians with their ranges, both axes in powers of ten. Draw within `report.style.styled`."""
    threads = document["cases"][0]["threads"]
    figure = sheet(7.0, 5.6, "Time of a member-week by size", f"plain organization; bars: range; {threads} cores")
    panel = figure.subplots()
    for position, (key, label) in enumerate(LINES):
        cases = [case for case in document["cases"] if case.get(key) is not None]
        _line(panel, cases, key, label, look(position))
    for case in document["cases"]:
        _numbers(panel, case)
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


def _numbers(panel: Any, case: dict[str, Any]) -> None:
    """The lowest two below their markers, the others above, so that lines that cross do not cover each other's."""
    for rank, value in enumerate(sorted(case[key] for key, _ in LINES if case.get(key) is not None)):
        panel.annotate(f"{value:,.0f}", (case["members"], value), xytext=(0, BELOW if rank < 2 else ABOVE),
                       textcoords="offset points", ha="center", color=INK, fontsize=7.5)  # fmt: skip


def _alt(document: dict[str, Any]) -> str:
    parts = [f"{case['members']:,} members: {case['ns_per_member_week']:.0f} ns" for case in document["cases"]]
    return f"Nanoseconds per member-week on one thread. {', '.join(parts)}."
