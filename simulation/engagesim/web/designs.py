"""From what a page asks for to a design and its network, checked by the code that checks files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..design.catalogue import BY_NAME, LEVERS, slot
from ..design.checks import InvalidError, resolve
from ..design.draft import draft_of
from ..design.files import shipped
from ..design.layer import Layer, spoken
from ..design.levers import Levers
from ..design.scenario import Scenario
from ..parameter import ROLES, Parameter, Value
from ..problems import InputError, nearest
from ..rules.rewards import INSTRUMENT
from ..structures import REORGANIZED, build
from ..structures.network import Network
from ..structures.parameters import number, whole
from . import limits
from .messages import WrongError

PAGE = "the page"
"""Named in place of a file in problems of changes made on the page."""
COUNTS = ("employees", "customers", "partners")
"""Numbers of members, in the order of the roles."""


def plain(error: InputError, folder: Path | None = None) -> list[str]:
    """Every problem as one sentence, without the folders of this machine."""
    found = []
    for p in error.problems:
        where = [] if p.path in ("", PAGE, "--set", "changed") else [Path(p.path).name]
        where += [] if p.line is None else [f"line {p.line}"]
        text = ": ".join(part for part in (" ".join(where), f"{p.key} {p.message}".strip()) if part)
        found.append(text if folder is None else text.replace(f"{folder}/", ""))
    return found


def design(asked: Mapping[str, Any], files: Mapping[str, Path], weeks: int | None) -> tuple[Scenario, list[str]]:
    """The design that a page asks for, and what was adapted in it.

    Args:
        asked: DESIGN of docs/page.md.
        files: this session's uploaded files by token.
        weeks: length of the run if not the design's own.

    Raises:
        InputError: with every problem of the design.
        WrongError: a file that is not there, or too much of something.
    """
    scenario = _named(asked, files)
    notes = []
    own = whole(scenario.values, "steps")
    length = min(weeks or own, limits.WEEKS)
    if weeks is None and own > length:
        notes.append(f"The design has {own:,} weeks; the page shows the first {length:,}.")
    settings = asked.get("set") or {}
    refuse_paths(settings)
    scenario = scenario.changed(**{**_files_of(asked, files), **settings, "steps": length})
    return with_changes(scenario, asked.get("schedule") or ()), notes


def _named(asked: Mapping[str, Any], files: Mapping[str, Path]) -> Scenario:
    """The shipped or uploaded scenario."""
    if asked.get("upload") is not None:
        return Scenario.load(_file(files, asked["upload"]))
    name, names = str(asked["scenario"]), shipped("scenarios")
    if name not in names:  # a page names no files
        close = nearest(name, names).partition("; valid: ")[0]  # all of them are in the lists of the page
        raise WrongError(f"There is no scenario {name[:60]}{close or '; choose one under Designs'}")
    return Scenario.load(name)


def _file(files: Mapping[str, Path], token: str) -> Path:
    if token not in files:
        raise WrongError("That file is not here any more; open it once more.")
    return files[token]


def _files_of(asked: Mapping[str, Any], files: Mapping[str, Path]) -> dict[str, Value]:
    """Settings that make the design take the uploaded network."""
    if asked.get("network") is None:
        if asked.get("roster") is not None:
            raise WrongError("A roster needs the ties of its members: open a file of ties, too.")
        return {}
    roster = asked.get("roster")
    return {
        "form": "file",
        "network_file": str(_file(files, asked["network"])),
        "roster_file": "" if roster is None else str(_file(files, roster)),
    }


def refuse_paths(settings: Iterable[str]) -> None:
    """Refuse settings that name files; raises WrongError."""
    for key in settings:
        name = key.rpartition(".")[2]
        if name in BY_NAME and BY_NAME[name].kind == "text":
            raise WrongError(f"{name} is set by opening a file, not by its name.")


def with_changes(scenario: Scenario, changes: Iterable[Mapping[str, Any]]) -> Scenario:
    """The design with scheduled changes on top of its own; one for the same week and key takes the other's place.

    Raises:
        InputError: with every problem of the changes.
        WrongError: too many of them.
    """
    draft = draft_of(scenario.values, scenario.notes, scenario.instruments, scenario.schedule, scenario.uncertainties)
    layer = Layer(draft, spoken(PAGE))
    for change in changes:
        layer.seen = set()
        until = change.get("until")
        raw = {"at": change["at"], "set": {change["key"]: change["value"]}}
        layer.change(raw if until is None else {**raw, "until": until}, ("schedule",))
    if draft.problems:
        raise InputError(draft.problems)
    if len(draft.schedule) > limits.CHANGES:
        raise WrongError(f"A design can have {limits.CHANGES} scheduled changes at most.")
    return checked(replace(scenario, schedule=draft.frozen_schedule()))


def without_change(scenario: Scenario, at: int, key: str) -> Scenario:
    """The design without the changes of `key` in week `at`; raises WrongError if there is none."""
    try:
        keys = {target.key for target in resolve(key, [i.name for i in scenario.instruments])}
    except InvalidError as wrong:
        raise WrongError(f"{key}: {wrong}") from wrong
    rest = tuple(c for c in scenario.schedule if not (c.at == at and c.key in keys))
    if len(rest) == len(scenario.schedule):
        raise WrongError(f"Nothing changes {key} in week {at}.")
    return checked(replace(scenario, schedule=rest))


def checked(scenario: Scenario) -> Scenario:
    """The design, if everything in it fits together and no new structure is too large.

    Raises:
        InputError: with every problem.
        WrongError: a reorganization that makes too many ties.
    """
    whole_design = scenario.changed()
    for _, values in whole_design.reorganizations():
        _refuse_large(values)
    return whole_design


def levers_at(scenario: Scenario, levers: Levers, week: int) -> dict[str, Value]:
    """Value of every lever and of every attribute of an instrument in a week (the last one if it is over), by key.

    Structure counts as a lever, since an organization can be reorganized.
    """
    row = min(week, len(levers.values) - 1)
    structure = ([scenario.values] + [v for at, v in scenario.reorganizations() if at <= row])[-1]
    values: dict[str, Value] = {name: structure[name] for name in REORGANIZED}
    for lever in LEVERS:
        first = slot(lever.name)
        for k in range(lever.width):
            key = f"{lever.name}.{ROLES[k]}" if lever.per_role else lever.name
            values[key] = decoded(lever, float(levers.values[row, first + k]))
    for k, instrument in enumerate(scenario.instruments):
        for column, attribute in enumerate(INSTRUMENT):
            value = float(levers.instruments[row, k, column])
            values[f"{instrument.name}.{attribute.name}"] = decoded(attribute, value)
    return values


def decoded(parameter: Parameter, value: float) -> Value:
    """A value out of the weekly levers as it is written."""
    if parameter.kind == "choice":
        return parameter.choices[int(value)]
    return int(value) if parameter.kind == "integer" else value


def fixed_values(scenario: Scenario) -> dict[str, Value]:
    """Values that hold for the whole run, without names of files."""
    values: dict[str, Value] = {}
    for name, value in scenario.values.items():
        if not BY_NAME[name].static or BY_NAME[name].kind == "text" or name in REORGANIZED:
            continue
        if isinstance(value, tuple):
            values |= {f"{name}.{role}": v for role, v in zip(ROLES, value, strict=True)}
        else:
            values[name] = value
    return values


def network_of(scenario: Scenario, seed: int) -> Network:
    """Who is tied to whom, if it is not too much for a page.

    Raises:
        InputError: a file that holds no network.
        WrongError: too many members or ties.
    """
    _refuse_large(scenario.values)
    network = build(scenario.values, seed)
    if network.size > limits.MEMBERS:
        raise WrongError(f"The network has {network.size:,} members; the page takes {limits.MEMBERS:,} at most.")
    if network.ties > limits.TIES:
        raise WrongError(f"The network has {network.ties:,} ties; the page takes {limits.TIES:,} at most.")
    if network.size == 0:
        raise WrongError("The design has no members.")
    return network


def _refuse_large(values: Mapping[str, Value]) -> None:
    """Refuse what would be too large before it is built."""
    if values["form"] == "file":
        return
    size = sum(whole(values, name) for name in COUNTS)
    if size > limits.MEMBERS:
        raise WrongError(f"The design has {size:,} members; the page takes {limits.MEMBERS:,} at most.")
    ties = _ties(values, size)
    if ties > limits.TIES:
        raise WrongError(f"The design would have about {ties:,.0f} ties; the page takes {limits.TIES:,} at most.")


def _ties(values: Mapping[str, Value], size: int) -> float:
    """About how many ties a design has."""
    each = {
        "complete": (size - 1) / 2,
        "groups": number(values, "group_size") / 2,
        "star": 1.0,
        "scale_free": number(values, "attachment"),
        "small_world": number(values, "degree") / 2,
        "regular": number(values, "degree") / 2,
    }
    if values["form"] in each:
        return size * min(each[str(values["form"])], (size - 1) / 2)
    employees = whole(values, "employees")
    inside = 1 + number(values, "team_size") / 2 + number(values, "lateral_tie_rate")
    inside += number(values, "boundary_share") * number(values, "accounts_per_employee")
    outside = number(values, "third_order_degree") / 2
    places = number(values, "place_tie_rate") if whole(values, "places") else 0.0
    return employees * inside + (size - employees) * outside + size * places


def alike(scenarios: Sequence[Scenario]) -> list[tuple[Scenario, list[str]]]:
    """The designs with as many members and weeks as the first one has, and what was adapted; files stay as they are."""
    first = scenarios[0]
    names = ("steps", *COUNTS) if all(s.values["form"] != "file" for s in scenarios) else ("steps",)
    found = []
    for scenario in scenarios:
        other = {name: first.values[name] for name in names if scenario.values[name] != first.values[name]}
        said = ", ".join(f"{value} {'weeks' if name == 'steps' else name}" for name, value in other.items())
        notes = [f"Adapted to design A, so that the same members live the same weeks: {said}."] if other else []
        found.append((scenario.changed(**other) if other else scenario, notes))
    return found


def same_members(one: Network, other: Network) -> None:
    """Refuse two designs that do not have the same members; raises WrongError."""
    if not (one.size == other.size and (one.role == other.role).all() and one.labels == other.labels):
        counts = [[int((n.role == role).sum()) for role in range(len(ROLES))] for n in (one, other)]
        said = [" + ".join(f"{c} {role}s" for c, role in zip(each, ROLES, strict=True)) for each in counts]
        raise WrongError(f"A has {said[0]}, B has {said[1]}. Two designs are compared on the same members.")
