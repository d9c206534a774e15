"""`engagesim compare`: several designs on the same people with the same luck."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import LARGEST_SEED, Edges, NoFigures, Out, Roster, Settings, Steps
from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..design.scenario import Scenario
    from ..experiments.choice.aim import Fitted
    from ..experiments.comparison import Study
    from ..report.parts import Told
    from ..store.save import CompareRequest


class Goal(StrEnum):
    """What a design may be chosen for."""

    participation = "participation"
    effort = "effort"
    value_per_member = "value_per_member"
    quality = "quality"
    intrinsic_motivation = "intrinsic_motivation"
    exhaustion = "exhaustion"
    trust = "trust"
    felt_extraction = "felt_extraction"
    exits = "exits"


Worlds = Annotated[
    int | None, typer.Option(min=1, max=100_000, help="Other worlds to repeat it in.  [default: 1, none]")
]
Budget = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, help="One cost per member-week for all schemes, beyond the first's sharing."),
]
Base = Annotated[
    str | None, typer.Option(metavar="SCENARIO", help="Organization on which an experiment's schemes are tried.")
]
Only = Annotated[
    str | None, typer.Option(metavar="NAME,NAME", help="Of an experiment, only these designs besides the first.")
]
MATTERS, EXITS_MATTER = 0.02, 0.001
"""Smallest differences that matter where none is asked for: of any goal, and of exits, which are per week."""
Matters = Annotated[
    float | None,
    typer.Option(
        min=0.0, max=1.0,
        help=f"Smallest difference of the goal that matters to you.  [default: {MATTERS}, of exits {EXITS_MATTER}]",
    ),
]  # fmt: skip
Pairs = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="Pairs of runs.  [default: 100, or as the experiment says]")
]
Root = Annotated[
    int | None, typer.Option(min=0, max=LARGEST_SEED, help="Root seed.  [default: 0, or as the experiment says]")
]


def command(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            help="Two or more scenarios, the first is the baseline; or one experiment, with more scenarios if you like."
        ),
    ],
    replicates: Pairs = None,
    seed: Root = None,
    steps: Steps = None,
    settings: Settings = None,
    worlds: Worlds = None,
    budget: Budget = None,
    base: Base = None,
    only: Only = None,
    goal: Annotated[Goal, typer.Option(help="What a design is chosen for, late in the run.")] = Goal.participation,
    matters: Matters = None,
    network: Edges = None,
    roster: Roster = None,
    out: Out = None,
    no_figures: NoFigures = False,
    as_json: AsJson = False,
) -> None:
    """Compare designs pair by pair: the same people, the same luck, different rules. Writes report.html.

    Example: engagesim compare reward_schemes --network edges.csv --roster people.csv
    """
    from ..experiments.choice.aim import Aim
    from ..experiments.comparison import Study
    from .options import adapt
    from .work import keep

    asked, name, file_budget = _asked(scenarios, base, only)
    arms = tuple(adapt(arm, settings, steps, network, roster) for arm in asked.arms)
    asked = replace(
        asked,
        arms=arms,
        replicates=asked.replicates if replicates is None else replicates,
        seed=asked.seed if seed is None else seed,
        worlds=asked.worlds if worlds is None else worlds,
    )
    spend = file_budget if budget is None else budget
    arms, fitted = (asked.arms, ()) if spend is None else _funded(asked, spend, as_json=as_json)
    least = matters if matters is not None else EXITS_MATTER if goal is Goal.exits else MATTERS
    asked = replace(asked, arms=arms, aim=Aim(goal.value, matters=least, budget=spend, fitted=fitted))
    found, place = keep(asked, name, out, figures=not no_figures, as_json=as_json)
    assert isinstance(found, Study)
    show(found, place, as_json=as_json)


def _asked(scenarios: Sequence[str], base: str | None, only: str | None) -> tuple[CompareRequest, str, float | None]:
    """What is to be compared, a name for it, and the budget of the experiment file."""
    from ..design.scenario import Scenario
    from ..problems import InputError, Problem
    from ..store.save import CompareRequest

    if len(scenarios) == 1 or _is_experiment(scenarios[0]):
        asked, name, budget = _question(scenarios[0], base)
        more = tuple(Scenario.load(scenario) for scenario in scenarios[1:])
        return replace(asked, arms=(*_chosen(asked.arms, only), *more)), name, budget
    if base or only:
        option = "--base" if base else "--only"
        raise InputError([Problem(option, None, base or only or "", "is for an experiment with schemes")])
    arms = tuple(Scenario.load(scenario) for scenario in scenarios)
    others = arms[1].name if len(arms) == 2 else f"{len(arms) - 1}_others"
    return CompareRequest(arms), f"{arms[0].name}_vs_{others}", None


def _is_experiment(name: str) -> bool:
    from ..design.files import shipped

    return name in shipped("experiments") and name not in shipped("scenarios")


def _question(name_or_path: str, base: str | None) -> tuple[CompareRequest, str, float | None]:
    """What an experiment file asks for, its name and its budget."""
    from ..design.files import shipped
    from ..experiments.question.question import Question
    from ..problems import InputError, Problem
    from ..store.save import CompareRequest

    if name_or_path in shipped("scenarios"):
        message = f"is one scenario: name two designs or more, or one experiment ({', '.join(shipped('experiments'))})"
        raise InputError([Problem(name_or_path, None, "", message)])
    asked = Question.load(name_or_path, base)
    if asked.levers or asked.design is not None or asked.precision is not None:
        message = "varies levers, or stops by precision: run it with engagesim sweep"
        raise InputError([Problem(name_or_path, None, "", message)])
    return CompareRequest(asked.arms, asked.replicates, asked.seed, asked.worlds), asked.name, asked.budget


def _chosen(arms: tuple[Scenario, ...], only: str | None) -> tuple[Scenario, ...]:
    """The first design and those named."""
    from ..problems import InputError, Problem, nearest

    if only is None:
        return arms
    names = [arm.name for arm in arms]
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [Problem("--only", None, n, f"no such design{nearest(n, names)}") for n in wanted if n not in names]
    if not wanted:
        unknown = [Problem("--only", None, "", f"names no design; valid: {', '.join(names[1:])}")]
    if unknown:
        raise InputError(unknown)
    return (arms[0], *(arm for arm in arms[1:] if arm.name in wanted))


def _funded(asked: CompareRequest, budget: float, *, as_json: bool) -> tuple[tuple[Scenario, ...], Fitted]:
    """The designs at one cost; and name, share paid back as written, and as fitted of those that share otherwise."""
    from ..experiments.choice.costing import equal_cost
    from ..structures.parameters import number

    told = None if as_json else (lambda text: typer.echo(text, err=True))
    arms, fits = equal_cost(asked.arms, budget, worlds=asked.worlds, seed=asked.seed, told=told)
    for fit in fits if told else ():
        typer.echo(
            f"  {fit.arm}: pays back {fit.return_share:.3f} of what is captured, {fit.reached:.4f} more", err=True
        )
    written = {arm.name: number(arm.values, "return_share") for arm in asked.arms}
    return arms, tuple((fit.arm, written[fit.arm], fit.return_share) for fit in fits)


def show(study: Study, place: Path, *, as_json: bool) -> None:
    """Print a comparison as JSON, or as tables and paths."""
    from ..report.parts import told
    from ..report.sections.answer import in_words
    from ..report.words import PERIODS
    from .work import figure_paths

    if as_json:
        print_json(_document(study, place))
        return
    found = told(study, "")
    if len(study.arms) == 2:
        for window in PERIODS:
            _print(study, study.names[1], window)
    elif found.decision.tables:
        _print_ranking(found)
    for sentence in in_words(found):
        typer.echo(f"\n{sentence}")
    typer.echo("")
    for note in study.notes:
        typer.echo(f"Note:    {note}")
    typer.echo(f"Results: {place}\nReport:  {place / 'report.html'}")
    for path in figure_paths(place):
        typer.echo(f"Figure:  {path}")


def _document(study: Study, place: Path) -> dict[str, Any]:
    from .work import figure_paths

    ranking = study.decision.tables.get("ranking") if study.decision else None
    return {
        "arms": list(study.names),
        "replicates": study.replicates,
        "seed": study.seed,
        "worlds": 1 if study.worlds.empty else len(study.worlds),
        "differences": study.differences.to_dict("records"),
        "ranking": [] if ranking is None else ranking.to_dict("records"),
        "out": str(place),
        "figures": figure_paths(place),
        "notes": list(study.notes),
    }


def _print(study: Study, arm: str, window: str) -> None:
    from ..experiments.notes import labels
    from ..report.words import PERIODS, number, rows, signed, span

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


def _print_ranking(found: Told) -> None:
    """All designs, the best first."""
    from ..outcomes import BY_NAME as OUTCOMES
    from ..report.cells import difference_of, level_of

    aim, cell = found.decision.aim, found.teller.cell
    change = difference_of(aim.measure)
    cells = [
        [
            found.called[arm],
            cell("ranking", arm, column="level", how=level_of(aim.measure)).text,
            cell("costs", arm, column="effect", how=change).text,
            cell("costs", arm, column="extra", how="signed").text,
            cell("ranking", arm, column="chance_mean", how="chance").text,
            cell("ranking", arm, column="loss", how=change).text,
        ]
        for arm in found.ranked
    ]
    over = f"over {int(found.decision.complete.sum())} {found.decision.unit}s"
    title = f"{OUTCOMES[aim.measure].title} late in the run, {over}"
    header = ["design", "late", f"gain on {found.baseline}", "extra cost", "best on average", "expected loss"]
    print_table(title, header, cells)
