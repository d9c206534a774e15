"""The designs of a results folder: resolved scenario files, with copies of the network files that they name."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .catalogue import PARAMETERS
from .scenario import Scenario

FILES = tuple(p.name for p in PARAMETERS if p.kind == "text")
"""Parameters that name a file."""

NETWORK = "network"
"""Subfolder of the copies."""


def write_designs(folder: Path, designs: Sequence[tuple[str, Scenario]]) -> list[str]:
    """Write each design as `NAME.toml` (a path inside `folder`), so that it loads from there wherever it is moved.

    Returns:
        The paths inside `folder` of all files written.
    """
    written: dict[str, None] = {}
    for name, design in designs:
        target = Path(f"{name}.toml")
        up = Path(*[".."] * (len(target.parts) - 1))
        copies = {key: _copied(folder, Path(str(design.values[key]))) for key in FILES if design.values[key]}
        here = {key: (up / copy).as_posix() for key, copy in copies.items()}
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        text = replace(design, values={**design.values, **here}).to_toml()
        (folder / target).write_text(text, encoding="utf-8", newline="\n")
        written |= dict.fromkeys([target.as_posix(), *copies.values()])
    return list(written)


def _copied(folder: Path, source: Path) -> str:
    """Copy a file into the network folder, unless it is there; a number tells apart others of the same name."""
    number = 1
    while True:
        name = source.name if number == 1 else f"{number}_{source.name}"
        target = folder / NETWORK / name
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
        if filecmp.cmp(target, source, shallow=False):
            return f"{NETWORK}/{name}"
        number += 1
