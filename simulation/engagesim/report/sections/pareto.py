"""Which designs nothing beats in everything."""

from __future__ import annotations

from ...outcomes import BY_NAME
from ..cells import level_of, say
from ..decision_figures import front, key
from ..parts import Figure, Section, Table, Told, Words


def section(told: Told) -> Section:
    """The section."""
    others = "cost" if told.decision.aim.measure == "exhaustion" else "exhaustion, cost"
    title = f"{BY_NAME[told.decision.aim.measure].title.lower()}, {others}"
    lead = say(
        "More than one thing counts. A design is on the front if no other is at least as good in all of these and "
        "better in one: {title}. Which of the front to choose is for people to decide.", title=title,
    )  # fmt: skip
    return Section("pareto", "When several things count", lead, [Figure(front(told)), Words(key(told)), _table(told)])


def _table(told: Told) -> Table:
    measure = told.decision.aim.measure
    tired = () if measure == "exhaustion" else (("exhaustion", "share"),)
    columns = (("aim", level_of(measure)), *tired, ("outlay", "number"))
    rows = [
        (told.called[arm], *told.teller.cells("pareto", arm, columns=columns), _by(told, arm)) for arm in told.ranked
    ]
    heads = (BY_NAME[measure].title, *(name for name, _ in tired), "cost", "standing")
    return Table("Means late in the run; cost over the whole run", ("design", *heads), rows, folded=True)


def _by(told: Told, arm: str) -> str:
    row = told.teller.row("pareto", arm)
    assert row is not None
    return f"beaten by {told.called[str(row['dominated_by'])]}" if row["dominated_by"] else "on the front"
