"""Other libraries: which there are, whether one is installed, and one of them at work in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..problems import InputError, Problem, nearest
from .timing import Row
from .work import models

Result = dict[str, NDArray[Any]]

INSTALL = "pip install 'engagesim[peers]'"


@dataclass(frozen=True, slots=True)
class Peer:
    """A library with a model of the same work.

    Attributes:
        name: its Python module, which also names it in files and on the command line.
        title: as its authors write it.
        kind: `model` for the first mechanisms, `game` for the pairwise game.
        parallel: whether one run can use several threads.
        install: how to get it.
    """

    name: str
    title: str
    kind: str
    parallel: bool = False
    install: str = INSTALL

    @property
    def file(self) -> str:
        """Its model, in the folder `benchmarks/peers`."""
        return f"{self.name}_{self.kind}.py"


OURS = Peer("engagesim", "engagesim", "model", parallel=True)
OUR_GAME = Peer("engagesim", "engagesim", "game")
APART = "`pip install mesa-frames` in an environment of its own, as it needs NumPy 1; tell its Python with `--python`"
MODELS = (
    Peer("mesa_frames", "mesa-frames", "model", parallel=True, install=APART),
    Peer("mesa", "Mesa", "model"),
    Peer("agentpy", "AgentPy", "model"),
)
BUILT = f"{INSTALL}, with Python 3.11 or 3.12: it has no builds for later ones; or tell such a Python with `--python`"
GAMES = (Peer("egttools", "EGTtools", "game", install=BUILT),)
"""Libraries that engagesim is compared with, on each kind of work."""

BY_NAME = {peer.name: peer for peer in (*MODELS, *GAMES)}


@dataclass(slots=True)
class Answer:
    """What a library said: its version and seconds, how long its process took, and what came out."""

    said: Row
    process: float
    result: Result


@dataclass(frozen=True, slots=True)
class Bench:
    """Where libraries work: a folder for files, and the Python of those that have one of their own."""

    folder: Path
    pythons: Mapping[str, str] = field(default_factory=dict)

    def python(self, peer: Peer) -> str:
        """The Python that a library is installed in."""
        return self.pythons.get(peer.name, sys.executable)

    def missing(self, peer: Peer) -> str | None:
        """Why a library cannot be used: the last line of what its import said, if anything; None if it can be."""
        done = subprocess.run(
            [self.python(peer), "-c", f"import numpy, {peer.name}"], capture_output=True, text=True, check=False
        )
        said = [f"its import ends with exit code {done.returncode}", *done.stderr.strip().splitlines()]
        return None if done.returncode == 0 else said[-1]

    def ask(self, peer: Peer, work: Path, *, enough: float, threads: int, cache: str | None = None) -> Answer:
        """Let a library do the work at `work` in a new process, as often as makes `enough` seconds.

        Raises:
            RuntimeError: it failed; with the last lines of what it said.
        """
        out = self.folder / f"{peer.name}.npz"
        limits = {name: str(threads) for name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS")}
        place = {} if cache is None else {"ENGAGESIM_CACHE": cache}
        command = [self.python(peer), str(models() / peer.file), str(work), str(out), str(enough), str(threads)]
        begin = time.perf_counter()
        done = subprocess.run(command, env=os.environ | limits | place, capture_output=True, text=True, check=False)
        process = time.perf_counter() - begin
        if done.returncode:
            raise RuntimeError(f"{peer.title} failed:\n" + "\n".join(done.stderr.strip().splitlines()[-6:]))
        with np.load(out) as stored:
            result = {name: stored[name] for name in stored.files}
        return Answer(json.loads(done.stdout), process, result)


def pythons_of(pairs: Sequence[str]) -> dict[str, str]:
    """Pythons by library, from words such as `mesa_frames=.venv-frames/bin/python`.

    Raises:
        InputError: a word of another form, an unknown library, or no such file.
    """
    found, problems = {}, []
    for pair in pairs:
        name, _, path = pair.partition("=")
        if name not in BY_NAME:
            problems.append(Problem("--python", None, pair, f"is not LIBRARY=PATH{nearest(name, BY_NAME)}"))
        elif not Path(path).is_file():
            problems.append(Problem("--python", None, pair, "there is no such file; give the Python to run it with"))
        found[name] = path
    if problems:
        raise InputError(problems)
    return found


def present(bench: Bench, peers: Sequence[Peer], said: Callable[[Row], None]) -> list[Peer]:
    """Those of `peers` that can be used; `said` is told of each other one why not, and how to get it."""
    there = []
    for peer in peers:
        reason = bench.missing(peer)
        if reason is None:
            there.append(peer)
        else:
            said({"library": peer.name, "title": peer.title, "reason": reason, "install": peer.install})
    return there
