"""`engagesim rerun`: does a results folder come out the same once more?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from ..store.rerun import Checked

FELL_SHORT = 1
"""Exit code: something does not come out the same."""

SHOWN = 12
"""Digits of a hash in the table."""


def command(
    folder: Annotated[str, typer.Argument(help="A results folder of run, compare or demo.")],
    as_json: AsJson = False,
) -> None:
    """Do what a results folder did once more, from its own files, and compare every byte of its tables.

    Example: engagesim rerun results/badges_on_top-1a2b3c4d
    """
    from pathlib import Path

    from ..store.rerun import checked, request_of
    from .work import carry_out

    place = Path(folder)
    files = checked(place, carry_out(request_of(place), as_json=as_json))
    identical = all(file.verdict == "identical" for file in files)
    if as_json:
        print_json({"out": folder, "identical": identical, "files": [_document(file) for file in files]})
    else:
        _print(files)
    if not identical:
        raise typer.Exit(FELL_SHORT)


def _document(file: Checked) -> dict[str, object]:
    return {
        "name": file.name, "recorded": file.recorded, "now": file.now, "again": file.again, "verdict": file.verdict,
    }  # fmt: skip


def _print(files: list[Checked]) -> None:
    cells = [(f.name, f.recorded[:SHOWN], (f.now or "-")[:SHOWN], (f.again or "-")[:SHOWN], f.verdict) for f in files]
    print_table("", ("file", "recorded", "now", "once more", "verdict"), cells)
