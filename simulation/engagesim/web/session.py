"""What one page looks at: two designs in lockstep, on the same people with the same luck, and the week shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..design.scenario import Scenario
from ..problems import InputError
from . import limits
from .curves import curves
from .designs import alike, design, network_of, plain, same_members, with_changes, without_change
from .frames import frame
from .layout import layout, same_positions
from .messages import WrongError
from .numbers import rounded
from .side import Side
from .track import NAMES, measure

Say = Callable[[dict[str, Any]], None]
Show = Callable[[bytes], None]

SLICE = 0.04
"""Seconds of computing after which a session looks for messages again."""
REDRAW = 1.0
"""Seconds between two looks at whether ties have changed visibly, while it plays."""
PUSH = 0.2
"""Seconds between two pushes of curves, while it plays."""
THREADED_FROM = 1_000
"""Members from which it pays to compute two designs at the same time."""
STILL = 0.12
"""Seconds after which a picture that stands still is completed."""


class Session:
    """The designs of a page and the week that it looks at.

    Args:
        say: sends a text message to the page.
        show: sends bytes to the page.
        files: uploaded files by token; filled by others.
    """

    def __init__(self, say: Say, show: Show, files: Mapping[str, Path]) -> None:
        self.say, self.show, self.files = say, show, files
        self.sides: list[Side] = []
        self.asked: dict[str, Any] = {}
        self.seed = self.week = self.told = 0
        self.playing, self.pending, self.ended = False, False, False
        self.goal: int | None = None
        self.speed, self.next = 10.0, 0.0
        self.sent = self.acked = 0
        self.look_due: float | None = None
        self.push_due = 0.0
        self.threads = ThreadPoolExecutor(2)

    # --- opening ---------------------------------------------------------------------------------------------------

    def open(self, asked: dict[str, Any]) -> None:
        """Begin anew with the designs of a command `open`; raises InputError, WrongError."""
        weeks = asked.get("weeks")
        wanted = [design(asked[letter], self.files, weeks) for letter in ("a", "b") if asked[letter] is not None]
        fitted = alike([scenario for scenario, _ in wanted])
        notes = [[*said, *more] for (_, said), (_, more) in zip(wanted, fitted, strict=True)]
        self._begin([scenario for scenario, _ in fitted], int(asked["seed"]), notes)
        self.asked = asked
        for side in self.sides:
            side.chosen = dict(asked[side.letter].get("set") or {})

    def luck(self, seed: int) -> None:
        """The same designs, with the changes made on the page, on other people with other luck."""
        chosen = [side.chosen for side in self.sides]
        self._begin([side.track.scenario for side in self.sides], seed, [[] for _ in self.sides])
        for side, values in zip(self.sides, chosen, strict=True):
            side.chosen = values

    def _begin(self, scenarios: list[Scenario], seed: int, notes: list[list[str]]) -> None:
        networks = [network_of(scenario, seed) for scenario in scenarios]
        for other in networks[1:]:
            same_members(networks[0], other)
        places = [layout(networks[0])]
        places += [places[0] if same_positions(networks[0], n) else layout(n) for n in networks[1:]]
        designs = zip(scenarios, networks, places, strict=True)
        self.sides = [Side(k, s, n, place, seed) for k, (s, n, place) in enumerate(designs)]
        self.seed, self.week, self.told, self.goal = seed, 0, 0, None
        self.playing, self.ended, self.acked = False, False, self.sent
        self.say(self._opened(notes))
        self._shown_soon()
        self._look(time.monotonic())

    def _opened(self, notes: list[list[str]]) -> dict[str, Any]:
        first = self.sides[0].track
        labels = first.world.labels
        return {
            "type": "opened",
            "seed": self.seed,
            "weeks": first.weeks,
            "members": first.size,
            "measures": NAMES,
            "labels": None if labels is None else list(labels),
            "designs": {"b": None}
            | {side.letter: side.opening(said) for side, said in zip(self.sides, notes, strict=True)},
        }

    # --- the time axis ---------------------------------------------------------------------------------------------

    @property
    def weeks(self) -> int:
        """Length of the run."""
        return self.sides[0].track.weeks

    def play(self, speed: float) -> None:
        """Go on by itself."""
        self.speed, self.goal = speed, None
        self.playing, self.next = self.week < self.weeks, time.monotonic()
        self.tell_place()

    def pause(self) -> None:
        """Stand still."""
        self.playing, self.goal = False, None
        self._still_soon()
        self.tell_place()

    def seek(self, week: int) -> None:
        """Look at another week, which may first have to be computed."""
        self.playing, self.ended = False, False
        self.goal = min(week, self.weeks)
        self.tell_place()

    def tell_place(self) -> None:
        """Say where on the time axis the page is."""
        self.say({"type": "at", "week": self.week, "playing": self.playing, "goal": self.goal})

    def ack(self, number: int) -> None:
        """The page has drawn a frame."""
        if self.acked < number <= self.sent:
            self.acked = number

    # --- levers ----------------------------------------------------------------------------------------------------

    def side(self, letter: str) -> Side:
        """The design of a letter; raises WrongError."""
        for side in self.sides:
            if side.letter == letter:
                return side
        raise WrongError("There is no design B.")

    def set(self, letter: str, key: str, value: Any) -> None:
        """Change a lever from the coming week on; raises InputError, WrongError."""
        self.side(letter)
        if self.week >= self.weeks:
            raise WrongError("The run is over. Go back in time to change something, or reset.")
        self.schedule(letter, {"at": self.week, "key": key, "value": value})

    def schedule(self, letter: str, change: Mapping[str, Any]) -> None:
        """Plan a change; raises InputError, WrongError."""
        side = self.side(letter)
        if change["at"] >= self.weeks:
            raise WrongError(f"Week {change['at']} is after the end; the last one is {self.weeks - 1}.")
        self._changed(side, with_changes(side.track.scenario, [change]), change["at"])

    def unschedule(self, letter: str, at: int, key: str) -> None:
        """Take a change back; raises WrongError."""
        side = self.side(letter)
        self._changed(side, without_change(side.track.scenario, at, key), at)

    def _changed(self, side: Side, scenario: Scenario, since: int) -> None:
        side.track.change(scenario, since)
        self.told = min(self.told, side.track.head)
        self.ended = False
        self.say(side.levers_message(self.week))
        if side.track.head < self.week and self.goal is None:
            self.goal = self.week

    # --- what happens by itself ------------------------------------------------------------------------------------

    def due(self, now: float) -> float | None:
        """Seconds until there is something to do; None if only a message can bring something."""
        if not self.sides:
            return None
        if self.goal is not None or (self.pending and self._may_show()):
            return 0.0
        moments = [] if self.look_due is None else [self.look_due]
        if self.playing and self._may_show():
            moments.append(self.next)
        return max(0.0, min(moments) - now) if moments else None

    def tick(self, now: float) -> None:
        """Do what is due."""
        if not self.sides:
            return
        if self.goal is not None:
            self._approach()
        elif self.playing and self._may_show() and now >= self.next:
            self._go_on(now)
        if self.pending and self._may_show():
            self._show_week()
        if self.look_due is not None and now >= self.look_due:
            self._look(now)

    def _may_show(self) -> bool:
        return self.sent - self.acked < limits.UNSEEN

    def _approach(self) -> None:
        """Compute toward the week that is sought, for a moment."""
        assert self.goal is not None
        until = time.monotonic() + SLICE
        while (head := min(side.track.head for side in self.sides)) < self.goal and time.monotonic() < until:
            self._reach(head + 1)
        if all(side.track.head >= self.goal for side in self.sides):
            self.week, self.goal = self.goal, None
            self._shown_soon()
            self.tell_place()

    def _go_on(self, now: float) -> None:
        """Play a week, or several at high speed."""
        interval = 1.0 / min(self.speed, limits.FRAMES)
        self.week = min(self.weeks, self.week + max(1, round(self.speed * interval)))
        self._reach(self.week)
        self.next = max(self.next + interval, now)
        self.pending = True
        if self.look_due is None:
            self.look_due = now + PUSH
        if self.week == self.weeks:
            self.playing = False
            self._still_soon()
            self.tell_place()

    def _reach(self, week: int) -> None:
        """Know everything up to a week; large designs on a thread each, since the engine holds no lock."""
        tracks = [side.track for side in self.sides]
        if len(tracks) == 1 or tracks[0].size < THREADED_FROM:
            for track in tracks:
                track.reach(week)
        else:
            for reached in [self.threads.submit(track.reach, week) for track in tracks]:
                reached.result()

    def _shown_soon(self) -> None:
        self.pending = True
        self._still_soon()

    def _still_soon(self) -> None:
        self.look_due = time.monotonic() + STILL

    def _show_week(self) -> None:
        """Send the week that is looked at, after the weeks before it that the page does not know."""
        self.pending = False
        if self.told < self.week - 1:
            self.say(self.history(self.told + 1, self.week - 1))
        self.told = max(self.told, self.week)
        tracks = [side.track for side in self.sides]
        first = max(self.week - 1, 0)
        measure(tracks, self.week)
        measures = [t.measures(first, first + 1)[0] if self.week else t.nothing for t in tracks]
        self.sent += 1
        self.show(frame(self.sent, self.week, measures, [t.nodes[self.week] for t in tracks]))

    def history(self, first: int, last: int) -> dict[str, Any]:
        """Measures and states of weeks first..last."""
        message: dict[str, Any] = {"type": "history", "from": first, "to": last, "states": {}}
        for side in self.sides:
            columns = side.track.measures(first - 1, last).T
            message[side.letter] = {name: rounded(column) for name, column in zip(NAMES, columns, strict=True)}
            message["states"][side.letter] = side.track.states(first - 1, last).tolist()
        return message

    def _look(self, now: float) -> None:
        """Bring what is slower than frames up to date: levers, curves, ties."""
        self.look_due = now + PUSH if self.playing else None
        for side in self.sides:
            if side.new_levers(self.week):
                self.say(side.levers_message(self.week))
        self.say(self.curves())
        if not self.playing or now >= self.push_due:
            self.push_due = now + REDRAW
            for side in self.sides:
                if (picture := side.topology(self.week)) is not None:
                    self.show(picture)
        if self.week == self.weeks and not self.ended:
            self._finish()

    def curves(self) -> dict[str, Any]:
        """Lorenz curves and the way of the value in the week that is looked at."""
        return {"type": "curves", "week": self.week, **curves(self.sides, self.week)}

    def _finish(self) -> None:
        """Say by which trajectory both designs have come to the end."""
        self.ended = True
        try:
            digests = {side.letter: side.track.run().digest for side in self.sides}
        except InputError as error:
            self.say({"type": "problem", "cmd": "play", "message": " ".join(plain(error))})
        else:
            self.say({"type": "finished", "digest": digests})
