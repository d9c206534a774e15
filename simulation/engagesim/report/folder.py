"""What people read in a results folder: figures, README and report."""

from __future__ import annotations

from pathlib import Path

from ..experiments.comparison import Study
from ..runs import Run
from .readme import run_readme, study_readme
from .style import Drawn, save

FIGURES = "figures"
"""Subfolder of the figures."""


def write_report(folder: Path, found: Run | Study, command: str, *, figures: bool = True) -> None:
    """Write README, figures and (for a comparison) the one-page report into `folder`.

    Args:
        folder: the results folder.
        found: what came out.
        command: the command line to do it once more.
        figures: False leaves them out.
    """
    drawn = _drawn(found) if figures else []
    for figure in drawn:
        save(figure, folder / FIGURES)
    if isinstance(found, Run):
        text = run_readme(found, command)
    else:
        from .page import study_page

        text = study_readme(found, command)
        page = study_page(found, drawn, folder / FIGURES, command)
        (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _drawn(found: Run | Study) -> list[Drawn]:
    from .figures import run_figures, study_figures

    return run_figures(found) if isinstance(found, Run) else study_figures(found)
