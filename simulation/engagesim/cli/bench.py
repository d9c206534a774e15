"""`engagesim bench`: how fast and how large."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from .output import AsJson, print_json, print_table
from .progress import progress

FELL_SHORT = 1
"""Exit code: the engines did not do the same work, so that their times mean nothing."""


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Smaller and shorter: about two minutes.")] = False,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Folder for benchmarks.json and benchmarks.png.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure speed and memory, against Mesa on the same work and against the least memory traffic a week needs.

    Example: engagesim bench --quick --out results/bench
    """
    from ..bench import cases
    from ..bench.measure import measure
    from ..bench.words import sentences

    plan = cases.QUICK if quick else cases.FULL
    with progress("measurements", plan.steps, as_json=as_json) as told:
        document = {"quick": quick, **measure(plan, told)}
    document["sentences"] = sentences(document)
    if out:
        _keep(document, Path(out))
    if as_json:
        print_json(document)
    else:
        _print(document)
    if not all(case["same_work"] for case in document["cases"]):
        typer.echo("The engines did not do the same work: see same_work of each case.", err=True)
        raise typer.Exit(FELL_SHORT)


def _keep(document: dict[str, Any], folder: Path) -> None:
    from ..bench.figure import by_size
    from ..report.style import save, styled

    with styled():
        drawn = by_size(document)
    save(drawn, folder)
    (folder / "benchmarks.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _print(document: dict[str, Any]) -> None:
    from ..bench.words import machine, table

    print_table("plain organization; medians of runs in turns", *table(document))
    typer.echo("")
    for sentence in document["sentences"]:
        typer.echo(sentence)
    typer.echo(f"\n{machine(document)}")
