"""A question as a file: which designs to compare, what to vary, on what outcomes, how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...design.catalogue import BY_NAME as PARAMETERS
from ...design.checks import resolve
from ...design.files import Document, expect, find, read
from ...design.scenario import Scenario
from ...problems import InputError, Problem
from ..worlds import ranges_of
from .checking import problems_in
from .columns import Column
from .designs import Design, default_design, wrong_with
from .factors import Factor, Level, factors_in, instruments_of, placed, ranged
from .reading import Limit, Precision, Target, columns_in, design_in, limits_in, precision_in, targets_in
from .schemes import schemes_in

CHECKED = 2000
"""Combinations of values that are tried on every arm before anything runs; of more, the first so many."""


@dataclass(frozen=True, slots=True)
class Question:
    """An experiment file, read and checked; settings of its table `[set]` hold in every arm already.

    Attributes:
        name: file name without its ending.
        title: what people call it.
        description: a paragraph in plain words.
        arms: the designs; the first is the baseline.
        replicates: runs of every combination; with `precision`, the first so many.
        worlds: 1, or that many other worlds beside the one as stated.
        seed: root seed.
        factors: levers, then uncertainties.
        design: how all factors are combined together; None where levers and uncertainties are crossed.
        lever_design: how the levers are combined; None without any, or with `design`.
        world_design: how the uncertainties are combined; None without any, or with `design`.
        columns: outcomes that are kept of every run.
        matters: by measure, the smallest difference that matters.
        acceptable: by measure, what is good enough.
        precision: when there are enough replicates; None if their number is fixed.
        targets: what a calibration fits.
        budget: cost per member-week, beyond the baseline's, that a comparison sets all schemes to; None for their own.
        data: the file as it was read.
    """

    name: str
    title: str
    description: str
    arms: tuple[Scenario, ...]
    replicates: int = 100
    worlds: int = 1
    seed: int = 0
    factors: tuple[Factor, ...] = ()
    design: Design | None = None
    lever_design: Design | None = None
    world_design: Design | None = None
    columns: tuple[Column, ...] = field(default=(), repr=False)
    matters: Mapping[str, float] = field(default_factory=dict)
    acceptable: Mapping[str, Limit] = field(default_factory=dict)
    precision: Precision | None = None
    targets: tuple[Target, ...] = ()
    budget: float | None = None
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def levers(self) -> tuple[Factor, ...]:
        """Factors that a designer chooses."""
        return tuple(f for f in self.factors if f.lever)

    @property
    def uncertainties(self) -> tuple[Factor, ...]:
        """Factors that nobody chooses."""
        return tuple(f for f in self.factors if not f.lever)

    @classmethod
    def load(cls, name_or_path: str, base: str | None = None) -> Question:
        """A shipped experiment by name, or a file by path; its schemes on another `base` than the file's.

        Raises:
            InputError: with every problem of the file.
        """
        return cls.of(read(find(name_or_path, "experiments")), base)

    @classmethod
    def of(
        cls, document: Document, base: str | None = None, *, arms: tuple[Scenario, ...] = (), whole: bool = True
    ) -> Question:
        """The question of a file that was read.

        Args:
            document: the file.
            base: another base of its schemes.
            arms: designs in place of those that the file names.
            whole: whether every combination has to hold together; else one that does not is a run that fails.

        Raises:
            InputError: with every problem of it.
        """
        expect(document, "experiment")
        problems = problems_in(document)
        named = not arms and not any(p.key == "arms" for p in problems)
        arms = _arms(document, problems, base) if named else arms
        data = document.data
        outcomes = columns_in(document)
        limits = limits_in(document)
        precision, targets = precision_in(document), targets_in(document, arms)
        problems += [*outcomes.problems, *limits.problems, *precision.problems, *targets.problems]
        varied = _varied(document, arms, problems) if arms else Varied(())
        problems += [] if arms else _wrong_anyway(document)
        if problems:
            raise InputError(dict.fromkeys(problems))
        title, description = (str(data.get(key, "")).strip() for key in ("title", "description"))
        extra = [precision.value.column] if precision.value else []
        asked = cls(
            Path(document.path).stem, title, description, arms,
            data.get("replicates", 100), data.get("worlds", 1), data.get("seed", 0),
            factors=varied.factors, design=varied.together, lever_design=varied.levers, world_design=varied.worlds,
            columns=tuple(dict.fromkeys([*outcomes.value, *extra, *(target.column for target in targets.value)])),
            matters=limits.matters, acceptable=limits.acceptable, precision=precision.value, targets=targets.value,
            budget=float(data["budget"]) if "budget" in data else None, data=data,
        )  # fmt: skip
        if impossible := _impossible(asked, document) if whole else []:
            raise InputError(dict.fromkeys(impossible))
        return asked


@dataclass(frozen=True, slots=True)
class Varied:
    """What a file varies, and how it is combined."""

    factors: tuple[Factor, ...]
    together: Design | None = None
    levers: Design | None = None
    worlds: Design | None = None


def _wrong_anyway(document: Document) -> list[Problem]:
    """What is wrong with factors whoever the designs are: their instruments are not known where none could be read."""
    found = [p for table in ("levers", "uncertainties") for p in factors_in(document, table, ())[1]]
    heads = [(p, *p.key.partition(" ")[0].partition(".")[:2]) for p in (*found, *design_in(document, ())[1])]
    return [problem for problem, head, dot in heads if not dot or head in PARAMETERS]


def _varied(document: Document, arms: tuple[Scenario, ...], problems: list[Problem]) -> Varied:
    """Factors and designs; whatever is wrong goes into `problems`."""
    before = len(problems)
    levers, found = factors_in(document, "levers", arms)
    uncertain, more = factors_in(document, "uncertainties", arms)
    design, also = design_in(document, arms)
    problems += [*found, *more, *also]
    worlds = document.data.get("worlds", 1)
    if worlds != 1 and not uncertain and "uncertainties" not in document.data:
        try:
            uncertain = _declared(arms)
        except InputError as error:
            problems += [document.problem(("worlds",), p.key, p.message) for p in error.problems]
    if len(problems) > before:
        return Varied(())
    levers += _listed(design.get("levers") or design.get("design"), (*levers, *uncertain), lever=True)
    uncertain += _listed(design.get("uncertainties"), uncertain, lever=False)
    found_varied = _combined(design, levers, uncertain, worlds)
    problems += [*_twice(document, found_varied.factors), *_misfits(document, found_varied)]
    return found_varied


def _combined(design: Mapping[str, Design], levers: list[Factor], uncertain: list[Factor], worlds: int) -> Varied:
    factors = (*levers, *uncertain)
    if "design" in design:
        return Varied(factors, design["design"])
    return Varied(
        factors, None, design.get("levers") or (default_design("factorial") if levers else None),
        design.get("uncertainties") or _worlds_design(uncertain, worlds),
    )  # fmt: skip


def _misfits(document: Document, varied: Varied) -> list[Problem]:
    """Designs that do not fit what they combine."""
    levers, worlds = (tuple(f for f in varied.factors if f.lever is lever) for lever in (True, False))
    used = (
        (("design",), varied.together, varied.factors), (("design", "levers"), varied.levers, levers),
        (("design", "uncertainties"), varied.worlds, worlds),
    )  # fmt: skip
    return [
        document.problem((*where, key), key, text)
        for where, design, over in used if design is not None
        for key, text in wrong_with(design, over)
    ]  # fmt: skip


def _listed(design: Design | None, known: Sequence[Factor], *, lever: bool) -> list[Factor]:
    """Factors that only a list of points names."""
    if design is None:
        return []
    values: dict[str, dict[Level, None]] = {}
    for point in design.listed:
        for key, value in point.items():
            values.setdefault(key, {})[value] = None
    there = {factor.key for factor in known}
    return [Factor(key, lever, tuple(found)) for key, found in values.items() if key not in there]


def _declared(arms: tuple[Scenario, ...]) -> list[Factor]:
    """The uncertainties that the arms declare themselves."""
    names = instruments_of(arms)
    return [
        ranged(key, low, high, lever=False, whole=resolve(key, names)[0].parameter.kind == "integer")
        for key, (low, high) in ranges_of(arms).items()
    ]


def _worlds_design(uncertain: list[Factor], worlds: int) -> Design | None:
    if not uncertain:
        return None
    if worlds > 1:
        return default_design("latin_hypercube", points=worlds, stated=True)
    return default_design("latin_hypercube")


def _twice(document: Document, factors: tuple[Factor, ...]) -> list[Problem]:
    """Factors that stand in both tables, or whose columns would have one name."""
    seen: dict[str, str] = {}
    problems = []
    for factor in factors:
        if factor.column in seen:
            table = "levers" if factor.lever else "uncertainties"
            message = f"varies already, as {seen[factor.column]}"
            problems.append(document.problem((table, factor.key), factor.key, message))
        seen[factor.column] = factor.key
    return problems


def _impossible(asked: Question, document: Document) -> list[Problem]:
    """Combinations of values that do not hold together in some arm."""
    from .plan import Plan

    plan = Plan.of(asked)
    places: dict[tuple[str, str], list[str]] = {}
    for cell in range(min(plan.cells, CHECKED)):
        arm, point, world = plan.parts(cell)
        place = plan.place(point, world)
        try:
            placed(asked.arms[arm], plan.settings(cell), place)
        except InputError as error:
            for p in error.problems:
                places.setdefault((asked.arms[arm].name, p.message), []).append(place)
    return [
        document.problem(("levers",), f"{arm} {_first_of(found)}", message) for (arm, message), found in places.items()
    ]


def _first_of(places: Sequence[str]) -> str:
    """The first of many combinations, and how many more there are: one problem is said once."""
    return places[0] + (f" (and {len(places) - 1:,} more)" if len(places) > 1 else "")


def _arms(document: Document, problems: list[Problem], base: str | None) -> tuple[Scenario, ...]:
    """The arms, each with the settings of the file; every problem of every arm goes into `problems`."""
    if "schemes" in document.data:
        schemes, wrong = schemes_in(document, base)
        problems += [_at_home(document, p) for p in wrong]
        return schemes
    if base is not None or "base" in document.data:
        message = "is for an experiment with [[schemes]]; this one lists arms"
        problems.append(document.problem(("base",), "base", message))
    arms, found = [], []
    settings: dict[str, Any] = dict(document.data.get("set", {}))
    for arm in document.data["arms"]:
        place = document.folder / arm
        try:
            arms.append(Scenario.load(place if arm.endswith(".toml") else arm).changed(**settings))
        except InputError as error:
            found += [_at_home(document, p) for p in error.problems]
    problems += dict.fromkeys(found)
    names = [arm.name for arm in arms]
    if len(set(names)) < len(names):
        problems.append(document.problem(("arms",), "arms", "every design needs a name of its own; rename a file"))
    return () if found else tuple(arms)


def _at_home(document: Document, problem: Problem) -> Problem:
    """A problem of a setting, said of the file that makes it."""
    if problem.path != "changed":
        return problem
    key = problem.key.partition(" ")[0]
    return document.problem(("set", key), problem.key, problem.message)
