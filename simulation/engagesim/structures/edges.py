"""Edge lists of real networks: delimited text or GraphML, read into plain ties between labels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..problems import nearest
from .network import KINDS
from .roster import ALIASES
from .tables import Findings, Row, decimal, is_number, read_rows, read_text

ENDS = (("source", "target"), ("from", "to"), ("ego", "alter"), ("sender", "receiver"), ("a", "b"))
"""Names of the two columns that hold the ends of a tie."""

PEOPLE = frozenset(ALIASES)
"""Names of columns that a roster has, and no list of ties."""

WEIGHTS = ("weight", "strength", "value", "edge")
TYPES = ("kind", "type")


@dataclass(frozen=True, slots=True)
class Edge:
    """One stated tie: where it stands, its ends, its weight (1 where none is given) and its kind."""

    line: int | None
    a: str
    b: str
    weight: float
    kind: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns of an edge list; None where there is no such column."""

    a: int
    b: int
    weight: int | None
    kind: int | None
    width: int = 0
    """Columns of the header; 0 where there is none."""


def read_edges(path: Path, findings: Findings) -> list[Edge]:
    """The ties of a CSV, TSV, semicolon or blank separated file; weight 0 means no tie and stays in the list.

    A header is recognised by its names (`ENDS`, `WEIGHTS`, `TYPES`). Without one: two columns, a third with numbers is
    the weight.
    """
    rows = read_rows(path, findings)
    if not rows:
        return []
    header = [cell.lower() for cell in rows[0][1]]
    columns = None if _members_named_like_columns(rows) else _named(header)
    if columns is None and len(PEOPLE.intersection(header)) > 1:
        findings.add(rows[0][0], ",".join(rows[0][1])[:80], "is the header of a roster; ties need two columns of ids")
        return []
    if columns is None and _looks_like_header(rows):
        names = ", ".join(f"{a},{b}" for a, b in ENDS)
        findings.add(
            rows[0][0], ",".join(rows[0][1]), f"unknown column names; the ends of a tie are named one of {names}"
        )
        return []
    body = rows if columns is None else rows[1:]
    columns = columns or Columns(0, 1, 2 if len(header) > 2 else None, None)
    edges = [_edge(row, columns, findings) for row in body]
    return [edge for edge in edges if edge is not None]


def unread_columns(path: Path) -> tuple[str, ...]:
    """Names of the columns of a list of ties that are not used; none without a header that `read_edges` knows."""
    if path.suffix.lower() in (".graphml", ".xml"):
        return ()
    rows = read_rows(path, Findings(path))
    columns = _named([cell.lower() for cell in rows[0][1]]) if rows else None
    if columns is None or _members_named_like_columns(rows):
        return ()
    used = {columns.a, columns.b, columns.weight, columns.kind}
    return tuple(name for at, name in enumerate(rows[0][1]) if name and at not in used)


def _named(header: list[str]) -> Columns | None:
    ends = next(((a, b) for a, b in ENDS if a in header and b in header), None)
    if ends is None:
        return None
    weight = next((header.index(name) for name in WEIGHTS if name in header), None)
    kind = next((header.index(name) for name in TYPES if name in header), None)
    return Columns(header.index(ends[0]), header.index(ends[1]), weight, kind, len(header))


def _members_named_like_columns(rows: list[Row]) -> bool:
    """Whether the first row is a tie of members called a and b, as later rows show, and not a header."""
    if rows[0][1][:2] != ["a", "b"]:
        return False
    return any({"a", "b"} & set(cells[:2]) for _, cells in rows[1:])


def _looks_like_header(rows: list[Row]) -> bool:
    """Whether the first row has words where a later row has numbers, or the name of a column after the ends."""
    first, second = rows[0][1], rows[min(1, len(rows) - 1)][1]
    if {cell.lower() for cell in first[2:]} & {*WEIGHTS, *TYPES}:
        return True
    return len(first) >= 2 and any(is_number(b) and not is_number(a) for a, b in zip(first, second, strict=False))


def _edge(row: Row, columns: Columns, findings: Findings) -> Edge | None:
    line, cells = row
    needed = max(columns.a, columns.b, columns.weight or 0) + 1
    if len(cells) < needed:
        findings.add(line, "", f"has {len(cells)} columns; needs at least {needed}")
        return None
    if columns.width and len(cells) > columns.width:
        findings.add(
            line,
            "",
            f"has {len(cells)} columns, the header {columns.width}; a decimal comma? "
            'Write "0,5" in quotes, or save with semicolons between columns',
        )
        return None
    a, b = cells[columns.a], cells[columns.b]
    if not a or not b:
        findings.add(line, "", "lacks one end of the tie")
        return None
    weight = 1.0 if columns.weight is None else _weight(line, cells[columns.weight], findings)
    given = cells[columns.kind] if columns.kind is not None and columns.kind < len(cells) else ""
    kind = _kind(line, given or "lateral", findings)
    return None if weight is None or kind is None else Edge(line, a, b, weight, kind)


def _weight(line: int | None, text: str, findings: Findings) -> float | None:
    plain = decimal(text)
    if not is_number(plain):
        findings.add(line, f"weight = {text[:40]}", "must be a number of at least 0, such as 0.5 or 0,5")
        return None
    weight = float(plain)
    if not math.isfinite(weight) or weight < 0.0:
        findings.add(line, f"weight = {text[:40]}", "must be finite and at least 0")
        return None
    return weight


def _kind(line: int | None, text: str, findings: Findings) -> str | None:
    kind = text.lower()
    if kind not in KINDS:
        findings.add(line, f"kind = {text[:40]}", f"unknown kind of tie{nearest(kind, KINDS)}")
        return None
    return kind


def read_graphml(path: Path, findings: Findings) -> tuple[list[Edge], dict[str, Mapping[str, str]]]:
    """The ties of a GraphML file (attributes weight, kind) and the attributes of its nodes, as text."""
    import warnings
    from xml.etree.ElementTree import ParseError

    import networkx as nx

    text = read_text(path, findings)
    if findings.count:
        return [], {}
    try:
        with warnings.catch_warnings():
            # An attribute without a declared type is read as text, which is what is wanted here.
            warnings.simplefilter("ignore", UserWarning)
            graph = nx.parse_graphml(text)
    except ParseError as error:
        findings.add(error.position[0], "", f"is not valid XML: {error}")
        return [], {}
    except (nx.NetworkXException, KeyError, ValueError, TypeError, AttributeError) as error:
        findings.add(None, "", f"is not a GraphML network: {error}")
        return [], {}
    edges = [_graphml_edge(str(a), str(b), data, findings) for a, b, data in graph.edges(data=True)]
    nodes: dict[str, Mapping[str, str]] = {
        str(node): {str(k).lower(): str(v) for k, v in data.items()} for node, data in graph.nodes(data=True)
    }
    return [edge for edge in edges if edge is not None], nodes


def _graphml_edge(a: str, b: str, data: Mapping[str, Any], findings: Findings) -> Edge | None:
    weight = _weight(None, str(data.get("weight", 1)), findings)
    kind = _kind(None, str(data.get("kind", "lateral")), findings)
    return None if weight is None or kind is None else Edge(None, a, b, weight, kind)
