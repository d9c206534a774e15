"""Who wins and who loses: the same people under the baseline and under each design."""

from __future__ import annotations

from ...experiments.choice.winners import FIFTHS, NOTICED, TENURES
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
        "those of {base}: fifths of the employees by the value created in their place, and when the people who hold a "
        "place at the end joined.",
        base=told.baseline, noticed=points(NOTICED).lstrip("+"),
    )  # fmt: skip
    parts: list[Part] = [Figure(people(told)), _shares(told), _changes(told), _joined(told)]
    note = (
        "Most who leave under one design leave under all: people also go for reasons that no scheme touches. How many "
        "do is itself assumed (exit_hazard, a weekly chance), so compare it with your own turnover first."
    )
    return Section("winners", "Who wins, who loses", lead, [*parts, Words(note)])


def _shares(told: Told) -> Table:
    columns = ("better", "worse", "same", "left_here", "left_baseline", "left_both")
    rows = [
        (told.called[arm], *told.teller.cells("fates", arm, "everyone", columns=[(c, "share") for c in columns]))
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
    return Table("The same in numbers", ("design", *heads), rows, folded=True)


def _changes(told: Told) -> Table:
    bands = ["employees", "customers", "partners", *(f"employees, {name}" for name in FIFTHS)]
    caption = "Change of wellbeing in points, of those who stay under both; fifths of employees by what they contribute"
    return _by_band(told, bands, caption)


def _joined(told: Told) -> Table:
    """By when employees joined; who joined the same place in the same week is the same person."""
    bands = [f"employees, {name}" for name in TENURES]
    return _by_band(told, bands, "Change of wellbeing in points, of employees by when they joined")


def _by_band(told: Told, bands: list[str], caption: str) -> Table:
    found = set(told.decision.tables["fates"]["band"])
    shown = [band for band in bands if band in found]
    rows = [
        (told.called[arm], *(told.teller.cell("fates", arm, band, column="change", how="points") for band in shown))
        for arm in told.ranked if arm in told.others
    ]  # fmt: skip
    return Table(caption, ("design", *(band.removeprefix("employees, ") for band in shown)), rows)
