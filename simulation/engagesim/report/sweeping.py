"""The report of a sweep: one page, its figures, and its tables as files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from .page import write_sweep_page
from .sweep_words import asked_of, page_table, sentences
from .words import CAVEATS

if TYPE_CHECKING:
    from ..experiments.findings import Findings

PAGE = "report.html"


def write_sweep_report(found: Findings, *, figures: bool = True) -> Path:
    """Write `report.html`, and `report/` with tables and figures, into the sweep's folder; returns the page."""
    from .sweep_figures import sweep_figures

    asked, place = found.question, found.folder.place
    return write_sweep_page(
        place / PAGE, found.tables, sweep_figures(found) if figures else [], title=asked.title or asked.name,
        description=asked.description, runs=asked_of(found),
        designs=[(name, arm.description.strip()) for name, arm in zip(found.layout.arms, asked.arms, strict=True)],
        answer=sentences(found), notes=found.notes,
        shown=[page_table(name, frame, found.main) for name, frame in found.tables.items()],
        trees=[failing for failing in found.boxes if failing.leaves], limits=CAVEATS,
        command=f"engagesim rerun {shlex.quote(place.name)}", seed=asked.seed, design_id=found.state.design_id[:12],
    )  # fmt: skip
