"""Outcomes of many designs over replicates that share their people and their luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from ...design.scenario import Scenario
from ...measures import BY_NAME as WEEKLY
from ...measures import GROUPS, sums_of, windowed
from ...problems import InputError
from ...runs import replicates
from ...structures import build
from ...summaries import BY_NAME as SUMMARIES
from .claim import Outcome, Window, at_the_end

Floats = NDArray[np.float64]
Heard = Callable[[int], None]


def values_of(design: Scenario, seed: int, count: int, outcomes: tuple[Outcome, ...], jobs: int = 1) -> Floats:
    """Every outcome of `count` replicates: float64[count, outcomes]; nan where there is nothing to measure.

    Raises:
        InputError: the design cannot be run.
    """
    ends = at_the_end(outcomes)
    shared = build(design.values, 0) if design.values["form"] == "file" else None
    tallies, _, last = replicates(design, seed, count, network=shared, jobs=jobs, at_end=ends)
    return np.stack([_value(o, tallies, last, ends) for o in outcomes], axis=-1)


LASTING = Outcome("participation", "employee", "end")
"""By which a run counts as one that lasted: any employee takes part in the last week."""


def lasting(values: Floats) -> float:
    """Share of replicates float64[R] of `LASTING` in which the organization lasted."""
    return float((np.nan_to_num(values) > 0.0).mean())


def _value(outcome: Outcome, tallies: Floats, last: Floats, ends: Sequence[str]) -> Floats:
    if outcome.kind == "end":
        return last[:, GROUPS.index(outcome.group), ends.index(outcome.measure)]
    sums = sums_of(tallies, outcome.group)
    if outcome.kind == "whole":
        found = SUMMARIES[outcome.measure].compute(sums)
        never = float(tallies.shape[1] + 1) if outcome.never else np.nan
        return np.where(np.isnan(found), never, found)
    series = WEEKLY[outcome.measure].compute(sums)
    value = over(series, outcome.window)
    return value if outcome.less is None else value - over(series, outcome.less)


def over(series: Floats, window: Window) -> Floats:
    """Mean of a weekly series float64[..., weeks] over a window, nan where every week is nan or beyond the run."""
    if isinstance(window, str):
        return windowed(series, window)
    part = series[..., window[0] - 1 : window[1]]
    return windowed(part, "whole") if part.shape[-1] else np.full(series.shape[:-1], np.nan)


def table(
    designs: Sequence[Scenario | None], seeds: Sequence[int], count: int, outcomes: tuple[Outcome, ...],
    heard: Heard | None = None,
) -> Floats:  # fmt: skip
    """Outcomes of many designs: float64[designs, count, outcomes]; nan for a design that is None or cannot be run.

    Designs with the same root seed share their luck. Few replicates of each of many designs keep all cores busy, one
    design per core.
    """
    from ...engine.run import cores

    done = 0

    def one(design: Scenario | None, seed: int) -> Floats:
        nonlocal done
        try:
            found = values_of(design, seed, count, outcomes) if design else None
        except InputError:
            found = None
        done += count
        if heard:
            heard(done)
        return np.full((count, len(outcomes)), np.nan) if found is None else found

    with ThreadPoolExecutor(cores()) as pool:
        return np.stack(list(pool.map(one, designs, seeds)))
