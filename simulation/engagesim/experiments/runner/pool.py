"""Worker processes on this machine, each on a wire of its own, so that a dead one is known with the run it was at.

The standard pool says only that some worker died and loses all that were at work; here the task goes back to the
front of the queue and a fresh worker takes it. A run at which its worker dies again and again is recorded and left out.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from ...problems import InputError, Problem
from .carrier import DEATHS, Done, Progress, without
from .work import Task, bytes_of, table_of

STILLBORN = {True: 25, False: 3}
"""Workers that end in a row before they start any run until something must be wrong with all of them: killed ones (by
whoever frees memory), and those that ended by themselves."""


@dataclass(slots=True)
class Worker:
    """One process, its wire, and what it is doing."""

    process: SpawnProcess
    wire: Connection
    task: Task | None = None
    at: int | None = None
    told: int = 0


@dataclass(slots=True)
class Deaths:
    """Where the worker of a task died last, and how many times in a row."""

    row: int | None = None
    times: int = 0


@dataclass(slots=True)
class Processes:
    """So many worker processes; each does one run at a time."""

    jobs: int
    workers: list[Worker] = field(default_factory=list)
    again: deque[Task] = field(default_factory=deque)
    deaths: dict[str, Deaths] = field(default_factory=dict)
    stillborn: int = 0

    def carry(self, tasks: Iterator[Task], done: Done, progress: Progress) -> None:
        """Do all tasks."""
        try:
            while self._hand_out(tasks):
                self._listen(done, progress)
        finally:
            self._end()

    def _hand_out(self, tasks: Iterator[Task]) -> bool:
        """Give every idle worker a task; start workers as long as there is work for them. Is anybody at work?"""
        while idle := next((w for w in self.workers if w.task is None), len(self.workers) < self.jobs):
            task = self.again.popleft() if self.again else next(tasks, None)
            if task is None:
                break
            worker = self._start() if idle is True else idle
            worker.task, worker.at, worker.told = task, None, 0
            with suppress(OSError):  # it is dead: found out when listening
                worker.wire.send(task)
        return any(worker.task for worker in self.workers)

    def _start(self) -> Worker:
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(there,), daemon=True)
        process.start()
        there.close()
        self.workers.append(Worker(process, here))
        return self.workers[-1]

    def _listen(self, done: Done, progress: Progress) -> None:
        for wire in wait([w.wire for w in self.workers]):
            worker = next(w for w in self.workers if w.wire is wire)
            try:
                self._hear(worker, worker.wire.recv(), done, progress)
            except (EOFError, OSError):
                self._buried(worker, progress)

    def _hear(self, worker: Worker, word: tuple[str, Any], done: Done, progress: Progress) -> None:
        kind, what = word
        task = worker.task
        assert task is not None
        if kind == "at":
            worker.at, count = what
            self.stillborn = 0
            progress(count - worker.told)
            worker.told = count
            return
        progress(len(task.runs) - worker.told)
        worker.task = None
        self.deaths.pop(task.name, None)
        done(task, what)

    def _buried(self, worker: Worker, progress: Progress) -> None:
        """A worker is dead: its task goes back to the front, without a run that has killed it again and again."""
        worker.process.join()
        worker.wire.close()
        self.workers.remove(worker)
        task = worker.task
        if task is None:
            return
        progress(-worker.told)
        if worker.at is None:
            self.stillborn += 1
            if self.stillborn >= STILLBORN[(worker.process.exitcode or 0) < 0]:
                message = (
                    f"{self.stillborn} in a row ended before their first run ({_end_of(worker)}); is memory short?"
                )
                raise InputError([Problem("worker processes", None, "", message)])
            self.again.appendleft(task)
            return
        found = self.deaths.setdefault(task.name, Deaths())
        found.times = found.times + 1 if found.row == worker.at else 1
        found.row = worker.at
        if found.times >= DEATHS:
            message = f"its worker process ended {DEATHS} times in a row during this run"
            task = without(task, worker.at, _end_of(worker), message)
        self.again.appendleft(task)

    def _end(self) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.wire.close()
        self.workers.clear()
        self.again.clear()


def _end_of(worker: Worker) -> str:
    """How a process ended: the name of the signal, or its exit code."""
    code = worker.process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def serve(wire: Connection) -> None:
    """Do the tasks that come over the wire until it is closed; the life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and decides
    with suppress(EOFError, OSError):
        while True:
            task = wire.recv()
            wire.send(("done", bytes_of(table_of(task, _Voice(wire, task).at))))
    os._exit(0)  # the parent is gone: nothing to tidy up for


@dataclass(slots=True)
class _Voice:
    """Names every run before it starts: without that, nobody would know which run it died of."""

    wire: Connection
    task: Task
    count: int = 0

    def at(self, row: int) -> None:
        self.wire.send(("at", (row, self.count)))
        self.count += 1
