"""Compare designs replicate by replicate: the same people, the same luck, different rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.scenario import Scenario
from ..draws import MASK
from ..outcomes import BY_NAME
from ..problems import InputError, Problem, nearest
from ..structures import build
from ..structures.network import Network
from . import paired
from .notes import notes_of
from .reduction import Reduced, reduced
from .worlds import in_world, points_of, ranges_of, worlds_of

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Told = Callable[[int], None]
Arm = Scenario | str | Path


@dataclass(frozen=True, slots=True)
class Study:
    """What a comparison found.

    Attributes:
        arms: the designs; the first is the baseline.
        replicates: pairs per difference.
        seed: root seed of all replicates.
        differences: a (baseline), b, measure, window, group; mean, low, high (95 % interval) of b - a over `n` pairs;
            same_sign: share of pairs whose difference has the sign of the mean; standardized: mean in standard
            deviations of the baseline between replicates; worlds_same_sign: share of `worlds` in which the mean has
            that sign, nan without other worlds.
        levels: arm, measure, window, group; mean, low, high, n.
        weeks: arm, group, week, measure; mean, low, high (5 % and 95 % quantile over replicates).
        worlds: one row per other world and one column per uncertainty; empty without other worlds.
        notes: what a reader has to know about the numbers.
    """

    arms: tuple[Scenario, ...]
    replicates: int
    seed: int
    differences: pd.DataFrame = field(repr=False)
    levels: pd.DataFrame = field(repr=False)
    weeks: pd.DataFrame = field(repr=False)
    worlds: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the designs, the baseline first."""
        return tuple(arm.name for arm in self.arms)


def compare(
    arms: Sequence[Arm], *, replicates: int = 100, seed: int = 0, worlds: int = 1, network: Network | None = None,
    measures: Sequence[str] | None = None, jobs: int | None = None, told: Told | None = None,
) -> Study:  # fmt: skip
    """Compare every design with the first, replicate by replicate.

    Memory: weekly sums of `reduction.CHUNK` replicates of one design, then windows of all replicates of all designs.

    Args:
        arms: two or more designs, names or paths, with different names and the same number of weeks.
        replicates: pairs, 1 or more; intervals need 2.
        seed: root seed, 0 to 2**64 - 1.
        worlds: 1 for the world as the designs state it; more to repeat all in so many other worlds, drawn from the
            designs' uncertainties, and count those that agree.
        network: who is tied to whom, the same in every replicate; built from each design if not given.
        measures: names of the measures to compare; default all.
        jobs: threads; default all cores. Results do not depend on it.
        told: called with the number of finished runs, up to `runs_in(len(arms), replicates, worlds)`.

    Raises:
        InputError: designs, numbers or measures that cannot be used.
    """
    designs = tuple(arm if isinstance(arm, Scenario) else Scenario.load(arm) for arm in arms)
    names = tuple(BY_NAME) if measures is None else tuple(measures)
    _check(designs, replicates, seed, worlds, names)
    runner = _Runner(seed, replicates, names, network, jobs, told)
    other = worlds_of(ranges_of(designs), worlds, seed) if worlds > 1 else _no_worlds()
    moved = [[in_world(design, world, point) for design in designs] for world, point in points_of(other)]
    base = [runner.run(design) for design in designs]
    differences = _differences(designs, base, [runner.signs(arms, base) for arms in moved], seed)
    return Study(
        designs, replicates, seed, _defined(differences), _levels(designs, base, seed), _weeks(designs, base), other,
        notes_of(designs, base, differences),
    )  # fmt: skip


def runs_in(arms: int, replicates: int, worlds: int) -> int:
    """How many runs a comparison makes."""
    return arms * replicates * (1 if worlds == 1 else 1 + worlds)


def equal_budget(designs: Sequence[Scenario], budget: float) -> tuple[Scenario, ...]:
    """The designs with one cost of rewards per member and week; those without instruments spend nothing and stay.

    Raises:
        InputError: no design has an instrument, or the budget is out of range.
    """
    if not any(design.instruments for design in designs):
        message = "no design has a reward instrument to spend it on"
        raise InputError([Problem("compare", None, f"budget = {budget}", message)])
    return tuple(d.with_sets([f"budget={float(budget)!r}"]) if d.instruments else d for d in designs)


