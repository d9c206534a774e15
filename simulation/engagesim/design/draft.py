"""A scenario in the making: values that later layers (parent, child, command line) write over each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..parameter import ROLES, Value
from ..problems import Problem
from .catalogue import PARAMETERS
from .checks import Target
from .parts import Change, Instrument, Note

Place = tuple[str, int | None]
"""File and line."""


@dataclass(slots=True)
class Draft:
    """Everything that layers can change, and every problem found on the way.

    Attributes:
        values: complete, by parameter name.
        notes: by key (`demand.employee`), for values that a layer set.
        instruments: complete attributes by instrument name.
        schedule: by week and key.
        uncertainties: low and high by key.
        places: where instruments (`badges`), changes (`badges.value@52`) and uncertainties (`?badges.value`) stand.
        problems: in the order of their discovery.
    """

    values: dict[str, Value] = field(default_factory=lambda: {p.name: p.default for p in PARAMETERS})
    notes: dict[str, Note] = field(default_factory=dict)
    instruments: dict[str, dict[str, Value]] = field(default_factory=dict)
    schedule: dict[tuple[int, str], Change] = field(default_factory=dict)
    uncertainties: dict[str, tuple[float, float]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, target: Target, value: float | int | str, note: Note) -> None:
        """Set one value; `value` fits the target."""
        name = target.parameter.name
        self.notes[target.key] = note
        if target.instrument is not None:
            self.instruments[target.instrument][name] = value
        elif target.role is None:
            self.values[name] = value
        else:
            self.values[name] = _with_role(self.values[name], target.role, value)

    def drop(self, instrument: str) -> None:
        """Forget an instrument and whatever refers to it."""
        prefix = f"{instrument}."
        del self.instruments[instrument]
        self.notes = {key: note for key, note in self.notes.items() if not key.startswith(prefix)}
        self.schedule = {at: change for at, change in self.schedule.items() if not change.key.startswith(prefix)}
        self.uncertainties = {key: range_ for key, range_ in self.uncertainties.items() if not key.startswith(prefix)}

    def place(self, keys: Iterable[str], latest: str) -> Place:
        """Where the first of `keys` was set, preferring the file `latest`; that file without a line if nowhere."""
        places = [place for key in keys if (place := self._place_of(key))]
        own = [place for place in places if place[0] == latest]
        return (*own, *places, (latest, None))[0]

    def _place_of(self, key: str) -> Place | None:
        if key in self.places:
            return self.places[key]
        noted = [self.notes[k] for k in (key, *(f"{key}.{role}" for role in ROLES)) if k in self.notes]
        return (noted[0].path, noted[0].line) if noted else None

    def frozen_instruments(self) -> tuple[Instrument, ...]:
        """The instruments as parts of a scenario."""
        return tuple(Instrument(name, dict(attributes)) for name, attributes in self.instruments.items())

    def frozen_schedule(self) -> tuple[Change, ...]:
        """The changes by week, then key."""
        return tuple(self.schedule[at] for at in sorted(self.schedule))


def _with_role(old: Value, role: int, value: float | int | str) -> Value:
    if not isinstance(old, tuple) or isinstance(value, str):
        raise TypeError("a number per role takes numbers")
    return (*old[:role], float(value), *old[role + 1 :])


def draft_of(
    values: Mapping[str, Value],
    notes: Mapping[str, Note],
    instruments: tuple[Instrument, ...],
    schedule: tuple[Change, ...],
    uncertainties: Mapping[str, tuple[float, float]],
) -> Draft:
    """A draft that starts from a finished scenario's parts."""
    return Draft(
        values=dict(values),
        notes=dict(notes),
        instruments={i.name: dict(i.attributes) for i in instruments},
        schedule={(c.at, c.key): c for c in schedule},
        uncertainties=dict(uncertainties),
    )
