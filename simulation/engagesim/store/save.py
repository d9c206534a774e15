"""Write what a run or a comparison found into a folder: tables, designs and provenance."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..design.copies import write_designs
from ..design.scenario import Scenario
from ..experiments.choice.aim import Aim
from ..experiments.comparison import Study, compare
from ..runs import Engine, Run, Told, simulate
from .provenance import write_provenance

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Everything that decides what a run finds."""

    scenario: Scenario
    seed: int = 0
    engine: Engine = "compiled"

    @property
    def designs(self) -> list[tuple[str, Scenario]]:
        """File name in the results folder, without its ending, and design."""
        return [("scenario", self.scenario)]

    def document(self) -> dict[str, Any]:
        """All of it but the designs."""
        return {"kind": "run", "scenario": self.scenario.name, "seed": self.seed, "engine": self.engine}

    def carry_out(self, told: Told | None = None) -> Run:
        """Run it; `told` hears the number of finished weeks."""
        return simulate(self.scenario, seed=self.seed, engine=self.engine, told=told)


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Everything that decides what a comparison finds."""

    arms: tuple[Scenario, ...]
    replicates: int = 100
    seed: int = 0
    worlds: int = 1
    aim: Aim = field(default_factory=Aim)

    @property
    def designs(self) -> list[tuple[str, Scenario]]:
        """File name in the results folder, without its ending, and design."""
        return [(f"arms/{arm.name}", arm) for arm in self.arms]

    def document(self) -> dict[str, Any]:
        """All of it but the designs."""
        counts = {"replicates": self.replicates, "seed": self.seed, "worlds": self.worlds}
        return {"kind": "compare", "arms": [arm.name for arm in self.arms], **counts, "aim": asdict(self.aim)}

    def carry_out(self, told: Told | None = None) -> Study:
        """Compare; `told` hears the number of finished runs."""
        return compare(
            self.arms, replicates=self.replicates, seed=self.seed, worlds=self.worlds, told=told, aim=self.aim
        )


Request = RunRequest | CompareRequest


def digest_of(request: Request) -> str:
    """SHA-256 of everything that decides what is found."""
    known = [request.document(), [design.digest for _, design in request.designs]]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def write_tables(folder: Path, found: Run | Study) -> list[str]:
    """Write the tables as Parquet (zstd), the same bytes for the same numbers; return their file names."""
    tables = _run_tables(found) if isinstance(found, Run) else _study_tables(found)
    for name, frame in tables.items():
        frame.to_parquet(folder / name, engine="pyarrow", compression="zstd", index=False)
    return list(tables)


def _run_tables(run: Run) -> dict[str, pd.DataFrame]:
    return {"weeks.parquet": run.weeks, "organization.parquet": run.organization, "members.parquet": run.members}


def _study_tables(study: Study) -> dict[str, pd.DataFrame]:
    tables = {"differences.parquet": study.differences, "levels.parquet": study.levels, "weeks.parquet": study.weeks}
    if not study.worlds.empty:
        tables["worlds.parquet"] = study.worlds.reset_index()
    if study.decision:
        tables["outcomes.parquet"] = study.decision.cases.outcomes()
        tables["outcomes_withdrawn.parquet"] = study.decision.cases.outcomes_withdrawn()
        tables["people.parquet"] = study.decision.cases.people
        tables |= {f"decision_{name}.parquet": frame for name, frame in study.decision.tables.items()}
    return tables


def save(folder: Path, request: Request, found: Run | Study, *, command: str, started: datetime) -> None:
    """Write tables, designs and provenance of what was found into `folder`.

    Args:
        folder: an empty folder.
        request: what was asked.
        found: what came out.
        command: the command line that asked it.
        started: when, with its time zone.
    """
    tables = write_tables(folder, found)
    designs = write_designs(folder, request.designs)
    write_provenance(folder, digest_of(request), request.document(), command, started, designs, tables)
