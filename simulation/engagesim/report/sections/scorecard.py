"""Paired differences per outcome and role, with intervals that hold all at once."""

from __future__ import annotations

from markupsafe import Markup

from ...experiments.choice.cases import TOLD
from ...outcomes import BY_NAME
from ..cells import difference_of, in_points, interval, level_of, say, stacked
from ..decision_figures import gains
from ..parts import Figure, Part, Section, Table, Told, Words

MARKS = {1: "better", -1: "worse", 0: ""}


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "Differences from {base} late in the run, {n} {unit}s of the same people with the same luck. The intervals "
        "below each number hold all at once with 95 % confidence; “better” and “worse” stand only where an interval "
        "leaves out zero and the difference is more than a thousandth of the level.",
        base=told.baseline, n=int(told.decision.complete.sum()), unit=told.decision.unit,
    )  # fmt: skip
    parts: list[Part] = [Figure(gains(told)), _all(told), Words(_matters(told)), _roles(told)]
    return Section("scorecard", "What each design changes", lead, parts)


def short(measure: str) -> str:
    """An outcome as the head of a column: shares in points."""
    title = BY_NAME[measure].title
    if measure == "exits":
        return f"{title} a week, points"
    return f"{title}{in_points(measure)}"


def _matters(told: Told) -> Markup:
    aim = told.decision.aim
    text = f"{100.0 * aim.matters:g} points" if level_of(aim.measure) == "share" else f"{aim.matters:g}"
    return say("A difference of {title} below {text} counts as too small to matter (--matters sets it, beforehand).",
               title=BY_NAME[aim.measure].title.lower(), text=text)  # fmt: skip


def _all(told: Told) -> Table:
    rows = [
        (told.called[arm], *(difference(told, arm, measure, "late", "everyone") for measure in TOLD))
        for arm in told.ranked if arm in told.others
    ]  # fmt: skip
    caption = f"Late in the run, all members: difference from {told.baseline}"
    return Table(caption, ("design", *map(short, TOLD)), rows)


def difference(told: Told, arm: str, measure: str, window: str, group: str) -> Markup:
    """A difference with its interval and side."""
    key, how = (arm, measure, window, group), difference_of(measure)
    mean, low, high = (told.teller.cell("scorecard", *key, column=c, how=how) for c in ("mean", "low", "high"))
    row = told.teller.row("scorecard", *key)
    mark = MARKS[int(row["side"])] if row else ""
    return stacked(mean, say("{i} {mark}", i=interval(low, high), mark=mark))


def _roles(told: Told) -> Table:
    aim = told.decision.aim
    groups = told.decision.cases.groups[1:]
    rows = [
        (told.called[arm], *(difference(told, arm, aim.measure, "late", group) for group in groups), _worst(told, arm))
        for arm in told.ranked if arm in told.others
    ]  # fmt: skip
    caption = f"{BY_NAME[aim.measure].title} by role, late in the run: difference from {told.baseline}"
    return Table(caption, ("design", *(f"{g}s" for g in groups), "who fares worst"), rows)


def _worst(told: Told, arm: str) -> Markup | str:
    """The band whose people fare worst, and by how much their wellbeing changes."""
    frame = told.decision.tables["fates"]
    rows = frame[(frame["arm"] == arm) & frame["worst"]] if "worst" in frame else frame
    if rows.empty:
        return "-"
    band = str(rows["band"].iloc[0])
    change = told.teller.cell("fates", arm, band, column="change", how="points")
    return stacked(band, say("wellbeing {change} points", change=change))
