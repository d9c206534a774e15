"""One of the two designs of a page: its run, where its members are drawn, and what the page knows of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..design.scenario import Scenario
from ..engine.world import World
from ..structures.network import Network
from .designs import fixed_values, levers_at
from .frames import Drawn, Owners, looks_different, topology
from .layout import Place, layout
from .track import FIRST, Track

VISIBLE = 0.01
"""Share of ties that must look different before they are drawn anew."""


class Side:
    """A design (`number` 0 is A, 1 is B) with its track; what was last told of its ties and levers.

    `chosen` are the values that the page set before the start, by key.
    """

    def __init__(self, number: int, scenario: Scenario, network: Network, place: Place, seed: int) -> None:
        self.number, self.letter, self.place = number, "ab"[number], place
        self.track = Track(scenario, network, seed)
        self.eras: dict[int, tuple[World, Place, Owners]] = {}
        self.marks: NDArray[np.uint64] | None = None
        self.told_levers: bytes = b""
        self.chosen: dict[str, Any] = {}

    def drawn(self, week: int) -> tuple[Place, Drawn]:
        """Where members are and their ties after `week` weeks; after a reorganization, they have other places."""
        track = self.track
        track.go(week)
        known = self.eras.get(track.era)
        if known is None or known[0] is not track.world:
            place = self.place if track.era == FIRST else layout(track.world.network())
            known = self.eras[track.era] = (track.world, place, Owners(track.world.company))
        return known[1], known[2].drawn(track.world.company)

    def topology(self, week: int) -> bytes | None:
        """The picture of the ties after `week` weeks; None if it looks like the last one."""
        place, ties = self.drawn(week)
        marks = ties.marks()
        if self.marks is not None and not looks_different(self.marks, marks, VISIBLE):
            return None
        self.marks = marks
        return topology(self.number, week, *place, self.track.world.company.members.role, ties)

    def new_levers(self, week: int) -> bool:
        """Whether the levers of the coming week are others than those last told; they then count as told."""
        levers = self.track.levers
        row = min(week, self.track.weeks - 1)
        now = levers.values[row].tobytes() + levers.instruments[row].tobytes()
        now += repr([at for at, _ in self.track.scenario.reorganizations() if at <= row]).encode()
        changed = bool(now != self.told_levers)
        self.told_levers = now
        return changed

    def levers_message(self, week: int) -> dict[str, Any]:
        """Levers of the coming week and the schedule, as docs/page.md has them."""
        self.new_levers(week)
        return {
            "type": "levers",
            "design": self.letter,
            "levers": levers_at(self.track.scenario, self.track.levers, week),
            "schedule": self.schedule(),
            "from": self.track.head,
        }

    def schedule(self) -> list[dict[str, Any]]:
        """The scheduled changes within the run."""
        changes = self.track.scenario.schedule
        return [
            {"at": c.at, "until": c.until, "key": c.key, "value": c.value} for c in changes if c.at < self.track.weeks
        ]

    def opening(self, notes: list[str]) -> dict[str, Any]:
        """What a page learns of the design when it is opened."""
        scenario = self.track.scenario
        self.new_levers(0)
        return {
            **{key: getattr(scenario, key) for key in ("name", "title", "description", "watch")},
            "levers": levers_at(scenario, self.track.levers, 0),
            "fixed": fixed_values(scenario),
            "instruments": [i.name for i in scenario.instruments],
            "schedule": self.schedule(),
            "notes": notes,
            "digest": scenario.digest,
        }
