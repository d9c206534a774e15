"""Do what was asked and keep it in a results folder, whole or not at all."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from .progress import progress

if TYPE_CHECKING:
    from pathlib import Path

    from ..experiments.comparison import Study
    from ..runs import Run
    from ..store.save import Request


def keep(request: Request, name: str, out: str | None, *, figures: bool, as_json: bool) -> tuple[Run | Study, Path]:
    """Carry out `request` and write it to `out`, or to a folder of its own below `results`.

    Returns:
        What was found, and the folder.

    Raises:
        InputError: designs or places that cannot be used.
    """
    from datetime import UTC, datetime
    from pathlib import Path

    from ..report.folder import write_report
    from ..store.folder import default_place, results_folder
    from ..store.save import digest_of, save

    digest, command, started = digest_of(request), command_line(), datetime.now(UTC)
    place = Path(out) if out else default_place(name, digest)
    with results_folder(place, digest) as draft:
        found = carry_out(request, as_json=as_json)
        save(draft, request, found, command=command, started=started)
        write_report(draft, found, command, figures=figures, digest=digest)
    return found, place


def carry_out(request: Request, *, as_json: bool) -> Run | Study:
    """Carry out `request` with progress on stderr."""
    from ..experiments.comparison import runs_in
    from ..store.save import RunRequest

    if isinstance(request, RunRequest):
        what, total, then = "weeks", int(str(request.scenario.values["steps"])), ""
    else:
        what, total = "runs", runs_in(request.arms, request.replicates, request.worlds)
        then = "now the tables and figures"
    with progress(what, total, as_json=as_json, then=then) as told:
        return request.carry_out(told)


def command_line() -> str:
    """What was typed."""
    return shlex.join(["engagesim", *sys.argv[1:]])


def figure_paths(place: Path) -> list[str]:
    """Paths of the PNG figures of a results folder."""
    from ..report.style import FIGURES

    return [str(path) for path in sorted((place / FIGURES).glob("*.png"))]
