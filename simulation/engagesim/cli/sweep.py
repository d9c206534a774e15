"""`engagesim sweep`: all runs of an experiment, in a folder that survives anything."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import LARGEST_SEED, Dask, Fresh, Jobs, Out
from .output import AsJson, print_json, print_table, resumable

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.question.plan import Plan
    from ..experiments.question.question import Question
    from ..experiments.runner.carrier import Carrier
    from ..experiments.runner.pilot import Pilot
    from ..experiments.runner.sweep import State

SOME_FAILED, NOTHING = 3, 4
"""Exit codes: finished with runs that failed; not a single run to be used."""


def command(
    experiment: Annotated[str, typer.Argument(help="An experiment file, or the name of a shipped experiment.")],
    jobs: Jobs = None,
    dask: Dask = None,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Only the I-th of N parts, for job arrays that share a folder.")
    ] = None,
    replicates: Annotated[int | None, typer.Option(min=1, max=1_000_000, help="Instead of the file's.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=LARGEST_SEED, help="Instead of the file's.")] = None,
    out: Out = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many runs, how long, how large.")] = False,
    fresh: Fresh = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first run that fails.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run every combination of an experiment file. Resumes by itself: the same command goes on where it was.

    Exit codes: 0 done, 2 bad input or another design in the folder, 3 some runs failed, 4 all failed, 130 interrupted.

    Example: engagesim sweep how_much_to_share --jobs 4 --out results/sharing
    """
    from dataclasses import replace

    from ..experiments.question.question import Question
    from ..problems import InputError, Problem

    found = Question.load(experiment)
    if found.budget is not None:
        message = "sets its schemes to one cost before they run: run it with engagesim compare"
        raise InputError([Problem(experiment, None, "budget", message)])
    asked = replace(
        found, replicates=found.replicates if replicates is None else replicates,
        seed=found.seed if seed is None else seed,
    )  # fmt: skip
    part = _part(shard, asked)
    if dry_run:
        _estimate(asked, jobs, out, as_json=as_json)
        return
    place = place_of(asked, out)
    state, stopped = _run(asked, place, carrier_of(jobs, dask), part, fresh=fresh, fail_fast=fail_fast, as_json=as_json)
    show(state, stopped, as_json=as_json)
    if state.failed or stopped:
        raise typer.Exit(NOTHING if state.failed == state.done else SOME_FAILED)


def _run(
    asked: Question, place: Path, carrier: Carrier, part: tuple[int, int], *, fresh: bool, fail_fast: bool,
    as_json: bool,
) -> tuple[State, str]:  # fmt: skip
    """The state after the sweep, and why it stopped before its end, if it did."""
    from ..experiments.runner.folder import SweepFolder
    from ..experiments.runner.sweep import StoppedError, state_of, sweep
    from ..store.provenance import origin
    from .progress import progress
    from .work import command_line

    try:
        with resumable(place):
            return sweep(
                asked, place, carrier=carrier, part=part, fresh=fresh, fail_fast=fail_fast,
                watch=partial(progress, as_json=as_json), origin={"command": command_line(), **origin()},
            ), ""  # fmt: skip
    except StoppedError as stopped:
        return state_of(SweepFolder.open(place)), str(stopped)


def carrier_of(jobs: int | None, dask: str | None) -> Carrier:
    """A Dask cluster where one is named, else processes on this machine."""
    from ..engine.run import cores
    from ..experiments.runner.cluster import Cluster
    from ..experiments.runner.pool import Processes

    return Cluster(dask) if dask else Processes(jobs or cores())


def _part(shard: str | None, asked: Question) -> tuple[int, int]:
    """The part of the plan that `--shard` means.

    Raises:
        InputError: it means none.
    """
    from ..problems import InputError, Problem

    if shard is None:
        return 1, 1
    i, _, n = shard.partition("/")
    if not (i.isdecimal() and n.isdecimal() and 1 <= int(i) <= int(n)):
        raise InputError([Problem("--shard", None, shard, "must be I/N, with I from 1 to N, such as 3/16")])
    if asked.precision is not None:
        message = "cannot be used with [precision]: how many replicates follow depends on the results of all parts"
        raise InputError([Problem("--shard", None, shard, message)])
    return int(i), int(n)


