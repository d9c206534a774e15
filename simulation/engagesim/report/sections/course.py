"""Participation over time, and early against late."""

from __future__ import annotations

from ...outcomes import BY_NAME
from ..cells import difference_of, in_points, level_of, say
from ..decision_figures import early_late, over_time
from ..parts import Figure, Section, Table, Told


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "A scheme can shine at first and fade, or start slowly. Early is the first 15 % of the weeks, late the last "
        "25 %. The last column is about who takes part, whatever the goal: the week from which a design's mean "
        "participation stays above that of {base}; - where it does not.",
        base=told.baseline,
    )  # fmt: skip
    return Section(
        "course",
        "Over time: early against late",
        lead,
        [Figure(over_time(told)), Figure(early_late(told)), _table(told)],
    )


def _table(told: Told) -> Table:
    measure = told.decision.aim.measure
    level, change = level_of(measure), difference_of(measure)
    columns = (
        ("early", level),
        ("late", level),
        ("early_against", change),
        ("late_against", change),
        ("ahead", "count"),
    )
    rows = [(told.called[arm], *told.teller.cells("periods", arm, columns=columns)) for arm in told.ranked]
    points = in_points(measure)
    heads = ("early", "late", f"early against {told.baseline}{points}", f"late against {told.baseline}{points}",
             "participation ahead from week")  # fmt: skip
    return Table(f"{BY_NAME[measure].title} early and late", ("design", *heads), rows, folded=True)
