"""Where processes of sessions come from: one process that has the engine ready, and splits off a copy for each.

Run as a module with the number of an open socket. Each request is `S` with the socket of a new session attached, or `K`
with the number of one to end; it answers a new session's number.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import traceback

from ..design.scenario import Scenario
from ..engine.warm import mark
from ..structures import build
from . import nodes
from .track import Track
from .wire import KILL, NUMBER, REQUEST, START
from .worker import serve


def prepare() -> None:
    """Load the engine, compile it if this machine has not yet, and touch what a session will need."""
    tiny = Scenario.load("plain_organization").changed(employees=7, customers=2, partners=2, steps=2)
    Track(tiny, build(tiny.values, 0), 0).go(2)


def compile_apart() -> None:
    """On a machine that has not compiled the engine yet, let a child do it: what the compiler takes goes with it."""
    if all(mark(source).exists() for source in ("", nodes.__file__)):
        return
    child = os.fork()
    if child == 0:
        try:
            prepare()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


class ForkServer:
    """Splits off processes and sees to it that none is left behind."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.children: set[int] = set()

    def work(self) -> None:
        """Serve until the server is gone; sessions end with their own sockets."""
        while True:
            self.reap()
            if not select.select([self.control], [], [], 1.0)[0]:
                continue
            request, fds, _, _ = socket.recv_fds(self.control, REQUEST.size, 1)
            if len(request) < REQUEST.size:
                return
            what, number = REQUEST.unpack(request)
            if what == START and fds:
                self.control.sendall(NUMBER.pack(self.start(fds[0])))
            elif what == KILL and number in self.children:
                os.kill(number, signal.SIGKILL)

    def reap(self) -> None:
        """Take leave of the children that have ended."""
        for child in list(self.children):
            if os.waitpid(child, os.WNOHANG)[0]:
                self.children.discard(child)

    def start(self, fd: int) -> int:
        """Split off the process of a session whose socket is `fd`."""
        child = os.fork()
        if child == 0:
            self.be_a_session(fd)
        os.close(fd)
        self.children.add(child)
        return child

    def be_a_session(self, fd: int) -> None:
        """In the new process: serve, and end without touching what belongs to the fork server."""
        status = 1
        try:
            self.control.close()
            serve(socket.socket(fileno=fd))
            status = 0
        except BaseException:  # noqa: BLE001  # nothing may return into the fork server's own loop
            traceback.print_exc()
        finally:
            os._exit(status)


def main() -> None:
    """Prepare, say so, and serve."""
    control = socket.socket(fileno=int(sys.argv[1]))
    compile_apart()
    prepare()
    gc.collect()
    gc.freeze()
    try:
        control.sendall(NUMBER.pack(0))
    except BrokenPipeError:  # the server was stopped meanwhile
        return
    ForkServer(control).work()


if __name__ == "__main__":
    main()
