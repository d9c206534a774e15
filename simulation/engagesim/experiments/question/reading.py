"""The tables of an experiment file beside its factors: outcomes, designs, what matters, precision, targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import isfinite
from typing import Any, Generic, TypeVar, cast

from ...design.checks import InvalidError, resolve, scalar, shown
from ...design.files import Document
from ...design.lines import Where
from ...design.scenario import Scenario
from ...draws import MASK
from ...measures import GROUPS, WINDOWS
from ...outcomes import BY_NAME, KIND_OF
from ...problems import Problem, nearest
from ..reduction import MAIN
from .columns import EVERYONE, Column, Window, columns_of, window_in
from .designs import KINDS, SIZES, Design, Kind, default_design
from .factors import Level, instruments_of

T = TypeVar("T")

DESIGN_KEYS = ("kind", "points", "levels", "second_order", "stated", "list", "seeds")
OUTCOME_KEYS = ("measure", "window", "less", "group", "never")
PRECISION_KEYS = ("measure", "window", "group", "half_width", "batch", "most")
TARGET_KEYS = ("arm", "measure", "window", "group", "value", "error")
LIMIT_KEYS = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What was read, and what is wrong with it."""

    value: T
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """What is good enough of one measure."""

    at_least: float = float("-inf")
    at_most: float = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """Smallest differences that matter, and what is good enough, by measure."""

    matters: Mapping[str, float]
    acceptable: Mapping[str, Limit]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Precision:
    """When there are enough replicates: half of the interval of the paired difference is at most `half_width` wide."""

    column: Column
    half_width: float
    batch: int = 50
    most: int = 1000

    def document(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return {**asdict(self), "column": self.column.document()}


@dataclass(frozen=True, slots=True)
class Target:
    """A summary statistic that a calibration fits: of one arm, with its standard error (0: known exactly)."""

    arm: str
    column: Column
    value: float
    error: float = 0.0


@dataclass(slots=True)
class _Table:
    """One table of a file while it is read."""

    document: Document
    where: Where
    raw: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, message: str) -> None:
        shown_key = f"{key} = {shown(self.raw[key])}" if key in self.raw else key
        self.problems.append(self.document.problem((*self.where, key), shown_key, message))

    def keys(self, valid: Sequence[str]) -> None:
        for key in self.raw:
            if key not in valid:
                name = self.document.problem((*self.where, key), key, f"unknown key{nearest(key, valid)}")
                self.problems.append(name)

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self.raw.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(key, f"must be a whole number, {least} to {most}")
        return default

    def number(self, key: str, default: float | None, least: float) -> float:
        value = self.raw.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and value >= least:
            return float(value)
        self.wrong(key, "must be a finite number" + (f", {least:g} or more" if isfinite(least) else ""))
        return 0.0

    def name(self, key: str, default: str, valid: Sequence[str] | Mapping[str, Any]) -> str:
        value = self.raw.get(key, default)
        if isinstance(value, str) and value in valid:
            return value
        self.wrong(key, f"unknown {key}{nearest(str(value), valid)}")
        return ""

    def window(self, key: str) -> Window:
        found = window_in(self.raw.get(key, "late"))
        if found is None:
            self.wrong(key, f"must be {', '.join(WINDOWS)}, or a list of first and last week: [79, 104]")
        return found or "late"

    def possible(self, key: str, value: float, measure: str, *, difference: bool = False) -> None:
        """Tell a number that the outcome, or a difference of it, can never have: a percentage given for a share."""
        outcome = BY_NAME.get(measure)
        if outcome is None:
            return
        low, high = (0.0, outcome.high - outcome.low) if difference else (outcome.low, outcome.high)
        if not low <= value <= high:
            per_cent = f"; {value:g} % is {value / 100:g}" if outcome.unit.startswith("share") and value > high else ""
            self.wrong(key, f"{measure} is {low:g} to {high:g} ({outcome.unit}){per_cent}")

    def flag(self, key: str) -> bool:
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, "must be true or false")
        return bool(value)

    def column(self) -> Column:
        measure = self.name("measure", "", BY_NAME)
        kind = KIND_OF.get(measure, "weekly")
        window = self.window("window") if kind == "weekly" else kind
        return Column(measure, window, self.name("group", EVERYONE, GROUPS))

    def outcome(self) -> Column:
        """A column that may be less another window, or count what never happens."""
        less = self.window("less") if "less" in self.raw else None
        found = replace(self.column(), less=less, never=self.flag("never"))
        if less is not None and found.measure and found.kind != "weekly":
            self.wrong("less", f"{found.measure} is not taken week by week")
        return found


