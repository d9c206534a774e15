"""What a finished sweep says: differences, who is best, what drives outcomes, where a design fails, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..problems import InputError
from .notes import FEW
from .question.columns import Column
from .question.designs import Design
from .question.factors import Factor
from .question.layout import Layout
from .question.question import Question
from .runner.folder import SweepFolder
from .runner.merge import runs_frame
from .runner.sweep import State, state_of
from .statistics import discovery, robustness, sensitivity
from .statistics.best import chance_of_best_case, chance_of_best_mean, expected_loss
from .statistics.comparing import compared
from .statistics.means import mean_over

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

SENSITIVE = ("sobol", "morris")
MOST_BOXES = 6
"""Policies whose failures are looked into."""


@dataclass(frozen=True, slots=True)
class Failing:
    """In which cases a policy falls short.

    Attributes:
        outcome: on which outcome.
        policy: which policy.
        what: in words: `is not good enough` or `does worse than ...`.
        share: of the cases.
        box: in which box of the factors it mostly does; None where there is none beyond luck, or too few cases to tell.
        leaves: the same as a tree, in words.
        flags: in which cases.
    """

    outcome: Column
    policy: str
    what: str
    share: float
    box: discovery.Box | None
    leaves: tuple[str, ...]
    flags: discovery.Flags = field(repr=False)


@dataclass(frozen=True)
class Findings:
    """What a sweep says. Tables may be empty; each row names its outcome and its policy.

    Attributes:
        folder: the sweep.
        state: how many runs, how many failed.
        layout: policies and cases.
        main: the outcome that figures show.
        differences: paired differences from the baseline.
        rankings: who is best, for outcomes that people want more or less of.
        regrets: what each policy misses over the cases, and how often it is good enough.
        front: policies with their mean outcomes, and whether another beats them on every count.
        drivers: Sobol' or Morris indices.
        boxes: in which part of the space a policy fails, in words.
        notes: what a reader has to know.
    """

    folder: SweepFolder = field(repr=False)
    state: State
    layout: Layout = field(repr=False)
    main: Column
    differences: pd.DataFrame
    rankings: pd.DataFrame
    regrets: pd.DataFrame
    front: pd.DataFrame
    drivers: pd.DataFrame
    boxes: tuple[Failing, ...]
    notes: tuple[str, ...]

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.layout.plan.question

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Tables that are not empty, by name."""
        named = {
            "differences": self.differences, "rankings": self.rankings, "regrets": self.regrets, "front": self.front,
            "drivers": self.drivers,
        }  # fmt: skip
        return {name: frame for name, frame in named.items() if len(frame)}


class Outcomes:
    """The table of runs as arrays, one outcome at a time."""

    def __init__(self, folder: SweepFolder, layout: Layout) -> None:
        self.folder, self.layout = folder, layout
        frame = runs_frame(folder.place, ["arm", "point", "world", "replicate"])
        arms, points, worlds = layout.plan.positions
        arm, point, world = (
            frame[key].map(codes).to_numpy() for key, codes in (("arm", arms), ("point", points), ("world", worlds))
        )
        cell = (arm * len(points) + point) * len(worlds) + world
        self.replicate = frame["replicate"].to_numpy()
        self.policy, self.case = cell // layout.cases, cell % layout.cases

    def cube(self, column: Column) -> Floats:
        """One outcome: float64[policies, cases, replicates]; nan where there is no value."""
        values = runs_frame(self.folder.place, [column.name])[column.name].to_numpy(dtype=np.float64)
        shape = (self.layout.policies, self.layout.cases, int(self.replicate.max()) + 1)
        cube = np.full(shape, np.nan)
        cube[self.policy, self.case, self.replicate] = values
        return cube


def findings_of(place: Path) -> Findings:
    """What the finished sweep in a folder says.

    Raises:
        InputError: there is none, or it is not finished.
    """
    folder = SweepFolder.open(place)
    layout = Layout.of(folder.plan)
    found = Outcomes(folder, layout)
    asked = folder.plan.question
    cubes = {column: found.cube(column) for column in asked.columns}
    state = state_of(folder)
    drivers, refused = _drivers(layout, cubes, asked.seed)
    return Findings(
        folder, state, layout, main_of(asked), _differences(layout, cubes), _rankings(layout, cubes),
        _regrets(layout, cubes), _front(layout, cubes), drivers, tuple(_boxes(layout, cubes)),
        (*_notes(layout, state, cubes), *refused),
    )  # fmt: skip