def _check(designs: Sequence[Scenario], replicates: int, seed: int, worlds: int, measures: Sequence[str]) -> None:
    names = [design.name for design in designs]
    weeks = {int(str(design.values["steps"])) for design in designs}
    wrong = [
        (len(designs) < 2, ", ".join(names), "must be two designs or more"),
        (len(set(names)) < len(names), ", ".join(names), "every design needs a name of its own; rename a file"),
        (len(weeks) > 1, f"steps = {sorted(weeks)}", "must be the same in every design; set one with --steps"),
        (replicates < 1, f"replicates = {replicates}", "must be 1 or more"),
        (worlds < 1, f"worlds = {worlds}", "must be 1 or more"),
        (not 0 <= seed <= MASK, f"seed = {seed}", "must be 0 to 2**64 - 1"),
        (not measures, "measures", "must be one or more"),
        *((m not in BY_NAME, m, f"unknown measure{nearest(m, BY_NAME)}") for m in measures),
    ]
    problems = [Problem("compare", None, key, message) for bad, key, message in wrong if bad]
    if problems:
        raise InputError(problems)


@dataclass(slots=True)
class _Runner:
    """Runs designs one after the other and reports how many runs are done."""

    seed: int
    replicates: int
    measures: tuple[str, ...]
    network: Network | None
    jobs: int | None
    told: Told | None
    done: int = 0

    def run(self, design: Scenario, *, weekly: bool = True) -> Reduced:
        # A network from file is the same in every replicate: read once.
        shared = self.network or (build(design.values, 0) if design.values["form"] == "file" else None)
        found = reduced(
            design, self.seed, self.replicates, self.measures, network=shared, jobs=self.jobs, told=self._hear,
            weekly=weekly,
        )  # fmt: skip
        self.done += self.replicates
        return found

    def signs(self, designs: Sequence[Scenario], base: Sequence[Reduced]) -> Floats:
        """Sign of every mean difference in another world: rows as in the table of differences."""
        first, *others = [self.run(design, weekly=False) for design in designs]
        pairs = zip(others, base[1:], strict=True)
        return np.concatenate(
            [np.sign(paired.mean_differences(first, other, paired.shared_groups(base[0], b))) for other, b in pairs]
        )

    def _hear(self, finished: int) -> None:
        if self.told:
            self.told(self.done + finished)


def _differences(
    designs: Sequence[Scenario], base: Sequence[Reduced], signs: Sequence[Floats], seed: int
) -> pd.DataFrame:
    import pandas as pd

    arms = list(zip(designs, base, strict=True))
    (first, baseline), others = arms[0], arms[1:]
    frames = [paired.differences((first.name, d.name), baseline, found, seed) for d, found in others]
    frame = pd.concat(frames, ignore_index=True)
    same = np.stack([s == np.sign(frame["mean"].to_numpy()) for s in signs]).mean(axis=0) if signs else np.nan
    return frame.assign(worlds_same_sign=same)


def _levels(designs: Sequence[Scenario], base: Sequence[Reduced], seed: int) -> pd.DataFrame:
    import pandas as pd

    frames = [paired.levels(d.name, found, seed) for d, found in zip(designs, base, strict=True)]
    return _defined(pd.concat(frames, ignore_index=True))


def _weeks(designs: Sequence[Scenario], base: Sequence[Reduced]) -> pd.DataFrame:
    import pandas as pd

    frames = [paired.weekly(d.name, found) for d, found in zip(designs, base, strict=True)]
    return pd.concat(frames, ignore_index=True)


def _defined(frame: pd.DataFrame) -> pd.DataFrame:
    """Only rows that rest on at least one replicate."""
    return frame[frame["n"] > 0].reset_index(drop=True)


def _no_worlds() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(index=pd.RangeIndex(1, 1, name="world"))
