"""`engagesim check`: every problem of scenario files."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from .output import BAD_INPUT, AsJson, print_json

if TYPE_CHECKING:
    from ..problems import Problem


def command(
    files: Annotated[list[str], typer.Argument(help="Scenario or experiment files, or names of shipped ones.")],
    as_json: AsJson = False,
) -> None:
    """Print every problem of scenario and experiment files, of what they extend, and of network files they name.

    Example: engagesim check mine.toml the_pyramid
    """
    found: dict[str, list[Problem]] = {}
    for file in files:
        found.setdefault(file, [])
        for problem in problems_of(file):
            if problem not in found.setdefault(problem.path, []):
                found[problem.path].append(problem)
    if as_json:
        print_json({"files": [_document(path, problems) for path, problems in found.items()]})
    else:
        _print(found)
    if any(found.values()):
        raise typer.Exit(BAD_INPUT)


def problems_of(file: str) -> tuple[Problem, ...]:
    """Every problem of one scenario or experiment and of the files it names."""
    from pathlib import Path

    from ..design.scenario import Scenario
    from ..experiments.question import Question
    from ..problems import InputError
    from ..structures.files import read_network

    try:
        if _is_experiment(file):
            Question.load(file)
            return ()
        values = Scenario.load(file).values
        if values["form"] == "file":
            roster = str(values["roster_file"])
            read_network(Path(str(values["network_file"])), Path(roster) if roster else None, values)
    except InputError as error:
        return error.problems
    return ()


def _is_experiment(file: str) -> bool:
    """Whether a file or shipped name is an experiment: it lists arms."""
    from ..design.files import find, read, shipped
    from ..problems import InputError

    kind = "experiments" if file in shipped("experiments") else "scenarios"
    try:
        return isinstance(read(find(file, kind)).data.get("arms"), list)
    except InputError:
        return False


def _document(path: str, problems: list[Problem]) -> dict[str, object]:
    kept = [{key: value for key, value in asdict(problem).items() if key != "path"} for problem in problems]
    return {"path": path, "problems": kept}


def _print(found: dict[str, list[Problem]]) -> None:
    from ..problems import InputError

    for path, problems in found.items():
        typer.echo(str(InputError(problems)) if problems else f"{path}: no problems")
