"""The report of a sweep: one page, its figures, and its tables as files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from .folder import FIGURES
from .page import inlined, rendered
from .style import Drawn, save
from .sweep_words import asked_of, page_table, sentences
from .words import CAVEATS

if TYPE_CHECKING:
    from ..experiments.findings import Findings

REPORT, PAGE = "report", "report.html"


def write_sweep_report(found: Findings, *, figures: bool = True) -> Path:
    """Write `report.html`, and `report/` with tables (Parquet) and figures (PNG and SVG), into the sweep's folder.

    Returns:
        The page.
    """
    place = found.folder.place
    (place / REPORT).mkdir(exist_ok=True)
    for name, frame in found.tables.items():
        frame.to_parquet(place / REPORT / f"{name}.parquet", compression="zstd", index=False)
    drawn = _drawn(found) if figures else []
    for figure in drawn:
        save(figure, place / REPORT / FIGURES)
    path = place / PAGE
    path.write_text(_page(found, drawn, place / REPORT / FIGURES), encoding="utf-8", newline="\n")
    return path


def _drawn(found: Findings) -> list[Drawn]:
    from .sweep_figures import sweep_figures

    return sweep_figures(found)


def _page(found: Findings, drawn: list[Drawn], folder: Path) -> str:
    asked = found.question
    return rendered(
        "sweep.html.j2", title=asked.title or asked.name, description=asked.description, runs=asked_of(found),
        designs=[(name, a.description.strip()) for name, a in zip(found.layout.arms, asked.arms, strict=True)],
        answer=sentences(found),
        notes=found.notes, tables=[page_table(name, frame, found.main.name) for name, frame in found.tables.items()],
        trees=[failing for failing in found.boxes if failing.leaves],
        figures=[inlined(figure, folder) for figure in drawn], caveats=CAVEATS,
        folder=shlex.quote(found.folder.place.name), version=__version__, seed=asked.seed,
        design_id=found.state.design_id[:12],
    )  # fmt: skip
