"""`engagesim run`: one design, once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Edges, NoFigures, Out, Roster, Seed, Settings, Steps
from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from ..runs import Run


class Engine(StrEnum):
    """Which engine runs it; both give the same answer to the last bit."""

    compiled = "compiled"
    mesa = "mesa"


def command(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or a file.")],
    seed: Seed = 0,
    steps: Steps = None,
    settings: Settings = None,
    engine: Annotated[
        Engine, typer.Option(help="compiled, or mesa: slow, for reading and checking.")
    ] = Engine.compiled,
    network: Edges = None,
    roster: Roster = None,
    out: Out = None,
    no_figures: NoFigures = False,
    as_json: AsJson = False,
) -> None:
    """Run one scenario once and keep tables, figures and their origin in a results folder.

    Example: engagesim run badges_on_top --seed 5 --set badges.value=0.05
    """
    from ..runs import Run
    from ..store.save import RunRequest
    from .options import design
    from .work import keep

    asked = RunRequest(design(scenario, settings, steps, network, roster), seed, engine.value)
    found, place = keep(asked, asked.scenario.name, out, figures=not no_figures, as_json=as_json)
    assert isinstance(found, Run)
    if as_json:
        print_json(_document(found, place))
    else:
        _print(found, place)


def _document(run: Run, place: Path) -> dict[str, object]:
    return {
        "scenario": run.scenario.name,
        "seed": run.seed,
        "steps": len(run.tallies),
        "engine": run.engine,
        "out": str(place),
        "measures": run.measures,
        "digest": run.digest,
    }


def _print(run: Run, place: Path) -> None:
    from ..report.words import PERIODS, number, run_rows
    from .work import figure_paths

    title = f"{run.scenario.title}: {len(run.members)} members, {len(run.tallies)} weeks, seed {run.seed}"
    cells = [(m.title, number(early), number(late), m.unit) for m, early, late in run_rows(run)]
    print_table(title, ("mean of all members", *PERIODS.values(), "unit"), cells)
    typer.echo(f"\nResults: {place}")
    for path in figure_paths(place):
        typer.echo(f"Figure:  {path}")
