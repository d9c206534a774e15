"""Who wins and who loses: the same people under the baseline and under each design."""

from __future__ import annotations

from ...experiments.winners import FIFTHS, NOTICED
from ..cells import points, say
from ..decision_figures import people
from ..parts import Figure, Part, Section, Table, Told, Words


def section(told: Told) -> Section:
    """The section."""
    if told.decision.tables["fates"].empty:
        text = "The designs do not have the same people, or there are too many to follow each of them."
        return Section("winners", "Who wins, who loses", text)
    lead = say(
        "Each made-up member is followed under {base} and under each design. Wellbeing is the plain mean of "
        "motivation, trust, rest (no exhaustion) and fairness (no felt extraction); better or worse off means a change "
        "of more than {noticed} points. Whoever leaves has no wellbeing to compare and is counted apart. Groups are "
        "fixed by {base}: fifths of the employees by the value created in their place over that run.",
        base=told.baseline, noticed=points(NOTICED).lstrip("+"),
    )  # fmt: skip
    parts: list[Part] = [Figure(people(told)), _shares(told), _changes(told)]
    note = "Most who leave under one design leave under all: people also go for reasons that no scheme touches."
    return Section("winners", "Who wins, who loses", lead, [*parts, Words(note)])


def _shares(told: Told) -> Table:
    columns = ("better", "worse", "same", "left_here", "left_baseline", "left_both")
    rows = [
        (told.called[arm], *(told.teller.cell("fates", arm, "everyone", column=c, how="share") for c in columns))
        for arm in told.ranked if arm in told.others
    ]  # fmt: skip
    heads = (
        "better off",
        "worse off",
        "about the same",
        "left only here",
        f"left only under {told.baseline}",
        "left in both",
    )
    return Table("All members", ("design", *heads), rows)


def _changes(told: Told) -> Table:
    frame = told.decision.tables["fates"]
    found = set(frame["band"])
    roles = [band for band in ("employees", "customers", "partners") if band in found]
    fifths = [band for name in FIFTHS if (band := f"employees, {name}") in found]
    rows = [
        (told.called[arm],
         *(told.teller.cell("fates", arm, band, column="change", how="points") for band in (*roles, *fifths)))
        for arm in told.ranked if arm in told.others
    ]  # fmt: skip
    heads = (*roles, *(band.removeprefix("employees, ") for band in fifths))
    caption = "Change of wellbeing in points, of those who stay under both; fifths of employees by what they contribute"
    return Table(caption, ("design", *heads), rows)
