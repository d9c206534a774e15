"""Rosters of real networks: who the members are, whom they report to, where they belong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ..parameter import ROLES
from ..problems import nearest
from .tables import Findings, Row, decimal, is_number, read_rows

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "role": ("role",),
    "reports_to": ("reports_to",),
    "unit": ("unit", "department", "dept", "team"),
    "place": ("place", "site", "location"),
    "level": ("level",),
}
"""Columns of a roster and the names under which each may stand; only `id` is required."""

HIGHEST_LEVEL = 32_767

MANY = 200
"""Members from which on no nearest id is looked up for an unknown one."""

FEW = 12
"""Members up to which all ids are listed where none is near."""


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a roster; empty text where nothing is given, level -1 where none is."""

    line: int | None
    id: str
    role: str = "employee"
    reports_to: str = ""
    unit: str = ""
    place: str = ""
    level: int = -1


def read_roster(path: Path, findings: Findings) -> list[Person]:
    """The members in the order of the file.

    A header names the columns (`ALIASES`; other columns are ignored, see `ignored_columns`). Two columns of numbers
    without a header are id and unit.
    """
    rows = read_rows(path, findings)
    if not rows:
        return []
    header, body = _header(rows)
    if "id" not in header:
        known = ", ".join(ALIASES)
        findings.add(rows[0][0], ",".join(rows[0][1])[:80], f"no column id; the columns are {known}")
        return []
    for name in ALIASES:
        if header.count(name) > 1:
            findings.add(rows[0][0], name, f"stands in {header.count(name)} columns ({', '.join(ALIASES[name])})")
    people = [_person_of_row(row, header, findings) for row in body]
    at = header.index("id")
    named = [cells[at] for _, cells in body if at < len(cells)]
    return check_people([person for person in people if person is not None], findings, named)


def ignored_columns(path: Path) -> tuple[str, ...]:
    """Names of the columns of a roster that are not used; none where `read_roster` finds the file unreadable."""
    rows = read_rows(path, Findings(path))
    if not rows:
        return ()
    header, _ = _header(rows)
    return tuple(name for name, known in zip(rows[0][1], header, strict=True) if name and known not in ALIASES)


def _header(rows: list[Row]) -> tuple[list[str], list[Row]]:
    """The columns by their own names, and the rows below the header."""
    if len(rows[0][1]) == 2 and all(is_number(cell) for cell in rows[0][1]):
        return ["id", "unit"], rows
    own = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
    return [own.get(cell.lower(), cell.lower()) for cell in rows[0][1]], rows[1:]


def _person_of_row(row: Row, header: list[str], findings: Findings) -> Person | None:
    line, cells = row
    if len(cells) != len(header):
        findings.add(line, "", f"has {len(cells)} columns; the first row has {len(header)}")
        return None
    return person_of(line, dict(zip(header, cells, strict=True)), findings)


def person_of(line: int | None, cells: Mapping[str, str], findings: Findings) -> Person | None:
    """The member of one row; None with a problem noted where the row is wrong."""
    id_, role, level = cells["id"], (cells.get("role") or "employee").lower(), decimal(cells.get("level") or "-1")
    before = findings.count
    if not id_:
        findings.add(line, "id", "is missing")
    if role not in ROLES:
        findings.add(line, f"role = {role[:40]}", f"unknown role{nearest(role, ROLES)}")
    if not (is_number(level) and float(level).is_integer() and -1 <= float(level) <= HIGHEST_LEVEL):
        findings.add(line, f"level = {level[:40]}", f"must be a whole number, -1 (none) to {HIGHEST_LEVEL}")
    if findings.count > before:
        return None
    reports_to, unit, place = (cells.get(name, "") for name in ("reports_to", "unit", "place"))
    return Person(line, id_, role, reports_to, unit, place, int(float(level)))


def check_people(people: Sequence[Person], findings: Findings, named: Sequence[str] = ()) -> list[Person]:
    """The same people, after noting ids that repeat and reporting lines that lead nowhere or in a circle.

    Args:
        people: the members.
        findings: where problems are noted.
        named: ids of all rows, those with a problem of their own among them: whoever reports to one of them reports to
            somebody.
    """
    lines: dict[str, int | None] = {}
    for person in people:
        if person.id in lines:
            findings.add(person.line, f"id = {person.id[:40]}", f"repeats the id of line {lines[person.id]}")
        lines.setdefault(person.id, person.line)
    for person in people:
        key = f"reports_to = {person.reports_to[:40]}"
        if person.reports_to == person.id:
            findings.add(person.line, key, "must be somebody else")
        elif person.reports_to and person.reports_to not in lines and person.reports_to not in named:
            findings.add(person.line, key, f"unknown member{nearest_id(person.reports_to, lines.keys())}")
    _note_circles(people, findings)
    return list(people)


def nearest_id(name: str, known: Collection[str]) -> str:
    """The end of a message about an unknown member: the nearest id, or what to do, or of few members all ids."""
    near = len(known) <= FEW or (len(known) <= MANY and get_close_matches(name, known, n=1))
    return nearest(name, known) if near else "; it needs a row of its own"


def _note_circles(people: Sequence[Person], findings: Findings) -> None:
    """Note each circle of reporting lines once, at the first of its members."""
    boss = {person.id: person.reports_to for person in people if person.reports_to != person.id}
    lines = {person.id: person.line for person in people}
    done: set[str] = set()
    for person in people:
        path: dict[str, None] = {}
        at = person.id
        while at and at in boss and at not in done and at not in path:
            path[at] = None
            at = boss[at]
        if at in path:
            findings.add(lines[at], f"reports_to = {boss[at][:40]}", f"leads in a circle back to {at[:40]}")
        done.update(path)
