"""Outcomes as columns of a table with one row per run: a measure, over a window, of a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..design.scenario import Scenario
from ..measures import BY_NAME as WEEKLY
from ..measures import GROUPS, sums_of, windowed
from ..outcomes import BY_NAME, KIND_OF
from ..runs import refuse_inexact
from ..structures.network import Network
from ..summaries import BY_NAME as SUMMARIES

EVERYONE = GROUPS[0]


@dataclass(frozen=True, slots=True)
class Column:
    """One outcome: `window` is that of a weekly measure, or the measure's own kind (`end` or `whole`)."""

    measure: str
    window: str
    group: str = EVERYONE

    @property
    def name(self) -> str:
        """`participation_late` for everyone, `participation_late_employee` for a group."""
        return f"{self.measure}_{self.window}" + ("" if self.group == EVERYONE else f"_{self.group}")

    @property
    def title(self) -> str:
        """In words."""
        who = "" if self.group == EVERYONE else f", {self.group}s"
        when = {"early": ", first 15 %", "late": ", last 25 %", "whole": "", "end": ", last week"}
        return f"{BY_NAME[self.measure].title}{who}{when[self.window] if KIND_OF[self.measure] == 'weekly' else ''}"

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
    from ..distributions import End, at_the_end
    from ..engine.run import run

    world = run(design, network, seed).world
    refuse_inexact(design, world.tallies)
    asked = tuple(dict.fromkeys(c.measure for c in columns if KIND_OF[c.measure] == "end"))
    ends = at_the_end(End(world.snapshot(), world.network()), asked) if asked else np.zeros((len(GROUPS), 0))
    found = np.empty(len(columns))
    for group in dict.fromkeys(c.group for c in columns):
        sums = sums_of(world.tallies, group)
        series: dict[str, NDArray[np.float64]] = {}
        for k, column in enumerate(columns):
            if column.group != group:
                continue
            if KIND_OF[column.measure] == "end":
                found[k] = ends[GROUPS.index(group), asked.index(column.measure)]
            elif KIND_OF[column.measure] == "whole":
                found[k] = SUMMARIES[column.measure].compute(sums)
            else:
                if column.measure not in series:
                    series[column.measure] = WEEKLY[column.measure].compute(sums)
                found[k] = windowed(series[column.measure], column.window)
    return found
