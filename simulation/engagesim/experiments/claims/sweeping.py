"""The runs of a claim, as sweeps: kept, resumed and run again as those of any other experiment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...design.checks import InvalidError, resolve
from ...design.files import Document
from ...design.scenario import Scenario
from ...problems import InputError, Problem
from ..question.columns import Column
from ..question.factors import Level, instruments_of
from ..question.plan import Plan
from ..question.question import Question
from ..runner.carrier import Here
from ..runner.folder import FAILURES, MANIFEST, SweepFolder
from ..runner.merge import runs_frame
from ..runner.sweep import sweep

Floats = NDArray[np.float64]
Heard = Callable[[int], None]


@dataclass(slots=True)
class Sweeps:
    """The sweeps of one claim, each in a folder below `place`.

    Attributes:
        place: folder of the claim.
        outcomes: taken of every run.
        seed: root seed.
        fresh: whether what is kept is run again.
        heard: called with the number of runs that are done.
        done: runs of the sweeps that are finished.
    """

    place: Path
    outcomes: tuple[Column, ...]
    seed: int
    fresh: bool = False
    heard: Heard | None = None
    done: int = 0

    def run(
        self, name: str, arms: Mapping[str, Scenario], count: int, points: Sequence[Mapping[str, float]] = (),
        seeds: Sequence[int] = (),
    ) -> Floats:  # fmt: skip
        """Outcomes of arms at points, float64[arms, points, count, outcomes]; nan where an arm does not hold together.

        Args:
            name: of the sweep.
            arms: designs by the name that their rows have; all share their people and their luck.
            count: replicates.
            points: values by key, the same for all arms; without any, the arms as they are, as one point.
            seeds: root seed of every point; without any, all have that of the claim.

        Raises:
            InputError: a run failed of something else, or the folder cannot be written.
        """
        from ...engine.run import cores

        asked = self._question(name, arms, count, points, seeds)
        place = self.place / name
        sweep(asked, place, carrier=Here(cores()), fresh=self.fresh or _holds_another(place, asked), watch=self._watch)
        _refuse_failures(place)
        found = runs_frame(place, [column.name for column in self.outcomes]).to_numpy(dtype=np.float64)
        self.done += len(found)
        return found.reshape(len(arms), max(1, len(points)), count, len(self.outcomes))

    def _question(
        self, name: str, arms: Mapping[str, Scenario], count: int, points: Sequence[Mapping[str, float]],
        seeds: Sequence[int],
    ) -> Question:  # fmt: skip
        named = tuple(replace(arm, name=own) for own, arm in arms.items())
        listed = {"kind": "list", "list": fitting(points, named), "seeds": list(seeds)}
        data: dict[str, Any] = {
            "title": f"{self.place.name}: {name}", "arms": list(arms), "replicates": count, "seed": self.seed,
            "outcomes": [column.document() for column in self.outcomes],
            **({"design": {"uncertainties": listed}} if points else {}),
        }  # fmt: skip
        return Question.of(Document(f"{name}.toml", Path(), data, {}), arms=named, whole=False)

    @contextmanager
    def _watch(self, _what: str, _total: int) -> Iterator[Callable[[int], None] | None]:
        heard, before = self.heard, self.done
        yield (lambda runs: heard(before + runs)) if heard else None


def fitting(points: Sequence[Mapping[str, float]], arms: Sequence[Scenario]) -> list[dict[str, Level]]:
    """Points as a file may list them: whole where only whole numbers are meant, without what no arm has."""
    names = instruments_of(arms)
    kinds = {key: kind for key in (points[0] if points else ()) if (kind := _kind(key, names))}
    return [{k: round(p[k]) if kind == "integer" else p[k] for k, kind in kinds.items()} for p in points]


def _kind(key: str, instruments: Sequence[str]) -> str:
    """Kind of a parameter; nothing for one of an instrument that no arm has."""
    try:
        return str(resolve(key, instruments)[0].parameter.kind)
    except InvalidError:
        return ""


def _holds_another(place: Path, asked: Question) -> bool:
    """Whether the runs that are kept are of another claim, seed, size or version of the model."""
    return (place / MANIFEST).exists() and bool(SweepFolder.open(place).other_than(Plan.of(asked)))


def _refuse_failures(place: Path) -> None:
    """A design that does not hold together in a world is none of it; any other failure is an error."""
    import pandas as pd

    if not (place / FAILURES).exists():
        return
    failures = pd.read_parquet(place / FAILURES)
    wrong = failures[failures["type"] != InputError.__name__]
    if len(wrong):
        first = wrong.iloc[0]
        message = f"{len(wrong)} runs failed, the first with {first['type']}: {first['message']}"
        raise InputError([Problem(str(place / FAILURES), None, "", message)])
