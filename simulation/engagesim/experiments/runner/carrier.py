"""What carries tasks to where they are done and their results back; the disk holds the truth."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

from .work import Task, bytes_of, known_failure, table_of

Done = Callable[[Task, bytes], None]
Progress = Callable[[int], None]
"""Called with how many more runs are done (less than 0 where work was lost and has to be done again)."""

DEATHS = 3
"""A run at which its worker dies so many times in a row is the culprit, and is left out."""


class Carrier(Protocol):
    """Does tasks in any order and hands back the bytes of their tables."""

    def carry(self, tasks: Iterator[Task], done: Done, progress: Progress) -> None:
        """Do all tasks; `done` is called in this thread, for every task once."""


@dataclass(frozen=True, slots=True)
class Here:
    """In this process, so many at a time: nothing has to start, and compiled code lets the other threads run."""

    jobs: int = 1

    def carry(self, tasks: Iterator[Task], done: Done, progress: Progress) -> None:
        """Do all tasks."""
        way: deque[tuple[Task, Future[bytes]]] = deque()

        def received() -> None:
            task, future = way.popleft()
            done(task, future.result())
            progress(len(task.runs))

        with ThreadPoolExecutor(self.jobs) as pool:
            for task in tasks:
                way.append((task, pool.submit(_content, task)))
                if len(way) == 2 * self.jobs - 1:
                    received()
            while way:
                received()


def _content(task: Task) -> bytes:
    return bytes_of(table_of(task))


def without(task: Task, row: int, kind: str, message: str) -> Task:
    """The task with one more row that is not run again."""
    return replace(task, known={**task.known, row: known_failure(task, row, "worker", kind, message)})
