"""`engagesim rerun`: does a results folder come out the same once more?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .options import Jobs
from .output import FELL_SHORT, AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.runner.again import Again
    from ..store.rerun import Checked

SHOWN = 12
"""Digits of a hash in the table."""

LISTED = 20
"""Rows that differ and are named one by one."""


def command(
    folder: Annotated[str, typer.Argument(help="A results folder of run, compare, demo, sweep or a claim's sweep.")],
    row: Annotated[int | None, typer.Option(min=0, help="Of a sweep, only this row of its table.")] = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
) -> None:
    """Do what a results folder did once more, from its own files, and compare every byte of its tables.

    Example: engagesim rerun results/badges_on_top-1a2b3c4d
    """
    from pathlib import Path

    from ..experiments.runner.folder import MANIFEST

    place = Path(folder)
    if (place / MANIFEST).exists():
        _rerun_sweep(place, row, jobs, as_json=as_json)
        return
    if row is not None or jobs is not None:
        from ..problems import InputError, Problem

        raise InputError([Problem(folder, None, "--row" if jobs is None else "--jobs", "is for the folder of a sweep")])
    _rerun(place, as_json=as_json)


def _rerun(place: Path, *, as_json: bool) -> None:
    from ..store.rerun import checked, request_of
    from .work import carry_out

    files = checked(place, carry_out(request_of(place), as_json=as_json))
    identical = all(file.verdict == "identical" for file in files)
    if as_json:
        print_json({"out": str(place), "identical": identical, "files": [_document(file) for file in files]})
    else:
        _print(files)
    if not identical:
        raise typer.Exit(FELL_SHORT)


def _rerun_sweep(place: Path, row: int | None, jobs: int | None, *, as_json: bool) -> None:
    from ..engine.run import cores
    from ..experiments.runner.again import run_again
    from ..experiments.runner.folder import SweepFolder, code
    from ..experiments.runner.pool import Processes
    from ..experiments.runner.sweep import state_of
    from .progress import progress

    sweep = SweepFolder.open(place)
    total = 1 if row is not None else state_of(sweep).runs
    with progress("rows", total, as_json=as_json) as told:
        found = run_again(sweep, row, Processes(1 if row is not None else jobs or cores()), told)
    same_code = sweep.manifest["code"] == code()
    if as_json:
        print_json({
            "out": str(place), "identical": not found.differing, "rows": found.rows, "same_code": same_code,
            "differing": [then["row"] for then, _ in found.differing],
        })  # fmt: skip
    else:
        _print_sweep(found, same_code)
    if found.differing:
        raise typer.Exit(FELL_SHORT)


def _print_sweep(found: Again, same_code: bool) -> None:
    if not same_code:
        typer.echo("Note: the sweep was made by another version of the model.")
    for then, now in found.differing[:LISTED]:
        changed = [f"{key} {then[key]!r} -> {now[key]!r}" for key in then if repr(then[key]) != repr(now[key])]
        typer.echo(f"row {then['row']}: {', '.join(changed)}")
    typer.echo(f"{found.rows - len(found.differing):,} of {found.rows:,} rows identical")


def _document(file: Checked) -> dict[str, object]:
    return {
        "name": file.name, "recorded": file.recorded, "now": file.now, "again": file.again, "verdict": file.verdict,
    }  # fmt: skip


def _print(files: list[Checked]) -> None:
    cells = [(f.name, f.recorded[:SHOWN], (f.now or "-")[:SHOWN], (f.again or "-")[:SHOWN], f.verdict) for f in files]
    print_table("", ("file", "recorded", "now", "once more", "verdict"), cells)
