"""`engagesim design`: a search for schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Edges, Out, Roster, Seed, Settings, Steps
from .output import FELL_SHORT, AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.search.search import Ask, Search


MEANS = (
    "Robust: share of the worlds in which a scheme keeps every condition and the base does not beat it in every goal. "
    "Worst world: the first goal there.\n"
    "A search picks the luckiest of many: compare its choices anew, with another seed."
)
"""What the columns mean."""


def command(
    base: Annotated[str, typer.Argument(help="Scenario to start from.")] = "plain_organization",
    maximise: Annotated[
        str, typer.Option("--maximise", "--maximize", metavar="GOALS", help="Outcomes to raise, by commas.")
    ] = "late_participation",
    minimise: Annotated[
        str, typer.Option("--minimise", "--minimize", metavar="GOALS", help="Outcomes to lower, by commas.")
    ] = "",
    subject_to: Annotated[
        str, typer.Option("--subject-to", metavar="CONDITIONS", help="Such as 'exhaustion<0.4,cost<=0.05'.")
    ] = "",
    trials: Annotated[int, typer.Option(min=2, max=100_000, help="Schemes to try.")] = 200,
    worlds: Annotated[int, typer.Option(min=1, max=10_000, help="Uncertain worlds to try each in.")] = 8,
    replicates: Annotated[int, typer.Option(min=1, max=10_000, help="Runs in each world.")] = 1,
    seed: Seed = 0,
    steps: Steps = None,
    settings: Settings = None,
    network: Edges = None,
    roster: Roster = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Search mixtures of instruments, sharing, asking and structure for what serves your goals; writes scenario files.

    Outcomes: participation, effort, value_per_member, quality, intrinsic_motivation, exhaustion, trust,
    felt_extraction, exits (late in the run; or early_..., whole_...), and cost (per member and week).

    Example: engagesim design --maximise late_participation --subject-to 'exhaustion<0.4,cost<=0.05' --trials 60
    """
    from ..experiments.search.goals import bounds_of, goals_of
    from ..experiments.search.search import Ask
    from ..problems import InputError, Problem
    from .options import design

    goals = [*((g, 1) for g in goals_of(maximise, "--maximise")), *((g, -1) for g in goals_of(minimise, "--minimise"))]
    if not goals:
        raise InputError([Problem("--maximise", None, "", "names no goal")])
    if both := sorted({g.name for g, sign in goals if (g, -sign) in goals}):
        raise InputError([Problem("--minimise", None, name, "is a goal of --maximise as well") for name in both])
    ask = Ask(tuple(goals), bounds_of(subject_to), trials, worlds, replicates, seed)
    found, place = _keep(ask, design(base, settings, steps, network, roster), out, as_json=as_json)
    _show(found, place, as_json=as_json)
    if not len(found.front):
        raise typer.Exit(FELL_SHORT)


def _keep(ask: Ask, base: Any, out: str | None, *, as_json: bool) -> tuple[Search, Path]:
    from datetime import UTC, datetime
    from pathlib import Path

    from ..experiments.search.search import search
    from ..store.folder import default_place, results_folder
    from ..store.search import save_search, search_digest
    from .progress import progress
    from .work import command_line

    digest, started = search_digest(base, ask), datetime.now(UTC)
    place = Path(out) if out else default_place(f"design_{base.name}", digest)
    with results_folder(place, digest) as draft:
        with progress("schemes", ask.trials, as_json=as_json) as told:
            found = search(base, ask, told)
        save_search(draft, found, command=command_line(), started=started)
    return found, place


def _show(found: Search, place: Path, *, as_json: bool) -> None:
    from ..report.front import no_better, search_rows

    if as_json:
        front = [
            {**row, "file": str(place / "designs" / f"{row['name']}.toml")} for row in found.front.to_dict("records")
        ]
        print_json({"base": found.base.name, "base_outcomes": found.base_outcomes, "trials": len(found.tried),
                    "front": front, "out": str(place)})  # fmt: skip
        return
    header, rows = search_rows(found)
    print_table(f"Front from {len(found.tried)} schemes, the base last", header, rows)
    typer.echo(f"\n{MEANS}")
    if said := no_better(found):
        typer.echo(f"\n{said} Try more of them with --trials.")
    if not len(found.front):
        typer.echo("\nNo scheme that was tried keeps every condition.")
        for bound in found.broken_by_base:
            value = found.base_outcomes[bound.goal.name]
            typer.echo(f"The base itself breaks {bound.text}: there it is {value:.3g}.")
    typer.echo(f"\nDesigns: {place / 'designs'}\nResults: {place}\nFigure:  {place / 'figures' / 'front.png'}")
