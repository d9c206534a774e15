"""A folder with all results: a document, a picture each, and a page for the documentation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ..report.markdown import table
from . import checks
from .check import Result
from .running import document
from .words import HEAD, basis, row

INTRODUCTION = """# Published results, reproduced

Exact theory (T), published simulations (S) and experiments (E) beside what the engine gives. Every check drives the
same rules as any other run, by scenario files with other settings. T must lie within three standard errors, S within
the larger of three standard errors and .01, E within the published interval; an E that has the right order only says
so. Negative controls are variants that must fail. `engagesim validate` makes this page anew.
"""

WIDTH, HEIGHT = 9.0, 3.6
"""Inches of a picture."""


def write(results: Sequence[Result], place: str | Path) -> Path:
    """Write validation.json, a picture per result and index.md into a folder; returns the page."""
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document(results), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / "validation.json").write_text(text + "\n", encoding="utf-8")
    for result in results:
        draw(result, folder)
    page = folder / "index.md"
    page.write_text("\n".join([INTRODUCTION, overview(results), *map(section, results)]), encoding="utf-8")
    return page


def write_list(folder: Path) -> Path:
    """Write index.md with what would be checked, for a documentation that is made without running the checks."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "index.md"
    rows = [[c.title, c.kind, c.predicted, c.shows_not] for c in checks().values()]
    listed = table(("result", "kind", "predicted", "does not show"), rows)
    page.write_text(f"{INTRODUCTION}\n{listed}", encoding="utf-8")
    return page


def draw(result: Result, folder: Path) -> None:
    """Write the picture of one result as PNG and SVG."""
    from ..report.style import Drawn, save, sheet, styled

    check = result.check
    with styled():
        figure = sheet(WIDTH, HEIGHT, f"{check.title}: {result.verdict}")
        check.draw(figure, result.found)
    save(Drawn(check.name, check.title, f"{check.title}: published beside ours.", figure), folder)


def overview(results: Sequence[Result]) -> str:
    """All results in one table."""
    rows = []
    for result in results:
        check, parts = result.check, result.found.parts
        controls = sum(part.control for part in parts)
        linked = f"[{check.title}](#{check.name})"
        rows.append([linked, check.kind, len(parts) - controls, controls, result.verdict])
    return table(("result", "kind", "parts", "negative controls", "verdict"), rows)


def section(result: Result) -> str:
    """One result: its picture, its table, what it rests on, and what it shows."""
    check = result.check
    head = [f"({check.name})=", f"## {check.title}\n", f"![{check.title}: published beside ours]({check.name}.png)\n"]
    parts = table(HEAD, map(row, result.found.parts))
    return "\n".join([*head, parts, *(f"- {line}" for line in basis(result)), ""])
