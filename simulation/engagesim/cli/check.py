"""`engagesim check`: every problem of files that people write, and every conflict of scenarios."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from .output import BAD_INPUT, FELL_SHORT, AsJson, print_json

if TYPE_CHECKING:
    from ..problems import Problem

Found = dict[str, tuple[list["Problem"], list["Problem"]]]
"""Problems and conflicts by file."""


def command(
    files: Annotated[list[str], typer.Argument(help="Scenarios, experiments or claims: files, or shipped names.")],
    as_json: AsJson = False,
) -> None:
    """Print every problem of files of scenarios, experiments and claims, and of what these name.

    Conflicts are told too: what is allowed but cannot be meant, such as a bonus that nobody can see or a lever that
    cannot act.

    Example: engagesim check mine.toml the_pyramid
    """
    found: Found = {}
    for file in files:
        found.setdefault(file, ([], []))
        for kind, problems in enumerate(looked_at(file)):
            for problem in problems:
                known = found.setdefault(problem.path, ([], []))[kind]
                if problem not in known:
                    known.append(problem)
    if as_json:
        print_json({"files": [_document(path, *both) for path, both in found.items()]})
    else:
        _print(found)
    if any(problems for problems, _ in found.values()):
        raise typer.Exit(BAD_INPUT)
    if any(conflicts for _, conflicts in found.values()):
        raise typer.Exit(FELL_SHORT)


def looked_at(file: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Every problem of one file and of the files it names; without any, a scenario's conflicts."""
    from pathlib import Path

    from ..design.conflicts import conflicts
    from ..design.scenario import Scenario
    from ..experiments.claims.reading import load_claim
    from ..problems import InputError
    from ..structures.files import read_network

    try:
        kind = _kind(file)
        if kind == "claim":
            load_claim(file)
            return (), ()
        if kind == "experiment":
            _experiment(file)
            return (), ()
        scenario = Scenario.load(file)
        values = scenario.values
        if values["form"] == "file":
            roster = str(values["roster_file"])
            read_network(Path(str(values["network_file"])), Path(roster) if roster else None, values)
    except InputError as error:
        return error.problems, ()
    return (), tuple(replace(c, path=c.path or file) for c in conflicts(scenario))


def _experiment(file: str) -> None:
    """Read an experiment; where it has targets, it has to be one that can be calibrated."""
    from ..experiments.calibration import check_calibration
    from ..experiments.question.question import Question
    from ..problems import InputError

    asked = Question.load(file)
    try:
        if asked.targets:
            check_calibration(asked)
    except InputError as error:
        raise InputError(replace(p, path=file) for p in error.problems) from error


def _kind(file: str) -> str:
    """What a file or shipped name is; empty where it cannot be read."""
    from ..design.files import find, kind_of, read, shipped
    from ..problems import InputError

    kind = "experiments" if file in shipped("experiments") else "scenarios"
    try:
        return kind_of(read(find(file, kind)).data)
    except InputError:
        return ""


def _document(path: str, problems: list[Problem], conflicts: list[Problem]) -> dict[str, object]:
    return {"path": path, "problems": _kept(problems), "conflicts": _kept(conflicts)}


def _kept(problems: list[Problem]) -> list[dict[str, object]]:
    return [{key: value for key, value in asdict(problem).items() if key != "path"} for problem in problems]


def _print(found: Found) -> None:
    from ..problems import InputError

    for path, (problems, conflicts) in found.items():
        if problems:
            typer.echo(str(InputError(problems)))
        elif conflicts:
            what = "conflict" if len(conflicts) == 1 else "conflicts"
            _, *lines = str(InputError(conflicts)).splitlines()
            typer.echo("\n".join([f"{path}: {len(conflicts)} {what}", *lines]))
        else:
            typer.echo(f"{path}: no problems")
