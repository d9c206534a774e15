"""How sure it is which design is best, and what a wrong choice would lose."""

from __future__ import annotations

from ..cells import difference_of, in_points, say
from ..decision_figures import chances
from ..parts import Figure, Section, Table, Told


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "Two different questions: how sure it is that a design has the best mean, and how often it is the best in one "
        "single organization with its own luck. Never choose by probability alone: expected loss says how much is lost "
        "on average, for not knowing the means better, by choosing this one.",
    )  # fmt: skip
    return Section("best", "How sure is it", lead, [Figure(chances(told)), _table(told)])


def _table(told: Told) -> Table:
    change = difference_of(told.decision.aim.measure)
    columns = (("chance_mean", "chance"), ("chance_case", "chance"), ("loss", change))
    rows = [(told.called[arm], *told.teller.cells("ranking", arm, columns=columns)) for arm in told.ranked]
    points = in_points(told.decision.aim.measure)
    heads = ("best on average", "best in one organization", f"expected loss{points}")
    return Table("Chance of being best, and expected loss", ("design", *heads), rows, folded=True)
