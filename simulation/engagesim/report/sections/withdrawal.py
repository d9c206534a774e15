"""What happens when a scheme is withdrawn."""

from __future__ import annotations

from ...outcomes import BY_NAME
from ..cells import difference_of, in_points, interval, level_of, listed, say, stacked
from ..decision_figures import taken_back
from ..parts import Figure, Part, Section, Table, Told, Words


def section(told: Told) -> Section:
    """The section."""
    frame = told.decision.tables["withdrawal"]
    week = told.decision.cases.withdrawn_at
    missing = [told.called[a] for a in told.others if told.teller.row("withdrawal", a) is None]
    if frame.empty:
        return Section("withdrawal", "When it is withdrawn", "None of the designs can be taken back in mid run.")
    lead = say(
        "The same runs again, with everything that a design changes set back as in {base} after week {week}. The table "
        "says what is left late in the run: against never having had the scheme, and against keeping it.{first}",
        base=told.baseline, week=week, first=_first(told),
    )  # fmt: skip
    parts: list[Part] = [Figure(taken_back(told)), _table(told)]
    if missing:
        parts.append(Words(f"Not taken back, since they differ in what is fixed for a run: {listed(missing)}."))
    return Section("withdrawal", "When it is withdrawn", lead, parts)


def _first(told: Told) -> str:
    """That not all runs were made again, where it is so: levels then differ a little from those of other tables."""
    cases = told.decision.cases
    again, all_of_them = cases.withdrawn.shape[1], cases.values.shape[1]
    if again == all_of_them:
        return ""
    where = " in each world" if told.decision.unit == "world" else ""
    runs = "the first run" if again == 1 else f"the first {again} runs"
    return f" Only {runs} of {all_of_them}{where} was made again, so levels differ a little from those above."


def _table(told: Told) -> Table:
    measure = told.decision.aim.measure
    level, change = level_of(measure), difference_of(measure)
    t = told.teller
    rows = []
    for arm in (a for a in told.ranked if t.row("withdrawal", a)):
        gone, lost = (
            stacked(
                t.cell("withdrawal", arm, column=name, how=change),
                interval(*(t.cell("withdrawal", arm, column=f"{name}_{end}", how=change) for end in ("low", "high"))),
            )
            for name in ("after", "lost")
        )
        levels = t.cells("withdrawal", arm, columns=[(c, level) for c in ("never", "kept", "withdrawn")])
        rows.append((told.called[arm], *levels, gone, lost))
    points = in_points(measure)
    heads = ("never had", "kept", "withdrawn", f"withdrawn against never{points}", f"withdrawn against kept{points}")
    return Table(f"{BY_NAME[measure].title} late in the run", ("design", *heads), rows, folded=True)
