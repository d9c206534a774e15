"""What every library is asked: read the work, do it, say how long it took and what came out.

A model is one file beside this one, which needs NumPy and its library and nothing of engagesim, so that it can run in
an environment of its own: `python mesa_model.py work.npz result.npz ENOUGH THREADS`. Standard output is one JSON
document.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Result = dict[str, NDArray[Any]]


class Work(NamedTuple):
    """A model at its start.

    Attributes:
        members: starting state by name of the column, arrays of one length.
        start: int64[members + 1], the ties of member i are entries start[i]..start[i + 1] - 1.
        neighbour: who is tied, ascending within a member.
        strength: strength of each tie; both ends have it.
        levers: the numbers of the design, by name.
        weeks: how many weeks to run.
        seed: root seed, for libraries that draw.
        threads: how many threads the library may use.
    """

    members: Result
    start: NDArray[np.int64]
    neighbour: NDArray[np.int64]
    strength: NDArray[np.float64]
    levers: SimpleNamespace
    weeks: int
    seed: int
    threads: int


class Done(NamedTuple):
    """One run: seconds to build the model, of the first week, and of all other weeks; and what came out."""

    build: float
    first: float
    others: float
    result: Result


class Model(Protocol):
    """What a model of one file offers."""

    def __init__(self, work: Work) -> None: ...

    def step(self) -> object:
        """One week."""

    def result(self) -> Result:
        """State of the members and weekly means."""


def stepwise(model: Callable[[Work], Model], work: Work) -> Done:
    """Run a model week by week."""
    begin = time.perf_counter()
    made = model(work)
    built = time.perf_counter()
    made.step()
    first = time.perf_counter()
    for _ in range(1, work.weeks):
        made.step()
    return Done(built - begin, first - built, time.perf_counter() - first, made.result())


def read(path: str, threads: int) -> Work:
    """The work that engagesim wrote into a NumPy archive."""
    with np.load(path) as stored:
        found = {name: stored[name] for name in stored.files}
    levers = {name[6:]: value.item() for name, value in found.items() if name.startswith("lever_")}
    members = {name[7:]: value for name, value in found.items() if name.startswith("member_")}
    return Work(
        members, found["start"], found["neighbour"].astype(np.int64), found["strength"], SimpleNamespace(**levers),
        int(found["weeks"]), int(found["seed"]), threads,
    )  # fmt: skip


def answer(library: str, run: Callable[[Work], Done]) -> None:
    """Do what the command line asks, as often as makes ENOUGH seconds, and print the mean of a run."""
    work = read(sys.argv[1], int(sys.argv[4]))
    done = [run(work)]
    while sum(one.others for one in done) < float(sys.argv[3]):
        done.append(run(work))
    np.savez(sys.argv[2], **done[0].result)
    mean = {part: float(np.mean([getattr(one, part) for one in done])) for part in ("build", "others")}
    print(json.dumps({"version": version(library), "first": done[0].first, "runs": len(done), **mean}))
