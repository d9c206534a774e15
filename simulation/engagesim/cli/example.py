"""`engagesim example`: a published network, or a commented scheme, as files to copy the form of."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, print_json

if TYPE_CHECKING:
    from pathlib import Path


class Name(StrEnum):
    """What can be written."""

    karate = "karate"
    florentine = "florentine"
    les_miserables = "les_miserables"
    scheme = "scheme"


def command(
    name: Annotated[Name, typer.Argument(help="Which network; or scheme, a commented reward scheme.")] = Name.karate,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for the files.")] = "example",
    as_json: AsJson = False,
) -> None:
    """Write a published network as edges.csv and roster.csv, or a commented scheme as my_scheme.toml.

    Example: engagesim example scheme --out my_organization
    """
    from ..problems import InputError, Problem

    try:
        found = _scheme(out) if name is Name.scheme else _network(name.value, out)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise InputError([Problem(out, None, "", message)]) from error
    if as_json:
        print_json(found)
    elif name is Name.scheme:
        typer.echo(f"{found['title']}\nScheme:  {found['scheme']}")
    else:
        typer.echo(f"{found['title']} ({found['citation']})\nTies:    {found['edges']}\nMembers: {found['roster']}")


def _network(name: str, out: str) -> dict[str, str]:
    from pathlib import Path

    from ..structures.shipped import SHIPPED

    shipped = SHIPPED[name]
    with TemporaryDirectory() as draft:
        edges, roster = _put(shipped.write(Path(draft)), Path(out))
    return {"title": shipped.title, "citation": shipped.citation, "edges": str(edges), "roster": str(roster)}


def _scheme(out: str) -> dict[str, str]:
    from pathlib import Path

    from ..design.files import TEMPLATE

    with TemporaryDirectory() as draft:
        written = Path(draft) / "my_scheme.toml"
        written.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
        (place,) = _put([written], Path(out))
    return {"title": "A reward scheme to compose", "scheme": str(place)}


def _put(files: Sequence[Path], folder: Path) -> list[Path]:
    """Move files into a folder, unless something of somebody's own would be lost; returns where they are.

    Raises:
        InputError: a file of that name is there, with something else in it.
    """
    from ..problems import InputError, Problem

    places = [folder / file.name for file in files]
    message = "is there already, and holds something else; choose another folder with --out"
    problems = [
        Problem(str(place), None, "", message)
        for file, place in zip(files, places, strict=True)
        if place.exists() and not (place.is_file() and place.read_bytes() == file.read_bytes())
    ]
    if problems:
        raise InputError(problems)
    folder.mkdir(parents=True, exist_ok=True)
    for file, place in zip(files, places, strict=True):
        place.write_bytes(file.read_bytes())
    return places
