"""The figures of a run, and those of a comparison that stand beside its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..design.scenario import Scenario
from ..experiments.notes import labels
from ..outcomes import BY_NAME
from ..parameter import ROLES
from .course import FLOW, ends, run_course, run_flow, study_flow
from .schedule import mark
from .style import COLOURS, INK, Drawn, look, sheet, styled
from .words import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..experiments.comparison import Study
    from ..runs import Run

WELLBEING = ("intrinsic_motivation", "exhaustion", "trust")
HATCHES = ("", "", "//", "xx", "\\\\")
FLOW_COLOURS = (COLOURS[2], COLOURS[4], COLOURS[0], COLOURS[5], "#BDBDBD")
ACROSS = 3
"""Panels beside each other at most."""


def run_figures(run: Run) -> list[Drawn]:
    """Participation, wellbeing and the way of value in one run."""
    course, called = run_course(run), labels([run.scenario])
    with styled():
        return [
            participation([run.scenario], course, "one run"),
            wellbeing([run.scenario], course, "one run"),
            value_flow(run_flow(run), called),
        ]


def study_figures(study: Study) -> list[Drawn]:
    """How people fare (up to a few designs) and the way of value in a comparison, in the world as stated."""
    basis = f"line: mean of {study.replicates} replicates; band: 5 % to 95 % of them"
    with styled():
        drawn = [wellbeing(study.arms, study.weeks, basis)] if len(study.arms) <= len(COLOURS) else []
        return [*drawn, value_flow(study_flow(study), labels(study.arms))]


def participation(arms: Sequence[Scenario], course: pd.DataFrame, basis: str) -> Drawn:
    """Share of members who participate by role, one panel per design on one scale."""
    title = "Who participates, week by week"
    across, down = min(ACROSS, len(arms)), -(-len(arms) // ACROSS)
    figure = sheet(max(6.4, 3.7 * across), 3.3 * down + 0.8, title, basis)
    axes = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    said, called = [], labels(arms)
    for arm, panel in zip(arms, axes.flat, strict=False):
        part = course[(course["arm"] == arm.name) & (course["measure"] == "participation")]
        roles = [role for role in ROLES if role in set(part["group"])]
        _courses(panel, [(part[part["group"] == r], f"{r}s", ROLES.index(r)) for r in roles])
        panel.set(title=called[arm.name], ylim=(-0.02, 1.02), xlabel="week")
        mark(panel, [arm])
        said.append(f"{called[arm.name]}: {_from_to(part)}")
    for panel in axes.flat[len(arms) :]:
        panel.remove()
    for panel in axes[:, 0]:
        panel.set_ylabel("share of members")
    _legend(figure, axes[0, 0])
    return Drawn("participation", title, f"{title}, share of members by role. {' '.join(said)}", figure)


def wellbeing(arms: Sequence[Scenario], course: pd.DataFrame, basis: str) -> Drawn:
    """Motivation, exhaustion and trust: of everybody by design or, for one design, by role."""
    who = "of all members" if len(arms) > 1 else "by role"
    title = f"How people fare, week by week: means {who}"
    figure = sheet(11.0, 4.1, title, basis)
    axes = figure.subplots(1, len(WELLBEING), sharex=True, sharey=True)
    said, called = [], labels(arms)
    for measure, panel in zip(WELLBEING, axes, strict=True):
        part = course[course["measure"] == measure]
        _courses(panel, _of_everyone(arms, part, called) if len(arms) > 1 else _by_role(part))
        panel.set(title=BY_NAME[measure].title, ylim=(-0.02, 1.02), xlabel="week")
        mark(panel, arms)
        said += [f"{BY_NAME[measure].title}, {called[a.name]}: {_from_to(part[part['arm'] == a.name])}" for a in arms]
    axes[0].set_ylabel("0 none, 1 full")
    _legend(figure, axes[0])
    return Drawn("wellbeing", title, f"{title}. {' '.join(said)}", figure)


def value_flow(flow: pd.DataFrame, called: Mapping[str, str]) -> Drawn:
    """Where the value that members create goes, one bar per design."""
    title = "Where the value that members create goes"
    figure = sheet(9.5, 1.9 + 0.62 * len(flow), title)
    panel = figure.subplots()
    for arm_at, (_, parts) in enumerate(flow.iterrows()):
        _bar(panel, arm_at, parts, float(flow.clip(lower=0.0).sum(axis=1).max()))
    panel.set(yticks=range(len(flow)), ylim=(len(flow) - 0.45, -0.55), xlabel="value per week, mean of all weeks "
              "(1 = what one average member creates in a week of full effort)")  # fmt: skip
    panel.set_yticklabels([called[str(arm)] for arm in flow.index])
    panel.grid(axis="y", visible=False)
    panel.axvline(0.0, color=INK, linewidth=0.8)
    _flow_legend(figure, [part for part in FLOW if flow[part].abs().max() > 0.0])
    said = [
        f"{called[str(arm)]}: " + ", ".join(f"{number(float(parts[p]))} {FLOW[p]}" for p in FLOW) + "."
        for arm, parts in flow.iterrows()
    ]
    return Drawn("value_flow", title, f"{title}, value per week. {' '.join(said)}", figure)


def _flow_legend(figure: Figure, shown: Sequence[str]) -> None:
    from matplotlib.patches import Patch

    looks = dict(zip(FLOW, zip(FLOW_COLOURS, HATCHES, strict=True), strict=True))
    patches = [
        Patch(facecolor=looks[part][0], hatch=looks[part][1], edgecolor="white", label=FLOW[part]) for part in shown
    ]
    figure.legend(handles=patches, loc="outside lower center", ncols=ACROSS, frameon=False)


def _of_everyone(arms: Sequence[Scenario], part: pd.DataFrame, called: Mapping[str, str]) -> list[Any]:
    everyone = part[part["group"] == "everyone"]
    return [(everyone[everyone["arm"] == arm.name], called[arm.name], i) for i, arm in enumerate(arms)]


def _by_role(part: pd.DataFrame) -> list[Any]:
    return [(part[part["group"] == r], f"{r}s", i) for i, r in enumerate(ROLES) if r in set(part["group"])]


def _courses(panel: Axes, lines: Sequence[tuple[pd.DataFrame, str, int]]) -> None:
    """Lines with bands: course, label and position of the look of each."""
    for course, label, position in lines:
        course, style = course.sort_values("week"), look(position)
        weeks = course["week"].to_numpy()
        panel.plot(weeks, course["mean"], color=style.colour, linestyle=style.line, label=label, linewidth=1.8,
                   marker=style.marker, markevery=max(1, len(weeks) // 6), markersize=4)  # fmt: skip
        if course["low"].notna().any():
            panel.fill_between(weeks, course["low"], course["high"], color=style.colour, alpha=0.18, linewidth=0)


def _bar(panel: Axes, at: int, parts: pd.Series[float], longest: float) -> None:
    end = 0.0
    for part, colour, hatch in zip(FLOW, FLOW_COLOURS, HATCHES, strict=True):
        size = float(parts[part])
        start = end if size >= 0.0 else 0.0
        panel.barh([at], [size], left=start, height=0.6, color=colour, hatch=hatch, edgecolor="white", linewidth=0.8)
        if abs(size) > 0.05 * longest:
            panel.text(start + size / 2, at, number(size), ha="center", va="center", fontsize=8.5, color="black",
                       bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})  # fmt: skip
        end += max(size, 0.0)


def _legend(figure: Figure, panel: Axes) -> None:
    handles, names = panel.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=min(4, len(names)), frameon=False, handlelength=3.5)


def _from_to(course: pd.DataFrame) -> str:
    pairs = [f"{group} from {number(first)} to {number(last)}" for group, (first, last) in ends(course).items()]
    return f"{', '.join(pairs)}."
