"""The process of one session: takes commands, keeps the session going, answers."""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..problems import InputError
from . import limits, story
from .band import OFTEN, Band
from .designs import plain
from .exports import export
from .messages import WrongError
from .session import Session
from .uploads import Uploads
from .wire import ANSWER, BINARY, COMMAND, FILE, GoneError, Line, read_file_body

ENDS_BAND = ("open", "luck", "set", "schedule", "unschedule", "stop_many")
"""Commands after which runs in the background are of designs that are not there any more, or not wanted."""


class Worker:
    """One session at its end of the wire."""

    def __init__(self, line: Line, folder: Path) -> None:
        self.line, self.folder = line, folder
        self.uploads = Uploads(folder)
        self.session = Session(line.say, self.show, self.uploads.files)
        self.band: Band | None = None

    def show(self, picture: bytes) -> None:
        """Send bytes to the page."""
        self.line.send(BINARY, picture)

    def work(self) -> None:
        """Serve until the other end is gone."""
        while True:
            for kind, body in self.line.waiting(self.due(time.monotonic())):
                self.take(kind, body)
            self.session.tick(time.monotonic())
            self.tell_of_band()

    def due(self, now: float) -> float | None:
        """Seconds until there is something to do; None if only a message can bring something."""
        due = self.session.due(now)
        if self.band is not None and self.band.going:
            return OFTEN / 2.0 if due is None else min(due, OFTEN / 2.0)
        return due

    def tell_of_band(self) -> None:
        """Say what runs with other luck have found."""
        if self.band is None:
            return
        for message in self.band.news(time.monotonic()):
            self.line.say(message)
        if not self.band.going:
            self.band = None

    def end_band(self) -> None:
        """End runs of designs that are not looked at any more."""
        if self.band is not None:
            self.band.stop()
            self.band = None

    def take(self, kind: bytes, body: bytes) -> None:
        """One message of the server."""
        if kind == FILE:
            about, content = read_file_body(body)
            self.line.send(ANSWER, json.dumps(self.uploads.take(about, content)).encode())
        elif kind == COMMAND:
            self.obey(json.loads(body))

    def obey(self, command: dict[str, Any]) -> None:
        """Carry out one command; whatever is wrong with it is said, and changes nothing."""
        name = command.pop("cmd")
        try:
            if not self.session.sides and name not in ("open", "ack"):
                raise WrongError("Open a design first.")
            if name in ENDS_BAND:
                self.end_band()
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

    def do_member(self, id: int) -> None:  # the word of the protocol
        """The story of one member."""
        self.line.say(story.member(self.session.sides, id, self.session.week))

    def do_tie(self, i: int, j: int) -> None:
        """One tie."""
        self.line.say(story.tie(self.session.sides, i, j, self.session.week))

    def do_find(self, text: str) -> None:
        """Who is who."""
        self.line.say(story.find(self.session.sides[0], text))

    def do_many(self, replicates: int, measures: list[str]) -> None:
        """Runs with other luck."""
        found = Band(self.session.sides, self.session.seed, replicates, measures)
        self.end_band()
        self.band = found

    def do_stop_many(self) -> None:
        """No more of them; they have ended already."""

    def do_export(self, what: str, design: str) -> None:
        """A file to keep."""
        session = self.session
        self.line.say(export(what, session.side(design), session.sides, session.seed))

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
