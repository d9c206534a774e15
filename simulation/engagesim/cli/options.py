"""Options that several commands share."""

from __future__ import annotations

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
    return found.changed(form="file", network_file=network, roster_file=roster or "") if network else found
