"""Numbers of a comparison in plain words: verdicts, labels and the rows of the main table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..experiments.notes import FEWEST, ROUNDING
from ..experiments.reduction import MAIN
from ..measures import BY_NAME, Measure, measure, windowed

if TYPE_CHECKING:
    from ..experiments.comparison import Study
    from ..runs import Run

MORE, LESS, SAME, UNCLEAR = "more", "less", "the same", "cannot be told apart"
TOO_FEW = f"too few pairs to tell (at least {FEWEST} are needed)"

COST = "reward_cost"
"""Told only where some design spends on rewards."""

PERIODS = {"early": "first 15 % of the weeks", "late": "last 25 % of the weeks"}
"""Windows of the main table, in words."""

CAVEATS = (
    "Not for judging, scoring or ranking real people: the members are made up, and so are their traits.",
    "Not a forecast for any real firm: it says what follows from the stated rules and assumptions, no more.",
    "Most strengths of the mechanisms are assumptions; repeat in other worlds (--worlds) before relying on any.",
)
"""What every report says about its limits."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the main table: a measure of everybody in one window, in the baseline and in one other design."""

    measure: Measure
    window: str
    baseline: float
    other: float
    mean: float
    low: float
    high: float
    n: int
    worlds: float

    @property
    def verdict(self) -> str:
        """Whether the other design has more of it than the baseline."""
        return verdict(self.mean, self.low, self.high, self.n)


def verdict(mean: float, low: float, high: float, n: int) -> str:
    """`more` or `less` where the interval of `n` pairs excludes 0; `the same` where no pair differs but by rounding.

    With too few pairs nothing is told, and that is said.
    """
    if max(abs(mean), abs(low), abs(high)) < ROUNDING:
        return SAME
    if n < FEWEST:
        return TOO_FEW
    if low > 0.0:
        return MORE
    return LESS if high < 0.0 else UNCLEAR


def rows(study: Study, arm: str, window: str) -> list[Row]:
    """The main measures of everybody in `window`, `arm` against the baseline."""
    means = study.levels.set_index(["arm", "measure", "window", "group"])["mean"].to_dict()
    found = study.differences.query("b == @arm and window == @window and group == 'everyone'")
    by_name = {str(row["measure"]): row for row in found.to_dict("records")}
    result = []
    for name in (m for m in (*MAIN, COST) if m in by_name):
        pair = by_name[name]
        baseline, other = (float(means[a, name, window, "everyone"]) for a in (study.names[0], arm))
        mean, low, high, worlds = (float(pair[key]) for key in ("mean", "low", "high", "worlds_same_sign"))
        if name == COST and baseline == other == 0.0:
            continue
        result.append(Row(BY_NAME[name], window, baseline, other, mean, low, high, int(pair["n"]), worlds))
    return result


def run_rows(run: Run) -> list[tuple[Measure, float, float]]:
    """The main measures of everybody in one run: early and late."""
    found = []
    for name in MAIN:
        series = measure(name, run.tallies)
        found.append((BY_NAME[name], float(windowed(series, "early")), float(windowed(series, "late"))))
    return found


def number(value: float) -> str:
    """A number for people: three decimals, more for small ones, fewer for large ones, - for none."""
    if math.isnan(value):
        return "-"
    size = abs(value)
    if size >= 100.0:
        return f"{value:,.0f}"
    if size >= 1.0:
        return f"{value:.{1 if size >= 10.0 else 2}f}"
    if size >= 0.01 or size == 0.0:
        return f"{value:.3f}"
    return f"{value:.{4 if size >= 0.001 else 5}f}" if size >= 0.000005 else f"{value:.1e}"


def signed(value: float) -> str:
    """As `number`, with a plus sign where it is positive."""
    return f"+{number(value)}" if value > 0.0 else number(value)


def span(row: Row) -> str:
    """The interval of a row."""
    return f"{signed(row.low)} to {signed(row.high)}"
