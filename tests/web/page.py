"""A page without a browser: what a session says and shows, decoded as docs/page.md has it."""

from __future__ import annotations

import struct
import time
from pathlib import Path
from typing import Any

import numpy as np

from engagesim.web.session import Session
from engagesim.web.track import NAMES

SMALL = {"employees": 20, "customers": 10, "partners": 5}
A, B = "the_suggestion_machine", "neighbours_helping_neighbours"
SEED = 3


def asked(name: str, **more: Any) -> dict[str, Any]:
    """A small shipped design as a page asks for it."""
    return {"scenario": name, "set": {**SMALL, **more.pop("set", {})}, **more}


def decoded(message: bytes, members: int) -> dict[str, Any]:
    """A frame or a topology."""
    kind, design, week, number = struct.unpack_from("<BBHI", message)
    if kind == 2:
        count = design
        measures = np.frombuffer(message, "<f4", count * len(NAMES), 8).reshape(count, -1)
        nodes = np.frombuffer(message, np.uint8, count * members, 8 + measures.nbytes).reshape(count, -1)
        assert len(message) == 8 + measures.nbytes + nodes.nbytes
        return {"type": "frame", "week": week, "frame": number, "measures": measures, "nodes": nodes}
    (ties,) = struct.unpack_from("<I", message, 8)
    at, found = 12, {"type": "topology", "design": design, "week": week, "n": number}
    padded = -number % 4
    columns = [("x", "<f4", number), ("y", "<f4", number), ("role", "u1", number), ("", "u1", padded)]
    columns += [("i", "<u4", ties), ("j", "<u4", ties), ("strength", "<f4", ties), ("kind", "u1", ties)]
    for name, kind_, count in [*columns, ("order", "u1", ties)]:
        found[name] = np.frombuffer(message, kind_, count, at)
        at += found[name].nbytes
    assert at == len(message)
    return found


class Page:
    """Drives a session as a browser would, at once instead of in real time."""

    def __init__(self, files: dict[str, Path] | None = None) -> None:
        self.said: list[dict[str, Any]] = []
        self.shown: list[bytes] = []
        self.acks = True
        self.session = Session(self.said.append, self.shown.append, files or {})

    def open(self, a: dict[str, Any], b: dict[str, Any] | None = None, seed: int = SEED, **more: Any) -> Page:
        self.session.open({"a": a, "b": b, "seed": seed, **more})
        self.settle()
        return self

    def settle(self) -> None:
        """Let everything happen that is due, but for playing."""
        s = self.session
        while s.goal is not None or (s.pending and self.acks) or s.look_due is not None:
            s.tick(time.monotonic() + 10.0)
            if self.acks:
                s.ack(s.sent)

    def go(self, week: int) -> Page:
        self.session.seek(week)
        self.settle()
        return self

    def play(self, weeks: int) -> None:
        """Play some weeks, one frame each."""
        self.session.play(50.0)
        until = self.session.week + weeks
        while self.session.playing and self.session.week < until:
            self.session.next = 0.0
            self.session.tick(time.monotonic())
            self.session.ack(self.session.sent)
        self.session.pause()
        self.settle()

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Everything said of a type, or shown."""
        if kind in ("frame", "topology"):
            members = self.session.sides[0].track.size
            return [m for m in (decoded(b, members) for b in self.shown) if m["type"] == kind]
        return [m for m in self.said if m["type"] == kind]

    def last(self, kind: str) -> dict[str, Any]:
        return self.all(kind)[-1]

    def known(self, letter: str, name: str) -> dict[int, float | None]:
        """A measure by week as the page came to know it, the later the better."""
        found: dict[int, float | None] = {}
        for message in self.all("history"):
            for week, value in enumerate(message[letter][name], message["from"]):
                found[week] = value
        for frame in self.all("frame"):
            if frame["week"] and "ab".index(letter) < len(frame["measures"]):
                found[frame["week"]] = float(frame["measures"]["ab".index(letter)][NAMES.index(name)])
        return found
