"""Options that several commands share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..design.scenario import Scenario

LARGEST_SEED = 2**64 - 1
LAST_WEEK = 100_000

Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Root seed; the same seed is the same luck.")]
Steps = Annotated[int | None, typer.Option(min=1, max=LAST_WEEK, help="Weeks to run.  [default: as the scenario says]")]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change one value, in every design.")
]
Edges = Annotated[
    str | None, typer.Option("--network", metavar="EDGES", help="Edge list (CSV) or GraphML of a real network.")
]
Roster = Annotated[
    str | None, typer.Option("--roster", metavar="PEOPLE", help="Roster (CSV) with the roles of its members.")
]
Out = Annotated[
    str | None, typer.Option("--out", metavar="DIR", help="Results folder.  [default: results/NAME-DIGEST]")
]
Replicates = Annotated[int, typer.Option(min=1, max=1_000_000, help="Pairs of runs.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Worker processes for a sweep.  [default: all cores]")]
Dask = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster, such as tcp://10.0.0.1:8786.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Delete what the folder holds and start anew.")]
NoFigures = Annotated[bool, typer.Option("--no-figures", help="Write tables only.")]


def design(
    scenario: str, settings: Sequence[str] | None, steps: int | None, network: str | None, roster: str | None
) -> Scenario:
    """The scenario with everything that the command line changes.

    Raises:
        InputError: with every problem of the file, or else of the settings.
    """
    from ..design.scenario import Scenario

    weeks = [] if steps is None else [f"steps={steps}"]
    return adapt(Scenario.load(scenario, weeks), settings, None, network, roster)


def adapt(
    scenario: Scenario, settings: Sequence[str] | None, steps: int | None, network: str | None, roster: str | None
) -> Scenario:
    """A loaded scenario with everything that the command line changes.

    Raises:
        InputError: with every problem of the settings.
    """
    from ..problems import InputError, Problem

    if roster and not network:
        message = "needs the network that its members are tied by: give --network too"
        raise InputError([Problem("--roster", None, roster, message)])
    weeks = [] if steps is None else [f"steps={steps}"]
    found = scenario.with_sets([*(settings or ()), *weeks])
    if not network:
        return found
    tell_left_out(network, roster)
    return found.changed(form="file", network_file=network, roster_file=roster or "")


@cache
def tell_left_out(network: str, roster: str | None) -> None:
    """Say on stderr, once, what in a user's files is of no use."""
    from ..structures.files import left_out

    for sentence in left_out(Path(network), Path(roster) if roster else None):
        typer.echo(sentence, err=True)
