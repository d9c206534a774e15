"""A sweep's results folder: what was asked, the shards that are done, and the table that they make in the end.

::

    manifest.json      written first: what is asked, the design's id, the code that answers it
    arms/, network/    the designs as they run, complete
    shards/            results of finished chunks, until all are done
    runs.parquet       one row per run, in plan order
    failures.parquet   what went wrong, where something did
    log.jsonl          when which chunk was done; no result
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ...design.copies import write_designs
from ...design.files import Document
from ...problems import InputError, Problem
from ..question.plan import FORMAT, Chunk, Plan
from ..question.question import Question
from .durable import DRAFT, write_whole

MANIFEST, RUNS, FAILURES, SHARDS, LOG = "manifest.json", "runs.parquet", "failures.parquet", "shards", "log.jsonl"
OURS = (
    MANIFEST, RUNS, FAILURES, SHARDS, LOG, "arms", "network", "report", "report.html", "fitted",
    "calibration.html", "check",
)  # fmt: skip
"""What `--fresh` deletes."""

PACKAGE = Path(__file__).resolve().parents[2]
DECIDING = ("*.py", "rules/*.py", "structures/*.py", "design/*.py", "engine/**/*.py", "experiments/**/*.py")
"""Sources that decide what a run gives, and what is found in runs."""

SHARD = re.compile(r"\d{4,}-\d{6,}\.parquet")
"""Names of shards, as `Chunk.name` gives them."""

DEPTHS = ("*", "*/*", "*/*/*")
"""Where below a folder the sweeps of a claim are."""

KEPT: Mapping[str, type] = {"design_id": str, "code": str, "name": str, "asked": dict}
"""What a manifest must hold for its sweep to be gone on with."""

NAMED = 6
"""Sweeps that are named there at most."""


@dataclass(frozen=True)
class SweepFolder:
    """The folder of one sweep, which exists and whose manifest was read."""

    place: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, place: Path) -> SweepFolder:
        """A folder that holds a sweep.

        Raises:
            InputError: it holds none, or its manifest is damaged.
        """
        try:
            found = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict) or found.get("format") != FORMAT or _lacking(found):
            raise InputError([Problem(str(place), None, "", f"is not the folder of a sweep: {_instead(place)}")])
        return cls(place, found)

    @classmethod
    def begin(cls, place: Path, plan: Plan, origin: Mapping[str, Any], *, fresh: bool) -> SweepFolder:
        """The folder for a plan: made, or taken up again if it holds the same plan and the same code.

        Raises:
            InputError: it holds something else, or cannot be written.
        """
        try:
            if fresh and (place / MANIFEST).exists():
                cls.open(place).clear()
            if (place / MANIFEST).exists():
                return cls.open(place)._same(plan)
            if place.exists() and any(_foreign(p) for p in place.iterdir()):
                message = "holds other files; choose another place"
                raise InputError([Problem(str(place), None, "--out", message)])
            (place / SHARDS).mkdir(parents=True, exist_ok=True)
            _designs(place, plan)
        except OSError as error:
            message = f"cannot be written: {error.strerror or error}"
            raise InputError([Problem(str(place), None, "--out", message)]) from error
        document = {
            "format": FORMAT, "design_id": plan.design_id, "code": code(), "name": plan.question.name,
            "cells": plan.cells, "asked": _asked(plan.question), **origin,
        }  # fmt: skip
        write_whole(place / MANIFEST, (json.dumps(document, indent=2) + "\n").encode())
        return cls(place, document)

    @cached_property
    def plan(self) -> Plan:
        """The plan, from the folder's own files.

        Raises:
            InputError: they are not those that the manifest was written for.
        """
        path = self.place.absolute() / f"{self.manifest['name']}.toml"
        asked = Document(str(path), path.parent, self.manifest["asked"], {})
        plan = Plan.of(Question.of(asked, whole=False))
        if plan.design_id != self.manifest["design_id"]:
            message = "its designs were changed, or other versions of the libraries draw other points"
            raise InputError([Problem(str(self.place), None, "", message)])
        return plan

    @property
    def finished(self) -> bool:
        """Whether the table of all runs is there."""
        return (self.place / RUNS).exists()

    def shard(self, chunk: Chunk) -> Path:
        """Where the results of a chunk are kept."""
        return self.place / SHARDS / chunk.name

    def there(self) -> set[str]:
        """Names of the shards that are done; other files there are somebody else's."""
        try:
            return {p.name for p in (self.place / SHARDS).iterdir() if SHARD.fullmatch(p.name)}
        except FileNotFoundError:
            return set()

    def tidy(self, chunks: Iterable[Chunk]) -> None:
        """Remove what an interrupted run has left half written of some chunks; others may be at work on the rest."""
        for chunk in chunks:
            self.shard(chunk).with_name(chunk.name + DRAFT).unlink(missing_ok=True)

    def clear(self) -> None:
        """Delete everything that a sweep writes."""
        for name in OURS:
            path = self.place / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def note(self, **what: Any) -> None:
        """Add a line to the log, with the time; where the disk is full, the log is the least of what is lost."""
        line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="seconds"), **what})
        with suppress(OSError), (self.place / LOG).open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    @contextmanager
    def merging(self) -> Iterator[None]:
        """One at a time: of several parts that end together, each finds all shards there."""
        from filelock import FileLock

        with FileLock(self.place / ".lock-merge"):
            yield

    @contextmanager
    def alone(self, part: tuple[int, int]) -> Iterator[None]:
        """Nobody else works on this part of the folder meanwhile.

        Raises:
            InputError: somebody does.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.place / f".lock-{part[0]}-of-{part[1]}")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            message = "another process is at work on this sweep; wait for it, or stop it"
            raise InputError([Problem(str(self.place), None, "", message)]) from error
        try:
            yield
        finally:
            lock.release()

    def other_than(self, plan: Plan) -> str:
        """In words, why the folder cannot go on with a plan; nothing where it can."""
        if self.manifest["design_id"] != plan.design_id:
            return "holds another experiment"
        if self.manifest["code"] != code():
            return "was made by another version of the model, whose runs cannot be mixed with this one's"
        return ""

    def _same(self, plan: Plan) -> SweepFolder:
        if wrong := self.other_than(plan):
            message = f"{wrong}; choose another place, or start anew with --fresh"
            raise InputError([Problem(str(self.place), None, "--out", message)])
        return self


def _instead(place: Path) -> str:
    """What there is where a sweep was looked for."""
    if not place.is_dir():
        return "there is no such folder"
    if (place / "provenance.json").exists():
        page = "a comparison, whose page is report.html" if (place / "report.html").exists() else "another result"
        return f"it holds {page}; engagesim rerun makes it again"
    if (place / MANIFEST).exists():
        return f"its {MANIFEST} is damaged, or not of engagesim; choose another place"
    return f"it has no {MANIFEST} of engagesim{sweeps_below(place)}"


def sweeps_below(place: Path) -> str:
    """Words that name the first sweeps below a folder, such as that of a claim; empty where there are none."""
    below = sorted(str(p.parent) for depth in DEPTHS for p in place.glob(f"{depth}/{MANIFEST}"))
    return f"; sweeps below it: {', '.join(below[:NAMED])}" if below else ""


def _lacking(manifest: Mapping[str, Any]) -> bool:
    """Whether somebody took away, or changed beyond reading, what a sweep needs of its manifest."""
    return any(not isinstance(manifest.get(key), kind) for key, kind in KEPT.items())


def _foreign(path: Path) -> bool:
    """Whether a file is none that a sweep writes: also one that was killed before its manifest was there."""
    return path.name not in OURS and not path.name.startswith(".lock") and path.suffix != DRAFT


def code(package: Path = PACKAGE) -> str:
    """Digest of every source that decides what a run or a finding gives: the same wherever the package lies."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in DECIDING for path in package.glob(pattern)):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def _designs(place: Path, plan: Plan) -> None:
    write_designs(place, [(f"arms/{arm.name}", arm) for arm in plan.question.arms])


def _asked(question: Question) -> dict[str, Any]:
    """The experiment file with the arms as the folder has them: settings are in them already."""
    kept = {key: value for key, value in question.data.items() if key != "set"}
    sizes = {"replicates": question.replicates, "worlds": question.worlds, "seed": question.seed}
    return {**kept, **sizes, "arms": [f"arms/{arm.name}.toml" for arm in question.arms]}
