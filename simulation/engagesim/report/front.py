"""What a search for schemes found: a picture of the front, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..experiments.search.goals import COST, Goal
from .cells import chance, level_of, share
from .style import COLOURS, Drawn, sheet, styled
from .words import number

if TYPE_CHECKING:
    from ..experiments.search.search import Search


def axes_of(found: Search) -> tuple[Goal, Goal]:
    """The first goal, and the second or else the cost."""
    goals = [goal for goal, _ in found.ask.goals]
    return goals[0], goals[1] if len(goals) > 1 else Goal(COST, "whole")


def search_figure(found: Search) -> Drawn:
    """Every candidate in the plane of the first two goals, the front and the base marked."""
    up, across = axes_of(found)
    title = f"{up.title.capitalize()} against {across.title}"
    looks: tuple[tuple[Any, str, dict[str, Any]], ...]
    with styled():
        figure = sheet(6.4, 4.6, title, f"{len(found.tried)} schemes tried, means over {found.ask.worlds} worlds")
        panel = figure.subplots()
        on, kept = found.tried["front"], found.tried["feasible"]
        looks = (
            (~kept, "break a condition", {"marker": "x", "color": "#9A9A9A", "s": 18}),
            (kept & ~on, "tried", {"marker": "o", "color": COLOURS[4], "s": 16}),
            (on, "front", {"marker": "D", "color": COLOURS[1], "s": 34}),
        )
        for chosen, words, style in looks:
            part = found.tried[chosen]
            if len(part):
                panel.scatter(part[across.name], part[up.name], label=words, zorder=2 + (words == "front"), **style)
        own = found.base_outcomes
        panel.scatter([own[across.name]], [own[up.name]], marker="*", color=COLOURS[0], s=110, label="base", zorder=4)
        panel.set(xlabel=across.title, ylabel=up.title)
        panel.legend(frameon=False)
    return Drawn("front", title, f"{title}. {len(found.front)} schemes on the front.", figure)


def told(goal: Goal, value: float) -> str:
    """A value of an outcome, in words."""
    return number(value) if goal.measure == COST or level_of(goal.measure) != "share" else share(value)


def search_rows(found: Search) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the front, with the base last."""
    watched = found.ask.watched
    header = ["scheme", *(goal.title for goal in watched), "robust", "worst world", "what it does"]
    designs = {d.name: d.description.strip() for d in found.designs}
    first = watched[0]
    rows = [
        [row["name"], *(told(g, row[g.name]) for g in watched), chance(row["robust"]), told(first, row["worst"]),
         designs[row["name"]]]
        for row in found.front.to_dict("records")
    ]  # fmt: skip
    base = [found.base.name, *(told(g, found.base_outcomes[g.name]) for g in watched), "-", "-", found.base.title]
    return header, [*rows, base]


def no_better(found: Search) -> str:
    """Said where nothing on the front does better than the base; empty where something does."""
    watched = found.ask.watched
    same = (found.front[[g.name for g in watched]] == [found.base_outcomes[g.name] for g in watched]).all(axis=1)
    if not len(found.front) or not same.all():
        return ""
    return f"No scheme that was tried does better than the base; {found.front['name'].iloc[0]} is as it is."
