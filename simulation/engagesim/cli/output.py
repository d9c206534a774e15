"""How commands print: one JSON document, or tables, in colour where a person watches."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ..problems import InputError

FELL_SHORT = 1
"""Exit code: a check, a verdict or a control fell short; nothing was wrong with the input."""

BAD_INPUT = 2
"""Exit code: the input is wrong; every problem was printed."""

INTERRUPTED = 130
"""Exit code: a person stopped it."""

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
"""The option that every command has, as its parameter `as_json`."""


@contextmanager
def resumable(place: Path) -> Iterator[None]:
    """Say to who interrupts it that what is finished is kept."""
    try:
        yield
    except KeyboardInterrupt as interruption:
        typer.echo(f"interrupted; what is finished is kept in {place}: the same command goes on", err=True)
        raise typer.Exit(INTERRUPTED) from interruption


def print_json(document: object) -> None:
    """Print one JSON document on stdout, with null for what is not a number."""
    typer.echo(json.dumps(_strict(document), indent=2, ensure_ascii=False, allow_nan=False))


def _strict(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _strict(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def fail(error: InputError, *, as_json: bool) -> None:
    """Print every problem on stderr, and on stdout as a document where JSON was asked for."""
    if as_json:
        print_json({"problems": [asdict(problem) for problem in error.problems]})
    typer.echo(str(error), err=True)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table: drawn on a terminal, aligned plain text elsewhere."""
    texts = [[str(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _drawn(title, columns, texts)
    else:
        _aligned(title, columns, texts)


def _aligned(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [list(columns), *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    typer.echo(f"\n{title}" if title else "")
    for line in lines:
        typer.echo("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _drawn(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
    for i, column in enumerate(columns):
        # Names in the first column are copied, so they are never broken; nothing is cut off in the others.
        table.add_column(Text(column), no_wrap=i == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
