"""`engagesim example`: a published network as files, to see what one's own should look like."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from .output import AsJson, print_json


class Name(StrEnum):
    """Networks that can be written."""

    karate = "karate"
    florentine = "florentine"
    les_miserables = "les_miserables"


def command(
    name: Annotated[Name, typer.Argument(help="Which network.")] = Name.karate,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for edges.csv and roster.csv.")] = "example",
    as_json: AsJson = False,
) -> None:
    """Write a published network as edges.csv and roster.csv, to try things on or to copy the form of.

    Example: engagesim example karate --out my_organization
    """
    from pathlib import Path

    from ..problems import InputError, Problem
    from ..structures.shipped import SHIPPED

    shipped = SHIPPED[name.value]
    try:
        edges, roster = shipped.write(Path(out))
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise InputError([Problem(out, None, "", message)]) from error
    if as_json:
        print_json({"title": shipped.title, "citation": shipped.citation, "edges": str(edges), "roster": str(roster)})
    else:
        typer.echo(f"{shipped.title} ({shipped.citation})\nTies:    {edges}\nMembers: {roster}")
