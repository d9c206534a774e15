"""`engagesim validate`: published results and exact theory beside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .options import Seed
from .output import FELL_SHORT, AsJson, print_json, print_table
from .progress import progress

if TYPE_CHECKING:
    from ..validation.check import Result


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Which results.  [all]")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer runs: all results in about a minute.")] = False,
    seed: Seed = 0,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Folder for validation.json, pictures and a page.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Reproduce published results and exact theory with the engine's own rules: target, ours, verdict.

    Each result has negative controls, which must fail and are told apart. T is exact theory, S a published
    simulation, E an experiment or field data.

    Example: engagesim validate tipping_point --quick
    """
    from pathlib import Path

    from ..validation.check import Effort
    from ..validation.running import chosen, document, run_checks

    wanted = chosen(names or ())
    if out:
        Path(out).mkdir(parents=True, exist_ok=True)  # what cannot be written is told before a minute's work
    with progress("results", len(wanted), as_json=as_json) as told:
        results = run_checks(wanted, Effort(seed, quick), told)
    if out:
        from ..validation.page import write

        write(results, out)
    if as_json:
        print_json(document(results))
    else:
        _print(results, seed)
    if any(result.verdict == "FAIL" for result in results):
        raise typer.Exit(FELL_SHORT)


def _print(results: list[Result], seed: int) -> None:
    from ..validation.words import HEAD, basis, row

    for result in results:
        print_table(
            f"{result.check.number}. {result.check.title}: {result.verdict}", HEAD, list(map(row, result.found.parts))
        )
        for line in basis(result):
            typer.echo(f"  {line}")
    typer.echo(f"\nRoot seed {seed}. " + ", ".join(f"{r.check.name} {r.verdict}" for r in results))