def columns_in(document: Document) -> Read[tuple[Column, ...]]:
    """Every outcome of a file: all combinations of `measures`, `windows` and `groups`, then the tables `[[outcomes]]`.

    The measures that are usual stand in where a file names none and has no `[[outcomes]]`.
    """
    names, problems = _names_in(document)
    tables, found = _tables_in(document, "outcomes")
    crossed = not problems and not (tables and "measures" not in document.data)
    columns = list(columns_of(*names)) if crossed else []
    for table in tables:
        table.keys(OUTCOME_KEYS)
        outcome = table.outcome()
        columns += [] if table.problems else [outcome]
        found += table.problems
    return Read(tuple(dict.fromkeys(columns)), [*problems, *found])


def _names_in(document: Document) -> tuple[tuple[list[str], list[str], list[str]], list[Problem]]:
    """Names of measures, windows and groups, with their defaults, and what is wrong with them."""
    problems: list[Problem] = []
    asked = (("measures", MAIN, tuple(BY_NAME)), ("windows", ("early", "late"), WINDOWS),
             ("groups", (EVERYONE,), GROUPS))  # fmt: skip
    found = []
    for key, default, valid in asked:
        names = document.data.get(key, list(default))
        if not isinstance(names, list) or not names:
            problems.append(document.problem((key,), key, f"must list {key}"))
            names = []
        for i, name in enumerate(names):
            if name not in valid:
                text = f"unknown {key[:-1]}{nearest(str(name), valid)}"
                problems.append(document.problem((key, i), shown(name), text))
        found.append([str(name) for name in names])
    return (found[0], found[1], found[2]), problems


def limits_in(document: Document) -> Limits:
    """The tables `[matters]` and `[acceptable]`."""
    table = _Table(document, ("matters",), _table(document, "matters"))
    table.keys(tuple(BY_NAME))
    matters = {key: table.number(key, None, 0.0) for key in table.raw if key in BY_NAME}
    for key, value in matters.items():
        table.possible(key, value, key, difference=True)
    problems = list(table.problems)
    acceptable = {}
    raw = _table(document, "acceptable")
    for key, inner in raw.items():
        if key not in BY_NAME or not isinstance(inner, Mapping) or not inner:
            text = f"unknown measure{nearest(key, BY_NAME)}" if key not in BY_NAME else "must be { at_least = ... }"
            problems.append(document.problem(("acceptable", key), key, text))
            continue
        limit = _Table(document, ("acceptable", key), inner)
        limit.keys(LIMIT_KEYS)
        found = {end: limit.number(end, None, float("-inf")) for end in inner if end in LIMIT_KEYS}
        for end, value in found.items():
            limit.possible(end, value, key)
        acceptable[key] = Limit(**found)
        problems += limit.problems
    return Limits(matters, acceptable, problems)


def precision_in(document: Document) -> Read[Precision | None]:
    """The table `[precision]`."""
    if "precision" not in document.data:
        return Read(None)
    table = _Table(document, ("precision",), _table(document, "precision"))
    table.keys(PRECISION_KEYS)
    column, half = table.column(), table.number("half_width", None, 0.0)
    batch, most = table.whole("batch", 50, 1, 100_000), table.whole("most", 1000, 2, 1_000_000)
    if not half and not table.problems:
        table.wrong("half_width", "must be above 0")
    return Read(Precision(column, half, batch, most), table.problems)


def targets_in(document: Document, arms: Sequence[Scenario]) -> Read[tuple[Target, ...]]:
    """The tables `[[targets]]`."""
    tables, problems = _tables_in(document, "targets")
    found: list[Target] = []
    for table in tables:
        table.keys(TARGET_KEYS)
        names = [arm.name for arm in arms]
        arm = table.name("arm", names[0], names) if names else ""
        column, value = table.column(), table.number("value", None, float("-inf"))
        table.possible("value", value, column.measure)
        found.append(Target(arm, column, value, table.number("error", 0.0, 0.0)))
        problems += table.problems
    return Read(tuple(found), problems)


