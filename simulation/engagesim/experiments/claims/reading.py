"""Reading a claim from its file: every problem at once, with its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from ...design.catalogue import BY_NAME
from ...design.checks import InvalidError, resolve
from ...design.files import Document, expect, find, read, shipped
from ...design.lines import Where
from ...design.scenario import Scenario
from ...parameter import ROLES
from ...problems import InputError, Problem, nearest
from ..question.columns import EVERYONE, Column, window_in
from ..question.factors import factors_in
from ..worlds import Ranges, ranges_of
from .claim import Axis, Claim, Decomposition, PhaseMap, Rival, Test
from .decomposing import DUMMY, LUCK
from .shape import problems_of

FOLDER = "experiments/hypotheses"
COMMON = "common"
"""The file that says which worlds every claim has to hold in."""
NONE = "none"
"""The arm of a factorial in which nothing is done."""


def shipped_claims() -> dict[str, str]:
    """Path of the shipped file by id of the claim, H1 to H20 before R1 to R8."""
    paths = {name: path for name, path in shipped(FOLDER).items() if name != COMMON}
    found = {str(read(path).data.get("id", name)): str(path) for name, path in paths.items()}
    return dict(sorted(found.items(), key=lambda item: (item[0][:1], int(item[0][1:]))))


def load_claim(path: str) -> Claim:
    """The claim of a file.

    Raises:
        InputError: with every problem of the file.
    """
    document = read(find(path, FOLDER))
    expect(document, "claim")
    if found := list(problems_of(document)):
        _raise([*found, *_Reader(document).problems_of_arms()])
    return _Reader(document).claim()


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(dict.fromkeys(problems))


class _Reader:
    """Makes one claim of a document whose shape is right."""

    def __init__(self, document: Document) -> None:
        self.document, self.data = document, document.data
        self.problems: list[Problem] = []

    def problem(self, where: Where, key: str, message: str) -> None:
        self.problems.append(self.document.problem(where, key, message))

    def claim(self) -> Claim:
        decomposition = self.decomposition()
        arms = {} if decomposition else self.arms()
        _raise(self.problems)
        tests = tuple(self.test(test, ("tests", i)) for i, test in enumerate(self.data["tests"]))
        rivals = tuple(self.rival(rival, ("rivals", i)) for i, rival in enumerate(self.data["rivals"]))
        self.check_contrasts((*decomposition.groups, LUCK, DUMMY) if decomposition else tuple(arms))
        worlds, fixed = ({}, ()) if decomposition else self.worlds(list(arms.values()))
        phase = self.phase(tests)
        self.check_settings(arms, tests)
        _raise(self.problems)
        data = self.data
        return Claim(
            id=data["id"], name=self.document.path.rpartition("/")[2].removesuffix(".toml"), title=data["title"],
            kind=data["class"], source=data["source"], quote=data["quote"], claim=data["claim"].strip(), arms=arms,
            factors=tuple(data.get("factorial", {}).get("factors", {})), tests=tests, rule=data.get("rule", "all"),
            rivals=rivals, worlds=worlds, fixed=fixed, pairs=data.get("pairs", 1), phase=phase,
            decomposition=decomposition, notes=tuple(data.get("notes", ())),
            digest=self.digest(arms, worlds, decomposition),
        )  # fmt: skip

    def problems_of_arms(self) -> list[Problem]:
        """What is wrong with the designs of `[arms]`, and who is not among them, where the file's shape is wrong."""
        arms, shared = self.data.get("arms"), self.data.get("set", {})
        if not isinstance(arms, Mapping) or not isinstance(shared, Mapping):
            return []
        for name, arm in arms.items():
            if isinstance(arm, Mapping) and isinstance(arm.get("scenario"), str):
                settings = arm.get("set", {})
                self.design(arm["scenario"], settings if isinstance(settings, Mapping) else {}, ("arms", name))
        if "factorial" not in self.data and "decomposition" not in self.data:
            self.check_contrasts(tuple(arms))
        return self.problems

    def arms(self) -> dict[str, Scenario]:
        """Designs by name: those of the file, and all combinations of its factors."""
        found = {
            name: self.design(arm["scenario"], arm.get("set", {}), ("arms", name))
            for name, arm in self.data.get("arms", {}).items()
        }
        if "factorial" in self.data:
            table = self.data["factorial"]
            for name, settings in combinations_of(table["factors"]).items():
                found[name] = self.design(table["scenario"], settings, ("factorial",))
        if not found:
            self.problem((), "arms", "must have [arms], a [factorial] or a [decomposition]")
        return {name: design for name, design in found.items() if design}

    def design(self, scenario: str, settings: Mapping[str, Any], where: Where) -> Scenario | None:
        place = self.document.folder / scenario
        try:
            found = Scenario.load(place if scenario.endswith(".toml") else scenario)
            return found.changed(**{**self.data.get("set", {}), **settings})
        except InputError as error:
            for p in error.problems:
                self.problem(where, p.key or scenario, p.message)
            return None

    def decomposition(self) -> Decomposition | None:
        if "decomposition" not in self.data:
            return None
        table = self.data["decomposition"]
        design = self.design(table["scenario"], {}, ("decomposition",))
        groups = {name: tuple(keys) for name, keys in table["groups"].items()}
        hold = tuple(self.data["ablation"].get("hold", ()))
        members = [key for keys in groups.values() for key in keys]
        for key in (*members, *hold):
            self.check_key(key, ("decomposition", "groups"))
        if design is None or self.problems:
            _raise(self.problems)
        assert design is not None
        return Decomposition(design, groups, float(table["width"]), tuple(map(float, table["widths"])), hold)

    def check_key(self, key: str, where: Where) -> None:
        try:
            targets = resolve(key)
        except InvalidError as error:
            self.problem(where, key, str(error))
            return
        if len(targets) > 1 or targets[0].parameter.kind not in ("number", "integer"):
            self.problem(where, key, "must be a single number; name a role, as in demand.employee")

    def test(self, table: Mapping[str, Any], where: Where) -> Test:
        less = window_in(table["less"]) if "less" in table else None
        window = window_in(table.get("window", "late")) or "late"
        outcome = Column(table["outcome"], window, table.get("group", EVERYONE), less, table.get("never", False))
        if outcome.less is not None and outcome.kind != "weekly":
            self.problem(where, "less", f"{outcome.measure} is not taken week by week")
        return Test(
            table["name"], table["says"], dict(table["contrast"]), outcome, table["direction"], float(table["sesoi"]),
            table["why"], float(table.get("constant", 0.0)), self.ablation(table, where), table.get("set", {}),
        )  # fmt: skip

    def ablation(self, table: Mapping[str, Any], where: Where) -> Mapping[str, Any]:
        """A test's own ablation or that of the claim; a rival has none."""
        own = self.data["ablation"].get("set", {}) if where[0] == "tests" else {}
        settings: Mapping[str, Any] = table.get("ablation", own)
        return settings

    def rival(self, table: Mapping[str, Any], where: Where) -> Rival:
        if "untested" in table:
            return Rival(table["says"], None, table["untested"])
        return Rival(table["says"], self.test(table, where), "")

    def check_contrasts(self, known: Sequence[str]) -> None:
        """Every contrast has to name known arms, and every part has a name of its own."""
        seen: set[object] = set()
        for kind in ("tests", "rivals"):
            for i, table in enumerate(self.data.get(kind, ())):
                contrast = table.get("contrast") if isinstance(table, Mapping) else None
                for arm in contrast if isinstance(contrast, Mapping) else ():
                    if arm not in known:
                        self.problem((kind, i, "contrast"), arm, f"unknown arm{nearest(arm, known)}")
                name = table.get("name", (kind, i)) if isinstance(table, Mapping) else (kind, i)
                if str(name) in seen:
                    self.problem((kind, i, "name"), str(name), "is there twice")
                seen.add(str(name))

    def check_settings(self, arms: Mapping[str, Scenario], tests: Sequence[Test]) -> None:
        """Every setting of every ablation has to fit some arm that its test uses."""
        for i, test in enumerate(tests):
            for settings in (test.ablation, test.settings):
                for name in test.contrast:
                    if name in arms:
                        self.try_settings(arms[name], settings, ("tests", i))

    def try_settings(self, arm: Scenario, settings: Mapping[str, Any], where: Where) -> None:
        try:
            changed(arm, settings)
        except InputError as error:
            for p in error.problems:
                self.problem(where, p.key, p.message)

    def worlds(self, arms: list[Scenario]) -> tuple[Ranges, tuple[str, ...]]:
        """What is uncertain: of the arms, of all claims, of this one; without what is fixed or differs between arms."""
        common = read(find(COMMON, FOLDER))
        found = ranges_of(arms) if any(arm.uncertainties for arm in arms) else {}
        for document in (common, self.document):
            factors, problems = factors_in(document, "worlds", arms)
            self.problems += problems
            found |= {f.key: (f.low, f.high) for f in factors if f.low is not None and f.high is not None}
        apart = tuple(key for key in found if key in self.data.get("fixed", ()) or not _alike(arms, key))
        return {key: value for key, value in found.items() if key not in apart}, apart

    def phase(self, tests: Sequence[Test]) -> PhaseMap | None:
        if "map" not in self.data:
            return None
        table = self.data["map"]
        if table["test"] not in [t.name for t in tests]:
            self.problem(("map",), table["test"], f"unknown test{nearest(table['test'], [t.name for t in tests])}")
        x, y = (Axis(table[a]["key"], float(table[a]["low"]), float(table[a]["high"])) for a in ("x", "y"))
        for axis in (x, y):
            if "." not in axis.key or axis.key.split(".")[1] in ROLES:
                self.check_key(axis.key, ("map",))
        return PhaseMap(table["test"], x, y)

    def digest(self, arms: Mapping[str, Scenario], worlds: Ranges, decomposition: Decomposition | None) -> str:
        designs = {name: arm.digest for name, arm in arms.items()}
        if decomposition:
            designs["decomposition"] = decomposition.scenario.digest
        data = {key: value for key, value in self.data.items() if key != "notes"}
        text = json.dumps([data, designs, worlds], sort_keys=True, default=list)
        return hashlib.sha256(text.encode()).hexdigest()


def combinations_of(factors: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Settings of every combination of factors, by the names of those that are on, joined by a plus."""
    found: dict[str, dict[str, Any]] = {}
    for size in range(len(factors) + 1):
        for chosen in combinations(factors, size):
            found["+".join(chosen) or NONE] = {k: v for name in chosen for k, v in factors[name].items()}
    return found


def changed(arm: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """The arm with settings; those of instruments that it does not have are left out.

    Raises:
        InputError: with every problem of the settings.
    """
    own = {i.name for i in arm.instruments}
    kept = {key: value for key, value in settings.items() if key.partition(".")[0] in own or not _of_instrument(key)}
    return arm.changed(**kept) if kept else arm


def _of_instrument(key: str) -> bool:
    return "." in key and key.partition(".")[0] not in BY_NAME


def _alike(arms: Sequence[Scenario], key: str) -> bool:
    """Whether all arms have the same value of a parameter; attributes of instruments may be in some only."""
    name, _, role = key.partition(".")
    values = {json.dumps(_part(arm.values[name], role)) for arm in arms if name in arm.values}
    return len(values) <= 1


def _part(value: Any, role: str) -> Any:
    return value[ROLES.index(role)] if role in ROLES and isinstance(value, tuple) else value
