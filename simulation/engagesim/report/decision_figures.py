"""The figures of the decision report: narrow enough for a phone, every number from a stored table."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..outcomes import BY_NAME
from .cells import HOW, difference_of, level_of
from .numbering import close_together, in_short
from .parts import Told
from .style import COLOURS, FAINT, INK, Drawn, Look, look, sheet

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 4.7
"""Inches: as wide as a phone shows at the size of its own letters."""
LONGEST = 40
"""Letters in a line below a panel."""
ROW = 0.27
"""Inches for each design."""
NAMED = 4
"""Designs besides the baseline that have a colour of their own among many lines."""
OTHERS = "#9A9A9A"
FATES = {
    "better": ("better off", COLOURS[2], ""),
    "same": ("about the same", "#BDBDBD", ""),
    "worse": ("worse off", COLOURS[1], "//"),
    "left_here": ("left only here", COLOURS[3], "xx"),
    "left_baseline": ("left only under the baseline", COLOURS[4], ".."),
    "left_both": ("left in both", "#E6E6E6", "\\\\"),
}
"""Fates in the order of the bars: column, words, colour, hatch."""


def gains(told: Told) -> Drawn:
    """Difference of the aim from the baseline for each design, with simultaneous intervals."""
    measure, aim = told.decision.aim.measure, told.decision.aim
    title = f"{BY_NAME[measure].title} late in the run: difference from {told.baseline}"
    arms = [arm for arm in told.ranked if arm in told.others]
    rows = [told.teller.row("scorecard", arm, measure, "late", "everyone") or {} for arm in arms]
    figure, panel = _by_design(told, arms, title, _unit(told, "difference"))
    panel.axvspan(-aim.matters * _scale(told), aim.matters * _scale(told), color=FAINT, alpha=0.15, linewidth=0)
    for at, row in enumerate(rows):
        _dot(panel, at, *(_scaled(told, row[key]) for key in ("mean", "low", "high")))
    panel.axvline(0.0, color=INK, linewidth=1.0)
    _below(panel, f"{_unit(told, 'difference')}; grey band: too little to matter")
    said = [f"{told.called[arm]} {_diff(told, row['mean'])}" for arm, row in zip(arms, rows, strict=True)]
    return Drawn("gains", title, f"{title}. {'; '.join(said)}.", figure)


def people(told: Told) -> Drawn:
    """What becomes of all members under each design, one bar per design."""
    title = f"What becomes of the same people, against {told.baseline}"
    arms = [arm for arm in told.ranked if arm in told.others]
    figure, panel = _by_design(told, arms, title, "", extra=0.75)
    said = []
    for at, arm in enumerate(arms):
        row, end = told.teller.row("fates", arm, "everyone") or {}, 0.0
        for column, (_, colour, hatch) in FATES.items():
            size = 100.0 * float(row.get(column, 0.0))
            panel.barh(
                [at], [size], left=end, height=0.72, color=colour, hatch=hatch, edgecolor="#ffffff", linewidth=0.5
            )
            end += size
        said.append(
            f"{told.called[arm]}: {HOW['share'](row['better'])} better off, {HOW['share'](row['worse'])} worse off"
        )
    panel.set_xlim(0, 100)
    _below(panel, "per cent of all members")
    _patches(figure, [(words, colour, hatch) for words, colour, hatch in FATES.values()])
    return Drawn("people", title, f"{title}. {'; '.join(said)}.", figure)


def over_time(told: Told) -> Drawn:
    """Share of members who take part, week by week; the best and the baseline stand out."""
    title = "Members who take part, week by week"
    course = told.decision.tables["course"]
    everyone = course[course["group"] == "everyone"]
    figure = _sheet(title, 3.6)
    panel = figure.subplots()
    named = _named(told)
    for arm in reversed(told.ranked):
        part = everyone[everyone["arm"] == arm]
        if arm in named:
            style = _look(told, arm, named)
            panel.plot(part["week"], 100.0 * part["mean"], color=style.colour, linestyle=style.line, linewidth=1.8,
                       label=told.called[arm], zorder=3)  # fmt: skip
        else:
            panel.plot(part["week"], 100.0 * part["mean"], color=OTHERS, linewidth=0.7, zorder=2)
    _below(panel, "".join(("week", _banded(told, panel, everyone), _rest(told, named))))
    panel.set_ylabel("per cent of members")
    low, high = panel.get_ylim()
    panel.set_ylim(max(low, -0.4), min(high, 100.4))
    handles, names = panel.get_legend_handles_labels()
    figure.legend(handles[::-1], names[::-1], loc="outside lower center", ncols=2, frameon=False, handlelength=3.0)
    said = []
    for arm in named:
        weekly = everyone[everyone["arm"] == arm]["mean"].tolist()
        said.append(f"{told.called[arm]} from {HOW['share'](weekly[0])} to {HOW['share'](weekly[-1])}")
    return Drawn("over_time", title, f"{title}. {'; '.join(said)}.", figure)


def _banded(told: Told, panel: Axes, everyone: pd.DataFrame) -> str:
    """Draw the spread of the baseline over worlds, and say so, where there are worlds."""
    first = everyone[everyone["arm"] == told.decision.names[0]]
    if not first["low"].notna().any():
        return ""
    panel.fill_between(first["week"], 100 * first["low"], 100 * first["high"], color=FAINT, alpha=0.15, linewidth=0)
    return f"; band: 5 % to 95 % of the worlds under {told.baseline}"


def _rest(told: Told, named: Sequence[str]) -> str:
    """What the lines without a name are, where there are any."""
    return "\nthin grey lines: the other designs" if len(told.ranked) > len(named) else ""


def early_late(told: Told) -> Drawn:
    """Difference from the baseline early and late, joined."""
    title = f"Early and late: difference from {told.baseline}"
    return _two(told, "early_late", title, "periods", ("early_against", "late_against"), ("early", "late"))


def taken_back(told: Told) -> Drawn:
    """Late level against never having had it: kept, and withdrawn in mid run."""
    title = f"Kept or withdrawn: late difference from {told.baseline}"
    frame = told.decision.tables["withdrawal"]
    arms = [arm for arm in told.ranked if arm in set(frame["arm"])]
    rows = {str(row["arm"]): row for row in frame.to_dict("records")}
    pairs = [(float(rows[a]["held"]), float(rows[a]["after"])) for a in arms]
    return _pairs(told, "taken_back", title, arms, pairs, ("kept", "withdrawn"))


def _two(
    told: Told, name: str, title: str, table: str, columns: tuple[str, str], words: tuple[str, str]
) -> Drawn:  # fmt: skip
    arms = [arm for arm in told.ranked if arm in told.others]
    rows = [told.teller.row(table, arm) or {} for arm in arms]
    return _pairs(told, name, title, arms, [(float(r[columns[0]]), float(r[columns[1]])) for r in rows], words)


def _pairs(
    told: Told, name: str, title: str, arms: Sequence[str], pairs: Sequence[tuple[float, float]], words: tuple[str, str]
) -> Drawn:  # fmt: skip
    figure, panel = _by_design(told, arms, title, "", extra=0.3)
    for at, (one, other) in enumerate(pairs):
        x = [_scaled(told, one), _scaled(told, other)]
        panel.plot(x, [at, at], color=OTHERS, linewidth=1.4, zorder=2)
        panel.plot(x[:1], [at], "o", markerfacecolor="#ffffff", color=COLOURS[0], markersize=5, zorder=3,
                   label=words[0] if at == 0 else None)  # fmt: skip
        panel.plot(x[1:], [at], "D", color=COLOURS[1], markersize=4.5, zorder=3, label=words[1] if at == 0 else None)
    panel.axvline(0.0, color=INK, linewidth=1.0)
    _below(panel, _unit(told, "difference"))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    said = [f"{told.called[a]} {words[0]} {_diff(told, p[0])}, {words[1]} {_diff(told, p[1])}"
            for a, p in zip(arms, pairs, strict=True)]  # fmt: skip
    return Drawn(name, title, f"{title}. {'; '.join(said)}.", figure)


def plane(told: Told) -> Drawn:
    """What designs bring against what they cost, with the efficient frontier."""
    title = f"Gain and cost against {told.baseline}"
    frame = told.decision.tables["costs"]
    marks = [_mark(row["status"] == "frontier") for row in frame.to_dict("records")]
    figure = _plane(
        told, title, frame, "extra", "effect", marks, "extra cost, value per member-week", _unit(told, "gain"),
        frontier=True,
    )  # fmt: skip
    on = [told.called[str(a)] for a in frame[frame["status"] == "frontier"]["arm"]]
    return Drawn("plane", title, f"{title}. On the efficient frontier: {', '.join(on)}.", figure)


def front(told: Told) -> Drawn:
    """The aim against exhaustion, or against cost where exhaustion is the aim; who is on the front is filled."""
    tired = told.decision.aim.measure == "exhaustion"
    beside = "cost" if tired else "exhaustion"
    title = f"{BY_NAME[told.decision.aim.measure].title} and {beside} late in the run"
    frame = told.decision.tables["pareto"]
    marks = [_mark(row["dominated_by"] == "") for row in frame.to_dict("records")]
    goal = BY_NAME[told.decision.aim.measure].title
    goal += ", per cent" if level_of(told.decision.aim.measure) == "share" else ""
    across, label = ("outlay", "cost over the run, value per member-week") if tired else (
        "exhaustion", "exhaustion (0 none, 1 full)")  # fmt: skip
    figure = _plane(told, title, frame, across, "aim", marks, label, goal)
    on = [told.called[str(a)] for a in frame[frame["dominated_by"] == ""]["arm"]]
    return Drawn("front", title, f"{title}. On the front: {', '.join(on)}.", figure)


def _plane(
    told: Told, title: str, frame: pd.DataFrame, across: str, up: str, marks: Sequence[dict[str, Any]], xlabel: str,
    ylabel: str, frontier: bool = False,
) -> Figure:  # fmt: skip
    """Points in a plane, numbered by rank."""
    figure = _sheet(title, 3.7)
    panel = figure.subplots()
    y = _scaled(told, frame[up].to_numpy())
    rank = {arm: i + 1 for i, arm in enumerate(told.ranked)}
    said = "; filled: efficient" if frontier else "; filled: on the front"
    if frontier and (frame["status"] == "frontier").sum() > 1:
        said = "; line: efficient frontier"
        on = frame[frame["status"] == "frontier"].sort_values(["extra", "effect"])
        panel.plot(on[across], _scaled(told, on[up].to_numpy()), color=COLOURS[0], linewidth=1.2, zorder=2)
    places: dict[int, tuple[float, float]] = {}
    for x, height, arm, mark in zip(frame[across], y, frame["arm"], marks, strict=True):
        panel.plot([x], [height], "o", color=COLOURS[0], markersize=6, zorder=3, **mark)
        places[rank[str(arm)]] = x, height
    for numbers in close_together(places):
        panel.annotate(
            in_short(numbers), places[numbers[0]], xytext=(5, 4), textcoords="offset points", fontsize=8, color=INK
        )
    panel.margins(0.12)
    panel.set_ylabel(ylabel)
    _below(panel, xlabel + said)
    return figure


def key(told: Told) -> str:
    """The numbers of points, in words."""
    return "; ".join(f"{i} {told.called[arm]}" for i, arm in enumerate(told.ranked, start=1)) + "."


def _mark(filled: bool) -> dict[str, Any]:
    return {} if filled else {"markerfacecolor": "#ffffff"}


def chances(told: Told) -> Drawn:
    """Chance of being best beside expected loss."""
    title = "Chance of being best, beside expected loss"
    arms = told.ranked
    rows = [told.teller.row("ranking", arm) or {} for arm in arms]
    figure = _sheet(title, 1.2 + ROW * len(arms))
    left, right = figure.subplots(1, 2, sharey=True)
    at = np.arange(len(arms))
    left.barh(at, [100.0 * float(r["chance_mean"]) for r in rows], height=0.62, color=COLOURS[0])
    left.plot([100.0 * float(r["chance_case"]) for r in rows], at, "D", color=COLOURS[1], markersize=4)
    right.barh(at, [_scaled(told, float(r["loss"])) for r in rows], height=0.62, color=COLOURS[5])
    left.set(xlim=(0, 100), yticks=at, ylim=(len(arms) - 0.5, -0.5))
    left.set_yticklabels([_label(told, arm) for arm in arms])
    _below(left, "chance, per cent\nbar: on average\ndiamond: in one\norganization")
    _below(right, f"expected loss,\n{_unit(told, 'difference')}")
    for panel in (left, right):
        panel.grid(axis="y", visible=False)
    said = [f"{told.called[a]} {HOW['chance'](r['chance_mean'])}, loss {_diff(told, r['loss'])}"
            for a, r in zip(arms, rows, strict=True)]  # fmt: skip
    return Drawn("chances", title, f"{title}. {'; '.join(said)}.", figure)


def best_buy(told: Told, unit: str) -> Drawn:
    """How often a design is the best buy, and its expected loss, against what a unit of the aim is worth."""
    title = "The best buy, by what it is worth to you"
    worth = told.decision.tables["worth"]
    named = _named_buys(told)
    figure = _sheet(title, 5.6)
    upper, lower = figure.subplots(2, 1, sharex=True)
    said = []
    for arm in told.ranked:
        part = worth[worth["arm"] == arm]
        x = part["value"] / _scale(told)
        shown = arm in named
        style = _look(told, arm, named)
        colour, width = (style.colour, 1.8) if shown else (OTHERS, 0.7)
        for panel, y in ((upper, 100.0 * part["chance"]), (lower, part["loss"])):
            panel.plot(x, y, color=colour, linewidth=width, linestyle=style.line if shown else "-",
                       zorder=3 if shown else 2, label=told.called[arm] if shown else None)  # fmt: skip
        said.append(f"{told.called[arm]} from {HOW['chance'](part['chance'].iloc[0])} to "
                    f"{HOW['chance'](part['chance'].iloc[-1])}")  # fmt: skip
    upper.set(ylim=(-3, 103), ylabel=f"best buy, % of {told.decision.unit}s")
    lower.set(ylim=(0, _top_of(worth, named)), ylabel="expected loss")
    _below(lower, f"worth of a {unit}\n(value per member and week){_rest(told, named)}")
    figure.legend(*upper.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
    return Drawn("best_buy", title, f"{title}. Best buy: {'; '.join(said)}.", figure)


def _named_buys(told: Told) -> list[str]:
    """Designs that are ever the best buy most often or with the least loss, then others by their best chance."""
    worth = told.decision.tables["worth"]
    ever = worth.groupby("arm")["chance"].max()
    least = set(worth.loc[worth.groupby("at")["loss"].idxmin(), "arm"])
    order = sorted(told.decision.names, key=lambda arm: (arm not in least, -float(ever[arm])))
    return order[: NAMED + 1]


def _top_of(worth: pd.DataFrame, named: Sequence[str]) -> float:
    """Height of the panel of losses: the lowest curves are what matters, not the worst design far above them."""
    ends = worth[worth["arm"].isin(named)].groupby("arm")["loss"].max().sort_values()
    return 1.05 * float(ends.iloc[min(2, len(ends) - 1)]) or 1.0


def tornado(told: Told, shown: int) -> Drawn:
    """The lead of the best over the next at the lower and upper tenth of each uncertain number."""
    frame = told.decision.tables["depends"].head(shown)
    first, second = (told.called[str(frame[k].iloc[0])] for k in ("first", "second"))
    title = f"Lead of {first} over {second}"
    figure = _sheet(title, 1.3 + 0.36 * len(frame))
    panel = figure.subplots()
    rows = frame.to_dict("records")
    for at, row in enumerate(rows):
        low, high = _scaled(told, row["at_low"]), _scaled(told, row["at_high"])
        middle = (low + high) / 2.0
        panel.barh(
            [at], [low - middle], left=middle, height=0.6, color=COLOURS[4], label="lower tenth" if not at else None
        )
        panel.barh([at], [high - middle], left=middle, height=0.6, color=COLOURS[1], hatch="//", edgecolor="#ffffff",
                   label="upper tenth" if not at else None)  # fmt: skip
    panel.axvline(0.0, color=INK, linewidth=1.0)
    panel.set(yticks=range(len(rows)), ylim=(len(rows) - 0.5, -0.5))
    panel.set_yticklabels(
        [textwrap.fill(str(row["parameter"]).replace("_", " ").replace(".", ", "), 18) for row in rows]
    )
    _below(panel, f"{_unit(told, 'difference')}; at 0 the order turns")
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    said = [f"{row['parameter']} from {_diff(told, row['at_low'])} to {_diff(told, row['at_high'])}" for row in rows]
    return Drawn("tornado", title, f"{title}. {'; '.join(said)}.", figure)


def _by_design(told: Told, arms: Sequence[str], title: str, xlabel: str, extra: float = 0.0) -> tuple[Figure, Axes]:
    """A sheet with one row per design, the best on top."""
    figure = _sheet(title, 1.15 + extra + ROW * len(arms))
    panel = figure.subplots()
    panel.set(yticks=range(len(arms)), ylim=(len(arms) - 0.5, -0.5), xlabel=xlabel)
    panel.set_yticklabels([_label(told, arm) for arm in arms])
    panel.grid(axis="y", visible=False)
    return figure, panel


def _sheet(title: str, height: float) -> Figure:
    return sheet(WIDTH, height, title)


def _label(told: Told, arm: str) -> str:
    return textwrap.shorten(told.called[arm], 24, placeholder="…")


def _dot(panel: Axes, at: int, mean: float, low: float, high: float) -> None:
    if not np.isnan(low):
        panel.plot([low, high], [at, at], color=COLOURS[0], linewidth=2.2, solid_capstyle="butt")
    panel.plot([mean], [at], "o", color=COLOURS[0], markersize=5)


def _below(panel: Axes, text: str) -> None:
    panel.set_xlabel("\n".join(textwrap.fill(line, LONGEST) for line in text.splitlines()))


def _patches(figure: Figure, shown: Sequence[tuple[str, str, str]]) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=colour, hatch=hatch, edgecolor="#ffffff", label=words) for words, colour, hatch in shown]
    figure.legend(handles=patches, loc="outside lower center", ncols=2, frameon=False)


def _named(told: Told) -> list[str]:
    """The baseline and the best others, in the order of their looks."""
    best = [arm for arm in told.ranked if arm in told.others]
    return [told.decision.names[0], *best[:NAMED]]


def _look(told: Told, arm: str, named: Sequence[str]) -> Look:
    """The look of a design, the same in every figure; of those not named everywhere, after them."""
    order = list(dict.fromkeys((*_named(told), *named, arm)))
    return look(order.index(arm))


def _scale(told: Told) -> float:
    return 100.0 if level_of(told.decision.aim.measure) == "share" else 1.0


def _scaled(told: Told, value: Any) -> Any:
    return _scale(told) * value


def _unit(told: Told, what: str) -> str:
    return f"{what} in points" if difference_of(told.decision.aim.measure) == "points" else what


def _diff(told: Told, value: float) -> str:
    return HOW[difference_of(told.decision.aim.measure)](float(value))
