"""How much each design falls short of the best, under sets of assumptions."""

from __future__ import annotations

from ...experiments.choice_tables import meaning
from ..cells import difference_of, say
from ..parts import Section, Table, Told


def section(told: Told) -> Section:
    """The section."""
    unit = told.decision.unit
    lead = say(
        "Regret is by how much a design falls short of the one that turns out best in the same {unit}. A robust choice "
        "has little regret everywhere. “Good enough” is the share of {unit}s in which it falls short by less than "
        "matters.", unit=unit,
    )  # fmt: skip
    return Section("regret", "What you might regret", lead, [_table(told, name) for name in _sets(told)])


def _sets(told: Told) -> list[str]:
    return list(dict.fromkeys(told.decision.tables["regret"]["set"]))


def _table(told: Told, name: str) -> Table:
    change = difference_of(told.decision.aim.measure)
    columns = (("mean", change), ("max", change), ("acceptable", "chance"))
    rows = [
        (told.called[arm], *(told.teller.cell("regret", arm, name, column=c, how=how) for c, how in columns))
        for arm in told.ranked
    ]
    points = ", points" if change == "points" else ""
    return Table(_caption(told, name), ("design", f"mean{points}", f"worst{points}", "good enough"), rows)


def _caption(told: Told, name: str) -> str:
    if name == "all":
        return f"All {told.decision.unit}s"
    side, _, key = name.partition(" ")
    return f"{'Lower' if side == 'low' else 'Upper'} half of the range of {key}: {meaning(key)}"
