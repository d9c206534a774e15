"""A results folder of a search: the front's designs as scenario files, what was tried, picture and origin."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from ..design.copies import write_designs
from ..design.scenario import Scenario
from ..experiments.search.search import Ask, Search
from ..report.front import search_figure
from ..report.readme import search_readme
from ..report.style import save
from .provenance import write_provenance


def search_digest(base: Scenario, ask: Ask) -> str:
    """SHA-256 of everything that decides what a search finds."""
    return hashlib.sha256(json.dumps([asdict(ask), base.digest], sort_keys=True).encode()).hexdigest()


def save_search(folder: Path, found: Search, *, command: str, started: datetime) -> None:
    """Write designs, tables, picture, README and provenance of a search into an empty folder."""
    found.tried.to_parquet(folder / "tried.parquet", compression="zstd", index=False)
    found.front.to_parquet(folder / "front.parquet", compression="zstd", index=False)
    kept = [(f"designs/{d.name}", d) for d in found.designs]
    designs = write_designs(folder, [(f"base/{found.base.name}", found.base), *kept])
    save(search_figure(found), folder / "figures")
    (folder / "README.md").write_text(search_readme(found, command), encoding="utf-8", newline="\n")
    request = {"kind": "design", **asdict(found.ask), "base": found.base.name}
    write_provenance(
        folder, search_digest(found.base, found.ask), request, command, started, designs,
        ["tried.parquet", "front.parquet"],
    )  # fmt: skip
