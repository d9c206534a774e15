"""`engagesim structure`: what a network is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Roster, Seed, Settings
from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from ..portrait.portrait import Portrait
    from ..structures.network import Network

SCENARIOS = ("", ".toml")
"""Endings of scenarios; a file with any other holds a network."""


def command(
    what: Annotated[
        str, typer.Argument(metavar="FILE|SCENARIO", help="Edge list (CSV or other text), GraphML, or a scenario.")
    ],
    roster: Roster = None,
    settings: Settings = None,
    seed: Seed = 0,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="Folder for structure.png and .svg.")] = None,
    as_json: AsJson = False,
) -> None:
    """Describe a network: when giving spreads, where it jams, what breaks it, whose view counts, who brokers.

    The critical ratio is that of Allen et al. 2017 (Nature 544:227), of the largest connected part; above 1,200 members
    it is estimated from simulated walks, with a standard error. Congestion and robustness are those of Dodds, Watts and
    Sabel 2003 (PNAS 100:12516).

    Example: engagesim structure the_pyramid --out results/structure
    """
    from ..portrait.portrait import portrait

    found = portrait(_network(what, roster, settings, seed), seed)
    place = _draw(found, what, out) if out else None
    if as_json:
        print_json({"what": what, **found.document(), "figure": place})
    else:
        _print(found, what)
        if place:
            typer.echo(f"\nFigure:  {place}")


def _network(what: str, roster: str | None, settings: list[str] | None, seed: int) -> Network:
    """The network of a file, or that with which a scenario starts."""
    from ..structures import build
    from .options import design

    if Path(what).suffix.lower() not in SCENARIOS:
        asked = design("plain_organization", settings, None, what, roster)
    else:
        asked = design(what, settings, None, None, roster)
    return build(asked.values, seed)


def _draw(found: Portrait, what: str, out: str) -> str:
    from ..portrait.figure import drawn
    from ..report.style import save

    paths = save(drawn(found, f"Structure of {Path(what).stem}"), Path(out))
    return str(paths[0])


def _print(found: Portrait, what: str) -> None:
    from ..portrait.words import rows

    print_table(f"Structure of {Path(what).stem}", ("", "", "meaning"), rows(found))
