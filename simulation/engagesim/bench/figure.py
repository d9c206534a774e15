"""The figures of the benchmarks: nanoseconds per member-week by size."""

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
    _axes(figure, panel)
    return Drawn("benchmarks", "Time of a member-week by size", _alt(document), figure)


def by_library(document: dict[str, Any]) -> Drawn:
    """Medians of every library with their ranges, one thread and all. Draw within `report.style.styled`."""
    title = "The same model, members, network and numbers"
    figure = sheet(7.0, 5.6, title, "first mechanisms, eight ties a member; bars: range; numbers: times engagesim's")
    panel, alt = figure.subplots(), []
    for position, (library, threads) in enumerate(dict.fromkeys((c["title"], c["threads"]) for c in document["cases"])):
        cases = [c for c in document["cases"] if (c["title"], c["threads"]) == (library, threads)]
        label = f"{library}, {threads} thread{'s' if threads > 1 else ''}"
        _line(panel, cases, "ns_per_member_week", label, look(position))
        if threads == 1 and library != "engagesim":
            _times(panel, cases)
        alt.append(f"{label}: " + ", ".join(f"{c['ns_per_member_week']:,.0f} ns" for c in cases))
    _axes(figure, panel)
    return Drawn("side_by_side", title, f"Nanoseconds per member-week by size. {'; '.join(alt)}.", figure)


def _times(panel: Any, cases: list[dict[str, Any]]) -> None:
    for case in cases:
        panel.annotate(
            f"{case['ratio_to_engagesim']:,.0f}×", (case["members"], case["ns_per_member_week"]), xytext=(0, ABOVE),
            textcoords="offset points", ha="center", color=INK, fontsize=7.5,
        )  # fmt: skip


def _axes(figure: Any, panel: Any) -> None:
    panel.set(xscale="log", yscale="log", xlabel="members", ylabel="nanoseconds per member-week")
    panel.margins(x=0.08, y=0.1)
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axis.set_minor_formatter(lambda *_: "")
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)


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