def _tables_in(document: Document, key: str) -> tuple[list[_Table], list[Problem]]:
    """The tables of a list of them, and what is wrong where it is none."""
    raw = document.data.get(key, [])
    if not isinstance(raw, list) or not all(isinstance(inner, Mapping) for inner in raw):
        return [], [document.problem((key,), key, f"must be a list of tables: [[{key}]]")]
    return [_Table(document, (key, i), inner) for i, inner in enumerate(raw)], []


def design_in(document: Document, arms: Sequence[Scenario]) -> tuple[dict[str, Design], list[Problem]]:
    """The table `[design]`: one design (`design`), or one each for `levers` and `uncertainties`."""
    raw = _table(document, "design")
    parts = {key: raw[key] for key in ("levers", "uncertainties") if key in raw}
    problems: list[Problem] = []
    found: dict[str, Design] = {}
    for key, inner in parts.items() if parts else ([("design", raw)] if raw else []):
        where: Where = ("design", key) if parts else ("design",)
        if not isinstance(inner, Mapping):
            problems.append(document.problem(where, key, f"must be a table: [design.{key}]"))
            continue
        table = _Table(document, where, inner)
        found[key] = _design(table, arms)
        problems += table.problems
    if parts and (other := [key for key in raw if key not in parts]):
        message = "cannot stand beside [design.levers] or [design.uncertainties]"
        problems += [document.problem(("design", key), key, message) for key in other]
    return found, problems


def _design(table: _Table, arms: Sequence[Scenario]) -> Design:
    table.keys(DESIGN_KEYS)
    kind = table.name("kind", "", KINDS)
    for key in ("points", "levels", "second_order", "list", "seeds"):
        if key in table.raw and kind and not _takes(kind, key):
            table.wrong(key, f"a design of kind {kind} takes none")
    points = table.whole("points", SIZES.get(kind, 0), 0, 1_000_000)
    levels = table.whole("levels", 4, 2, 1000)
    listed = _listed(table, arms) if kind == "list" else ()
    return default_design(
        cast("Kind", kind or "list"), points=points, levels=levels, second_order=table.flag("second_order"),
        stated=table.flag("stated"), listed=listed, seeds=_seeds(table),
    )  # fmt: skip


def _seeds(table: _Table) -> tuple[int, ...]:
    """Root seeds of the points of a list, if it gives them any."""
    raw = table.raw.get("seeds", [])
    whole = isinstance(raw, list) and all(type(seed) is int and 0 <= seed <= MASK for seed in raw)
    if not whole:
        table.wrong("seeds", "must list a root seed for each point: whole numbers, 0 to 2**64 - 1")
    elif raw and table.where[-1] == "levers":
        table.wrong("seeds", "policies share their luck; only worlds, or points of one [design], may have their own")
    return tuple(raw) if whole else ()


def _takes(kind: str, key: str) -> bool:
    return {"points": kind in SIZES, "levels": kind == "morris", "second_order": kind == "sobol"}.get(
        key, kind == "list"
    )


def _listed(table: _Table, arms: Sequence[Scenario]) -> tuple[dict[str, Level], ...]:
    raw = table.raw.get("list")
    if not isinstance(raw, list) or not raw or not all(isinstance(point, Mapping) for point in raw):
        table.wrong("list", "must list points: [{ capture_share = 0.3 }, { capture_share = 0.7 }]")
        return ()
    names = instruments_of(arms)
    found = []
    for i, point in enumerate(raw):
        values: dict[str, Level] = {}
        for key, value in point.items():
            try:
                values[key] = scalar(resolve(key, names)[0].parameter, value)
            except InvalidError as wrong:
                where = (*table.where, "list", i, key)
                table.problems.append(table.document.problem(where, f"{key} = {shown(value)}", str(wrong)))
        found.append(values)
    return tuple(found)


def _table(document: Document, key: str) -> Mapping[str, Any]:
    raw = document.data.get(key, {})
    return raw if isinstance(raw, Mapping) else {}