def main_of(asked: Question) -> Column:
    """The outcome that figures show: one that is acceptable or not, or that matters, or the first that is wanted.

    Of several windows the last, of several groups the first.
    """
    for named in (asked.acceptable, asked.matters):
        for column in reversed(asked.columns):
            if column.measure in named:
                return next(c for c in asked.columns if replace(c, group=column.group) == column)
    wanted = [column for column in asked.columns if column.better]
    late = [column for column in wanted if column.window == "late"]
    return (late or wanted or list(asked.columns))[0]


def samples_of(cube: Floats) -> Floats:
    """float64[n, policies]: means over cases by replicate, or by case where there is one replicate only."""
    return mean_over(cube, 1).T if cube.shape[2] > 1 else cube[:, :, 0].T


def _differences(layout: Layout, cubes: dict[Column, Floats]) -> pd.DataFrame:
    import pandas as pd

    asked, frames = layout.plan.question, []
    for column, cube in cubes.items() if layout.policies > 1 else ():
        frame = compared(samples_of(cube), asked.seed, asked.matters.get(column.measure))
        frame.insert(0, "outcome", column.name)
        frame.insert(1, "policy", layout.names[1:])
        if layout.cases > 1:
            gaps = mean_over(cube, 2)[1:] - mean_over(cube, 2)[0]
            frame["cases_same_sign"] = (np.sign(gaps) == np.sign(frame["mean"].to_numpy())[:, None]).mean(axis=1)
            frame["least"], frame["most"] = np.fmin.reduce(gaps, axis=1), np.fmax.reduce(gaps, axis=1)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _rankings(layout: Layout, cubes: dict[Column, Floats]) -> pd.DataFrame:
    import pandas as pd

    seed, frames = layout.plan.question.seed, []
    for column, cube in cubes.items() if layout.policies > 1 else ():
        samples = samples_of(cube)
        samples = samples[~np.isnan(samples).any(axis=1)]  # so that all statements rest on the same luck
        if not column.better or len(samples) < 2:
            continue
        wanted = column.better * samples
        frames.append(pd.DataFrame({
            "outcome": column.name, "policy": layout.names, "mean": samples.mean(axis=0),
            "chance_best_mean": chance_of_best_mean(wanted, seed), "chance_best_once": chance_of_best_case(wanted),
            "expected_loss": expected_loss(wanted, seed),
        }))  # fmt: skip
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _regrets(layout: Layout, cubes: dict[Column, Floats]) -> pd.DataFrame:
    import pandas as pd

    asked, frames = layout.plan.question, []
    for column, cube in cubes.items() if layout.cases > 1 else ():
        limit = asked.acceptable.get(column.measure)
        if not column.better and limit is None:
            continue
        means = mean_over(cube, 2).T
        frame = pd.DataFrame({"outcome": column.name, "policy": layout.names})
        if column.better and layout.policies > 1:
            missed = robustness.regret(column.better * means)
            frame["mean_regret"], frame["max_regret"] = mean_over(missed, 0), np.fmax.reduce(missed, axis=0)
        if limit is not None:
            frame["good_enough"] = robustness.satisficing(means, limit.at_least, limit.at_most)
        if frame.shape[1] > 2:
            frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _front(layout: Layout, cubes: dict[Column, Floats]) -> pd.DataFrame:
    import pandas as pd

    window = main_of(layout.plan.question).window
    kept = [c for c in cubes if c.better and c.window in (window, "end", "whole")]
    if layout.policies < 3 or len(kept) < 2:
        return pd.DataFrame()
    values = np.stack([mean_over(samples_of(cubes[c]), 0) for c in kept], axis=1)
    frame = pd.DataFrame(values, columns=[c.name for c in kept])
    frame.insert(0, "policy", layout.names)
    return frame.assign(unbeaten=robustness.pareto(values * [c.better for c in kept]))


def explored(layout: Layout) -> Iterator[tuple[Design, tuple[Factor, ...], str]]:
    """Designs whose points can be analysed, with their factors and what they run over: `cases` or `points`."""
    asked = layout.plan.question
    over = ((asked.design, asked.factors, "cases"), (asked.world_design, asked.uncertainties, "cases"),
            (asked.lever_design, asked.levers, "points"))  # fmt: skip
    for design, factors, what in over:
        if design is not None:
            yield design, factors, what


