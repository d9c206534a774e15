"""What a result is: where it was published, what it was compared on, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Kind = Literal["T", "S", "E"]
KINDS: Mapping[Kind, str] = {
    "T": "exact theory",
    "S": "published simulation",
    "E": "experiment or field data",
}

Verdict = Literal["PASS", "ORDER-ONLY", "FAIL"]
NO_ERROR = 1e-14
"""Standard error that is only rounding."""

PASS: Verdict = "PASS"
ORDER_ONLY: Verdict = "ORDER-ONLY"
FAIL: Verdict = "FAIL"

Role = Literal["exact", "predicted", "calibrated"]
"""How a target was used: it follows from theory, it was predicted, or free numbers were fitted on it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a result beside ours.

    Attributes:
        what: what is compared, in words.
        kind: exact theory, published simulation, or experiment.
        target: the published or exact number.
        ours: what the engine gave.
        se: standard error of ours (with that of the target where known); None where nothing is left to chance.
        low, high: what counts as reproduced, both ends included.
        verdict: whether `ours` lies there. ORDER-ONLY: it does not, but the order of the cases is right.
        role: how the target was used.
        control: a negative control, for which FAIL is the right verdict.
        from_memory: the target was not looked up.
        note: what else to know.
    """

    what: str
    kind: Kind
    target: float
    ours: float
    se: float | None
    low: float
    high: float
    verdict: Verdict
    role: Role = "exact"
    control: bool = False
    from_memory: bool = False
    note: str = ""

    @property
    def z(self) -> float | None:
        """Difference in standard errors; None without one."""
        return (self.ours - self.target) / self.se if self.se and self.se > NO_ERROR else None

    @property
    def as_it_should(self) -> bool:
        """Whether a result passes and a negative control fails."""
        return (self.verdict == FAIL) if self.control else (self.verdict != FAIL)


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found: its parts, and the numbers that its picture shows."""

    parts: Sequence[Part]
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to run.

    Attributes:
        seed: root seed, printed with the results.
        quick: fewer runs, with correspondingly larger standard errors.
        again: which look this is; a second look takes other luck and four times the runs.
    """

    seed: int = 0
    quick: bool = False
    again: int = 0

    def runs(self, quick: int, full: int) -> int:
        """One number or the other, four times as many at each further look."""
        return (quick if self.quick else full) * (1 << 2 * self.again)

    def seed_of(self, name: str, number: int = 0) -> int:
        """A root seed for one group of runs: that of replicate `number` under a seed of this name and look."""
        from ..draws import key_of, named, replicate_seed

        key: int = key_of(self.seed, named(f"validation.{name}"), self.again)
        return int(replicate_seed(int(key), number))


@dataclass(frozen=True, slots=True)
class Check:
    """A published result.

    Attributes:
        name: that of its module, as it is called on the command line.
        number: its place in the list.
        title: what it says, in a few words.
        kind: the kinds of its parts, such as "T" or "T + E".
        sources: keys of `literature.REFERENCES`.
        scenarios: the shipped scenarios that it runs, with other settings.
        rule: which rules of the engine are in force, in words.
        calibrated: which published numbers free parameters were set on; empty if none was free.
        predicted: which numbers were predicted.
        shows: what a PASS shows.
        shows_not: what it does not show.
        measure: runs it.
        draw: shows the published numbers beside ours on an empty figure.
        explanation: why parts that fail do so; empty while none does.
    """

    name: str
    number: int
    title: str
    kind: str
    sources: tuple[str, ...]
    scenarios: tuple[str, ...]
    rule: str
    calibrated: str
    predicted: str
    shows: str
    shows_not: str
    measure: Callable[[Effort], Found]
    draw: Callable[[Figure, Found], None]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A check that was run: what it found, its verdict, and how long it took."""

    check: Check
    found: Found
    effort: Effort
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """FAIL if a part does or if a negative control passes; ORDER-ONLY if a part is; else PASS."""
        parts = self.found.parts
        if not parts or not all(part.as_it_should for part in parts):
            return FAIL
        return ORDER_ONLY if any(part.verdict == ORDER_ONLY for part in parts) else PASS
