"""A question as a file: which designs to compare, on what, how often."""

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
KEYS = (*WORDS, "arms", "set", *MOST)


@dataclass(frozen=True, slots=True)
class Question:
    """An experiment file, read and checked; `settings` hold for every arm."""

    name: str
    title: str
    description: str
    arms: tuple[Scenario, ...]
    replicates: int = 100
    worlds: int = 1
    seed: int = 0

    @classmethod
    def load(cls, name_or_path: str) -> Question:
        """A shipped experiment by name, or a file by path.

        Raises:
            InputError: with every problem of the file.
        """
        document = read(find(name_or_path, "experiments"))
        problems = list(_problems(document))
        if problems:
            raise InputError(problems)
        data = document.data
        counts = {key: data[key] for key in MOST if key in data}
        title, description = (str(data.get(key, "")).strip() for key in ("title", "description"))
        return cls(Path(document.path).stem, title, description, _arms(document), **counts)


def _problems(document: Document) -> Iterator[Problem]:
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
    arms = data.get("arms")
    if not isinstance(arms, list) or len(arms) < 2 or not all(isinstance(arm, str) for arm in arms):
        yield document.problem(
            ("arms",), "arms", "must list at least two scenarios, names or paths; the first is the baseline"
        )
    if not isinstance(data.get("set", {}), Mapping):
        yield document.problem(("set",), "set", "must be a table of values that hold in every arm")


def _arms(document: Document) -> tuple[Scenario, ...]:
    """The arms, each with the settings of the file; every problem of every arm at once."""
    arms, problems = [], []
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
