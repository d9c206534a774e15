"""`engagesim bench`: how fast and how large, alone and side by side with other libraries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import FELL_SHORT, AsJson, print_json, print_table
from .progress import progress

if TYPE_CHECKING:
    from ..report.style import Drawn


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Smaller and shorter: about two minutes.")] = False,
    peers: Annotated[
        bool, typer.Option("--peers", help="Side by side with Mesa, mesa-frames, AgentPy and EGTtools instead.")
    ] = False,
    python: Annotated[
        list[str] | None,
        typer.Option("--python", metavar="LIBRARY=PATH", help="Python of a library with an environment of its own."),
    ] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="Folder for the document and figure.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure speed and memory, against Mesa on the same work and against the least memory traffic a week needs.

    Example: engagesim bench --quick --out results/bench

    With --peers: the same model in other libraries, which have to come to the same numbers; those that are not
    installed are named. Example: engagesim bench --peers --quick
    """
    if python and not peers:
        from ..problems import InputError, Problem

        raise InputError([Problem("--python", None, ", ".join(python), "is for --peers: give that, too")])
    if peers:
        _side_by_side(quick, python or [], out, as_json)
    else:
        _alone(quick, out, as_json)


def _alone(quick: bool, out: str | None, as_json: bool) -> None:
    from ..bench import cases
    from ..bench.figure import by_size
    from ..bench.measure import measure
    from ..bench.words import sentences

    plan = cases.QUICK if quick else cases.FULL
    with progress("measurements", plan.steps, as_json=as_json) as told:
        document = {"quick": quick, **measure(plan, told)}
    document["sentences"] = sentences(document)
    _give(document, out, "benchmarks", by_size, print_json if as_json else _print)
    _same(all(case["same_work"] for case in document["cases"]), "The engines did not do the same work: see same_work.")


def _side_by_side(quick: bool, pythons: list[str], out: str | None, as_json: bool) -> None:
    from ..bench import peer_words as words
    from ..bench import side_by_side
    from ..bench.figure import by_library
    from ..bench.peers import pythons_of

    found, plan = pythons_of(pythons), side_by_side.QUICK if quick else side_by_side.FULL
    with progress("measurements", plan.steps, as_json=as_json) as told:
        try:
            document = {"quick": quick, **side_by_side.measure(plan, found, told)}
        except RuntimeError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(FELL_SHORT) from error
    document["sentences"] = words.sentences(document)
    _give(document, out, "side_by_side", by_library, print_json if as_json else _print_peers)
    _same(all(row["same"] for row in (*document["cases"], *document["games"])), "Not the same numbers: see the table.")


def _same(same: bool, message: str) -> None:
    if not same:
        typer.echo(message, err=True)
        raise typer.Exit(FELL_SHORT)


def _give(
    document: dict[str, Any], out: str | None, name: str, draw: Any, tell: Callable[[dict[str, Any]], None]
) -> None:
    if out:
        _keep(document, Path(out), name, draw)
    tell(document)


def _keep(document: dict[str, Any], folder: Path, name: str, draw: Any) -> None:
    from ..report.style import save, styled

    with styled():
        drawn: Drawn = draw(document)
    save(drawn, folder)
    (folder / f"{name}.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _print(document: dict[str, Any]) -> None:
    from ..bench.words import table

    print_table("plain organization; medians of runs in turns", *table(document))
    _tell(document)


def _print_peers(document: dict[str, Any]) -> None:
    from ..bench import peer_words as words

    print_table("the same model; medians of runs in turns", words.SIZE_HEAD, words.size_rows(document))
    print_table("pairwise game, one turn at a time", words.GAME_HEAD, words.game_rows(document))
    print_table("start of a process", words.START_HEAD, words.start_rows(document))
    print_table("length", words.LINES_HEAD, words.line_rows(document))
    if document["absent"]:
        print_table("absent", words.ABSENT_HEAD, words.absent_rows(document))
    _tell(document)


def _tell(document: dict[str, Any]) -> None:
    from ..bench.words import machine

    typer.echo("")
    for sentence in document["sentences"]:
        typer.echo(sentence)
    typer.echo(f"\n{machine(document)}")
