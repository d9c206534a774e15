"""The shape of a claim's file: which keys its tables have, and of which kind each value is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...design.files import Document
from ...design.lines import Where
from ...measures import GROUPS, WINDOWS
from ...outcomes import BY_NAME
from ...problems import Problem, nearest
from ..question.columns import window_in
from .claim import CLASSES, DIRECTIONS

Check = tuple[Callable[[Any], bool], str]
Shape = Mapping[str, tuple[Check, bool]]
"""Check of every key, and whether the key is needed."""


def one_of(names: Mapping[str, Any] | tuple[str, ...]) -> Check:
    """A text out of a list."""
    return (lambda x: isinstance(x, str) and x in names), f"must be one of {', '.join(names)}"


def number(x: object) -> bool:
    """Whether a value is a number."""
    return isinstance(x, int | float) and not isinstance(x, bool)


NAME: Check = (
    lambda x: isinstance(x, str) and re.fullmatch(r"[A-Za-z0-9_+-]+", x) is not None,
    "must be a name of letters, digits, _, + and -, since files are called by it",
)
TEXT: Check = (lambda x: isinstance(x, str) and bool(x.strip()), "must be text")
TEXTS: Check = (lambda x: isinstance(x, list) and all(isinstance(t, str) for t in x), "must be a list of texts")
TABLE: Check = (lambda x: isinstance(x, Mapping), "must be a table")
NUMBER: Check = (number, "must be a number")
SIZE: Check = (lambda x: number(x) and x > 0, "must be a number above 0")
SIZES: Check = (lambda x: isinstance(x, list) and all(number(w) and w > 0 for w in x), "must list numbers above 0")
WHOLE: Check = (lambda x: isinstance(x, int) and not isinstance(x, bool) and x > 0, "must be a whole number above 0")
FLAG: Check = (lambda x: isinstance(x, bool), "must be true or false")
WEIGHTS: Check = (
    lambda x: isinstance(x, Mapping) and bool(x) and all(number(w) and w != 0 for w in x.values()),
    "must give a weight that is not 0 to one arm or more",
)
WINDOW: Check = (lambda x: window_in(x) is not None, f"must be {', '.join(WINDOWS)}, or a list of first and last week")
AXIS: Check = (
    lambda x: isinstance(x, Mapping) and x.keys() == {"key", "low", "high"} and number(x["low"]) and number(x["high"]),
    "must have a key, a low and a high",
)

CLAIM: Shape = {
    "id": (NAME, True), "title": (TEXT, True), "class": (one_of(CLASSES), True), "source": (TEXT, True),
    "quote": (TEXT, True), "claim": (TEXT, True), "rule": (one_of(("all", "any")), False), "notes": (TEXTS, False),
    "fixed": (TEXTS, False), "pairs": (WHOLE, False), "set": (TABLE, False), "arms": (TABLE, False),
    "factorial": (TABLE, False),
    "decomposition": (TABLE, False), "tests": ((lambda x: isinstance(x, list) and bool(x), "must be [[tests]]"), True),
    "ablation": (TABLE, True), "rivals": ((lambda x: isinstance(x, list) and bool(x), "must be [[rivals]]"), True),
    "worlds": (TABLE, False), "map": (TABLE, False),
}  # fmt: skip
ARM: Shape = {"scenario": (TEXT, True), "set": (TABLE, False)}
FACTORIAL: Shape = {"scenario": (TEXT, True), "factors": (TABLE, True)}
DECOMPOSITION: Shape = {
    "scenario": (TEXT, True), "width": (SIZE, True), "widths": (SIZES, True), "groups": (TABLE, True),
}  # fmt: skip
ABLATION: Shape = {"why": (TEXT, True), "set": (TABLE, False), "hold": (TEXTS, False)}
OUTCOME: Shape = {
    "outcome": (one_of(tuple(BY_NAME)), True), "group": (one_of(GROUPS), False),
    "window": (WINDOW, False), "less": (WINDOW, False), "never": (FLAG, False),
}  # fmt: skip
TEST: Shape = {
    "name": (TEXT, True), "says": (TEXT, True), "contrast": (WEIGHTS, True), "constant": (NUMBER, False), **OUTCOME,
    "direction": (one_of(DIRECTIONS), True), "sesoi": (SIZE, True), "why": (TEXT, True), "ablation": (TABLE, False),
    "set": (TABLE, False),
}  # fmt: skip
UNTESTED: Shape = {"says": (TEXT, True), "untested": (TEXT, True)}
MAP: Shape = {"test": (TEXT, True), "x": (AXIS, True), "y": (AXIS, True)}


def problems_of(document: Document) -> Iterator[Problem]:
    """Every key that is unknown, missing or of the wrong kind."""
    data = document.data
    yield from _table(document, (), data, CLAIM)
    for name, arm in _entries(data, "arms"):
        if not NAME[0](name):
            yield document.problem(("arms", name), name, NAME[1])
        yield from _table(document, ("arms", name), arm, ARM)
    for key, shape in (
        ("factorial", FACTORIAL), ("decomposition", DECOMPOSITION), ("map", MAP), ("ablation", ABLATION),
    ):  # fmt: skip
        if isinstance(data.get(key), Mapping):
            yield from _table(document, (key,), data[key], shape)
    for i, test in _entries(data, "tests"):
        yield from _table(document, ("tests", i), test, TEST)
    for i, rival in _entries(data, "rivals"):
        untested = isinstance(rival, Mapping) and "untested" in rival
        yield from _table(document, ("rivals", i), rival, UNTESTED if untested else TEST)


def _entries(data: Mapping[str, Any], key: str) -> Iterator[tuple[Any, Any]]:
    """What a table or list holds, by name or position; nothing where it is something else, which is told before."""
    held = data.get(key)
    if isinstance(held, Mapping):
        yield from held.items() if key == "arms" else ()
    elif isinstance(held, list) and key != "arms":
        yield from enumerate(held)


def _table(document: Document, where: Where, table: object, shape: Shape) -> Iterator[Problem]:
    if not isinstance(table, Mapping):
        yield document.problem(where, str(where[-1]), "must be a table")
        return
    for key, value in table.items():
        if key not in shape:
            yield document.problem((*where, key), key, f"unknown key{nearest(key, shape)}")
            continue
        (fits, message), _ = shape[key]
        if not fits(value):
            hint = nearest(value, BY_NAME) if key == "outcome" and isinstance(value, str) else message
            yield document.problem((*where, key), key, f"unknown measure{hint}" if hint != message else message)
    for key, (_, needed) in shape.items():
        if needed and key not in table:
            yield document.problem(where, key, "is missing")
