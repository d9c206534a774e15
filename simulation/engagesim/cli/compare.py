"""`engagesim compare`: several designs on the same people with the same luck."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import LARGEST_SEED, Edges, NoFigures, Out, Roster, Settings, Steps
from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.comparison import Study
    from ..store.save import CompareRequest


def command(
    scenarios: Annotated[
        list[str], typer.Argument(help="Two or more scenarios, the first is the baseline; or one experiment file.")
    ],
    replicates: Annotated[
        int | None, typer.Option(min=1, max=1_000_000, help="Pairs of runs.  [default: 100, or as the experiment says]")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=LARGEST_SEED, help="Root seed.  [default: 0, or as the experiment says]")
    ] = None,
    steps: Steps = None,
    settings: Settings = None,
    worlds: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="Other worlds to repeat it in.  [default: 1, none]")
    ] = None,
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
    from .options import adapt, design
    from .work import keep

    if len(scenarios) == 1:
        asked, name = _question(scenarios[0])
        asked = replace(asked, arms=tuple(adapt(arm, settings, steps, network, roster) for arm in asked.arms))
    else:
        arms = tuple(design(scenario, settings, steps, network, roster) for scenario in scenarios)
        others = arms[1].name if len(arms) == 2 else f"{len(arms) - 1}_others"
        asked, name = CompareRequest(arms), f"{arms[0].name}_vs_{others}"
    asked = replace(
        asked,
        replicates=asked.replicates if replicates is None else replicates,
        seed=asked.seed if seed is None else seed,
        worlds=asked.worlds if worlds is None else worlds,
    )
    if budget is not None:
        asked = replace(asked, arms=equal_budget(asked.arms, budget))
    found, place = keep(asked, name, out, figures=not no_figures, as_json=as_json)
    assert isinstance(found, Study)
    show(found, place, as_json=as_json)


def _question(name_or_path: str) -> tuple[CompareRequest, str]:
    """What an experiment file asks for, and its name."""
    from ..design.files import shipped
    from ..experiments.question import Question
    from ..problems import InputError, Problem
    from ..store.save import CompareRequest

    if name_or_path in shipped("scenarios"):
        message = f"is one scenario: name two designs or more, or one experiment ({', '.join(shipped('experiments'))})"
        raise InputError([Problem(name_or_path, None, "", message)])
    asked = Question.load(name_or_path)
    if asked.levers or asked.design is not None or asked.precision is not None:
        message = "varies levers, or stops by precision: run it with engagesim sweep"
        raise InputError([Problem(name_or_path, None, "", message)])
    return CompareRequest(asked.arms, asked.replicates, asked.seed, asked.worlds), asked.name


def show(study: Study, place: Path, *, as_json: bool) -> None:
    """Print a comparison as JSON, or as tables and paths."""
    from ..report.words import PERIODS, answer
    from .work import figure_paths

    if as_json:
        print_json(_document(study, place))
        return
    for arm in study.names[1:]:
        for window in PERIODS:
            _print(study, arm, window)
    for sentence in answer(study):
        typer.echo(f"\n{sentence}")
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
