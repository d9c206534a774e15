"""What designs cost, what they bring for it, and which are efficient."""

from __future__ import annotations

import math

from markupsafe import Markup

from ...experiments.notes import beyond_scheme
from ...outcomes import BY_NAME
from ..cells import Cell, difference_of, in_points, interval, listed, say, stacked
from ..decision_figures import key, plane
from ..parts import Figure, Part, Section, Table, Told, Words

NEAR = 0.1
"""Share of the budget by which a design may miss it without a word."""


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "Cost is what the organization pays out per member and week over the whole run (rewards at their cost, value "
        "paid back, costly signals), in units of what one average member creates in a week of full effort. {ratio}",
        ratio=_ratio(told),
    )  # fmt: skip
    parts: list[Part] = [Words(_equal(told)), _table(told), Figure(plane(told)), Words(key(told))]
    return Section("costs", "What it costs", lead, parts)


def _ratio(told: Told) -> str:
    """What is divided by what in the column of cost per gain."""
    aim = told.decision.aim
    if aim.measure == "participation":
        return (
            "The cost of a lasting participant is the extra cost divided by the extra share of members who take part "
            "late."
        )
    gain = f"{BY_NAME[aim.measure].title.lower()} late in the run"
    fewer = "less of it is a gain, and " if aim.sign < 0.0 else ""
    return f"Gain is of {gain}: {fewer}its cost is the extra cost divided by the gain."


def _equal(told: Told) -> Markup:
    budget = told.decision.aim.budget
    if budget is None:
        return say("The designs were compared at the cost that each of them states, not at one cost for all.")
    off = [
        told.called[arm] for arm in told.others
        if abs(told.teller.cell("costs", arm, column="extra", how="number").value - budget) > NEAR * budget
    ]  # fmt: skip
    text = (
        "All were set to spend one amount. An instrument spends it every week; a sharing rule was fitted to pay back "
        "as much more than {base} does, on average over some of the worlds, and then varies with what is created."
    )
    missed = (
        " In all, {off} cost over a tenth more or less, since what is paid back anyway follows what is created"
        f"{_otherwise(told, off)}."
        if off else ""
    )  # fmt: skip
    fitted = [told.called[name] for name, *_ in told.decision.aim.fitted]
    other = (
        " So {fitted} was compared with another share paid back than its file says: see the limits below."
        if len(fitted) == 1 else
        " So {fitted} were compared with another share paid back than their files say: see the limits below."
    ) if fitted else ""  # fmt: skip
    return say(text + missed + other, base=told.baseline, off=listed(off), fitted=listed(fitted))


def _otherwise(told: Told, off: list[str]) -> str:
    """That designs which miss the budget have another organization below their scheme, where they have."""
    first, *others = told.study.arms
    some = any(told.called[arm.name] in off and beyond_scheme(arm, first) for arm in others)
    return ", and some of them are other organizations below their scheme: see the limits below" if some else ""


def _table(told: Told) -> Table:
    t = told.teller
    how = difference_of(told.decision.aim.measure)
    rows = [
        (
            told.called[arm],
            t.cell("costs", arm, column="rewards", how="number"),
            stacked(
                t.cell("costs", arm, column="outlay", how="number"),
                interval(*(t.cell("costs", arm, column=c, how="number") for c in ("outlay_low", "outlay_high"))),
            ),
            t.cell("costs", arm, column="extra", how="signed"),
            t.cell("costs", arm, column="effect", how=how),
            t.cell("costs", arm, column="ratio", how=_per(told)),
            t.cell("costs", arm, column="left", how="signed"),
            _standing(told, arm),
        )
        for arm in told.ranked
    ]
    gain = f"gain{in_points(told.decision.aim.measure)}"
    spread = f"cost in all, 5 % to 95 % of the {told.decision.unit}s"
    heads = ("rewards", spread, f"beyond {told.baseline}", gain,
             _unit_cost(told), "what is left to the organization", "standing")  # fmt: skip
    return Table("Cost per member and week", ("design", *heads), rows)


def _standing(told: Told, arm: str) -> Markup:
    row = told.teller.row("costs", arm)
    assert row is not None
    by = listed([told.called[name] for name in str(row["by"]).split("|")]) if row["by"] else ""
    if row["status"] == "dominated":
        return say("beaten by {by}, which costs no more", by=by)
    if row["status"] == "extended":
        return say("beaten by a mixture of {by}", by=by)
    step: Cell = told.teller.cell("costs", arm, column="step", how=_per(told))
    if math.isnan(step.value):
        return say("efficient")
    return say("efficient; {step} per further {one}", step=step, one=_one(told))


def _per(told: Told) -> str:
    """How to write a cost per gain: whole participants are counted one by one, other shares in points."""
    measure = told.decision.aim.measure
    return "per_point" if measure != "participation" and difference_of(measure) == "points" else "number"


def _one(told: Told) -> str:
    """One of what is gained."""
    if told.decision.aim.measure == "participation":
        return "participant"
    return "point of gain" if _per(told) == "per_point" else "unit of gain"


def _unit_cost(told: Told) -> str:
    return (
        "cost of one lasting participant" if told.decision.aim.measure == "participation" else f"cost per {_one(told)}"
    )
