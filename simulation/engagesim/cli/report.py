"""`engagesim report`: what a finished sweep says, as one page with tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import NoFigures
from .output import AsJson, print_json

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.findings import Findings


def command(
    folder: Annotated[str, typer.Argument(help="The folder of a finished sweep.")],
    no_figures: NoFigures = False,
    as_json: AsJson = False,
) -> None:
    """Write what a finished sweep says: differences, who is best, what drives it, where a design fails.

    Example: engagesim report results/sharing
    """
    from pathlib import Path

    from ..experiments.findings import findings_of
    from ..report.sweep_words import sentences
    from ..report.sweeping import write_sweep_report

    found = findings_of(Path(folder))
    page = write_sweep_report(found, figures=not no_figures)
    if as_json:
        print_json(_document(found, page))
        return
    for sentence in sentences(found):
        typer.echo(f"{sentence}\n")
    for note in found.notes:
        typer.echo(f"Note:    {note}")
    typer.echo(f"Report:  {page}")


def _document(found: Findings, page: Path) -> dict[str, Any]:
    from ..report.sweep_words import sentences

    tables = {name: frame.to_dict("records") for name, frame in found.tables.items()}
    return {
        "out": str(found.folder.place), "design_id": found.state.design_id, "runs": found.state.runs,
        "failed": found.state.failed, "main": found.main.name, "answer": sentences(found), "notes": list(found.notes),
        "report": str(page), **tables,
    }  # fmt: skip
