"""The process of one session: takes commands, keeps the session going, answers."""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..problems import InputError
from . import limits
from .designs import plain
from .messages import WrongError
from .session import Session
from .wire import ANSWER, BINARY, COMMAND, FILE, GoneError, Line, read_file_body

START = "start"
"""The first command, from the server itself: where the session may keep files."""


class Worker:
    """One session at its end of the wire."""

    def __init__(self, line: Line, folder: Path) -> None:
        self.line, self.folder = line, folder
        self.files: dict[str, Path] = {}
        self.session = Session(line.say, self.show, self.files)

    def show(self, picture: bytes) -> None:
        """Send bytes to the page."""
        self.line.send(BINARY, picture)

    def work(self) -> None:
        """Serve until the other end is gone."""
        while True:
            for kind, body in self.line.waiting(self.session.due(time.monotonic())):
                self.take(kind, body)
            self.session.tick(time.monotonic())

    def take(self, kind: bytes, body: bytes) -> None:
        """One message of the server."""
        if kind == FILE:
            about, content = read_file_body(body)
            answer = self.upload(about, content)
            self.line.send(ANSWER, json.dumps(answer).encode())
        elif kind == COMMAND:
            self.obey(json.loads(body))

    def obey(self, command: dict[str, Any]) -> None:
        """Carry out one command; whatever is wrong with it is said, and changes nothing."""
        name = command.pop("cmd")
        try:
            if not self.session.sides and name not in ("open", "ack"):
                raise WrongError("Open a design first.")
            getattr(self, f"do_{name}")(**command)
        except WrongError as error:
            self.problem(name, str(error))
        except InputError as error:
            self.problem(name, "\n".join(plain(error, self.folder)))
        except MemoryError:
            self.problem(name, "That takes more memory than a page may have.")

    def problem(self, name: str, message: str) -> None:
        """Say what was wrong with a command."""
        self.line.say({"type": "problem", "cmd": name, "message": message[:2_000]})

    def upload(self, about: dict[str, str], content: bytes) -> dict[str, Any]:
        """Look at an uploaded file and keep it if it can be used."""
        return {"upload": None, "problems": [f"{about.get('name')}: {len(content)}"]}

    def do_open(self, **asked: Any) -> None:
        """Begin anew."""
        self.session.open(asked)

    def do_play(self, speed: float) -> None:
        """Go on."""
        self.session.play(speed)

    def do_pause(self) -> None:
        """Stand still."""
        self.session.pause()

    def do_step(self, weeks: int = 1) -> None:
        """Go on so many weeks."""
        self.session.seek(self.session.week + weeks)

    def do_seek(self, week: int) -> None:
        """Look at another week."""
        self.session.seek(week)

    def do_reset(self) -> None:
        """Back to the start."""
        self.session.seek(0)

    def do_luck(self, seed: int) -> None:
        """Other luck."""
        self.session.luck(seed)

    def do_set(self, design: str, key: str, value: Any) -> None:
        """Change a lever from the coming week on."""
        self.session.set(design, key, value)

    def do_schedule(self, design: str, **change: Any) -> None:
        """Plan a change."""
        self.session.schedule(design, change)

    def do_unschedule(self, design: str, at: int, key: str) -> None:
        """Take a change back."""
        self.session.unschedule(design, at, key)

    def do_curves(self) -> None:
        """Lorenz curves and the way of the value."""
        self.line.say(self.session.curves())

    def do_ack(self, frame: int) -> None:
        """A frame was drawn."""
        self.session.ack(frame)


def bound_memory() -> None:
    """Let this process take no more than it has now and `limits.MEMORY`, where the system can see to that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        import psutil

        taken = psutil.Process().memory_info()
        now = getattr(taken, "data", taken.vms)
        resource.setrlimit(resource.RLIMIT_DATA, (now + limits.MEMORY, now + limits.MEMORY))


def serve(sock: socket.socket) -> None:
    """Be the process of a session at the other end of `sock`."""
    bound_memory()
    line = Line(sock)
    with suppress(GoneError):
        _, body = line.first()
        Worker(line, Path(json.loads(body)["folder"])).work()
