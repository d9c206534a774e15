"""`engagesim status`: how far a sweep is."""

from __future__ import annotations

from typing import Annotated

import typer

from .output import AsJson


def command(
    folder: Annotated[str, typer.Argument(help="The folder of a sweep, at work or not.")], as_json: AsJson = False
) -> None:
    """Say how far a sweep is: runs planned, done and failed.

    Example: engagesim status results/sharing
    """
    from pathlib import Path

    from ..experiments.runner.folder import SweepFolder
    from ..experiments.runner.sweep import state_of
    from .sweep import show

    show(state_of(SweepFolder.open(Path(folder))), "", as_json=as_json)
