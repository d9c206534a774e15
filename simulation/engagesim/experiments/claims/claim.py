"""What a claim is: arms, tests on contrasts between them, worlds to vary, and the controls it has to pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ...design.scenario import Scenario
from ..question.columns import Column

Direction = Literal["up", "down", "same", "at_least", "at_most"]
DIRECTIONS: Mapping[str, str] = {
    "up": "higher",
    "down": "lower",
    "same": "no difference that matters",
    "at_least": "not lower by more than matters",
    "at_most": "not higher by more than matters",
}
"""What a test claims of its contrast, in words."""

Class = Literal["B", "E", "R"]
CLASSES: Mapping[str, str] = {
    "B": "built in: true by construction, shown as verification only",
    "E": "emergent",
    "R": "its sign depends on parameters",
}
Rule = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class Test:
    """One part of a claim: the sign and size of a contrast, sum of weight x outcome of an arm, plus a constant.

    Attributes:
        name: unique in its claim.
        says: what it claims, in words.
        contrast: weight by arm (by group of parameters, where variance is decomposed).
        constant: added to the contrast; a level against a bound is a contrast of one arm with a constant.
        outcome: of every arm.
        direction: of the contrast.
        sesoi: smallest contrast that matters, above 0.
        why: what that size rests on.
        ablation: settings that switch off what should cause it, in every arm.
        settings: held in every arm for this test alone.
    """

    name: str
    says: str
    contrast: Mapping[str, float]
    outcome: Column
    direction: Direction
    sesoi: float
    why: str
    constant: float = 0.0
    ablation: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rival:
    """What would speak against the claim: a test, or why the model cannot tell."""

    says: str
    test: Test | None
    untested: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a phase map."""

    key: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PhaseMap:
    """Two nuisance parameters over which one test is repeated."""

    test: str
    x: Axis
    y: Axis


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Whose parameters move an outcome: groups of parameters, each varied by the same relative width.

    Attributes:
        scenario: around which they are varied.
        groups: keys by name of a group.
        width: half width of a range against the scenario's value.
        widths: other widths, to see how far the answer depends on that rule.
        hold: keys that the ablation holds at the scenario's value.
    """

    scenario: Scenario
    groups: Mapping[str, tuple[str, ...]]
    width: float
    widths: tuple[float, ...]
    hold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, read and checked.

    Attributes:
        id: `H1` to `H20`, `R1` to `R8`.
        name: of its file.
        kind: class of the claim.
        source: key of the essay and number of the idea.
        quote: a few words of it.
        claim: in plain words.
        arms: designs by name; empty where variance is decomposed.
        factors: names of the factors of a full factorial, none otherwise.
        tests: its parts; `rule` says how their verdicts make one.
        rivals: what would speak against it.
        worlds: low and high of what is uncertain, by key.
        fixed: uncertain keys that are not varied, since the arms differ in them.
        pairs: times as many pairs in each world and each cell of a map, where single runs differ much.
        phase: of a claim whose sign depends on parameters.
        decomposition: in place of arms.
        notes: what a reader has to know; they may be added to when results are in.
        digest: of everything that can change a result.
    """

    id: str
    name: str
    title: str
    kind: Class
    source: str
    quote: str
    claim: str
    arms: Mapping[str, Scenario]
    factors: tuple[str, ...]
    tests: tuple[Test, ...]
    rule: Rule
    rivals: tuple[Rival, ...]
    worlds: Mapping[str, tuple[float, float]]
    fixed: tuple[str, ...]
    pairs: int
    phase: PhaseMap | None
    decomposition: Decomposition | None
    notes: tuple[str, ...]
    digest: str

    @property
    def tested(self) -> tuple[Test, ...]:
        """The tests of the claim and of its rivals."""
        return (*self.tests, *(rival.test for rival in self.rivals if rival.test))

    @property
    def outcomes(self) -> tuple[Column, ...]:
        """What they look at, each once."""
        return tuple({test.outcome.name: test.outcome for test in self.tested}.values())
