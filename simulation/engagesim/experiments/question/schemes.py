"""Schemes of an experiment file: designs that each extend one base by a few lines of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...design.files import Document
from ...design.scenario import Scenario
from ...problems import InputError, Problem


def schemes_in(document: Document, base: str | None) -> tuple[tuple[Scenario, ...], list[Problem]]:
    """The designs of `[[schemes]]`, on `base` or else on the file's own, and every problem of any of them."""
    problems = list(_problems(document))
    if problems:
        return (), problems
    settings: dict[str, Any] = dict(document.data.get("set", {}))
    start = base or str(document.data["base"])
    try:
        place = document.folder / start if not base and start.endswith(".toml") else start
        on = Scenario.load(place).changed(**settings)
    except InputError as error:
        return (), list(error.problems)
    arms: list[Scenario] = []
    for i, scheme in enumerate(document.data["schemes"]):
        try:
            arms.append(on.extended(str(scheme["name"]), _own(document, i)))
        except InputError as error:
            problems += error.problems
    return (() if problems else tuple(arms)), problems


def _own(document: Document, position: int) -> Document:
    """One scheme as a document of its own, with the lines that it has in the file."""
    lines = {where[2:]: line for where, line in document.lines.items() if where[:2] == ("schemes", position)}
    data = {key: value for key, value in document.data["schemes"][position].items() if key != "name"}
    return Document(document.path, document.folder, data, lines)


def _problems(document: Document) -> Iterator[Problem]:
    data, seen = document.data, set[str]()
    if not isinstance(data.get("base"), str):
        yield document.problem(("base",), "base", "must name the scenario that the schemes are tried on")
    schemes = data["schemes"]
    if not isinstance(schemes, list) or len(schemes) < 2 or not all(isinstance(s, Mapping) for s in schemes):
        message = "must be at least two tables: [[schemes]]; the first is the baseline"
        yield document.problem(("schemes",), "schemes", message)
        return
    for i, scheme in enumerate(schemes):
        name = scheme.get("name")
        if not isinstance(name, str) or not name.isidentifier() or name in seen:
            message = "every scheme needs a name of its own: letters, digits and underscores"
            yield document.problem(("schemes", i, "name"), f"name = {name}", message)
        seen.add(str(name))
