"""Progress on stderr: a bar where a person watches, a line now and then where not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

Told = Callable[[int], None]

TENTHS = 10

SILENT = 30.0
"""Seconds after which a line is due, however little was done since the last."""


@contextmanager
def progress(what: str, total: int, *, as_json: bool, then: str = "") -> Iterator[Told | None]:
    """A function to call with the number of `what` that are done; None where JSON is asked for and nobody watches.

    Args:
        what: what is counted, in words.
        total: how many there will be.
        as_json: whether JSON was asked for.
        then: what goes on after the last of them, where that takes long.
    """
    if sys.stderr.isatty():
        with _bar(what, total, then) as told:
            yield told
    else:
        yield None if as_json else _lines(what, total, then)


@contextmanager
def _bar(what: str, total: int, then: str) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (MofNCompleteColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done, description=then if then and done == total else what)


def _lines(what: str, total: int, then: str) -> Told:
    """A line at every tenth and after long silence, with an estimate of the seconds that remain."""
    start, said, last = time.monotonic(), 0, time.monotonic()

    def told(done: int) -> None:
        nonlocal said, last
        tenth, now = TENTHS * done // total, time.monotonic()
        if done and (tenth > said or now - last > SILENT):
            said, last = tenth, now
            left = (now - start) / done * (total - done)
            rest = f", about {left:.0f} s left" if done < total else then and f"; {then}"
            typer.echo(f"{done} of {total} {what}{rest}", err=True)

    return told
