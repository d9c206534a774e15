"""Do what a results folder did once more, from its own files, and tell whether every byte is the same."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from ..design.scenario import Scenario
from ..draws import MASK
from ..experiments.choice.aim import Aim
from ..experiments.comparison import Study
from ..problems import InputError, Problem
from ..runs import Engine, Run
from .folder import PROVENANCE, provenance_of
from .provenance import sha256
from .save import CompareRequest, Request, RunRequest, write_tables


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a results folder: its hash as recorded, as it is now, and (for data) as made again."""

    name: str
    recorded: str
    now: str | None
    again: str | None
    data: bool

    @property
    def verdict(self) -> str:
        """`identical`, or what is wrong, in words."""
        if self.now is None:
            return "missing"
        if self.now != self.recorded:
            return "changed since it was written"
        if self.data and self.again != self.recorded:
            return "comes out differently"
        return "identical"


def request_of(folder: Path) -> Request:
    """What the folder's results answer, with the designs from its own files.

    Raises:
        InputError: it is not a results folder, or its designs cannot be read.
    """
    provenance = provenance_of(folder)
    try:
        if not all(isinstance(h, str) for h in _hashes(provenance).values()):
            raise TypeError("hashes")
        asked = provenance["request"]
        if asked["kind"] == "design":
            message = "is of a search; its command makes it again, and compare tries its designs"
            raise InputError([Problem(str(folder), None, "", message)])
        return _run_request(folder, asked) if asked["kind"] == "run" else _compare_request(folder, asked)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        message = f"lacks {error} or holds something else in its place"
        raise InputError([Problem(str(folder / PROVENANCE), None, "", message)]) from error


def _hashes(provenance: dict[str, Any]) -> dict[str, Any]:
    """Recorded hashes of designs and data; raises KeyError where there are none of either."""
    for kind in ("designs", "data"):
        if not provenance[kind]:
            raise KeyError(kind)
    return {**provenance["designs"], **provenance["data"]}


def _run_request(folder: Path, asked: dict[str, Any]) -> RunRequest:
    scenario = Scenario.load(str((folder / "scenario.toml").absolute()))
    if asked["engine"] not in get_args(Engine):
        raise ValueError("engine")
    return RunRequest(scenario, _whole(asked, "seed", 0), cast("Engine", asked["engine"]))


def _whole(asked: dict[str, Any], key: str, least: int) -> int:
    if not least <= int(asked[key]) <= MASK:
        raise ValueError(key)
    return int(asked[key])


def _compare_request(folder: Path, asked: dict[str, Any]) -> CompareRequest:
    arms = tuple(Scenario.load(str((folder / "arms" / f"{name}.toml").absolute())) for name in asked["arms"])
    counts = _whole(asked, "replicates", 1), _whole(asked, "seed", 0), _whole(asked, "worlds", 1)
    return CompareRequest(arms, *counts, Aim(**asked["aim"]))


def checked(folder: Path, found: Run | Study) -> list[Checked]:
    """Every design and data file of a results folder against its recorded hash and against what was `found` anew.

    Raises:
        InputError: it is not a results folder.
    """
    provenance = provenance_of(folder)
    with tempfile.TemporaryDirectory() as place:
        again = {name: sha256(Path(place) / name) for name in write_tables(Path(place), found)}
    designs, data = provenance["designs"], provenance["data"]
    return [
        *(Checked(name, known, _now(folder / name), None, data=False) for name, known in designs.items()),
        *(Checked(name, known, _now(folder / name), again.get(name), data=True) for name, known in data.items()),
    ]


def _now(path: Path) -> str | None:
    return sha256(path) if path.is_file() else None
