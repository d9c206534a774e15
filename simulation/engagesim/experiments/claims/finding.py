"""What was found on a claim, as it is kept and shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..statistics.flipping import Split, split_of
from .claim import Claim, Test
from .judging import Ablated, Estimate, Verdict, ablated_as_one, combined, holds, judge

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run.

    Attributes:
        name: `quick` or `full`.
        replicates: pairs at base.
        worlds: uncertain worlds.
        per_world: pairs in each.
        grid: points along each axis of a phase map; below 2 there is none.
        per_cell: pairs in each cell of it.
        sobol: base points where variance is decomposed, a power of two.
    """

    name: str
    replicates: int
    worlds: int
    per_world: int
    grid: int
    per_cell: int
    sobol: int


QUICK = Size("quick", 12, 20, 2, 0, 0, 32)
FULL = Size("full", 50, 100, 2, 9, 2, 128)


@dataclass(frozen=True, slots=True)
class InWorlds:
    """Uncertain worlds float64[W, keys], and the mean contrast of every test in each of them."""

    keys: tuple[str, ...]
    points: Floats
    means: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Mapped:
    """Mean contrast of a test over two parameters, float64[y, x], and where the base lies."""

    test: str
    x: str
    y: str
    xs: Floats
    ys: Floats
    means: Floats
    base: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Held:
    """In which worlds a sign holds, and in which the contrast has a value at all: only those count."""

    flags: Bools
    known: Bools

    @property
    def share(self) -> float | None:
        """Share of the worlds that count in which it holds."""
        return float(self.flags[self.known].mean()) if self.known.any() else None

    def split(self, worlds: InWorlds, seed: int) -> Split | None:
        """The parameter that best tells where it holds."""
        return split_of(worlds.keys, worlds.points[self.known], self.flags[self.known], seed)


def held_in(worlds: InWorlds, test: Test) -> Held | None:
    """Where the sign of a test holds; None if it was not tried in other worlds."""
    means = worlds.means.get(test.name)
    return None if means is None else Held(holds(means, test.direction, test.sesoi), ~np.isnan(means))


def held_as_one(held: Sequence[Held], rule: str) -> Held | None:
    """Where all (or any) of the parts hold."""
    if not held:
        return None
    flags = [part.flags for part in held]
    one = np.all(flags, axis=0) if rule == "all" else np.any(flags, axis=0)
    return Held(one, np.all([part.known for part in held], axis=0))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on one test."""

    test: Test
    base: Estimate
    verdict: Verdict
    without: Estimate
    ablation: Ablated
    held: Held | None
    split: Split | None

    @classmethod
    def of(
        cls, test: Test, base: Estimate, without: Estimate, ablation: Ablated, worlds: InWorlds, seed: int
    ) -> Found:  # fmt: skip
        """With its verdict, where its sign held, and what flips it."""
        held = held_in(worlds, test)
        verdict = judge(base, test.direction, test.sesoi)
        return cls(test, base, verdict, without, ablation, held, held.split(worlds, seed) if held else None)

    def document(self) -> dict[str, Any]:
        """As JSON holds it."""
        test, outcome = self.test, self.test.outcome
        return {
            "name": test.name, "says": test.says, "contrast": dict(test.contrast), "constant": test.constant,
            "outcome": outcome.measure, "group": outcome.group, "window": _window(outcome.window),
            "less": _window(outcome.less), "direction": test.direction, "sesoi": test.sesoi, "why": test.why,
            "settings": dict(test.settings), "verdict": self.verdict, **estimate_document(self.base),
            "share": self.held.share if self.held else None, "flips_with": split_document(self.split),
            "ablation": {
                "settings": dict(test.ablation), "result": self.ablation, **estimate_document(self.without),
            },
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on a claim; `document` is what is kept."""

    document: dict[str, Any] = field(repr=False)

    @property
    def failures(self) -> list[str]:
        """Controls that failed, in words."""
        return list(self.document["failures"])


def overall(
    claim: Claim, size: Size, seed: int, parts: tuple[Found, ...], rivals: tuple[Found, ...], worlds: InWorlds, *,
    label_control: bool, survival: Mapping[str, float], mapped: Mapped | None = None,
    effects: Sequence[Mapping[str, Any]] = (), extra: Mapping[str, Any] | None = None,
) -> Finding:  # fmt: skip
    """The finding of a claim from those of its parts."""
    verdict = combined([part.verdict for part in parts], claim.rule)
    held = held_as_one([part.held for part in parts if part.held], claim.rule)
    ablation = ablated_as_one([part.ablation for part in parts])
    split = held.split(worlds, seed) if held else None
    document = {
        "id": claim.id, "title": claim.title, "class": claim.kind, "source": claim.source, "quote": claim.quote,
        "claim": claim.claim, "verification_only": claim.kind == "B", "rule": claim.rule, "verdict": verdict,
        "share": held.share if held else None, "flips_with": split_document(split),
        "ablation": ablation, "label_control": "null" if label_control else "not null",
        "failures": failures_of(claim, ablation, label_control), "tests": [part.document() for part in parts],
        "rivals": _rivals(claim, rivals), "arms": {name: arm.title for name, arm in claim.arms.items()},
        "survival": dict(survival), "effects": [dict(effect) for effect in effects], "map": map_document(mapped),
        "worlds": worlds_document(worlds, held), "not_varied": list(claim.fixed),
        "worlds_tried": int(held.known.sum()) if held else 0, "notes": list(claim.notes), "size": size.name,
        "replicates": size.replicates, "seed": seed, **(extra or {}),
    }  # fmt: skip
    return Finding(plain(document))


def failures_of(claim: Claim, ablation: Ablated, label_control: bool) -> list[str]:
    """Controls that failed."""
    labels = [] if label_control else ["another label changes the outcome"]
    stays = ablation == "stays" and claim.kind == "E"
    return [*labels, *(["an effect stays when its mechanism is switched off"] if stays else [])]


def _rivals(claim: Claim, found: Sequence[Found]) -> list[dict[str, Any]]:
    tested = iter(found)
    return [
        {"says": rival.says, "untested": rival.untested} if rival.test is None else next(tested).document()
        for rival in claim.rivals
    ]


def estimate_document(found: Estimate) -> dict[str, Any]:
    """An estimate as JSON holds it."""
    return {
        "mean": found.mean, "low": found.low, "high": found.high, "low90": found.low90, "high90": found.high90,
        "n": found.n,
    }  # fmt: skip


def split_document(split: Split | None) -> dict[str, Any] | None:
    """A split as JSON holds it."""
    if split is None:
        return None
    return {
        "parameter": split.parameter, "value": split.value, "share_below": split.below, "share_above": split.above,
        "p": split.p, "flips": split.flips,
    }  # fmt: skip


def map_document(mapped: Mapped | None) -> dict[str, Any] | None:
    """A phase map as JSON holds it."""
    if mapped is None:
        return None
    return {
        "test": mapped.test, "x": mapped.x, "y": mapped.y, "xs": mapped.xs, "ys": mapped.ys, "means": mapped.means,
        "base": list(mapped.base),
    }  # fmt: skip


def worlds_document(worlds: InWorlds, held: Held | None) -> dict[str, Any]:
    """Worlds and what was found in each, as JSON holds it."""
    flags = held.flags if held else None
    return {"keys": worlds.keys, "points": worlds.points, "means": dict(worlds.means), "held": flags}


def _window(window: Any) -> Any:
    return list(window) if isinstance(window, tuple) else window


def plain(value: Any) -> Any:
    """A value as strict JSON can hold it: arrays as lists, and what is not a number as null."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
