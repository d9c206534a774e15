"""Outcomes as columns of a table with one row per run: a measure, over a window, of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...design.scenario import Scenario
from ...measures import BY_NAME as WEEKLY
from ...measures import GROUPS, WINDOWS, sums_of, windowed
from ...outcomes import BY_NAME, KIND_OF
from ...runs import refuse_inexact
from ...structures.network import Network
from ...summaries import BY_NAME as SUMMARIES

EVERYONE = GROUPS[0]

Floats = NDArray[np.float64]
Window = str | tuple[int, int]
"""`early`, `late`, `whole`, `end`, or first and last week."""

WINDOW_WORDS: Mapping[str, str] = {
    "early": ", first 15 %", "late": ", last 25 %", "whole": "", "end": ", last week",
}  # fmt: skip


def window_in(raw: Any) -> Window | None:
    """A window as files write it: a name, or a list of first and last week; None for anything else."""
    if isinstance(raw, str):
        return raw if raw in WINDOWS else None
    if not (isinstance(raw, list) and len(raw) == 2 and all(type(week) is int for week in raw)):
        return None
    first, last = raw
    return (first, last) if 0 < first <= last else None


@dataclass(frozen=True, slots=True)
class Column:
    """One outcome of one run: a measure of a group over a window, or over a window less another.

    A window is meant for weekly measures; the others have their own kind (`end` or `whole`) in its place. `never`
    counts an event that does not happen as one week after the end of the run.
    """

    measure: str
    window: Window = "late"
    group: str = EVERYONE
    less: Window | None = None
    never: bool = False

    @property
    def kind(self) -> str:
        """What the measure is taken over: `weekly`, `end` or `whole`."""
        return KIND_OF[self.measure]

    @property
    def name(self) -> str:
        """`participation_late` for everyone, `participation_late_employee` for a group, `trust_weeks_79_104`."""
        window = _window_name(self.window) if self.kind == "weekly" else self.kind
        less = "" if self.less is None else f"_less_{_window_name(self.less)}"
        return (
            f"{self.measure}_{window}{less}"
            + ("_or_never" if self.never else "")
            + ("" if self.group == EVERYONE else f"_{self.group}")
        )

    @property
    def title(self) -> str:
        """In words."""
        who = "" if self.group == EVERYONE else f", {self.group}s"
        when = _window_words(self.window) if self.kind == "weekly" else ""
        less = "" if self.less is None else f", less{_window_words(self.less)[1:] or ' the whole run'}"
        return f"{BY_NAME[self.measure].title}{who}{when}{less}"

    def document(self) -> dict[str, Any]:
        """As files and JSON hold it; what is as usual is left out."""
        found: dict[str, Any] = {"measure": self.measure, "window": self.kind, "group": self.group}
        if self.kind == "weekly":
            found["window"] = _plain(self.window)
        return (
            found | ({} if self.less is None else {"less": _plain(self.less)}) | ({"never": True} if self.never else {})
        )

    @property
    def better(self) -> int:
        """Which direction people usually want: 1 up, -1 down, 0 neither."""
        found = BY_NAME[self.measure]
        return int(getattr(found, "better", 0))


def columns_of(measures: Sequence[str], windows: Sequence[str], groups: Sequence[str]) -> tuple[Column, ...]:
    """Every measure in every window and group; outcomes that have but one value have one column per group."""
    found = [
        Column(measure, window, group)
        for measure in measures
        for window in (windows if KIND_OF[measure] == "weekly" else (KIND_OF[measure],))
        for group in groups
    ]
    return tuple(dict.fromkeys(found))


def outcomes_of(
    design: Scenario, columns: Sequence[Column], seed: int, network: Network | None = None
) -> NDArray[np.float64]:
    """Run a design once and take its outcomes: float64[columns], nan where there is nothing to measure.

    Raises:
        InputError: a file of the design that cannot be read, or sums that are no longer exact.
    """
    from ...distributions import End, at_the_end
    from ...engine.run import run

    world = run(design, network, seed).world
    refuse_inexact(design, world.tallies)
    asked = tuple(dict.fromkeys(c.measure for c in columns if KIND_OF[c.measure] == "end"))
    ends = at_the_end(End(world.snapshot(), world.network()), asked) if asked else np.zeros((len(GROUPS), 0))
    found = np.empty(len(columns))
    for group in dict.fromkeys(c.group for c in columns):
        sums = sums_of(world.tallies, group)
        series: dict[str, Floats] = {}
        for k, column in enumerate(columns):
            if column.group != group:
                continue
            if column.kind == "end":
                found[k] = ends[GROUPS.index(group), asked.index(column.measure)]
            elif column.kind == "whole":
                found[k] = _of_whole(column, sums, len(world.tallies))
            else:
                if column.measure not in series:
                    series[column.measure] = WEEKLY[column.measure].compute(sums)
                found[k] = _of_weeks(column, series[column.measure])
    return found


def _of_whole(column: Column, sums: Any, weeks: int) -> float:
    found = float(SUMMARIES[column.measure].compute(sums))
    return float(weeks + 1) if column.never and np.isnan(found) else found


def _of_weeks(column: Column, series: Floats) -> float:
    value = over(series, column.window)
    return float(value if column.less is None else value - over(series, column.less))


def over(series: Floats, window: Window) -> Floats:
    """Mean of a weekly series float64[..., weeks] over a window, nan where every week is nan or beyond the run."""
    if isinstance(window, str):
        return windowed(series, window)
    part = series[..., window[0] - 1 : window[1]]
    return windowed(part, "whole") if part.shape[-1] else np.full(series.shape[:-1], np.nan)


def _window_name(window: Window) -> str:
    return window if isinstance(window, str) else f"weeks_{window[0]}_{window[1]}"


def _window_words(window: Window) -> str:
    return WINDOW_WORDS[window] if isinstance(window, str) else f", weeks {window[0]} to {window[1]}"


def _plain(window: Window) -> str | list[int]:
    return window if isinstance(window, str) else list(window)
