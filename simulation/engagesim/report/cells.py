"""Numbers of a report: each comes from one place of one stored table, says so, and is written in one way.

In the page a number is a `data` element with its full value and where it stands, so that it can be read back and
compared with the results folder.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..outcomes import BY_NAME
from .words import number, signed

if TYPE_CHECKING:
    import pandas as pd

KEYS: Mapping[str, tuple[str, ...]] = {
    "ranking": ("arm",),
    "scorecard": ("arm", "measure", "window", "group"),
    "costs": ("arm",),
    "pareto": ("arm",),
    "depends": ("parameter",),
    "flips": ("parameter",),
    "worth": ("arm", "at"),
    "regret": ("arm", "set"),
    "shortfalls": ("arm", "parameter"),
    "withdrawal": ("arm",),
    "fates": ("arm", "band"),
    "course": ("arm", "group", "week"),
    "periods": ("arm",),
}
"""Columns that name a row of each table of a decision."""


def share(value: float) -> str:
    """A share as per cent; a small one, as of members who leave in a week, with one digit more."""
    if math.isnan(value):
        return "-"
    return f"{100.0 * value:.{2 if 0.0 < abs(value) < 0.01 else 1}f} %"


def points(value: float) -> str:
    """A difference of shares in percentage points; small ones with more digits."""
    size = abs(100.0 * value)
    if math.isnan(value):
        return "-"
    if size < 0.0005:
        return "0.0"
    return f"{100.0 * value:+.{1 if size >= 0.05 else 2 if size >= 0.005 else 3}f}"


def gap(value: float) -> str:
    """The size of a difference of shares in percentage points."""
    return points(abs(value)).lstrip("+")


def gap_number(value: float) -> str:
    """The size of a difference."""
    return number(abs(value))


def chance(value: float) -> str:
    """A probability as a whole per cent; what is nearly sure is not called certain."""
    if math.isnan(value):
        return "-"
    if 0.0 < value < 0.01:
        return "below 1 %"
    return "above 99 %" if 0.99 < value < 1.0 else f"{100.0 * value:.0f} %"


def count(value: float) -> str:
    """A whole number."""
    return "-" if math.isnan(value) else f"{value:,.0f}"


def per_point(value: float) -> str:
    """What a whole is worth, told per percentage point."""
    return number(value / 100.0)


HOW: Mapping[str, Callable[[float], str]] = {
    "share": share, "points": points, "chance": chance, "count": count, "number": number, "signed": signed,
    "per_point": per_point, "gap": gap, "gap_number": gap_number,
}  # fmt: skip
"""Ways to write a number, by name."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as written, with its full value and its place `table|key|column`."""

    value: float
    how: str
    of: str

    @property
    def text(self) -> str:
        """As people read it."""
        return HOW[self.how](self.value)

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        if math.isnan(self.value):
            return Markup("-")
        tag = '<data value="{}" data-of="{}" data-how="{}">{}</data>'
        return Markup(tag).format(repr(self.value), self.of, self.how, self.text)


@dataclass(slots=True)
class Teller:
    """Looks up numbers in the tables of a decision."""

    tables: Mapping[str, pd.DataFrame]
    known: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = field(default_factory=dict)

    def row(self, table: str, *key: Any) -> dict[str, Any] | None:
        """One row of a table; None where there is none."""
        if table not in self.known:
            frame = self.tables[table]
            rows = frame.to_dict("records") if len(frame) else []
            self.known[table] = {tuple(r[k] for k in KEYS[table]): {str(k): v for k, v in r.items()} for r in rows}
        return self.known[table].get(key)

    def cell(self, table: str, *key: Any, column: str, how: str) -> Cell:
        """One number; nan where there is no such row."""
        row = self.row(table, *key)
        value = math.nan if row is None else float(row[column])
        return Cell(value, how, f"{table}|{','.join(map(str, key))}|{column}")

    def cells(self, table: str, *key: Any, columns: Sequence[tuple[str, str]]) -> list[Cell]:
        """Numbers of one row, by column and how each is written."""
        return [self.cell(table, *key, column=column, how=how) for column, how in columns]


def level_of(measure: str) -> str:
    """How to write values of an outcome."""
    return "share" if BY_NAME[measure].unit.startswith("share") else "number"


def difference_of(measure: str) -> str:
    """How to write differences of an outcome."""
    return "points" if level_of(measure) == "share" else "signed"


def gap_of(measure: str) -> str:
    """How to write the size of a difference of an outcome."""
    return "gap" if level_of(measure) == "share" else "number"


def in_points(measure: str) -> str:
    """What the head of a column of differences of an outcome adds: that they are in points, if they are."""
    return ", points" if difference_of(measure) == "points" else ""


def say(sentence: str, **parts: Any) -> Markup:
    """A sentence with numbers and names put in; names are escaped."""
    return Markup(sentence).format(**parts)


def listed(names: list[str]) -> str:
    """Names as one enumeration."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def plain(text: Markup) -> str:
    """A sentence without its markup."""
    return " ".join(text.striptags().split())


def interval(low: Cell, high: Cell) -> Markup:
    """An interval as written."""
    return Markup("{} to {}").format(low, high)


def stacked(first: Cell | str, second: Markup | str) -> Markup:
    """A number with a smaller remark below it."""
    return Markup("{}<small>{}</small>").format(first, second)
