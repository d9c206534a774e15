"""Real networks: an edge list or GraphML, with or without a roster, as a `Network`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..parameter import ROLES, Value
from ..problems import InputError
from .assembly import Members, Ties, assemble
from .edges import Edge, read_edges, read_graphml
from .network import KINDS, Network
from .parameters import number
from .roster import Person, check_people, ignored_columns, nearest_id, person_of, read_roster
from .tables import Findings

__all__ = ["ignored_columns", "left_out", "read_network"]

LISTED = 5
"""Rows named in a sentence at most; the others are counted."""


def read_network(edges: Path, roster: Path | None, values: Mapping[str, Value]) -> Network:
    """The network of a file.

    Members come in the order of the roster or, without one, of their first mention; `labels` keeps their ids. Ties are
    undirected; of several rows for one pair and kind the largest weight wins, weight 0 is no tie. Weights other than 0
    and 1 are divided by the largest and become strengths; otherwise each tie has the strength of its kind in `values`.
    Reporting lines of the roster are ties too, of the strength of their kind. What is of no use is told by `left_out`.

    Raises:
        InputError: with every problem of both files.
    """
    in_edges, in_roster = Findings(edges), Findings(edges if roster is None else roster)
    ties, nodes = _stated(edges, in_edges)
    if roster is None:
        people = _mentioned(ties, nodes, in_edges)
    else:
        people = read_roster(roster, in_roster)
        if not in_roster.count:
            _check_known(ties, people, roster, in_edges)
    if not people and not in_edges.count + in_roster.count:
        in_edges.add(None, "", "names no member")
    if in_edges.count or in_roster.count:
        raise InputError([*in_edges.problems, *in_roster.problems])
    return assemble(_members(people), _parts(ties, people, values))


def left_out(edges: Path, roster: Path | None) -> list[str]:
    """What may not be meant in files that `read_network` can read, a sentence each.

    Own ties and columns without a meaning are left out; a first line that may be a header is read as a tie.
    """
    ties, _ = _stated(edges, Findings(edges))
    rows = [str(tie.line or tie.a) for tie in ties if tie.a == tie.b and tie.weight > 0.0]
    found = []
    if _apart(ties):
        found.append(
            f"{edges.name} line 1 is read as a tie between {ties[0].a[:40]} and {ties[0].b[:40]}, whom no other line "
            "names; if it is the header, call its columns from and to"
        )
    if rows:
        where = ("at line " if ties[0].line else "of ") + ", ".join(rows[:LISTED])
        more = f" and {len(rows) - LISTED} more" if len(rows) > LISTED else ""
        found.append(f"{edges.name}: ties of a member with itself are left out: {where}{more}")
    if roster and (columns := ignored_columns(roster)):
        found.append(f"{roster.name}: columns that are not used: {', '.join(columns)}")
    return found


def _apart(ties: Sequence[Edge]) -> bool:
    """Whether the first line of a table is a tie of two who have no other, as a header that was not understood is."""
    if len(ties) < 2 or ties[0].line != 1:
        return False
    first = {ties[0].a, ties[0].b}
    return all(first.isdisjoint((tie.a, tie.b)) for tie in ties[1:])


def _stated(path: Path, findings: Findings) -> tuple[list[Edge], dict[str, Mapping[str, str]]]:
    """The ties of a file as they are stated there, and the attributes of its members where it has any."""
    if path.suffix.lower() in (".graphml", ".xml"):
        return read_graphml(path, findings)
    return read_edges(path, findings), {}


def _mentioned(ties: Sequence[Edge], nodes: Mapping[str, Mapping[str, str]], findings: Findings) -> list[Person]:
    """The members without a roster: the nodes of a GraphML file, or the ends of ties by first mention."""
    ids = nodes or dict.fromkeys(end for tie in ties for end in (tie.a, tie.b))
    people = [person_of(None, {**nodes.get(id_, {}), "id": id_}, findings) for id_ in ids]
    return check_people([person for person in people if person is not None], findings)


def _check_known(ties: Sequence[Edge], people: Sequence[Person], roster: Path, findings: Findings) -> None:
    known = {person.id for person in people}
    for tie in ties:
        for end in dict.fromkeys((tie.a, tie.b)):
            if end not in known:
                findings.add(tie.line, end[:40], f"is not in the roster {roster.name}{nearest_id(end, known)}")


def _members(people: Sequence[Person]) -> Members:
    number_of = {person.id: i for i, person in enumerate(people)}
    manager = np.array([number_of.get(person.reports_to, -1) for person in people], dtype=np.int32)
    return Members(
        role=np.array([ROLES.index(person.role) for person in people], dtype=np.uint8),
        unit=_codes([person.unit for person in people]),
        manager=manager,
        level=_levels(np.array([person.level for person in people], dtype=np.int16), manager),
        place=_codes([person.place for person in people]),
        labels=tuple(person.id for person in people),
    )


def _codes(names: Sequence[str]) -> NDArray[np.int32]:
    """Numbers for names in the order of their first mention; -1 for none."""
    code = {name: i for i, name in enumerate(dict.fromkeys(name for name in names if name))}
    return np.array([code.get(name, -1) for name in names], dtype=np.int32)


def _levels(given: NDArray[np.int16], manager: NDArray[np.int32]) -> NDArray[np.int16]:
    """Levels from 0 at the top: those given, counted from the smallest, or else those of the reporting line."""
    if (given >= 0).any():
        return np.where(given >= 0, given - given[given >= 0].min(), -1).astype(np.int16)
    level = np.full(len(manager), -1, dtype=np.int16)
    at = np.setdiff1d(manager[manager >= 0], np.flatnonzero(manager >= 0))
    depth = 0
    while len(at):
        level[at] = depth
        at = np.flatnonzero(np.isin(manager, at))
        depth += 1
    return level


def _parts(ties: Sequence[Edge], people: Sequence[Person], values: Mapping[str, Value]) -> list[Ties]:
    number_of = {person.id: i for i, person in enumerate(people)}
    strongest: dict[tuple[str, int, int], float] = {}
    for tie in ties:
        a, b = sorted((number_of[tie.a], number_of[tie.b]))
        strongest[tie.kind, a, b] = max(tie.weight, strongest.get((tie.kind, a, b), 0.0))
    largest = max((tie.weight for tie in ties), default=0.0)
    weighted = any(tie.weight not in (0.0, 1.0) for tie in ties)
    parts = []
    for kind in KINDS:
        rows = [(a, b, weight) for (k, a, b), weight in strongest.items() if k == kind and weight > 0.0]
        ends = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
        own = np.array([row[2] for row in rows]) / largest if weighted else number(values, f"strength_{kind}")
        parts.append(Ties(kind, ends[:, 0], ends[:, 1], own))
    lines = [(number_of[p.reports_to], i) for i, p in enumerate(people) if p.reports_to]
    ends = np.array(lines, dtype=np.int64).reshape(-1, 2)
    return [*parts, Ties("reporting", ends[:, 0], ends[:, 1], number(values, "strength_reporting"))]
