"""What people read in a results folder: figures, README and report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..experiments.comparison import Study
from ..runs import Run
from .parts import Figure, Section, Told, told
from .readme import run_readme, study_readme
from .style import FIGURES, save, styled


def write_report(folder: Path, found: Run | Study, command: str, *, figures: bool = True, digest: str = "") -> None:
    """Write README, figures and (for a comparison) the one-page report into `folder`.

    Args:
        folder: the results folder.
        found: what came out; a comparison of all measures.
        command: the command line to do it once more.
        figures: False leaves them out.
        digest: fingerprint of everything that decides what is found.
    """
    if isinstance(found, Run):
        _run(folder, found, command, figures=figures)
    else:
        _study(folder, told(found, command, digest), figures=figures)


def _run(folder: Path, found: Run, command: str, *, figures: bool) -> None:
    from .figures import run_figures

    for figure in run_figures(found) if figures else ():
        save(figure, folder / FIGURES)
    (folder / "README.md").write_text(run_readme(found, command), encoding="utf-8", newline="\n")


def _study(folder: Path, found: Told, *, figures: bool) -> None:
    from .page import study_page

    sections = sections_of(found)
    drawn = []
    if figures:
        from .figures import study_figures

        drawn = [part.drawn for section in sections for part in section.parts if isinstance(part, Figure)]
        for figure in (*drawn, *study_figures(found.study)):
            save(figure, folder / FIGURES)
    page = study_page(found, sections, drawn, folder / FIGURES)
    (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(study_readme(found), encoding="utf-8", newline="\n")


def sections_of(found: Told) -> Sequence[Section]:
    """The sections of the page; without anything to compare, only the answer that says so, limits and origin."""
    from .sections import SECTIONS, answer, limits, reproduce

    chosen = SECTIONS if found.decision.tables else (answer.section, limits.section, reproduce.section)
    with styled():
        return [section(found) for section in chosen]
