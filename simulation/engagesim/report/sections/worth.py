"""Which design is the best buy, by what a point of the goal is worth to whoever decides."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...outcomes import BY_NAME
from ..cells import Cell, difference_of, level_of, say
from ..decision_figures import best_buy
from ..parts import Figure, Part, Section, Table, Told

SHOWN = (0, 10, 20, 30, 40)
"""Numbers of the values in the table, besides those from which another design loses least."""


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "What a scheme brings and what it costs only weigh against each other once somebody says what a {unit} is "
        "worth. For each worth, the upper curves show in how many of the {units}s a design is the best buy, the lower "
        "ones what is lost on average by choosing it. Go by the lowest curve of loss: the design that is most often "
        "the best buy can lose much where it is not.", unit=_unit(told), units=told.decision.unit,
    )  # fmt: skip
    parts: list[Part] = [Figure(best_buy(told, _unit(told))), _table(told)]
    return Section("worth", "What is it worth to you", lead, parts)


def _unit(told: Told) -> str:
    """What is bought, in words."""
    title = BY_NAME[told.decision.aim.measure].title.lower()
    point = "point" if level_of(told.decision.aim.measure) == "share" else "unit"
    if told.decision.aim.sign < 0.0:
        return f"{point} less of {title}"
    return f"lasting {point} of {title}"


def per_point(told: Told) -> str:
    """How to write the worth of the smallest unit that people speak of."""
    return "per_point" if difference_of(told.decision.aim.measure) == "points" else "number"


def _table(told: Told) -> Table:
    worth = told.decision.tables["worth"]
    by_value = {int(str(at)): part.to_dict("records") for at, part in worth.groupby("at")}
    turns = [at for at in by_value if at - 1 in by_value and _least(by_value[at]) != _least(by_value[at - 1])]
    rows = [_row(told, at, by_value[at]) for at in sorted({*SHOWN, *turns})]
    heads = (f"a {_unit(told)} is worth", "least loss", "its loss", "best buy so often", "most often the best buy")
    return Table("Best buys; worth and loss in value per member and week", heads, rows)


def _row(told: Told, at: int, rows: list[dict[Any, Any]]) -> tuple[str | Cell | Markup, ...]:
    least = _least(rows)
    often = str(max(rows, key=lambda row: row["chance"])["arm"])
    cell = told.teller.cell
    return (
        cell("worth", least, at, column="value", how=per_point(told)),
        told.called[least],
        cell("worth", least, at, column="loss", how="number"),
        cell("worth", least, at, column="chance", how="chance"),
        told.called[often],
    )


def _least(rows: list[dict[Any, Any]]) -> str:
    """The design that loses least."""
    return str(min(rows, key=lambda row: row["loss"])["arm"])
