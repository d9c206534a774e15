"""Tables of what the code declares and what was found, for pages that speak of a few of them.

Directives: `levers` (parameters by name), `mechanisms` (by code), `claims` (verdicts kept in `hypotheses.json`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from engagesim.design.catalogue import BY_NAME
from engagesim.reference.claims import read_findings, supported_parts
from engagesim.reference.tables import domain, shown
from engagesim.report.claim_words import split_words, verdict_words
from engagesim.report.markdown import table
from engagesim.rules import MECHANISMS


class Declared(SphinxDirective, ABC):
    """A table in Markdown, read as if it stood in the page."""

    has_content = True

    @abstractmethod
    def table(self, asked: list[str]) -> str:
        """The table of the names asked for."""

    def run(self) -> list[nodes.Node]:
        """Make it; an unknown name is a warning."""
        try:
            text = self.table(" ".join(self.content).split())
        except KeyError as error:
            return [self.state_machine.reporter.warning(f"there is no {error}", line=self.lineno)]
        return self.parse_text_to_nodes(text)


class Levers(Declared):
    """Parameters: meaning, default, range, what they rest on."""

    def table(self, asked: list[str]) -> str:
        """One row per parameter."""
        rows = [[f"`{p.name}`", p.meaning, shown(p.default), domain(p), p.basis] for p in (BY_NAME[a] for a in asked)]
        return table(("parameter", "meaning", "default", "range", "basis"), rows)


class MechanismsTable(Declared):
    """Mechanisms: title, what switches them off, what is known when they act alone; with a link to the gallery."""

    def table(self, asked: list[str]) -> str:
        """One row per mechanism."""
        known = {m.code: m for m in MECHANISMS}
        rows = [
            [m.code, f"[{m.title}](/gallery/{m.name}.md)", ", ".join(f"`{s}`" for s in m.strength), m.known_answer]
            for m in (known[a] for a in asked)
        ]
        return table(("code", "mechanism", "off when all zero", "known answer when alone"), rows)


class Claims(Declared):
    """Claims of the essays and what became of them, as the page of verdicts tells it."""

    def table(self, asked: list[str]) -> str:
        """One row per claim."""
        found = {f["id"]: f for f in read_findings(Path(self.env.srcdir))}
        rows = [
            [
                f"[{f['id']}](/hypotheses.md#{f['id'].lower()})", f["title"], verdict_words(f), supported_parts(f),
                "" if f["share"] is None else f"{f['share']:.0%}", split_words(f["flips_with"], f["share"]),
            ]
            for f in (found[a] for a in asked)
        ]  # fmt: skip
        return table(("id", "claim", "verdict", "parts supported", "worlds in which it holds", "flips"), rows)


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx the words."""
    for name, directive in {"levers": Levers, "mechanisms": MechanismsTable, "claims": Claims}.items():
        app.add_directive(name, directive)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
