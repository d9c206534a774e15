"""`engagesim calibrate`: fit parameters to one's own summary statistics."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Dask, Edges, Fresh, Jobs, NoFigures, Out, Roster
from .output import AsJson, print_json, print_table, resumable

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.calibration import Calibration

CHECK = "check"
"""Folder, inside the calibration's, of the runs with fitted parameters."""


def command(
    experiment: Annotated[str, typer.Argument(help="An experiment file with [[targets]], or a shipped one's name.")],
    network: Edges = None,
    roster: Roster = None,
    jobs: Jobs = None,
    dask: Dask = None,
    out: Out = None,
    fresh: Fresh = False,
    no_figures: NoFigures = False,
    as_json: AsJson = False,
) -> None:
    """Fit parameters to summary statistics: which values go with them, and which cannot be told from them.

    Runs the experiment as a sweep, which resumes by itself, then does approximate Bayesian computation.

    Example: engagesim calibrate a_fine_is_a_price --out results/fine
    """
    from ..experiments.calibration import calibration_of, check_calibration, check_of, checked
    from ..experiments.question.question import Question
    from ..experiments.runner.sweep import sweep
    from ..report.calibrating import write_calibration
    from ..store.provenance import origin
    from .options import adapt
    from .progress import progress
    from .sweep import carrier_of, place_of
    from .work import command_line

    asked = Question.load(experiment)
    asked = replace(asked, arms=tuple(adapt(arm, None, None, network, roster) for arm in asked.arms))
    check_calibration(asked)
    place = place_of(asked, out)
    with resumable(place):
        sweep(
            asked, place, carrier=carrier_of(jobs, dask), fresh=fresh, watch=partial(progress, as_json=as_json),
            origin={"command": command_line(), **origin()},
        )  # fmt: skip
    found = calibration_of(place)
    check = check_of(found)
    # Short, and another experiment wherever the posterior is another: always anew.
    sweep(check, place / CHECK, carrier=carrier_of(jobs, dask), fresh=True, watch=partial(progress, as_json=as_json))
    found = checked(found, place / CHECK)
    page = write_calibration(found, figures=not no_figures)
    show(found, page, as_json=as_json)


def show(found: Calibration, page: Path, *, as_json: bool) -> None:
    """Print a calibration as JSON, or as tables."""
    from ..report.calibrating import HEADS, cell_text, runs_of, tables_of

    if as_json:
        print_json({
            "out": str(found.folder.place), "runs": found.runs, "accepted": found.accepted,
            "parameters": found.parameters.to_dict("records"), "targets": found.targets.to_dict("records"),
            "correlation": found.correlation.to_dict(), "notes": list(found.notes), "report": str(page),
        })  # fmt: skip
        return
    typer.echo(runs_of(found))
    for name, frame in tables_of(found).items():
        cells = [[cell_text(value) for value in row.values()] for row in frame.to_dict("records")]
        print_table(name.capitalize(), [HEADS.get(c, c.replace("_", " ")) for c in frame.columns], cells)
    typer.echo("")
    for note in found.notes:
        typer.echo(f"Note:    {note}")
    typer.echo(f"Report:  {page}\nDesigns: {found.folder.place}/fitted")
