"""How much each design falls short of the best, under sets of assumptions."""

from __future__ import annotations

import math
from typing import Any

from markupsafe import Markup

from ...experiments.choice.tables import meaning
from ..cells import difference_of, in_points, listed, say
from ..parts import Part, Points, Section, Table, Told, Words


def section(told: Told) -> Section:
    """The section."""
    unit = told.decision.unit
    lead = say(
        "Regret is by how much a design falls short of the one that turns out best in the same {unit}. A robust choice "
        "has little regret everywhere. “Good enough” is the share of {unit}s in which it falls short by less than "
        "matters.", unit=unit,
    )  # fmt: skip
    parts: list[Part] = [_table(told, name) for name in _sets(told)]
    return Section("regret", "What you might regret", lead, [*parts, *_where(told)])


def _where(told: Told) -> list[Part]:
    """In which worlds each design is not good enough."""
    frame = told.decision.tables["shortfalls"]
    if frame.empty:
        return []
    text = (
        "Where a design is not good enough: the part of the uncertain numbers that holds most of those worlds and few "
        "others, found from all worlds and tried on half of them."
    )
    ranked = [(arm, frame[frame["arm"] == arm].to_dict("records")) for arm in told.ranked]
    never = [told.called[arm] for arm, rows in ranked if rows[0]["share"] == 0.0]
    always = [told.called[arm] for arm, rows in ranked if rows[0]["share"] == 1.0]
    items: list[Any] = [_falls_short(told, arm, rows) for arm, rows in ranked if 0.0 < rows[0]["share"] < 1.0]
    if always:
        items.append(say("{names}: good enough in no world.", names=listed(always)))
    if never:
        items.append(say("{names}: good enough in every world.", names=listed(never)))
    return [Words(text), Points(items)]


def _falls_short(told: Told, arm: str, rows: list[dict[Any, Any]]) -> Markup:
    """How often, and where above all."""
    cell = told.teller.cell
    key = str(rows[0]["parameter"])
    share, density, coverage, elsewhere = (
        cell("shortfalls", arm, key, column=c, how="chance") for c in ("share", "density", "coverage", "elsewhere")
    )
    head = say("{arm} is not good enough in {share} of the worlds", arm=told.called[arm], share=share)
    if not key:
        return say("{head}; no simple part of the ranges sets them apart more clearly than luck would.", head=head)
    where = Markup(" and ").join(_side(told, arm, row) for row in rows)
    return say(
        "{head}, above all where {where}: there in {density} (such a part found in half of the worlds: {elsewhere} in "
        "the other half), which is {coverage} of all such worlds.",
        head=head, where=where, density=density, elsewhere=elsewhere, coverage=coverage,
    )  # fmt: skip


def _side(told: Told, arm: str, row: dict[Any, Any]) -> Markup:
    """One limit: what is uncertain, and between which values."""
    key = str(row["parameter"])
    low, high = (told.teller.cell("shortfalls", arm, key, column=c, how="number") for c in ("low", "high"))
    name = say("“{meaning}” ({key})", meaning=meaning(key), key=key)
    if math.isnan(low.value):
        return say("{name} is {high} or less", name=name, high=high)
    if math.isnan(high.value):
        return say("{name} is {low} or more", name=name, low=low)
    return say("{name} is {low} to {high}", name=name, low=low, high=high)


def _sets(told: Told) -> list[str]:
    return list(dict.fromkeys(told.decision.tables["regret"]["set"]))


def _table(told: Told, name: str) -> Table:
    change = difference_of(told.decision.aim.measure)
    columns = (("mean", change), ("max", change), ("acceptable", "chance"))
    rows = [(told.called[arm], *told.teller.cells("regret", arm, name, columns=columns)) for arm in told.ranked]
    points = in_points(told.decision.aim.measure)
    return Table(
        _caption(told, name), ("design", f"mean{points}", f"worst{points}", "good enough"), rows, folded=name != "all"
    )


def _caption(told: Told, name: str) -> str:
    if name == "all":
        return f"All {told.decision.unit}s"
    side, _, key = name.partition(" ")
    return f"{'Lower' if side == 'low' else 'Upper'} half of the range of {key}: {meaning(key)}"
