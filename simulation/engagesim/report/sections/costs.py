"""What designs cost, what they bring for it, and which are efficient."""

from __future__ import annotations

import math

from markupsafe import Markup

from ..cells import Cell, difference_of, in_points, interval, listed, say, stacked
from ..decision_figures import key, plane
from ..parts import Figure, Part, Section, Table, Told, Words

NEAR = 0.1
"""Share of the budget by which a design may miss it without a word."""


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "Cost is what the organization pays out per member and week over the whole run (rewards at their cost, value "
        "paid back, costly signals), in units of what one average member creates in a week of full effort. The cost of "
        "a lasting participant is the extra cost divided by the extra share of members who take part late.",
    )  # fmt: skip
    parts: list[Part] = [Words(_equal(told)), _table(told), Figure(plane(told)), Words(key(told))]
    return Section("costs", "What it costs", lead, parts)


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
        " In all, {off} cost over a tenth more or less, since what is paid back anyway follows what is created."
        if off else ""
    )  # fmt: skip
    fitted = [told.called[name] for name, *_ in told.decision.aim.fitted]
    other = (
        " So {fitted} was compared with another share paid back than its file says: see the limits below."
        if len(fitted) == 1 else
        " So {fitted} were compared with another share paid back than their files say: see the limits below."
    ) if fitted else ""  # fmt: skip
    return say(text + missed + other, base=told.baseline, off=listed(off), fitted=listed(fitted))


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
            t.cell("costs", arm, column="ratio", how="number"),
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
    step: Cell = told.teller.cell("costs", arm, column="step", how="number")
    if math.isnan(step.value):
        return say("efficient")
    return say("efficient; {step} per further participant", step=step)


def _unit_cost(told: Told) -> str:
    return (
        "cost of one lasting participant" if told.decision.aim.measure == "participation" else "cost per unit of gain"
    )
