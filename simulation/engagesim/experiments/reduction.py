"""Replicates of one design, reduced while they run, so that memory does not grow with what is not needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..design.scenario import Scenario
from ..measures import BY_NAME, GROUPS, WINDOWS, Sums, sums_of, windowed
from ..outcomes import KIND_OF
from ..runs import Snapshot, replicates
from ..structures.network import Network
from ..structures.parameters import whole
from ..summaries import BY_NAME as SUMMARIES

Floats = NDArray[np.float64]

CHUNK = 64
"""Replicates whose weekly sums are in memory at one time."""

BANDED = 1000
"""Replicates, from the first on, whose weeks are kept for the bands of the figures."""

MAIN = (
    "participation", "effort", "value_per_member", "quality", "extraction_ratio", "intrinsic_motivation", "exhaustion",
    "trust", "exits",
)  # fmt: skip
"""Measures whose weeks are kept, and which tables and figures show."""

PEOPLE = ("stayed", "contributed", "wellbeing", "tenure")
"""What is kept of each place: 1 if it is still the same person's after the last week, value created there, the mean of
motivation, trust, rest (1 - exhaustion) and fairness (1 - felt extraction), each 0..1, and weeks that its holder has
been there, -1 if it is empty."""

FOLLOWED = 20_000_000
"""Members times replicates up to which each member is followed."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is kept of R replicates of one design.

    Attributes:
        measures: names, in the order of the last axis of `windows`.
        windows: float64[R, groups, windows, measures], means over windows; nan where there is nothing to measure.
        weekly: float64[min(R, BANDED), groups, weeks, len(MAIN)].
        present: groups that have members at some time.
        survived: bool[R, groups], whether anybody is active in the last week.
        people: float64[R, places, len(PEOPLE)], how each member ends; None where nobody asked or there are too many.
        roles: uint8[places], role codes of the places; None with `people`.
    """

    measures: tuple[str, ...]
    windows: Floats
    weekly: Floats
    present: tuple[str, ...]
    survived: NDArray[np.bool_]
    people: Floats | None = None
    roles: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    windows: Floats
    weekly: Floats
    members: Floats


def reduced(
    scenario: Scenario, seed: int, count: int, measures: Sequence[str], *, network: Network | None = None,
    jobs: int | None = None, told: Callable[[int], None] | None = None, weekly: bool = True,
    people: bool = False,
) -> Reduced:  # fmt: skip
    """Run `count` replicates and keep windows, the first `BANDED` replicates' weeks (if `weekly`), and who survives.

    `told` hears the number of finished replicates; `people` follows each member, unless there are too many.
    """
    parts = []
    ends: dict[int, Floats] = {}
    roles: dict[int, NDArray[np.uint8]] = {}

    def seen(replicate: int, last: Snapshot) -> None:
        if len(last["role"]) * count <= FOLLOWED:
            ends[replicate] = _person(last, whole(scenario.values, "steps"))
            roles[0] = last["role"].astype(np.uint8)

    for first, size in _chunks(count):
        heard = (lambda done, first=first: told(first + done)) if told else None
        tallies, _, spread = replicates(
            scenario, seed, size, first=first, network=network, jobs=jobs, told=heard,
            at_end=[name for name in measures if KIND_OF[name] == "end"], seen=seen if people else None,
        )  # fmt: skip
        parts.append(_part(tallies, spread, measures, max(0, min(size, BANDED - first)) if weekly else 0))
    members = np.concatenate([part.members for part in parts])
    return Reduced(
        measures=tuple(measures),
        windows=np.concatenate([part.windows for part in parts]),
        weekly=np.concatenate([part.weekly for part in parts]),
        present=tuple(g for i, g in enumerate(GROUPS) if members[:, i].any()),
        survived=members[:, :, -1] > 0.0,
        people=np.stack([ends[r] for r in range(count)]) if ends else None,
        roles=roles.get(0),
    )


def _person(last: Snapshot, steps: int) -> Floats:
    """How the members of one run end, columns as in `PEOPLE`."""
    stayed = (last["active"] == 1) & (last["tenure"] == steps)
    motivation, trust, exhaustion, felt, contributed = (
        last[name].astype(np.float64)
        for name in ("motivation", "trust", "exhaustion", "felt_extraction", "contributed")
    )
    good = (motivation + trust + (1.0 - exhaustion) + (1.0 - felt)) / 4.0
    tenure = np.where(last["active"] == 1, last["tenure"], -1)
    return np.stack([stayed, contributed, good, tenure], axis=-1, dtype=np.float64)


def _chunks(count: int) -> Iterator[tuple[int, int]]:
    for first in range(0, count, CHUNK):
        yield first, min(CHUNK, count - first)


def _part(tallies: Floats, ends: Floats, measures: Sequence[str], banded: int) -> _Part:
    """The reduction of one chunk: sums float64[R, weeks, 3, tallies], distributions float64[R, groups, asked]."""
    sums = _of_groups(tallies)
    wanted = (*(m for m in measures if KIND_OF[m] == "weekly"), *(MAIN if banded else ()))
    series = {name: BY_NAME[name].compute(sums) for name in dict.fromkeys(wanted)}
    weeks = np.empty((len(GROUPS), 0, tallies.shape[1], len(MAIN)))
    if banded:
        weeks = np.stack([series[m][:, :banded] for m in MAIN], -1)
    windows = _windows(measures, sums, series, ends)
    return _Part(windows, np.ascontiguousarray(weeks.swapaxes(0, 1)), sums["members"].swapaxes(0, 1))


def _of_groups(tallies: Floats) -> Sums:
    """Sums of all groups at once, float64[groups, R, weeks] each: as `sums_of`, with one call of a measure for all."""
    each = [sums_of(tallies, group) for group in GROUPS]
    return {name: np.stack([sums[name] for sums in each]) for name in each[0]}


def _windows(measures: Sequence[str], sums: Sums, series: Mapping[str, Floats], ends: Floats) -> Floats:
    """Every outcome in every window, float64[R, groups, windows, measures]: those that have but one value, in one."""
    found = np.full((*sums["members"].shape[1::-1], len(WINDOWS), len(measures)), np.nan)
    weekly = [k for k, name in enumerate(measures) if KIND_OF[name] == "weekly"]
    if weekly:
        together = np.stack([series[measures[k]] for k in weekly])
        for at, window in enumerate(WINDOWS):
            found[:, :, at, weekly] = windowed(together, window).T
    at_end = iter(np.moveaxis(ends, -1, 0))
    for k, name in enumerate(measures):
        if KIND_OF[name] == "end":
            found[:, :, WINDOWS.index("end"), k] = next(at_end)
        elif KIND_OF[name] == "whole":
            found[:, :, WINDOWS.index("whole"), k] = SUMMARIES[name].compute(sums).T
    return found
