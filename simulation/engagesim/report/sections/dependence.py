"""On what the choice depends, and what flips it."""

from __future__ import annotations

from markupsafe import Markup

from ...experiments.statistics.dependence import least_worlds
from ..cells import difference_of, in_points, say, stacked
from ..decision_figures import tornado
from ..parts import Figure, Part, Section, Table, Told, Words

SHOWN = 8
"""Numbers in the table and the figure."""


def section(told: Told) -> Section:
    """The section."""
    depends = told.decision.tables["depends"]
    if depends.empty:
        text = "This was asked in one world only: repeat with --worlds."
        if worlds := len(told.study.worlds):
            least = least_worlds(told.study.worlds.shape[1])
            text = f"{worlds} worlds are too few to tell: repeat with --worlds {least} or more."
        return Section("dependence", "What it depends on", text)
    first, second = (told.called[str(depends[key].iloc[0])] for key in ("first", "second"))
    explained = told.teller.cell("depends", depends["parameter"].iloc[0], column="explained", how="chance")
    lead = say(
        "The lead of {first} over {second}, the next, in worlds that differ in what no designer chooses. Each bar is "
        "the lead expected at the lower and the upper tenth of one uncertain number, all others in the middle. "
        "Straight lines explain {explained} of how the lead varies.", first=first, second=second, explained=explained,
    )  # fmt: skip
    parts: list[Part] = [Figure(tornado(told, SHOWN)), Words(_flip(told, first, second)), _table(told)]
    return Section("dependence", "What it depends on", lead, parts)


def _flip(told: Told, first: str, second: str) -> Markup:
    flips = told.decision.tables["flips"]
    if flips.empty:
        return say("No single number, split at any value, turns the order of {first} and {second} around more clearly "
                   "than chance would.", first=first, second=second)  # fmt: skip
    key = str(flips["parameter"].iloc[0])
    t = told.teller
    threshold = t.cell("flips", key, column="threshold", how="number")
    below, above = (t.cell("flips", key, column=side, how="chance") for side in ("below", "above"))
    return say(
        "What flips the order: {meaning} ({key}). Where it is below {threshold}, {first} is ahead of {second} in "
        "{below} of the worlds; above, in {above}.",
        meaning=str(flips["meaning"].iloc[0]), key=key, threshold=threshold, first=first, second=second, below=below,
        above=above,
    )  # fmt: skip


def _table(told: Told) -> Table:
    change = difference_of(told.decision.aim.measure)
    columns = (("low", "number"), ("high", "number"), ("at_low", change), ("at_high", change))
    depends = told.decision.tables["depends"].head(SHOWN)
    rows = [
        (
            stacked(row["meaning"], row["parameter"]),
            *told.teller.cells("depends", row["parameter"], columns=columns),
        )
        for row in depends.to_dict("records")
    ]
    points = in_points(told.decision.aim.measure)
    heads = (
        "uncertain number",
        "lower tenth",
        "upper tenth",
        f"lead at the lower{points}",
        f"lead at the upper{points}",
    )
    return Table("The same in numbers, the strongest first", heads, rows, folded=True)
