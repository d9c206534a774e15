"""The same designs with other luck, many times, in the background: what is chance and what is the design."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from ..measures import BY_NAME, sums_of
from ..population import Floats
from ..problems import InputError
from ..runs import replicates
from .designs import plain
from .messages import WrongError
from .numbers import rounded
from .side import Side

PATIENT = 10
"""How much lower the priority of these runs is than that of what people look at."""
OFTEN = 0.4
"""Seconds between two messages about the band."""
SHARES = (10.0, 50.0, 90.0)
"""Low, middle and high: shares of the runs that lie below."""
DIGITS = 5


class Band:
    """Replicates of all designs of a page on a thread of its own, pair by pair, until all are done or it is stopped.

    Raises WrongError for an unknown measure.
    """

    def __init__(self, sides: Sequence[Side], seed: int, count: int, measures: Sequence[str]) -> None:
        for name in measures:
            if name not in BY_NAME:
                raise WrongError(f"There is no measure {name[:60]}.")
        self.letters = [side.letter for side in sides]
        tracks = [side.track for side in sides]
        self.designs = [(t.scenario, t.network if t.scenario.values["form"] == "file" else None) for t in tracks]
        self.seed, self.count, self.measures = seed, count, list(dict.fromkeys(measures))
        self.runs: dict[tuple[str, str], list[Floats]] = {(d, m): [] for d in self.letters for m in self.measures}
        self.found: SimpleQueue[list[Floats] | InputError] = SimpleQueue()
        self.stopped = threading.Event()
        self.done, self.told_at = 0, 0.0
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Begin no further run."""
        self.stopped.set()

    def _work(self) -> None:
        """On the thread: one replicate of every design after the other."""
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), PATIENT)
        for r in range(self.count):
            try:
                sums = [replicates(s, self.seed, 1, first=r, network=n, jobs=1)[0][0] for s, n in self.designs]
            except InputError as error:
                self.found.put(error)
                return
            if self.stopped.is_set():
                return
            self.found.put(sums)

    def news(self, now: float) -> list[dict[str, Any]]:
        """Messages about what has been found since; few while much comes, all when it is done."""
        before = self.done
        with suppress(Empty):
            while True:
                found = self.found.get_nowait()
                if isinstance(found, InputError):
                    self.stop()
                    return [{"type": "problem", "cmd": "many", "message": "\n".join(plain(found))}]
                self._take(found)
        if self.stopped.is_set() or not self.done:
            return []
        if self.done < self.count and (now - self.told_at < OFTEN or self.done == before):
            return []
        self.told_at = now
        return [self._message(design, measure) for design, measure in self.runs]

    @property
    def going(self) -> bool:
        """Whether more may come."""
        return self.done < self.count and not self.stopped.is_set()

    def _take(self, tallies: list[Floats]) -> None:
        """Keep the measures of one replicate of every design."""
        self.done += 1
        for letter, weeks in zip(self.letters, tallies, strict=True):
            sums = sums_of(weeks, "everyone")
            for name in self.measures:
                self.runs[letter, name].append(BY_NAME[name].compute(sums))

    def _message(self, letter: str, name: str) -> dict[str, Any]:
        runs = np.array(self.runs[letter, name])
        some = ~np.isnan(runs).all(axis=0)
        bounds = np.full((len(SHARES), runs.shape[1]), np.nan)
        bounds[:, some] = np.nanpercentile(runs[:, some], SHARES, axis=0)
        low, mid, high = (rounded(row, DIGITS) for row in bounds)
        return {
            "type": "band", "design": letter, "measure": name, "done": self.done, "of": self.count, "low": low,
            "mid": mid, "high": high,
        }  # fmt: skip
