"""Outcomes about the course of a whole run: one number from the weekly measures of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .measures import BY_NAME as WEEKLY
from .measures import Outcome, Series, Sums, windowed


class Summary(Outcome[Callable[[Sums], Series]]):
    """An outcome of a whole run.

    `compute` takes the weekly sums of one role or of everybody and gives float64[...], nan where it does not happen.
    """


COLLAPSED = 0.5
"""Share of its early level below which participation counts as collapsed."""
RECOVERED = 0.75
"""Share of its early level from which it counts as recovered."""
KNOWN = 0.5
"""Share of members who see a gap from which the organization counts as found out."""


def series_of(name: str, sums: Sums) -> Series:
    """A weekly measure out of sums."""
    return WEEKLY[name].compute(sums)


def variability(sums: Sums) -> Series:
    """Standard deviation of weekly effort over the weeks."""
    effort = series_of("effort", sums)
    with np.errstate(invalid="ignore"):
        spread: Series = np.sqrt(windowed((effort - windowed(effort, "whole")[..., None]) ** 2, "whole"))
    return spread


def level(sums: Sums) -> Series:
    """Weekly effort against its early mean; nan where there was none."""
    effort = series_of("effort", sums)
    early = windowed(effort, "early")[..., None]
    with np.errstate(invalid="ignore", divide="ignore"):
        against: Series = np.where(early > 0.0, np.nan_to_num(effort) / early, np.nan)
    return against


def falls(sums: Sums) -> NDArray[np.bool_]:
    """Whether effort is down, with a return that needs more than the fall: bool[..., weeks]."""
    against = level(sums)
    down = np.zeros(against.shape, dtype=np.bool_)
    below = np.zeros(against.shape[:-1], dtype=np.bool_)
    for week in range(against.shape[-1]):
        now = against[..., week]
        below = np.where(below, ~(now >= RECOVERED), now < COLLAPSED)
        down[..., week] = below
    return down


def collapses(sums: Sums) -> Series:
    """How often effort falls below half of its early level."""
    down = falls(sums)
    before = np.concatenate([np.zeros_like(down[..., :1]), down[..., :-1]], axis=-1)
    found: Series = (down & ~before).sum(axis=-1).astype(np.float64)
    return found


def weeks_down(sums: Sums) -> Series:
    """Share of weeks between a collapse and the recovery from it."""
    share: Series = falls(sums).mean(axis=-1)
    return share


def first_week(name: str, threshold: float) -> Callable[[Sums], Series]:
    """First week in which a measure reaches a threshold, from 1; nan if it never does."""

    def compute(sums: Sums) -> Series:
        reached = series_of(name, sums) >= threshold
        found: Series = np.where(reached.any(axis=-1), reached.argmax(axis=-1) + 1.0, np.nan)
        return found

    return compute


SUMMARIES = (
    Summary("effort_variability", "Ups and downs of effort", "share of full effort", 0, 1,
            "standard deviation of weekly effort over the weeks", variability, -1),
    Summary("collapses", "Collapses of effort", "times", 0, 1e5,
            f"times that effort falls below {COLLAPSED:g} of its early mean, until it is back at {RECOVERED:g}",
            collapses, -1),
    Summary("weeks_down", "Time spent collapsed", "share of weeks", 0, 1, "weeks between collapse and recovery / weeks",
            weeks_down, -1),
    Summary("gap_found_week", "Week in which a gap is known to half of the members", "week", 1, 1e5,
            f"first week with gap_known at {KNOWN:g} or more; unknown if there is none",
            first_week("gap_known", KNOWN)),
)  # fmt: skip

BY_NAME: Mapping[str, Summary] = {s.name: s for s in SUMMARIES}