def _drivers(layout: Layout, cubes: dict[Column, Floats], seed: int) -> tuple[pd.DataFrame, list[str]]:
    """Indices of every outcome, and why some have none."""
    import pandas as pd

    frames, refused = [], []
    for design, factors, what in explored(layout):
        analyse = sensitivity.sobol_indices if design.kind == "sobol" else sensitivity.morris_effects
        for column, cube in cubes.items() if design.kind in SENSITIVE else ():
            for of, values in _vectors(layout, mean_over(cube, 2), what, int(design.stated)):
                try:
                    frame = analyse(design, factors, values, seed, f"{column.name} of {of}")
                except InputError as error:
                    refused += [f"{p.key} {p.message}." for p in error.problems]
                    continue
                frame.insert(0, "outcome", column.name)
                frame.insert(1, "of", of)
                frames.append(frame)
    return (pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()), refused


def _vectors(layout: Layout, means: Floats, what: str, skipped: int) -> Iterator[tuple[str, Floats]]:
    """Outcomes in the order of a design's points: of every policy (or arm), and of its difference from the first."""
    names: Sequence[str] = layout.names
    if what == "points":
        names = layout.arms
        means = mean_over(means, 1).reshape(len(names), -1)
    for name, row in zip(names, means, strict=True):
        yield name, row[skipped:]
    for name, row in zip(names[1:], means[1:] - means[0], strict=True):
        yield f"{name} against {names[0]}", row[skipped:]


def _boxes(layout: Layout, cubes: dict[Column, Floats]) -> Iterator[Failing]:
    """Where a policy is not good enough, or (where nothing is said of that) does worse than the baseline."""
    asked = layout.plan.question
    factors = [f for f in (asked.factors if layout.plan.joint else asked.uncertainties) if not f.words]
    column = main_of(asked)
    if layout.cases < discovery.LEAST_POINTS or not factors:
        return
    points = case_points(layout, factors)
    usable = ~np.isnan(points).any(axis=1)
    names = [factor.key for factor in factors]
    fails = list(_fails(layout, column, mean_over(cubes[column], 2)))
    for policy, what, flags in fails:
        box = discovery.beyond_luck(discovery.prim(points[usable], flags[usable], names), len(fails))
        leaves = discovery.tree(points[usable], flags[usable], names, asked.seed)
        yield Failing(column, policy, what, float(flags.mean()), box, tuple(leaves), flags)


def _fails(layout: Layout, column: Column, means: Floats) -> Iterator[tuple[str, str, discovery.Flags]]:
    """Name of each policy, how it may fail, and in which cases it does: bool[cases]."""
    limit = layout.plan.question.acceptable.get(column.measure)
    for policy in range(layout.policies)[:MOST_BOXES]:
        if limit is not None:
            good = (means[policy] >= limit.at_least) & (means[policy] <= limit.at_most)
            yield layout.names[policy], "is not good enough", ~good
        elif policy and column.better:
            worse = column.better * (means[policy] - means[0]) < 0.0
            yield layout.names[policy], f"does worse than {layout.names[0]}", worse


def case_points(layout: Layout, factors: Sequence[Factor]) -> Floats:
    """Values of factors in every case: float64[cases, factors]; nan where a case leaves one as stated."""
    cases = layout.plan.points if layout.plan.joint else layout.plan.worlds
    return np.array([[float(point.get(f.key, np.nan)) for f in factors] for _, point in cases])


def _notes(layout: Layout, state: State, cubes: dict[Column, Floats]) -> Iterator[str]:
    asked = layout.plan.question
    if state.failed:
        yield f"{state.failed:,} of {state.runs:,} runs failed and count nowhere; failures.parquet says why."
    if layout.policies > 1 and asked.replicates < FEW and (asked.replicates > 1 or layout.cases < FEW):
        yield f"{asked.replicates} replicates are few: below {FEW}, chances of being best come out too sure."
    if asked.precision is not None:
        yield "Replicates were added until intervals were narrow enough, which makes them a little too narrow."
    if asked.replicates == 1 and layout.cases > 1:
        yield "One replicate per case: intervals are over cases, and luck is part of their spread."
    elif layout.cases > 1:
        yield f"Means are over {layout.cases:,} cases; intervals say how well that mean is known, not how cases differ."
    for column, cube in cubes.items():
        gone = int(np.isnan(cube).sum()) - (cube.size - state.runs) - state.failed
        if gone > 0:
            yield f"{column.name}: {gone:,} runs have no value (nobody active, or nothing to divide by)."
