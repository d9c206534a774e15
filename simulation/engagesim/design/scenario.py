"""A scenario: one organization's design and world, complete, validated, and with the origin of each of its numbers."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..parameter import Value
from ..problems import InputError, Problem
from ..structures.parameters import whole
from .catalogue import BY_NAME
from .checks import InvalidError, resolve
from .crosschecks import findings
from .draft import Draft, draft_of
from .files import Document, exists, expect, find, read
from .layer import Layer, by_role, spoken
from .levers import Levers, levers, reorganizations
from .parts import Change, Instrument, Note
from .writing import to_toml

SETTING = "--set"
"""Named in place of a file in problems and notes of settings on the command line."""


@dataclass(frozen=True, slots=True, repr=False)
class Scenario:
    """A resolved design. Make one with `load`, and others from it with `changed` and `with_sets`.

    Attributes:
        name: file name without its ending.
        title: what people call it.
        description: a paragraph in plain words.
        source: where the idea is from.
        watch: what to look at.
        lineage: names of what it extends, nearest first.
        values: of every parameter; a tuple of three for a number per role.
        notes: by key, for values set by a file or setting.
        instruments: reward instruments in the order of their columns.
        schedule: changes by week, then key.
        uncertainties: low and high by key, for experiments that vary the world.
        parent: what it extends, resolved; None if nothing.
    """

    name: str
    title: str
    description: str
    source: str
    watch: str
    lineage: tuple[str, ...]
    values: Mapping[str, Value]
    notes: Mapping[str, Note]
    instruments: tuple[Instrument, ...]
    schedule: tuple[Change, ...]
    uncertainties: Mapping[str, tuple[float, float]]
    parent: Scenario | None = None

    @classmethod
    def load(cls, name_or_path: str | Path, sets: Sequence[str] = ()) -> Scenario:
        """A shipped scenario by name, or a file by path, with settings `key=value` on top.

        Raises:
            InputError: with every problem of the file and of the files it extends, or else of the settings.
        """
        layers, problems = _lineage(str(name_or_path))
        draft, scenario = Draft(problems=problems), None
        for path, document in reversed(layers):
            Layer(draft, document).apply()
            scenario = _named(cls, path.stem, document, draft, scenario)
        if scenario is None or draft.problems:
            raise InputError(draft.problems)
        checked = _checked(scenario, draft, layers[0][1].path, in_file=not sets)
        return checked.with_sets(sets) if sets else checked

    def __repr__(self) -> str:
        """The name, what it extends and how many weeks: what else there is would fill pages (`to_toml` has it)."""
        return f"Scenario({' < '.join([self.name, *self.lineage])}, {self.values['steps']} weeks)"

    def changed(self, **values: object) -> Scenario:
        """A copy with other values of parameters; a number per role takes one number, three, or a mapping by role.

        Raises:
            InputError: with every problem of the new values.
        """
        return self._set(list(values.items()), "changed")

    def with_sets(self, sets: Sequence[str]) -> Scenario:
        """A copy with settings such as `demand.employee=0.3`, `badges.value=0` or `sharing_rule=equal`.

        Raises:
            InputError: with every problem of the settings.
        """
        broken = [Problem(SETTING, None, text, "must be key=value") for text in sets if "=" not in text]
        pairs = [(key.strip(), text.strip()) for key, given, text in (text.partition("=") for text in sets) if given]
        try:
            found = self._set([(key, _parsed(key, text, self.instruments)) for key, text in pairs], SETTING)
        except InputError as error:
            raise InputError([*broken, *error.problems]) from error
        if broken:
            raise InputError(broken)
        return found

    def extended(self, name: str, document: Document) -> Scenario:
        """A design called `name` that extends this one by what `document` says, as a scenario file would.

        Raises:
            InputError: with every problem of the document.
        """
        draft = draft_of(self.values, self.notes, self.instruments, self.schedule, self.uncertainties)
        Layer(draft, document).apply()
        if draft.problems:
            raise InputError(draft.problems)
        return _checked(_named(type(self), name, document, draft, self), draft, document.path, in_file=True)

    def levers(self) -> Levers:
        """The levers of every week."""
        return levers(whole(self.values, "steps"), self.values, self.instruments, self.schedule)

    def reorganizations(self) -> tuple[tuple[int, Mapping[str, Value]], ...]:
        """Weeks in which the structure changes, ascending, each with all values that hold from then on."""
        return reorganizations(whole(self.values, "steps"), self.values, self.schedule)

    def document(self) -> dict[str, Any]:
        """Everything but the parent, as a document that JSON can hold."""
        return {
            **{key: getattr(self, key) for key in ("name", "title", "description", "source", "watch")},
            "lineage": list(self.lineage),
            **self._design(),
            "uncertainties": {key: {"low": low, "high": high} for key, (low, high) in self.uncertainties.items()},
            "notes": {key: asdict(note) for key, note in self.notes.items()},
            "digest": self.digest,
        }

    def to_toml(self) -> str:
        """A scenario file that stands alone and loads back to the same values."""
        return to_toml(self)

    @property
    def digest(self) -> str:
        """SHA-256 of everything that can change an outcome: values, instruments, schedule, contents of named files.

        Raises:
            InputError: a file that the scenario names cannot be read.
        """
        design = self._design()
        for name, value in self.values.items():
            if BY_NAME[name].kind == "text" and value:
                design["values"][name] = _content(str(value))
        return hashlib.sha256(json.dumps(design, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def _design(self) -> dict[str, Any]:
        return {
            "values": {name: by_role(value) for name, value in self.values.items()},
            "instruments": [{"name": i.name, **i.attributes} for i in self.instruments],
            "schedule": [asdict(change) for change in self.schedule],
        }

    def _set(self, pairs: Sequence[tuple[str, object]], where: str) -> Scenario:
        draft = draft_of(self.values, self.notes, self.instruments, self.schedule, self.uncertainties)
        layer = Layer(draft, spoken(where))
        for key, raw in pairs:
            layer.entry(key, by_role(raw), ())
        if draft.problems:
            raise InputError(draft.problems)
        instruments = draft.frozen_instruments()
        changed = replace(self, values=draft.values, notes=draft.notes, instruments=instruments)
        return _checked(changed, draft, where, in_file=False)


def _lineage(name_or_path: str) -> tuple[list[tuple[Path, Document]], list[Problem]]:
    """The file and all that it extends, nearest first, and what is wrong with the chain."""
    layers: list[tuple[Path, Document]] = []
    problems: list[Problem] = []
    try:
        path = find(name_or_path, "scenarios")
        while True:
            document = read(path)
            expect(document, "scenario")
            layers.append((path, document))
            if not document.data:
                what = "is empty; a scenario says at least what it extends, such as extends = 'plain_organization'"
                problems.append(Problem(document.path, None, "", what))
            parent = document.data.get("extends")
            if not isinstance(parent, str):
                break
            path = _parent(parent, document)
            if path.resolve() in [earlier.resolve() for earlier, _ in layers]:
                chain = " -> ".join([*(p.name for p, _ in layers), path.name])
                raise InputError([document.problem(("extends",), "extends", f"goes round in a circle: {chain}")])
    except InputError as error:
        problems.extend(error.problems)
    return layers, problems


def _parent(name: str, document: Document) -> Path:
    try:
        path = find(name, "scenarios", document.folder)
        message = "" if exists(path) else "there is no such file"
    except InputError as error:
        message = error.problems[0].message
    if message:
        raise InputError([document.problem(("extends",), f'extends = "{name}"', message)])
    return path


def _named(cls: type[Scenario], name: str, document: Document, draft: Draft, parent: Scenario | None) -> Scenario:
    header = {key: str(document.data.get(key, "")).strip() for key in ("title", "description", "source", "watch")}
    header["title"] = header["title"] or name.replace("_", " ").capitalize()
    return cls(
        name=name,
        **header,
        lineage=(parent.name, *parent.lineage) if parent else (),
        values=dict(draft.values),
        notes=dict(draft.notes),
        instruments=draft.frozen_instruments(),
        schedule=draft.frozen_schedule(),
        uncertainties=dict(draft.uncertainties),
        parent=parent,
    )


def _checked(scenario: Scenario, draft: Draft, path: str, in_file: bool) -> Scenario:
    """The scenario itself, if everything in it fits together."""
    found = findings(scenario.values, scenario.instruments, scenario.schedule, in_file)
    problems = []
    for keys, message in found:
        file, line = draft.place(keys, path)
        problems.append(Problem(file, line, keys[0].partition("@")[0], message))
    if problems:
        raise InputError(problems)
    return scenario


def _parsed(key: str, text: str, instruments: tuple[Instrument, ...]) -> object:
    """The value that a setting's text stands for: as in a scenario file, words also without quotes."""
    try:
        words = resolve(key, [i.name for i in instruments])[0].parameter.kind in ("choice", "text")
    except InvalidError:
        words = False
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return float(text) if re.fullmatch(r"[+-]?\.\d+", text) else text
    return text if words and not isinstance(value, str) else value


def _content(path: str) -> str:
    try:
        if Path(path).exists() and not Path(path).is_file():
            raise OSError("it is not a regular file")
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise InputError([Problem(path, None, "", f"cannot be read: {error.strerror or error}")]) from error
