"""What is wrong with an input: every problem at once, each with its file, line, key and what would be valid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 20
"""Problems of one file in the text of an `InputError`; the others are counted there and all are in `problems`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one file.

    Attributes:
        path: the file as the user named it.
        line: its line, counted from 1; None where no line applies.
        key: the key, column or setting concerned, as `name` or `name = value`; empty where none applies.
        message: what is wrong and what would be valid.
    """

    path: str
    line: int | None
    key: str
    message: str


class InputError(ValueError):
    """Bad input. `problems` holds all of them; the text groups them by file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(_text(self.problems))


def nearest(name: str, valid: Iterable[str]) -> str:
    """The end of a message about an unknown name: the closest valid name, or else all valid names."""
    names = sorted(valid)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean {close[0]}?"
    return f"; valid: {', '.join(names)}" if names else ""


def _text(problems: Sequence[Problem]) -> str:
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    return "\n".join(line for path, found in by_path.items() for line in _lines(path, found))


def _lines(path: str, problems: Sequence[Problem]) -> list[str]:
    count = len(problems)
    problems, rest = problems[:SHOWN], count - SHOWN
    places = ["" if p.line is None else f"line {p.line}  " for p in problems]
    width = max(len(place) for place in places)
    heads = [place.ljust(width) + (f"{p.key}   " if p.key else "") for p, place in zip(problems, places, strict=True)]
    body = [f"  {head}{p.message}" for p, head in zip(problems, heads, strict=True)]
    more = [f"  and {rest} more"] if rest > 0 else []
    return [f"{path}: {count} problem{'' if count == 1 else 's'}", *body, *more]
