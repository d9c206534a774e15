"""Tasks on an existing Dask cluster; the scheduler may die, since whatever came back is on the disk."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...problems import InputError, Problem
from .carrier import Done, Progress, without
from .work import Task, bytes_of, table_of

PER_WORKER = 3
"""Tasks per thread of the cluster that are on their way at one time."""

ADDRESS = re.compile(r"inproc://.+|([a-z]+://)?[^/\s]+:\d{1,5}/?")
"""Addresses that Dask can be asked for; one without a port it gives up only after a minute."""

PATIENCE = 20
"""Seconds to wait for a scheduler."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The Dask cluster whose scheduler is at `address`; its workers need this version of engagesim."""

    address: str

    def carry(self, tasks: Iterator[Task], done: Done, progress: Progress) -> None:
        """Do all tasks.

        Raises:
            InputError: no address, Dask is not installed, or the cluster does not answer.
        """
        if not ADDRESS.fullmatch(self.address):
            message = "must be the address of a scheduler with its port, such as tcp://10.0.0.1:8786"
            raise InputError([Problem("--dask", None, self.address, message)])
        try:
            from distributed import Client
        except ImportError as error:
            message = "Dask is not installed: pip install 'engagesim[cluster]'"
            raise InputError([Problem("--dask", None, self.address, message)]) from error
        try:
            with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
                _Errand(client, tasks, done, progress).run()
        except OSError as error:
            message = f"no cluster answers there ({error}); what is finished is kept, the same command goes on"
            raise InputError([Problem("--dask", None, self.address, message)]) from error


class _Errand:
    """All tasks on one client."""

    def __init__(self, client: Any, tasks: Iterator[Task], done: Done, progress: Progress) -> None:
        self.client, self.tasks, self.done, self.progress = client, tasks, done, progress
        self.again: deque[Task] = deque()
        self.way: dict[Any, Task] = {}

    def run(self) -> None:
        from distributed import as_completed

        flow = as_completed(loop=self.client.loop)  # there is no default client
        self._fill(flow)
        for future in flow:
            self._received(future)
            self._fill(flow)

    def _fill(self, flow: Any) -> None:
        threads = sum(self.client.nthreads().values()) or 1
        while len(self.way) < PER_WORKER * threads:
            task = self.again.popleft() if self.again else next(self.tasks, None)
            if task is None:
                return
            future = self.client.submit(carried, task, pure=False)
            self.way[future.key] = task
            flow.add(future)

    def _received(self, future: Any) -> None:
        task = self.way.pop(future.key)
        content = _result(future)
        if content is None:
            self._suspect(task)
            return
        self.progress(len(task.runs))
        self.done(task, content)

    def _suspect(self, task: Task) -> None:
        """Workers died of this task again and again: run by run, which names the culprit."""
        culprits = [row for row, _, _ in task.runs if row not in task.known and self._kills(task.only([row]))]
        for row in culprits:
            task = without(task, row, "KilledWorker", "the workers of the cluster that were given this run ended")
        self.again.append(task)

    def _kills(self, task: Task) -> bool:
        return _result(self.client.submit(carried, task, pure=False)) is None


def _result(future: Any) -> bytes | None:
    """What came back; nothing if workers died of it again and again.

    Raises:
        OSError: the scheduler is gone.
    """
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        return bytes(future.result())
    except KilledWorker:
        return None
    except FutureCancelledError as error:
        raise OSError("the scheduler is gone") from error


def carried(task: Task) -> bytes:
    """A task, done; what the cluster's workers call."""
    return bytes_of(table_of(task))
