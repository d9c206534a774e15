"""One layer of a scenario (a file, or the settings of a command line) written onto a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from ..parameter import ROLES, Basis, Parameter, Value
from ..problems import nearest
from ..rules.rewards import INSTRUMENT, INSTRUMENT_PRESETS
from ..structures import REORGANIZED
from .catalogue import BY_NAME, GROUPS
from .checks import ATTRIBUTES, InvalidError, Target, hint, plain, resolve, scalar, shown
from .draft import Draft
from .files import Document
from .lines import Where, line_of
from .parts import Change, Note

HEADER = ("title", "description", "source", "watch", "extends")
"""Keys of a scenario file that say what it is about."""

LISTS = ("instruments", "schedule", "uncertainties")
NOTE_KEYS = ("value", "unit", "basis", "source", "why")
OWN_KEYS = ("name", "preset", "remove")
CHANGE_KEYS = ("at", "until", "set")
SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")
LAST_WEEK = 100_000


class Layer:
    """Writes one document onto a draft; whatever is wrong goes into the draft's problems."""

    def __init__(self, draft: Draft, document: Document) -> None:
        self.draft = draft
        self.document = document
        self.seen: set[str] = set()

    def apply(self) -> None:
        """Write everything that the document holds."""
        data = self.document.data
        for key, raw in data.items():
            self.top(key, raw)
        for index, raw in self.tables("instruments"):
            self.instrument(raw, ("instruments", index))
        for index, raw in self.tables("schedule"):
            self.change(raw, ("schedule", index))
        for key, raw, where in leaves(self.table("uncertainties"), ("uncertainties",), stop=("low", "high")):
            self.uncertainty(key, raw, where)

    def report(self, where: Where, key: str, message: str) -> None:
        """Note a problem with what stands at `where`."""
        self.draft.problems.append(self.document.problem(where, key, message))

    def top(self, key: str, raw: object) -> None:
        """A key of the file's top level."""
        if key in GROUPS:
            for name, inner in self.table(key).items():
                self.in_group(key, name, inner)
        elif key in HEADER:
            if not isinstance(raw, str):
                self.report((key,), f"{key} = {shown(raw)}", "must be text")
        elif key in BY_NAME:
            self.report((key,), key, f"belongs in the table [{BY_NAME[key].group}]")
        elif key not in LISTS:
            self.report((key,), key, f"unknown key{hint(key, (*HEADER, *LISTS, *GROUPS, *BY_NAME))}")

    def in_group(self, group: str, name: str, raw: object) -> None:
        """A key of the table of one group."""
        if name in {p.name for p in GROUPS[group]}:
            self.entry(name, raw, (group, name))
        elif name in BY_NAME:
            self.report((group, name), name, f"belongs in the table [{BY_NAME[name].group}], not in [{group}]")
        else:
            own = [p.name for p in GROUPS[group]]
            pool = BY_NAME if get_close_matches(name, BY_NAME, n=1) else own
            self.report((group, name), name, f"unknown key{nearest(name, pool)}")

    def entry(self, key: str, raw: object, where: Where, note: Note | None = None) -> None:
        """A value, alone, with its basis, or by role."""
        try:
            targets = resolve(key, self.draft.instruments)
        except InvalidError as wrong:
            self.report(where, key, str(wrong))
            return
        parameter = targets[0].parameter
        if isinstance(raw, dict) and len(targets) > 1 and "value" not in raw:
            for role, inner in raw.items():
                self.entry(f"{key}.{role}", inner, (*where, role), note)
        elif isinstance(raw, dict) and note is None:
            if (noted := self.noted(parameter, raw, where)) is not None:
                self.entry(key, raw["value"], (*where, "value"), noted)
        else:
            self.put(targets, raw, where, note or self.plain_note(parameter, where))

    def put(self, targets: tuple[Target, ...], raw: object, where: Where, note: Note) -> None:
        """Check one value and set it on all `targets`."""
        parameter = targets[0].parameter
        name = parameter.name if len(targets) > 1 else targets[0].key
        try:
            value = scalar(parameter, raw)
        except InvalidError as wrong:
            self.report(where, f"{name} = {shown(raw)}", str(wrong))
            return
        if parameter.kind == "text" and value:
            value = str((self.document.folder / str(value)).absolute())
        for target in targets:
            self.draft.put(target, value, note)

    def plain_note(self, parameter: Parameter, where: Where) -> Note:
        """The note on a value given without its basis."""
        return Note(None, "", "", parameter.unit, *self.place(where))

    def noted(self, parameter: Parameter, raw: dict[str, Any], where: Where) -> Note | None:
        """The basis that stands with a value; None (and problems) where something in it is wrong."""
        before = len(self.draft.problems)
        for key in raw:
            if key not in NOTE_KEYS:
                self.report((*where, key), key, f"unknown key{nearest(key, NOTE_KEYS)}")
            elif key != "value" and not isinstance(raw[key], str):
                self.report((*where, key), f"{key} = {shown(raw[key])}", "must be text")
        if "value" not in raw:
            self.report(where, parameter.name, "lacks its value: { value = ..., basis = ... }")
        if raw.get("unit", parameter.unit) != parameter.unit:
            self.report((*where, "unit"), f"unit = {shown(raw['unit'])}", f'must be "{parameter.unit}"')
        basis = raw.get("basis")
        if basis is not None and basis not in get_args(Basis):
            self.report(
                (*where, "basis"), f"basis = {shown(basis)}", f"unknown basis{nearest(str(basis), get_args(Basis))}"
            )
        if basis in ("REPORTED", "DERIVED") and not raw.get("source"):
            self.report((*where, "basis"), f"{parameter.name}", f"{basis} needs a source")
        if len(self.draft.problems) > before:
            return None
        return Note(basis, raw.get("source", ""), raw.get("why", ""), parameter.unit, *self.place(where))

    def instrument(self, raw: dict[str, Any], where: Where) -> None:
        """One table of the list of instruments: a new one, a change of the parent's, or its removal."""
        name = raw.get("name")
        wrong = self.instrument_name(name)
        if wrong:
            self.report((*where, "name"), "name" if name is None else f"name = {shown(name)}", wrong)
            self.start(raw, where)  # its preset may be wrong, too: every problem at once
            return
        name = str(name)
        self.seen.add(f"instrument {name}")
        if "remove" in raw:
            self.removal(name, raw, where)
            return
        if name not in self.draft.instruments or "preset" in raw:
            self.draft.instruments[name] = self.start(raw, where)
        self.draft.places[name] = self.place(where)
        for attribute, inner in raw.items():
            if attribute in ATTRIBUTES:
                self.entry(f"{name}.{attribute}", inner, (*where, attribute))
            elif attribute not in OWN_KEYS:
                self.report(
                    (*where, attribute), attribute, f"unknown key{nearest(attribute, (*OWN_KEYS, *ATTRIBUTES))}"
                )

    def instrument_name(self, name: object) -> str:
        """What is wrong with the name of an instrument; empty if nothing is."""
        if name is None:
            return "an instrument needs a name"
        if not isinstance(name, str) or not SNAKE_CASE.fullmatch(name):
            return "must be in snake_case: small letters, digits and underscores"
        if name in BY_NAME or name in GROUPS:
            return "is the name of a parameter or group; choose another"
        return "stands twice in this file" if f"instrument {name}" in self.seen else ""

    def removal(self, name: str, raw: dict[str, Any], where: Where) -> None:
        """`remove = true`: the parent's instrument goes, with all that refers to it."""
        for key in raw:
            if key not in ("name", "remove"):
                self.report((*where, key), key, "cannot stand beside remove")
        if raw["remove"] is not True:
            self.report((*where, "remove"), f"remove = {shown(raw['remove'])}", "must be true or left out")
        elif name not in self.draft.instruments:
            self.report((*where, "name"), name, f"no such instrument to remove{nearest(name, self.draft.instruments)}")
        else:
            self.draft.drop(name)

    def start(self, raw: dict[str, Any], where: Where) -> dict[str, Value]:
        """All attributes of a new instrument before its own: the defaults, then its preset."""
        preset = raw.get("preset", "")
        if "preset" in raw and (not isinstance(preset, str) or preset not in INSTRUMENT_PRESETS):
            known = nearest(str(preset), INSTRUMENT_PRESETS)
            self.report((*where, "preset"), f"preset = {shown(preset)}", f"unknown preset{known}")
            preset = ""
        return {p.name: p.default for p in INSTRUMENT} | INSTRUMENT_PRESETS.get(str(preset), {})

    def change(self, raw: dict[str, Any], where: Where) -> None:
        """One table of the schedule."""
        for key in raw:
            if key not in CHANGE_KEYS:
                self.report((*where, key), key, f"unknown key{nearest(key, CHANGE_KEYS)}")
        at = self.week(raw, "at", where)
        until = self.week(raw, "until", where) if "until" in raw else None
        if at is not None and until is not None and until <= at:
            self.report((*where, "until"), f"until = {until}", f"must be later than at = {at}")
        settings = raw.get("set")
        if not isinstance(settings, dict) or not settings:
            self.report(
                (*where, "set"), "set", 'must say what changes: set = { capture_share = 0.2, "badges.value" = 0 }'
            )
            return
        for key, inner, inside in leaves(settings, (*where, "set")):
            self.changes(key, inner, inside, (at or 0, until))

    def changes(self, key: str, raw: object, where: Where, weeks: tuple[int, int | None]) -> None:
        """One key of a scheduled change."""
        at, until = weeks
        try:
            targets = resolve(key, self.draft.instruments)
            value = _scheduled(targets[0].parameter, raw, ramp=until is not None)
        except InvalidError as wrong:
            self.report(where, f"{key} = {shown(raw)}", str(wrong))
            return
        for target in targets:
            place = f"{target.key}@{at}"
            if place in self.seen:
                self.report(where, target.key, f"is set twice in week {at}")
            self.seen.add(place)
            self.draft.places[place] = self.place(where)
            self.draft.schedule[at, target.key] = Change(at, until, target.key, value)

    def week(self, raw: dict[str, Any], key: str, where: Where) -> int | None:
        """A week of the schedule; None (and a problem) if it is none."""
        week = raw.get(key)
        if isinstance(week, int) and not isinstance(week, bool) and 0 <= week <= LAST_WEEK:
            return week
        text = key if week is None else f"{key} = {shown(week)}"
        self.report((*where, key), text, f"must be a whole number, 0 to {LAST_WEEK} (weeks)")
        return None

    def uncertainty(self, key: str, raw: object, where: Where) -> None:
        """One range of the table of uncertainties."""
        try:
            targets = resolve(key, self.draft.instruments)
        except InvalidError as wrong:
            self.report(where, key, str(wrong))
            return
        if not isinstance(raw, dict) or raw.keys() != {"low", "high"}:
            self.report(where, key, "must be a range: { low = ..., high = ... }")
            return
        try:
            low, high = (_bound(targets[0].parameter, raw[end]) for end in ("low", "high"))
        except InvalidError as wrong:
            self.report(where, f"{key} = {shown(raw)}", str(wrong))
            return
        if low >= high:
            self.report(where, key, f"low = {plain(low)} must be below high = {plain(high)}")
        for target in targets:
            self.draft.places[f"?{target.key}"] = self.place(where)
            self.draft.uncertainties[target.key] = (low, high)

    def place(self, where: Where) -> tuple[str, int | None]:
        """File and line of `where`."""
        return self.document.path, line_of(self.document.lines, where)

    def table(self, key: str) -> dict[str, Any]:
        """The table `key` of the file; empty (and a problem) if it is something else."""
        found = self.document.data.get(key, {})
        if isinstance(found, dict):
            return found
        self.report((key,), f"{key} = {shown(found)}", f"must be a table: [{key}]")
        return {}

    def tables(self, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The tables of the list `key`, with their positions."""
        found = self.document.data.get(key, [])
        for index, inner in enumerate(found if isinstance(found, list) else [None]):
            if isinstance(inner, dict):
                yield index, inner
            else:
                self.report((key, index), key, f"must be a list of tables: [[{key}]]")


def leaves(raw: dict[str, Any], where: Where, stop: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, Where]]:
    """Dotted key, value and place of everything in nested tables; a table with a key of `stop` counts as a value."""
    for key, inner in raw.items():
        here = (*where, key)
        if isinstance(inner, dict) and inner and not inner.keys() & set(stop):
            for below, value, place in leaves(inner, here, stop):
                yield f"{key}.{below}", value, place
        else:
            yield key, inner, here


def spoken(path: str) -> Document:
    """The document of settings that stand in no file."""
    return Document(path, Path.cwd(), {}, {})


def by_role(value: object) -> object:
    """A number per role as the table that a file would hold; anything else as it is."""
    if isinstance(value, tuple | list) and len(value) == len(ROLES):
        return dict(zip(ROLES, value, strict=True))
    return value


def _scheduled(parameter: Parameter, raw: object, *, ramp: bool) -> float | int | str:
    if parameter.name in REORGANIZED:
        if ramp:
            raise InvalidError("an organization is reorganized in one week; leave out until")
        return scalar(parameter, raw)
    if parameter.static:
        raise InvalidError("is fixed for a whole run and cannot be scheduled")
    if ramp and parameter.kind != "number":
        raise InvalidError("cannot glide from one choice to another; leave out until")
    return scalar(parameter, raw)


def _bound(parameter: Parameter, raw: object) -> float:
    if parameter.kind not in ("number", "integer"):
        raise InvalidError("only numbers can be uncertain")
    return float(scalar(parameter, raw))
