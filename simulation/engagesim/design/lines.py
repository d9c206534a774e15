"""In which line of a TOML text each key stands (the standard parser does not say)."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

Where = tuple[str | int, ...]
"""A place in the parsed document: keys of tables and positions in arrays, from the outside in."""

_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})|' r"'''.*?'''(?:'{0,2})|" r'"(?:\\.|[^"\\])*"|' r"'[^']*'", re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")
_BETWEEN = re.compile(r"(?:\s|#[^\n]*)*")


def key_lines(text: str) -> dict[Where, int]:
    """Line, from 1, of every key, table and array element of `text`, which must be valid TOML."""
    return _Scanner(text).document()


def line_of(lines: Mapping[Where, int], where: Where) -> int | None:
    """Line of `where`, or of the nearest thing around it that has one."""
    for end in range(len(where), 0, -1):
        if where[:end] in lines:
            return lines[where[:end]]
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.breaks = [m.start() for m in re.finditer("\n", text)]
        self.lines: dict[Where, int] = {}
        self.tables: dict[Where, int] = {}

    def document(self) -> dict[Where, int]:
        base: Where = ()
        while self.peek():
            if self.peek() == "[":
                base = self.header()
            else:
                self.pair(base)
        return self.lines

    def peek(self) -> str:
        """The next character that is neither space nor comment; empty at the end."""
        self.skip(_BETWEEN)
        return self.text[self.at : self.at + 1]

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"not TOML at character {self.at}")
        self.at = found.end()
        return found.group()

    def mark(self, where: Where, line: int) -> None:
        for end in range(1, len(where) + 1):
            self.lines.setdefault(where[:end], line)

    def line(self) -> int:
        return bisect_left(self.breaks, self.at) + 1

    def header(self) -> Where:
        line = self.line()
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        *outer, last = self.dotted()
        where: Where = ()
        for part in outer:
            where = self.latest((*where, part))
        where = (*where, last)
        if brackets == 2:
            self.tables[where] = self.tables.get(where, 0) + 1
            where = self.latest(where)
        self.peek()
        self.at += brackets
        self.mark(where, line)
        return where

    def latest(self, where: Where) -> Where:
        """`where`, or its newest element if it is an array of tables."""
        return (*where, self.tables[where] - 1) if where in self.tables else where

    def pair(self, base: Where) -> None:
        where = (*base, *self.dotted())
        self.at += 1  # the equals sign
        self.value(where)

    def dotted(self) -> list[str]:
        parts = []
        while True:
            quoted = self.peek() in "\"'"
            parts.append(tomllib.loads(f"k={self.skip(_STRING)}")["k"] if quoted else self.skip(_BARE_KEY))
            if self.peek() != ".":
                return parts
            self.at += 1

    def value(self, where: Where) -> None:
        first = self.peek()
        self.mark(where, self.line())
        if first in "\"'":
            self.skip(_STRING)
        elif first in "[{":
            self.nested(where, first)
        else:
            self.skip(_BARE_VALUE)

    def nested(self, where: Where, bracket: str) -> None:
        self.at += 1
        position = 0
        while self.peek() not in "]}":
            if bracket == "{":
                self.pair(where)
            else:
                self.value((*where, position))
                position += 1
            if self.peek() == ",":
                self.at += 1
        self.at += 1
