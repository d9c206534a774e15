"""Compare designs replicate by replicate: the same people, the same luck, different rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.scenario import Scenario
from ..draws import MASK, key_of, named
from ..measures import GROUPS
from ..outcomes import BY_NAME, KIND_OF
from ..problems import InputError, Problem, nearest
from ..structures.network import Network
from . import paired
from .choice.aim import Aim
from .choice.cases import KEPT, Gathering, gathering
from .choice.deciding import decide
from .choice.decision import Decision
from .choice.withdrawal import middle, withdrawn
from .networks import Networks
from .notes import fitted_notes, notes_of
from .reduction import Reduced, reduced
from .worlds import in_world, points_of, ranges_of, worlds_of

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Told = Callable[[int], None]
Arm = Scenario | str | Path

MOST_WITHDRAWN = 50
"""Replicates of a withdrawn design at most."""


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
            that sign, of those with a value; nan without any, as for outcomes over the members at the end.
        levels: arm, measure, window, group; mean, low, high, n.
        weeks: arm, group, week, measure; mean, low, high (5 % and 95 % quantile over replicates).
        worlds: one row per other world and one column per uncertainty; empty without other worlds.
        notes: what a reader has to know about the numbers.
        decision: which design to choose, over the other worlds or, without any, over the replicates; None where not
            all measures were asked for.
    """

    arms: tuple[Scenario, ...]
    replicates: int
    seed: int
    differences: pd.DataFrame = field(repr=False)
    levels: pd.DataFrame = field(repr=False)
    weeks: pd.DataFrame = field(repr=False)
    worlds: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...]
    decision: Decision | None = field(default=None, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the designs, the baseline first."""
        return tuple(arm.name for arm in self.arms)


def compare(
    arms: Sequence[Arm], *, replicates: int = 100, seed: int = 0, worlds: int = 1, network: Network | None = None,
    measures: Sequence[str] | None = None, jobs: int | None = None, told: Told | None = None, aim: Aim | None = None,
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
        told: called with the number of finished runs, up to `runs_in(designs, replicates, worlds)`.
        aim: what a good design is good for; participation late in the run if not given.

    Raises:
        InputError: designs, numbers or measures that cannot be used.
    """
    designs = tuple(arm if isinstance(arm, Scenario) else Scenario.load(arm) for arm in arms)
    names = tuple(BY_NAME) if measures is None else tuple(measures)
    _check(designs, replicates, seed, worlds, names)
    runner = _Runner(seed, replicates, names, Networks(network), jobs, told)
    other = worlds_of(ranges_of(designs), worlds, seed) if worlds > 1 else _no_worlds()
    moved = [[in_world(design, world, point) for design in designs] for world, point in points_of(other)]
    deciding = set(KEPT) <= set(names)
    base = [runner.run(design, people=deciding and not moved) for design in designs]
    gathered = gathering([d.name for d in designs], _shared(base)) if deciding else None
    if gathered and not moved:
        gathered.add(0, base, runner.withdrawn(designs))
    signs = [runner.world(at, there, base, gathered) for at, there in enumerate(moved, start=1)]
    differences = _differences(designs, base, signs, seed)
    decision, aim = None, aim or Aim()
    if gathered:
        at = range(1, len(moved) + 1) if moved else [0]
        decision = decide(gathered.cases(at, other, middle(designs[0])), aim, seed)
    return Study(
        designs, replicates, seed, _defined(differences), _levels(designs, base, seed), _weeks(designs, base), other,
        (*fitted_notes(designs, aim), *notes_of(designs, base, differences, worlds)), decision,
    )  # fmt: skip


def luck_of(seed: int, world: int) -> int:
    """Root seed of all designs in a world; 0 is the world as stated.

    Every world has luck of its own: with the same few replicates everywhere, one lucky replicate would decide the sign
    in all of them, and intervals over worlds would know nothing of luck.
    """
    return key_of(seed, named("world.luck"), world) if world else seed


def runs_in(designs: Sequence[Scenario], replicates: int, worlds: int) -> int:
    """How many runs a comparison of all measures makes: those of all designs, and of those withdrawn in mid run."""
    taken_back = sum(withdrawn(design, designs[0]) is not None for design in designs[1:])
    again = taken_back * _again(replicates, worlds)
    return (
        len(designs) * replicates + again if worlds == 1 else len(designs) * replicates * (1 + worlds) + again * worlds
    )


def _again(replicates: int, worlds: int) -> int:
    """Replicates of designs that are withdrawn in mid run: one in each of several worlds."""
    return min(replicates, MOST_WITHDRAWN) if worlds == 1 else 1


def _shared(found: Sequence[Reduced]) -> tuple[str, ...]:
    """Groups that have members in every design."""
    return tuple(group for group in GROUPS if all(group in r.present for r in found))


def _check(designs: Sequence[Scenario], replicates: int, seed: int, worlds: int, measures: Sequence[str]) -> None:
    names = [design.name for design in designs]
    weeks = {int(str(design.values["steps"])) for design in designs}
    twice = sorted({name for name in names if names.count(name) > 1})
    wrong = [
        (len(designs) < 2, ", ".join(names), "must be two designs or more"),
        (bool(twice), ", ".join(twice), "is the name of two designs; each needs one of its own: rename a file"),
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
    """Runs designs, those of another world side by side, and reports how many runs are done."""

    seed: int
    replicates: int
    measures: tuple[str, ...]
    networks: Networks
    jobs: int | None
    told: Told | None
    done: int = 0
    hearing: Lock = field(default_factory=Lock)

    def run(
        self, design: Scenario, world: int = 0, *, people: bool = False, count: int | None = None,
        measures: Sequence[str] | None = None,
    ) -> Reduced:  # fmt: skip
        """Run the replicates of a design: on all cores in the world as stated, else on one beside other designs."""
        return reduced(
            design, luck_of(self.seed, world), count or self.replicates, measures or self.measures,
            network=self.networks.of(design), jobs=1 if world else self.jobs, told=self._hear, people=people,
        )  # fmt: skip

    def withdrawn(self, designs: Sequence[Scenario], world: int = 0) -> dict[int, Reduced]:
        """By position, the designs that can be withdrawn in mid run, in a world; 0 is the world as stated."""
        again = {i: taken for i, d in enumerate(designs[1:], start=1) if (taken := withdrawn(d, designs[0]))}
        count = _again(self.replicates, 1 + world)
        found = self._side_by_side(lambda design: self.run(design, world, count=count, measures=KEPT), again.values())
        return dict(zip(again, found, strict=True))

    def _side_by_side(self, run: Callable[[Scenario], Reduced], designs: Iterable[Scenario]) -> list[Reduced]:
        """What is found of each design; designs wait for each other's arithmetic, not for each other's runs."""
        from ..engine.run import cores

        with ThreadPoolExecutor(self.jobs or cores()) as pool:
            return list(pool.map(run, designs))

    def world(
        self, at: int, designs: Sequence[Scenario], base: Sequence[Reduced], gathered: Gathering | None
    ) -> Floats:
        """Run another world and gather it; sign of every mean difference there, rows as in the table of differences."""
        running = [name for name in self.measures if KIND_OF[name] != "end"]
        found = self._side_by_side(lambda design: self.run(design, at, people=True, measures=running), designs)
        if gathered:
            gathered.add(at, found, self.withdrawn(designs, at))
        first, *others = [_widened(r, self.measures) for r in found]
        pairs = zip(others, base[1:], strict=True)
        return np.concatenate(
            [np.sign(paired.mean_differences(first, other, paired.shared_groups(base[0], b))) for other, b in pairs]
        )

    def _hear(self, _finished: int) -> None:
        with self.hearing:
            self.done += 1
            if self.told:
                self.told(self.done)


def _widened(found: Reduced, measures: Sequence[str]) -> Reduced:
    """With nan for the measures that were not taken."""
    windows = np.full((*found.windows.shape[:-1], len(measures)), np.nan)
    windows[..., [measures.index(name) for name in found.measures]] = found.windows
    return replace(found, measures=tuple(measures), windows=windows)


def _differences(
    designs: Sequence[Scenario], base: Sequence[Reduced], signs: Sequence[Floats], seed: int
) -> pd.DataFrame:
    import pandas as pd

    arms = list(zip(designs, base, strict=True))
    (first, baseline), others = arms[0], arms[1:]
    frames = [paired.differences((first.name, d.name), baseline, found, seed) for d, found in others]
    frame = pd.concat(frames, ignore_index=True)
    if not signs:
        return frame.assign(worlds_same_sign=np.nan)
    stacked = np.stack(signs)
    known = ~np.isnan(stacked)
    with np.errstate(invalid="ignore"):
        same = ((stacked == np.sign(frame["mean"].to_numpy())) & known).sum(axis=0) / known.sum(axis=0)
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
