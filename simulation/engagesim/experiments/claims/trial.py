"""Trying a claim: paired replicates at base, ablations, uncertain worlds, a phase map, rivals and the label control."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...design.scenario import Scenario
from ...draws import key_of, named
from ..question.columns import Column
from ..statistics.means import mean_over
from ..worlds import points_of, worlds_of
from .claim import Claim, Test
from .decomposing import number_of
from .finding import Finding, Found, InWorlds, Mapped, Size, overall
from .judging import UNKNOWN, ablated, contrast, estimate
from .labels import same_under_another_label
from .reading import changed
from .sweeping import Sweeps

Floats = NDArray[np.float64]
Key = tuple[str, str]
"""Settings (as text) and name of an arm."""

NOTHING: Mapping[str, Any] = {}

LASTING = Column("participation", "end", "employee")
"""By which a run counts as one that lasted: any employee takes part in the last week."""


def outcomes_of(claim: Claim) -> tuple[Column, ...]:
    """What is taken of every run of a claim: what its tests look at, and whether the organization lasts."""
    taken = {column.name: column for column in (*claim.outcomes, LASTING)}
    return claim.outcomes if claim.decomposition else tuple(taken.values())


def runs_of(claim: Claim, size: Size) -> int:
    """How many runs a trial makes, but for those of its controls."""
    if claim.decomposition:
        points = size.sobol * (len(claim.decomposition.groups) + 4)
        return points * (2 + len(claim.decomposition.widths))
    arms = len(_used(claim.tests))
    grid = size.grid**2 * size.per_cell * len(_mapped(claim))
    places = (size.worlds * size.per_world * arms + grid) * claim.pairs
    return len(_designs(claim)) * size.replicates + places


def try_arms(claim: Claim, size: Size, sweeps: Sweeps) -> Finding:
    """The finding of a claim about arms."""
    trial, seed = _Trial(claim, size, sweeps), sweeps.seed
    base = trial.base()
    worlds = trial.worlds()
    found = [trial.part(test, base, worlds) for test in claim.tested]
    rivals = len(claim.tested) - len(claim.tests)
    return overall(
        claim, size, seed, tuple(found[: len(claim.tests)]), tuple(found[len(found) - rivals :]), worlds,
        mapped=trial.phase_map(), effects=trial.effects(base),
        label_control=same_under_another_label(claim.arms, _used(claim.tests), seed),
        survival=trial.survival(base),
    )  # fmt: skip


def _mapped(claim: Claim) -> tuple[str, ...]:
    """Arms of the test that is mapped."""
    return tuple(arm for test in claim.tests if claim.phase and test.name == claim.phase.test for arm in test.contrast)


def _used(tests: Sequence[Test]) -> tuple[str, ...]:
    """Arms that the tests contrast."""
    return tuple(dict.fromkeys(arm for test in tests for arm in test.contrast))


def _text(settings: Mapping[str, Any]) -> str:
    return json.dumps(settings, sort_keys=True)


def _without(test: Test) -> Mapping[str, Any]:
    """The settings of a test with its mechanism off."""
    return {**test.settings, **test.ablation}


def _ablates(test: Test) -> bool:
    """Whether a difference is claimed that an ablation could remove."""
    return bool(test.ablation) and test.direction in ("up", "down")


def _designs(claim: Claim) -> dict[Key, Scenario]:
    """Every design that runs at base: arms under the settings of tests, and under those and their ablations."""
    found = {}
    for test in claim.tested:
        for settings in (test.settings, *([_without(test)] if _ablates(test) else [])):
            for arm in test.contrast:
                found[_text(settings), arm] = changed(claim.arms[arm], settings)
    if claim.factors:
        found |= {(_text(NOTHING), arm): design for arm, design in claim.arms.items()}
    return found


def _named(designs: Mapping[Key, Scenario]) -> dict[str, Scenario]:
    """Designs by the name of their arm, with a number for every change of settings: `roomy`, `roomy.1`."""
    settings = list(dict.fromkeys([_text(NOTHING), *(text for text, _ in designs)]))
    return {arm + (f".{settings.index(text)}" if settings.index(text) else ""): d for (text, arm), d in designs.items()}


@dataclass(slots=True)
class _Trial:
    claim: Claim
    size: Size
    sweeps: Sweeps

    @property
    def seed(self) -> int:
        return self.sweeps.seed

    def column(self, outcome: Column) -> int:
        """Where an outcome stands among those that are taken."""
        return [taken.name for taken in self.sweeps.outcomes].index(outcome.name)

    def base(self) -> dict[Key, Floats]:
        """Outcomes of every design at base: float64[replicates, outcomes]."""
        designs = _designs(self.claim)
        found = self.sweeps.run("base", _named(designs), self.size.replicates)
        return dict(zip(designs, found[:, 0], strict=True))

    def survival(self, base: Mapping[Key, Floats]) -> dict[str, float]:
        """Share of replicates in which any employee takes part in the last week, by arm as stated."""
        column = self.column(LASTING)
        return {
            arm: _lasting(found[:, column]) for (settings, arm), found in base.items() if settings == _text(NOTHING)
        }

    def samples(self, test: Test, base: Mapping[Key, Floats], settings: Mapping[str, Any]) -> Floats:
        """The contrast of a test in every replicate."""
        column = self.column(test.outcome)
        values = {arm: base[_text(settings), arm][:, column] for arm in test.contrast}
        return contrast(values, test.contrast, test.constant)

    def part(self, test: Test, base: Mapping[Key, Floats], worlds: InWorlds) -> Found:
        """What was found on one test."""
        at_base = estimate(self.samples(test, base, test.settings), self.seed)
        without = estimate(self.samples(test, base, _without(test)), self.seed) if _ablates(test) else UNKNOWN
        gone = ablated(at_base, without, test.direction, test.sesoi) if _ablates(test) else "nothing to remove"
        return Found.of(test, at_base, without, gone, worlds, self.seed)

    def worlds(self) -> InWorlds:
        """Mean contrast of every test in every uncertain world."""
        arms, size = _used(self.claim.tests), self.size
        frame = worlds_of(dict(self.claim.worlds), size.worlds, self.seed)
        found = self.at("worlds", [point for _, point in points_of(frame)], arms, size.per_world * self.claim.pairs)
        return InWorlds(tuple(frame.columns), frame.to_numpy(), self.means(found, arms))

    def at(self, name: str, points: Sequence[Mapping[str, float]], arms: Sequence[str], count: int) -> Floats:
        """Outcomes of arms at points, float64[points, arms, count, outcomes].

        Arms share their luck; each point has luck of its own, so that no lucky replicate decides in all of them.
        """
        seeds = [key_of(self.seed, named("claims.place"), i) for i in range(len(points))]
        found = self.sweeps.run(name, {arm: self.claim.arms[arm] for arm in arms}, count, points, seeds)
        return found.swapaxes(0, 1)

    def means(self, found: Floats, arms: Sequence[str]) -> dict[str, Floats]:
        """Mean contrast over replicates, by test, from float64[places, arms, replicates, outcomes]."""
        means = {}
        for test in self.claim.tested:
            if test.settings or not set(test.contrast) <= set(arms):
                continue
            column = self.column(test.outcome)
            values = {arm: found[:, i, :, column] for i, arm in enumerate(arms) if arm in test.contrast}
            samples = contrast(values, test.contrast, test.constant)
            means[test.name] = mean_over(samples, 1)
        return means

    def phase_map(self) -> Mapped | None:
        """Mean contrast of one test over two parameters, all else at base."""
        phase, size = self.claim.phase, self.size
        if phase is None or size.grid < 2:
            return None
        (test,) = [test for test in self.claim.tests if test.name == phase.test]
        arms = tuple(test.contrast)
        xs, ys = (np.linspace(axis.low, axis.high, size.grid) for axis in (phase.x, phase.y))
        points = [{phase.x.key: float(x), phase.y.key: float(y)} for y, x in product(ys, xs)]
        means = self.means(self.at("map", points, arms, size.per_cell * self.claim.pairs), arms)[test.name].reshape(
            size.grid, size.grid
        )
        at_base = [_number(self.claim.arms[arms[0]], axis.key) for axis in (phase.x, phase.y)]
        return Mapped(test.name, phase.x.key, phase.y.key, xs, ys, means, at_base)

    def effects(self, base: Mapping[Key, Floats]) -> list[dict[str, Any]]:
        """Every main effect and interaction of a factorial on the first outcome (Yates's contrasts)."""
        factors = self.claim.factors
        if not factors:
            return []
        values = {arm: base[_text(NOTHING), arm][:, 0] for arm in self.claim.arms}
        found = []
        for arm in [a for a in values if set(a.split("+")) <= set(factors)]:
            on = arm.split("+")
            weights = {a: _sign(a, on) / 2 ** (len(factors) - 1) for a in values if _is_cell(a, factors)}
            e = estimate(contrast(values, weights), self.seed)
            found.append({"effect": arm, "mean": e.mean, "low": e.low, "high": e.high})
        return found


def _lasting(values: Floats) -> float:
    """Share of replicates float64[R] of `LASTING` in which the organization lasted."""
    return float((np.nan_to_num(values) > 0.0).mean())


def _is_cell(arm: str, factors: Sequence[str]) -> bool:
    return arm == "none" or set(arm.split("+")) <= set(factors)


def _sign(cell: str, factors: Sequence[str]) -> int:
    """Sign of a cell in the contrast of an interaction of `factors`."""
    off = sum(factor not in cell.split("+") for factor in factors)
    return -1 if off % 2 else 1


def _number(arm: Scenario, key: str) -> float | None:
    return number_of(arm, key) if key.partition(".")[0] in arm.values else None
