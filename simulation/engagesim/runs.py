"""Simulate one design, or many replicates of it, with either engine; both give the same answer to the last bit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from .design.scenario import Scenario
from .distributions import BY_NAME as DISTRIBUTIONS
from .distributions import End, at_the_end
from .draws import MASK, replicate_seed
from .measures import GROUPS, MEASURES, sums_of, weekly_frame
from .parameter import ROLES
from .population import BITS, LATER
from .problems import InputError, Problem
from .structures.network import Network
from .summaries import SUMMARIES
from .tallies import MOST, NAMES, ORGANIZATION, inexact

if TYPE_CHECKING:
    import pandas as pd

Engine = Literal["compiled", "mesa"]
Snapshot = dict[str, NDArray[np.generic]]
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run.

    Attributes:
        scenario: the design.
        seed: root seed.
        engine: which engine ran it.
        labels: the user's own member ids, where the network came from a file.
        tallies: float64[weeks, 3, tallies], weekly sums by role.
        series: float64[weeks, len(ORGANIZATION)], weekly series of the organization.
        snapshots: members' state after the weeks asked for.
        read_last: reads the members' state after the last week; nothing is copied before it is asked for.
        read_network: reads the ties after the last week.
    """

    scenario: Scenario = field(repr=False)
    seed: int
    engine: Engine
    labels: tuple[str, ...] | None = field(repr=False)
    tallies: NDArray[np.float64] = field(repr=False)
    series: NDArray[np.float64] = field(repr=False)
    snapshots: dict[int, Snapshot] = field(repr=False)
    read_last: Callable[[], Snapshot] = field(repr=False)
    read_network: Callable[[], Network] = field(repr=False)

    @property
    def last(self) -> Snapshot:
        """Members' state after the last week, a copy: one array per column."""
        return self.read_last()

    @property
    def network(self) -> Network:
        """Who is tied to whom after the last week."""
        return self.read_network()

    @property
    def weeks(self) -> pd.DataFrame:
        """Measures by week and group: one row per week and group, one column per measure."""
        frame: pd.DataFrame = weekly_frame(self.tallies)
        return frame

    @property
    def organization(self) -> pd.DataFrame:
        """The organization's account, demand and rewards by week."""
        import pandas as pd

        frame = pd.DataFrame(self.series, columns=list(ORGANIZATION))
        frame.insert(0, "week", np.arange(1, len(frame) + 1))
        return frame

    @property
    def members(self) -> pd.DataFrame:
        """Members after the last week: one row per place, with role and state."""
        import pandas as pd

        frame = pd.DataFrame(self.last)
        frame["role"] = np.array(ROLES)[frame["role"].to_numpy()]
        frame.insert(0, "member", self.labels or np.arange(len(frame)))
        return frame

    @property
    def measures(self) -> dict[str, float]:
        """Every outcome of everybody: weekly ones in the last week, the others at the end or of the whole run."""
        last, whole = sums_of(self.tallies[-1:], "everyone"), sums_of(self.tallies, "everyone")
        end = at_the_end(End(self.last, self.network))[GROUPS.index("everyone")].tolist()
        return {
            **{m.name: float(m.compute(last)[-1]) for m in MEASURES},
            **dict(zip(DISTRIBUTIONS, end, strict=True)),
            **{s.name: float(s.compute(whole)) for s in SUMMARIES},
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the whole trajectory: weekly sums, organization, and every member's last state."""
        digest = hashlib.sha256(self.tallies.tobytes() + self.series.tobytes())
        last = self.last
        for name in sorted(name for name in last if name not in LATER or last[name].any()):
            digest.update(name.encode() + last[name].astype(np.uint64 if name in BITS else np.float64).tobytes())
        return digest.hexdigest()


def simulate(
    scenario: Scenario | str | Path, *, seed: int = 0, engine: Engine = "compiled", network: Network | None = None,
    watch: Sequence[int] = (), threads: int | None = None, told: Told | None = None,
) -> Run:  # fmt: skip
    """Run one design once.

    Args:
        scenario: a scenario, its name or its path.
        seed: root seed, 0 to 2**64 - 1; the same seed gives every design the same people and the same luck.
        engine: `compiled`, or `mesa` (some hundred times slower; for reading and checking).
        network: who is tied to whom; built from the scenario and the seed if not given.
        watch: weeks after which to keep every member's state (the last can always be read).
        threads: for one large run; default one, or all cores from 100,000 members on. Results do not depend on it.
        told: called with the number of finished weeks now and then.

    Raises:
        InputError: a scenario or file that cannot be used.
        ValueError: a seed or a week to watch out of range, or an unknown engine.
    """
    if not 0 <= seed <= MASK:
        raise ValueError(f"seed = {seed}   must be 0 to 2**64 - 1")
    design = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    weeks = int(design.levers().values.shape[0])
    if wrong := [w for w in watch if not 0 < w <= weeks]:
        raise ValueError(f"watch = {wrong}   must be weeks from 1 to {weeks}")
    stops = sorted(set(watch))
    if engine == "mesa":
        return _mesa(design, seed, network, weeks, stops, told)
    if engine != "compiled":
        raise ValueError(f"engine = {engine}   must be compiled or mesa")
    from .engine.run import run

    done = run(design, network, seed, stops, threads, told)
    world = done.world
    refuse_inexact(design, world.tallies)
    return Run(
        design, seed, engine, world.labels, world.tallies, world.series, done.snapshots, world.snapshot, world.network
    )


def refuse_inexact(design: Scenario, tallies: NDArray[np.float64]) -> None:
    """Refuse results whose weekly sums have left the range in which they are exact, whatever order they are added in.

    Raises:
        InputError: naming the sums.
    """
    peaks = dict(zip(NAMES, np.abs(tallies).max(axis=(0, 1)).tolist(), strict=True))
    for name in inexact(peaks):
        message = f"reaches {peaks[name]:.3g} in a week, above {MOST:.0f}, where sums are no longer exact"
        raise InputError([Problem(design.name, None, name, message)])


def _mesa(
    design: Scenario, seed: int, network: Network | None, weeks: int, stops: Sequence[int], told: Told | None
) -> Run:
    from .model import EngagementModel

    model = EngagementModel(design, seed=seed, network=network)
    snapshots: dict[int, Any] = {}
    for week in range(1, weeks + 1):
        model.step()
        if week in stops:
            snapshots[week] = model.snapshot()
        if told:
            told(week)
    refuse_inexact(design, model.tallies)
    last = model.snapshot()
    return Run(design, seed, "mesa", model.labels, model.tallies, model.series, snapshots, last.copy, model.network)


def replicates(
    scenario: Scenario, seed: int, count: int, *, first: int = 0, network: Network | None = None,
    jobs: int | None = None, told: Told | None = None, at_end: Sequence[str] = (),
    seen: Callable[[int, Snapshot], None] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """Run `count` replicates of one design, from number `first` on, on all cores.

    Replicate r has the root seed `replicate_seed(seed, r)` in every design, so that two designs can be compared pair by
    pair. `seen` is called with the number of each replicate and every member's last state, from several threads.

    Returns:
        float64[count, weeks, 3, tallies], float64[count, weeks, len(ORGANIZATION)] and the distributions `at_end`,
        float64[count, groups, len(at_end)].
    """
    from .engine.run import cores, run

    levers = scenario.levers()
    finished = 0

    def one(r: int) -> tuple[NDArray[np.float64], ...]:
        world = run(scenario, network, replicate_seed(seed, r), levers=levers).world
        refuse_inexact(scenario, world.tallies)
        if seen:
            seen(r, world.snapshot())
        none = np.zeros((len(GROUPS), 0))
        ends = at_the_end(End(world.snapshot(), world.network()), tuple(at_end)) if at_end else none
        return world.tallies, world.series, ends

    results = []
    with ThreadPoolExecutor(jobs or cores()) as pool:
        for result in pool.map(one, range(first, first + count)):
            results.append(result)
            finished += 1
            if told:
                told(finished)
    tallies, series, ends = (np.stack(part) for part in zip(*results, strict=True))
    return tallies, series, ends
