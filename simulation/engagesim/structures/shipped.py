"""Small published networks that come with networkx, written out as files that `read_network` reads."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Shipped:
    """One network: its title, the paper it is from, and the networkx function that makes it."""

    title: str
    citation: str
    graph: Callable[[], Any]
    unit: str = ""
    """Node attribute that says where a member belongs; empty for none."""

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write `edges.csv` and `roster.csv` into `folder` (made if absent) and return both paths."""
        folder.mkdir(parents=True, exist_ok=True)
        graph = self.graph()
        edges, roster = folder / "edges.csv", folder / "roster.csv"
        weights = [(a, b, data.get("weight", 1)) for a, b, data in graph.edges(data=True)]
        _write(edges, ("source", "target", "weight"), weights)
        _write(
            roster, ("id", "role", "unit"), [(n, "employee", d.get(self.unit, "")) for n, d in graph.nodes(data=True)]
        )
        return edges, roster


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _karate() -> Any:
    import networkx as nx

    return nx.karate_club_graph()


def _florentine() -> Any:
    import networkx as nx

    return nx.florentine_families_graph()


def _les_miserables() -> Any:
    import networkx as nx

    return nx.les_miserables_graph()


SHIPPED: Mapping[str, Shipped] = {
    "karate": Shipped(
        "A karate club before it split",
        "Zachary 1977, An information flow model for conflict and fission, J. Anthropological Research 33:452-473",
        _karate,
        unit="club",
    ),
    "florentine": Shipped(
        "Marriages among Florentine families",
        "Breiger & Pattison 1986, Cumulated social roles, Social Networks 8:215-256",
        _florentine,
    ),
    "les_miserables": Shipped(
        "Characters who meet in Les Miserables",
        "Knuth 1993, The Stanford GraphBase, ACM Press",
        _les_miserables,
    ),
}
"""Networks by name."""
