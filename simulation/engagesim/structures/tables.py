"""Small text tables from other hands: bytes to rows with true line numbers, and all that is wrong with them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import Problem

LONGEST = 10_000
"""Characters in a line at most: a longer one is not a table of members."""

Row = tuple[int, list[str]]
"""Line number from 1, and the fields without surrounding blanks."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of one file, gathered while it is read."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are so far."""
        return len(self.problems)

    def add(self, line: int | None, key: str, message: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(str(self.path), line, key, message))


def read_text(path: Path, findings: Findings) -> str:
    """The text of a UTF-8 file (a byte order mark is accepted); empty, with a problem noted, where there is none."""
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is not a regular file")
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add(raw.count(b"\n", 0, error.start) + 1, "", "is not UTF-8; save the file as UTF-8")
        return ""
    except (OSError, ValueError) as error:
        findings.add(None, "", f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return ""
    if "\0" in text:
        findings.add(text.count("\n", 0, text.index("\0")) + 1, "", "holds a NUL byte: not a text file")
        return ""
    if not text.strip():
        findings.add(None, "", "is empty")
    return text


def read_rows(path: Path, findings: Findings) -> list[Row]:
    """All rows that are not blank or comments (#), split at the delimiter of the first; none if there is a problem."""
    text = read_text(path, findings)
    # Only these end a line for the csv module; str.splitlines knows more and would shift the line numbers.
    lines = io.StringIO(text, newline="").readlines()
    for line, content in enumerate(lines, 1):
        if len(content) > LONGEST:
            findings.add(line, "", f"is {len(content)} characters long; at most {LONGEST}")
    rows = [] if findings.count else list(_split(lines, findings))
    if not rows and not findings.count:
        findings.add(None, "", "holds no rows")
    return [] if findings.count else rows


def _split(lines: list[str], findings: Findings) -> Iterator[Row]:
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    delimiter = next((mark for mark in "\t;," if mark in first), None)
    if delimiter is None:
        yield from ((n, line.split()) for n, line in enumerate(lines, 1) if line.strip() and line.strip()[0] != "#")
        return
    reader = csv.reader(lines, delimiter=delimiter)
    begin = 1
    try:
        for fields in reader:
            cells = [cell.strip() for cell in fields]
            if any(cells) and not cells[0].startswith("#"):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        findings.add(begin, "", f"is not a row of a table: {error}")


THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+")
"""A comma that may part thousands as well as decimals."""


def decimal(text: str) -> str:
    """A number as many spreadsheets write it (0,5) with a point; all else, and what may be thousands, as it is."""
    return text if text.count(",") != 1 or "." in text or THOUSANDS.fullmatch(text) else text.replace(",", ".")


def is_number(text: str) -> bool:
    """Whether `text` reads as a number (NaN and infinity included)."""
    try:
        float(text)
    except ValueError:
        return False
    return True
