"""Small text tables from other hands: bytes to rows with true line numbers, and all that is wrong with them."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
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


SAVE = (
    'save it again as text in UTF-8: in Excel as "CSV UTF-8 (Comma delimited)", in LibreOffice and Numbers as CSV with '
    'the encoding "Unicode (UTF-8)"'
)
"""What to do in a spreadsheet program about a file that is no UTF-8 text."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheet programs begin: new ones (xlsx, ods, numbers) and old ones (xls)."""

WORD = re.compile(r"[^\s,;\"]*$"), re.compile(r"[^\s,;\"]*")
"""The rest of a word before a place, and after it."""


def read_text(path: Path, findings: Findings) -> str:
    """The text of a UTF-8 file, or of a UTF-16 file with a byte order mark; empty, with a problem noted, if none.

    Letters that can be written in two ways (u with its dots apart, as some systems do) come in the shorter one.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is not a regular file")
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add(*_unreadable(raw, error.start))
        return ""
    except (OSError, ValueError) as error:
        findings.add(None, "", f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return ""
    if "\0" in text:
        findings.add(*_unreadable(raw, 0))
        return ""
    if not text.strip():
        findings.add(None, "", "is empty")
    return unicodedata.normalize("NFC", text)


def _unreadable(raw: bytes, at: int) -> tuple[int | None, str, str]:
    """The problem of a file that is no text from byte `at` on: its line, the word there, if it can be told, advice."""
    if raw.startswith(WORKBOOKS):
        return None, "", f"is a workbook of a spreadsheet program and no table of text; {SAVE}"
    nul = raw.find(b"\0")
    line = len(re.findall(rb"\r\n|\r|\n", raw[: at if nul < 0 else nul])) + 1
    if nul >= 0:
        return line, "", f"holds a NUL byte, so it is no UTF-8 text; {SAVE}"
    # Windows-1252 is the commonest other encoding; what comes out is shown to recognize the word by, and not used.
    before, after = (part.decode("cp1252", "replace") for part in (raw[:at], raw[at:]))
    word = WORD[0].search(before)[0] + WORD[1].match(after)[0]  # type: ignore[index]  # both match the empty word, too
    return line, word[:40], f"is not UTF-8; {SAVE}"


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


SEPARATOR = re.compile(r'"?sep=([\t;,])"?\s*')
"""The first line with which Excel is told by what the columns are parted."""


def _split(lines: list[str], findings: Findings) -> Iterator[Row]:
    told = SEPARATOR.fullmatch(lines[0]) if lines else None
    lines = ["\n", *lines[1:]] if told else lines
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    delimiter = told[1] if told else next((mark for mark in "\t;," if mark in first), None)
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