def place_of(asked: Question, out: str | None) -> Path:
    """The folder that was named, or one of the experiment's own below `results`."""
    from pathlib import Path

    from ..experiments.question.plan import Plan
    from ..store.folder import default_place

    return Path(out) if out else default_place(asked.name, Plan.of(asked).design_id)


def show(state: State, stopped: str, *, as_json: bool) -> None:
    """Print how far a sweep is."""
    if as_json:
        print_json(document(state, stopped))
        return
    if stopped:
        typer.echo(f"stopped: {stopped}", err=True)
    typed = shlex.quote(str(state.place))
    typer.echo(f"all {state.runs:,} runs done" if state.finished else f"{state.done:,} of {state.runs:,} runs done")
    if state.failed:
        typer.echo(f"{state.failed:,} failed: engagesim query {typed} 'select * from failures'")
    typer.echo(f"Results: {state.place}" + ("/runs.parquet" if state.finished else ""))
    if state.finished:
        typer.echo(f"Report:  engagesim report {typed}")


def document(state: State, stopped: str = "") -> dict[str, Any]:
    """How far a sweep is, as JSON can hold it."""
    return {
        "out": str(state.place), "design_id": state.design_id, "runs": state.runs, "done": state.done,
        "failed": state.failed, "finished": state.finished, "rounds": state.rounds, "stopped": stopped or None,
    }  # fmt: skip


def _estimate(asked: Question, jobs: int | None, out: str | None, *, as_json: bool) -> None:
    import shutil
    from pathlib import Path

    from ..engine.run import cores
    from ..experiments.question.plan import Plan
    from ..experiments.runner.pilot import pilot

    plan, jobs = Plan.of(asked), jobs or cores()
    found = pilot(plan)
    here = Path(out) if out else Path()
    free = shutil.disk_usage(next(p for p in (here.absolute(), *here.absolute().parents) if p.exists())).free
    if as_json:
        print_json(_estimated(plan, found, jobs, free))
    else:
        _print(plan, found, jobs, free)


def _estimated(plan: Plan, found: Pilot, jobs: int, free: int) -> dict[str, Any]:
    return {
        "design_id": plan.design_id, "arms": len(plan.question.arms), "points": len(plan.points),
        "worlds": len(plan.worlds), "replicates": plan.question.replicates, "runs": found.runs,
        "runs_at_most": found.most, "chunks": found.chunks, "jobs": jobs, "seconds_per_run": found.seconds,
        "seconds": found.hours(jobs) * 3600.0, "bytes_per_run": found.row_bytes, "disk_bytes": found.disk,
        "free_bytes": free, "tried": found.tried, "failed": found.failed,
    }  # fmt: skip


def _print(plan: Plan, found: Pilot, jobs: int, free: int) -> None:
    asked = plan.question
    most = f", at most {found.most:,}" if found.most != found.runs else ""
    cells = [
        ("runs", f"{len(asked.arms)} arms x {len(plan.points):,} points x {len(plan.worlds):,} worlds x "
                 f"{asked.replicates:,} replicates = {found.runs:,}{most}"),
        ("time per run", f"{found.seconds * 1e3:.1f} ms on one core, measured on {found.tried} runs"),
        ("time", f"{_span(found.hours(jobs) * 3600)} on {jobs} cores that do nothing else"),
        ("disk", f"{found.disk / 1e6:.1f} MB at most, {found.disk / 2e6:.1f} MB in the end; free: {free / 1e9:.1f} GB"),
        ("files on the way", f"{found.chunks:,}"),
    ]  # fmt: skip
    if found.failed:
        cells.append(("failed", f"{found.failed} of {found.tried} runs that were tried"))
    print_table(asked.title or asked.name, ("what", "how much"), cells)


def _span(seconds: float) -> str:
    for size, word in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {word}"
    return f"{seconds:.1f} seconds"
