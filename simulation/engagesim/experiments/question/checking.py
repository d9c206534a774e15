"""What is wrong with the plain keys of an experiment file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...design.files import Document
from ...problems import Problem, nearest

MOST = {"replicates": 1_000_000, "worlds": 100_000, "seed": 2**64 - 1}
LEAST = {"replicates": 1, "worlds": 1, "seed": 0}
WORDS = ("title", "description", "source", "watch")
TABLES = ("set", "levers", "uncertainties", "design", "matters", "acceptable", "precision")
LISTS = ("measures", "windows", "groups")
KEYS = ("arms", "base", "schemes", "budget", *WORDS, *MOST, *TABLES, *LISTS, "outcomes", "targets")


def problems_in(document: Document) -> list[Problem]:
    """Unknown keys, and values of the wrong kind."""
    return [*_problems(document), *_designs(document)]


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
    for key in TABLES:
        if not isinstance(data.get(key, {}), Mapping):
            yield document.problem((key,), key, f"must be a table: [{key}]")


def _designs(document: Document) -> Iterator[Problem]:
    """What is compared, and at which cost."""
    data = document.data
    budget = data.get("budget", 0.0)
    if not isinstance(budget, int | float) or isinstance(budget, bool) or not 0.0 <= budget <= 1.0:
        yield document.problem(("budget",), f"budget = {budget}", "must be a number, 0 to 1 (value per member-week)")
    arms = data.get("arms")
    if "schemes" in data:
        if arms is not None:
            yield document.problem(("arms",), "arms", "cannot stand beside schemes")
    elif not isinstance(arms, list) or not arms or not all(isinstance(arm, str) for arm in arms):
        yield document.problem(("arms",), "arms", "must list scenarios, names or paths; the first is the baseline")
