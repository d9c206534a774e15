"""Which designs nothing beats in everything."""

from __future__ import annotations

from ...outcomes import BY_NAME
from ..cells import level_of, say
from ..decision_figures import front, key
from ..parts import Figure, Section, Table, Told, Words


def section(told: Told) -> Section:
    """The section."""
    title = BY_NAME[told.decision.aim.measure].title.lower()
    lead = say(
        "More than one thing counts. A design is on the front if no other is at least as good in all of these and "
        "better in one: {title}, exhaustion, cost. Which of the front to choose is for people to decide.", title=title,
    )  # fmt: skip
    return Section("pareto", "When several things count", lead, [Figure(front(told)), Words(key(told)), _table(told)])


def _table(told: Told) -> Table:
    measure = told.decision.aim.measure
    columns = (("aim", level_of(measure)), ("exhaustion", "share"), ("outlay", "number"))
    rows = [
        (told.called[arm], *told.teller.cells("pareto", arm, columns=columns), _by(told, arm)) for arm in told.ranked
    ]
    heads = (BY_NAME[measure].title, "exhaustion", "cost", "standing")
    return Table("Means late in the run; cost over the whole run", ("design", *heads), rows, folded=True)


def _by(told: Told, arm: str) -> str:
    row = told.teller.row("pareto", arm)
    assert row is not None
    return f"beaten by {told.called[str(row['dominated_by'])]}" if row["dominated_by"] else "on the front"
