"""The server's side of starting and ending processes of sessions."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import Protocol

from .wire import KILL, NUMBER, REQUEST, START

FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")
"""Whether this system can split a prepared process."""
QUIET = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Environment of sessions: each is one thread's work."""


class Starter(Protocol):
    """Starts processes of sessions."""

    async def ready(self) -> None:
        """Return when sessions can start."""

    async def start(self) -> tuple[socket.socket, int]:
        """A new session: the socket to it, and its number."""

    def end(self, number: int) -> None:
        """End a session's process, if it is still there."""

    def close(self) -> None:
        """Let go of everything."""


class Forking:
    """Sessions split off from one prepared process, which is started anew if it should have ended."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self._launch()

    def _launch(self) -> None:
        self.control, theirs = socket.socketpair()
        self.prepared = False
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engagesim.web.fork_server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, **QUIET},
            )  # fmt: skip

    async def ready(self) -> None:
        """Return when the engine is loaded and, on a new machine, compiled; raises ConnectionError."""
        async with self.lock:
            await self._prepared()

    async def _prepared(self) -> None:
        if not self.prepared:
            await self._number()
            self.prepared = True

    async def start(self) -> tuple[socket.socket, int]:
        """A new session; raises ConnectionError."""
        async with self.lock:
            if self.process.poll() is not None:
                self.close()
                self._launch()
            await self._prepared()
            ours, theirs = socket.socketpair()
            with theirs:
                socket.send_fds(self.control, [REQUEST.pack(START, 0)], [theirs.fileno()])
            return ours, await self._number()

    async def _number(self) -> int:
        answer = await asyncio.to_thread(self.control.recv, NUMBER.size)
        if len(answer) < NUMBER.size:
            raise ConnectionError("the process that starts sessions has ended")
        return int(NUMBER.unpack(answer)[0])

    def end(self, number: int) -> None:
        """End a session's process."""
        with suppress(OSError):
            self.control.sendall(REQUEST.pack(KILL, number))

    def close(self) -> None:
        """End the fork server; sessions end with their sockets."""
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.control.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5.0)
        if self.process.poll() is None:  # it may be compiling, with a child
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Spawning:
    """Sessions as fresh processes, where none can be split off; each takes a second or two to start."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.processes: dict[int, multiprocessing.process.BaseProcess] = {}

    async def ready(self) -> None:
        """Compile on a new machine, so that sessions do not all do it."""
        await asyncio.to_thread(self._prepare)

    def _prepare(self) -> None:
        from .fork_server import prepare

        prepare()

    async def start(self) -> tuple[socket.socket, int]:
        """A new session."""
        from .worker import serve

        ours, theirs = socket.socketpair()
        with theirs:
            process = self.context.Process(target=serve, args=(theirs,), daemon=True)
            await asyncio.to_thread(process.start)
        self.processes = {n: p for n, p in self.processes.items() if p.is_alive()} | {process.pid or 0: process}
        return ours, process.pid or 0

    def end(self, number: int) -> None:
        """End a session's process."""
        if number in self.processes:
            self.processes[number].kill()

    def close(self) -> None:
        """End them all."""
        for process in self.processes.values():
            process.kill()


def starter() -> Starter:
    """What fits this system."""
    return Forking() if FORKS else Spawning()
