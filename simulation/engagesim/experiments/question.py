"""A question as a file: which designs to compare, on what, how often, at which cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..design.files import Document, find, read
from ..design.scenario import Scenario
from ..problems import InputError, Problem, nearest

MOST = {"replicates": 1_000_000, "worlds": 100_000, "seed": 2**64 - 1}
LEAST = {"replicates": 1, "worlds": 1, "seed": 0}
WORDS = ("title", "description", "source", "watch")
KEYS = (*WORDS, "arms", "base", "schemes", "budget", "set", *MOST)


@dataclass(frozen=True, slots=True)
class Question:
    """An experiment file, read and checked; `settings` hold for every arm.

    Its arms are scenarios (`arms`, names or paths), or schemes that each extend one `base` by a few lines of their own
    (`schemes`), which may then be tried on another base. `budget` asks for equal cost; None leaves costs as they are.
    """

    name: str
    title: str
    description: str
    arms: tuple[Scenario, ...]
    replicates: int = 100
    worlds: int = 1
    seed: int = 0
    budget: float | None = None

    @classmethod
    def load(cls, name_or_path: str, base: str | None = None) -> Question:
        """A shipped experiment by name, or a file by path; with schemes, on another `base` than the file's.

        Raises:
            InputError: with every problem of the file.
        """
        document = read(find(name_or_path, "experiments"))
        problems = list(_problems(document, base))
        if problems:
            raise InputError(problems)
        data = document.data
        counts = {key: data[key] for key in MOST if key in data}
        budget = float(data["budget"]) if "budget" in data else None
        title, description = (str(data.get(key, "")).strip() for key in ("title", "description"))
        arms = _schemes(document, base or str(data["base"])) if "schemes" in data else _arms(document)
        return cls(Path(document.path).stem, title, description, arms, **counts, budget=budget)


def _problems(document: Document, base: str | None) -> Iterator[Problem]:
    data = document.data
    for key in data:
        if key not in KEYS:
            yield document.problem((key,), key, f"unknown key{nearest(key, KEYS)}")
    for key in WORDS:
        if not isinstance(data.get(key, ""), str):
            yield document.problem((key,), key, "must be text")
    for key, most in MOST.items():
        value = data.get(key, LEAST[key])
        if not isinstance(value, int) or isinstance(value, bool) or not LEAST[key] <= value <= most:
            yield document.problem((key,), f"{key} = {value}", f"must be a whole number, {LEAST[key]} to {most}")
    budget = data.get("budget", 0.0)
    if not isinstance(budget, int | float) or isinstance(budget, bool) or not 0.0 <= budget <= 1.0:
        yield document.problem(("budget",), f"budget = {budget}", "must be a number, 0 to 1 (value per member-week)")
    if not isinstance(data.get("set", {}), Mapping):
        yield document.problem(("set",), "set", "must be a table of values that hold in every arm")
    yield from _scheme_problems(document) if "schemes" in data else _arm_problems(document, base)


def _arm_problems(document: Document, base: str | None) -> Iterator[Problem]:
    arms = document.data.get("arms")
    if not isinstance(arms, list) or len(arms) < 2 or not all(isinstance(arm, str) for arm in arms):
        message = "must list at least two scenarios, names or paths; the first is the baseline"
        yield document.problem(("arms",), "arms", message)
    if base is not None or "base" in document.data:
        yield document.problem(("base",), "base", "is for an experiment with [[schemes]]; this one lists arms")


def _scheme_problems(document: Document) -> Iterator[Problem]:
    data, seen = document.data, set[str]()
    if "arms" in data:
        yield document.problem(("arms",), "arms", "cannot stand beside schemes")
    if not isinstance(data.get("base"), str):
        yield document.problem(("base",), "base", "must name the scenario that the schemes are tried on")
    schemes = data["schemes"]
    if not isinstance(schemes, list) or len(schemes) < 2 or not all(isinstance(s, Mapping) for s in schemes):
        yield document.problem(
            ("schemes",), "schemes", "must be at least two tables: [[schemes]]; the first is the baseline"
        )
        return
    for i, scheme in enumerate(schemes):
        name = scheme.get("name")
        if not isinstance(name, str) or not name.isidentifier() or name in seen:
            message = "every scheme needs a name of its own: letters, digits and underscores"
            yield document.problem(("schemes", i, "name"), f"name = {name}", message)
        seen.add(str(name))


def _schemes(document: Document, base: str) -> tuple[Scenario, ...]:
    """The schemes, each as an extension of the base; every problem of every scheme at once."""
    settings: dict[str, Any] = dict(document.data.get("set", {}))
    try:
        start = Scenario.load(document.folder / base if base.endswith(".toml") else base).changed(**settings)
    except InputError as error:
        raise InputError(_at_home(document, p) for p in error.problems) from error
    arms: list[Scenario] = []
    problems: list[Problem] = []
    for i, scheme in enumerate(document.data["schemes"]):
        lines = {where[2:]: line for where, line in document.lines.items() if where[:2] == ("schemes", i)}
        own = Document(document.path, document.folder, {k: v for k, v in scheme.items() if k != "name"}, lines)
        try:
            arms.append(start.extended(str(scheme["name"]), own))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(arms)


def _arms(document: Document) -> tuple[Scenario, ...]:
    """The arms, each with the settings of the file; every problem of every arm at once."""
    arms: list[Scenario] = []
    problems: list[Problem] = []
    settings: dict[str, Any] = dict(document.data.get("set", {}))
    for arm in document.data["arms"]:
        place = document.folder / arm
        try:
            arms.append(Scenario.load(place if arm.endswith(".toml") else arm).changed(**settings))
        except InputError as error:
            problems += [_at_home(document, p) for p in error.problems]
    if problems:
        raise InputError(dict.fromkeys(problems))
    return tuple(arms)


def _at_home(document: Document, problem: Problem) -> Problem:
    """A problem of a setting, said of the file that makes it."""
    if problem.path != "changed":
        return problem
    key = problem.key.partition(" ")[0]
    return document.problem(("set", key), problem.key, problem.message)
