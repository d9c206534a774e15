"""A real server in a thread, and pages that visit it over real sockets."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from typing import Any

import psutil
import uvicorn
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

import engagesim as es
from engagesim.web.server import application
from engagesim.web.serving import bind, configured
from engagesim.web.starting import starter

from .page import SEED, SMALL, A, asked

PLACES = 3
MAIN = ("-c", "from engagesim.cli import main; main()")
"""The command `engagesim`, for this Python."""


class Running:
    """A server on a free port, in a thread."""

    def __init__(self) -> None:
        self.socket = bind("127.0.0.1", 0)
        self.port = self.socket.getsockname()[1]
        self.url, self.starter = f"http://127.0.0.1:{self.port}", starter()
        self.app = application(self.starter, places=PLACES)
        self.server = uvicorn.Server(configured(self.app))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()

    @property
    def fork_server(self) -> psutil.Process:
        return psutil.Process(self.starter.process.pid)  # type: ignore[attr-defined]

    def sessions(self) -> list[psutil.Process]:
        """Processes of sessions that are there now."""
        return [p for p in self.fork_server.children() if p.status() != psutil.STATUS_ZOMBIE]

    def page(self, **settings: Any) -> Visitor:
        return Visitor(connect(f"ws://127.0.0.1:{self.port}/ws", max_size=None, **settings))

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(20.0)
        self.socket.close()


class Visitor:
    """One page at the other end of a websocket."""

    def __init__(self, connecting: connect) -> None:
        self.connecting = connecting
        self.hello: dict[str, Any] = {}

    def __enter__(self) -> Visitor:
        self.socket: ClientConnection = self.connecting.__enter__()
        self.hello = self.hear("hello", "busy")
        return self

    def __exit__(self, *_: object) -> None:
        self.connecting.__exit__(None, None, None)

    def say(self, cmd: str, **more: Any) -> None:
        self.socket.send(json.dumps({"cmd": cmd, **more}))

    def hear(self, *kinds: str, seconds: float = 60.0) -> dict[str, Any]:
        """The next message of one of these types; frames on the way are acknowledged."""
        until = time.monotonic() + seconds
        while True:
            message = self.socket.recv(max(0.0, until - time.monotonic()))
            if isinstance(message, bytes):
                if message[0] == 2:
                    with contextlib.suppress(ConnectionClosed):  # what was sent before the end can still be read
                        self.say("ack", frame=int.from_bytes(message[4:8], "little"))
                continue
            found = json.loads(message)
            if found["type"] in kinds:
                return found

    def is_cut_off(self) -> bool:
        """Whether the connection ends; whatever is still on the way is read."""
        try:
            while True:
                self.socket.recv(10.0)
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False

    def open(self, name: str = A, weeks: int = 6, **more: Any) -> dict[str, Any]:
        self.say("open", **{"a": asked(name), "b": None, "seed": SEED, "weeks": weeks, **more})
        return self.hear("opened", "problem")

    def digest(self, week: int = 6) -> dict[str, str]:
        self.say("seek", week=week)
        return self.hear("finished")["digest"]


def wait_for(true: Any, seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(true())


def run(name: str, **changes: object) -> es.Run:
    return es.simulate(es.Scenario.load(name).changed(**SMALL, steps=6, **changes), seed=SEED)
