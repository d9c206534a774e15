"""`engagesim compare`: several designs on the same people with the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Edges, NoFigures, Out, Replicates, Roster, Seed, Settings, Steps
from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.comparison import Study


def command(
    scenarios: Annotated[list[str], typer.Argument(help="Two or more scenarios; the first is the baseline.")],
    replicates: Replicates = 100,
    seed: Seed = 0,
    steps: Steps = None,
    settings: Settings = None,
    worlds: Annotated[int, typer.Option(min=1, max=100_000, help="Other worlds to repeat it in; 1: none.")] = 1,
    budget: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Cost of rewards per member-week, alike where there are any.")
    ] = None,
    network: Edges = None,
    roster: Roster = None,
    out: Out = None,
    no_figures: NoFigures = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios pair by pair: the same people, the same luck, different rules. Writes report.html.

    Example: engagesim compare the_suggestion_machine neighbours_helping_neighbours --replicates 200
    """
    from ..experiments.comparison import Study, equal_budget
    from ..store.save import CompareRequest
    from .options import design
    from .work import keep

    arms = tuple(design(scenario, settings, steps, network, roster) for scenario in scenarios)
    if budget is not None:
        arms = equal_budget(arms, budget)
    asked = CompareRequest(arms, replicates, seed, worlds)
    name = "_vs_".join(arm.name for arm in arms) if len(arms) == 2 else f"{arms[0].name}_vs_{len(arms) - 1}_others"
    found, place = keep(asked, name, out, figures=not no_figures, as_json=as_json)
    assert isinstance(found, Study)
    show(found, place, as_json=as_json)


def show(study: Study, place: Path, *, as_json: bool) -> None:
    """Print a comparison as JSON, or as tables and paths."""
    from ..report.words import PERIODS
    from .work import figure_paths

    if as_json:
        print_json(_document(study, place))
        return
    for arm in study.names[1:]:
        for window in PERIODS:
            _print(study, arm, window)
    typer.echo("")
    for note in study.notes:
        typer.echo(f"Note:    {note}")
    typer.echo(f"Results: {place}\nReport:  {place / 'report.html'}")
    for path in figure_paths(place):
        typer.echo(f"Figure:  {path}")


def _document(study: Study, place: Path) -> dict[str, Any]:
    from .work import figure_paths

    return {
        "arms": list(study.names),
        "replicates": study.replicates,
        "seed": study.seed,
        "worlds": 1 if study.worlds.empty else len(study.worlds),
        "differences": [
            {key: None if value != value else value for key, value in row.items()}
            for row in study.differences.to_dict("records")
        ],
        "out": str(place),
        "figures": figure_paths(place),
        "notes": list(study.notes),
    }


def _print(study: Study, arm: str, window: str) -> None:
    from ..report.words import PERIODS, labels, number, rows, signed, span

    called = labels(study.arms)
    header = ["mean of all members", called[study.names[0]], called[arm], "difference", "95 % interval", "verdict"]
    cells = [
        [r.measure.title, number(r.baseline), number(r.other), signed(r.mean), span(r), r.verdict]
        for r in rows(study, arm, window)
    ]
    if len(study.worlds):
        header.append("other worlds agree")
        cells = [[*cell, f"{r.worlds:.0%}"] for cell, r in zip(cells, rows(study, arm, window), strict=True)]
    title = f"{called[arm]} against {called[study.names[0]]}: {PERIODS[window]}, {study.replicates} pairs"
    print_table(title, header, cells)
