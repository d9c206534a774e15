"""Reference pages made from the code: mechanisms, parameters, measures, structures' numbers, scenarios, literature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from .design.catalogue import GROUPS
from .design.files import shipped
from .design.scenario import Scenario
from .literature import REFERENCES
from .outcomes import KINDS
from .parameter import ROLES, Parameter, Value
from .rules import MECHANISMS
from .rules.rewards import INSTRUMENT, INSTRUMENT_PRESETS
from .steps import STEPS

NOTE = "Made from the code by `make docs`; do not edit."


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in (list(head), ["---"] * len(head), *cells)]
    return "\n".join(lines) + "\n"


def shown(value: Value) -> str:
    """A value as a scenario file would have it."""
    if isinstance(value, tuple):
        return ", ".join(f"{role} {number:g}" for role, number in zip(ROLES, value, strict=True))
    return f"{value:g}" if isinstance(value, float) else str(value)


def domain(p: Parameter) -> str:
    """What values a parameter takes."""
    return ", ".join(p.choices) if p.kind == "choice" else "text" if p.kind == "text" else f"{p.low:g} to {p.high:g}"


def parameter_rows(parameters: Iterable[Parameter]) -> list[list[str]]:
    """One row per parameter."""
    return [
        [f"`{p.name}`", p.meaning, shown(p.default), domain(p), p.unit, p.basis, " ".join([p.source, p.why]).strip()]
        for p in parameters
    ]


HEAD = ("name", "meaning", "default", "range", "unit", "basis", "source and reason")


def parameters_page() -> str:
    """Every parameter by group."""
    parts = ["# Parameters\n", NOTE + "\n", BASES]
    for group, members in GROUPS.items():
        parts += [f"\n## [{group}]\n", table(HEAD, parameter_rows(members))]
    presets = [
        [f"`{name}`", ", ".join(f"{k} {shown(v)}" for k, v in p.items())] for name, p in INSTRUMENT_PRESETS.items()
    ]
    parts += ["\n## [[instruments]]\n", table(HEAD, parameter_rows(INSTRUMENT))]
    parts += ["\nStarting points of instruments (`preset = ...`):\n", table(("preset", "attributes"), presets)]
    return "\n".join(parts)


BASES = """REPORTED is a published figure, DERIVED is computed from published figures, ASSUMED is ours, with a reason. A
parameter per role takes one number for all or a table such as `{ employee = 0.4, customer = 0 }`.
"""


def mechanisms_page() -> str:
    """Every mechanism with what is known about it when it acts alone, and the order of a week."""
    rows = [
        [
            m.code,
            m.title,
            f"`rules/{m.name}.py`",
            m.step,
            ", ".join(f"`{s}`" for s in m.strength),
            m.known_answer,
            m.source,
        ]
        for m in MECHANISMS
    ]
    head = ("code", "mechanism", "file", "step", "off when all zero", "known answer when alone", "source")
    order = [[i, f"`{s.name}`", s.what, ", ".join(s.mechanisms)] for i, s in enumerate(STEPS, 1)]
    week = table(("", "step", "what happens", "mechanisms"), order)
    return "\n".join(["# Mechanisms\n", NOTE + "\n", table(head, rows), "\n## One week\n", week])


def measures_page() -> str:
    """Every measure."""
    parts = ["# Measures\n", NOTE + "\n", "Each is taken over everyone and over each role.\n"]
    for kind, (title, head) in TAKEN.items():
        rows = [
            [f"`{m.name}`", m.title, m.unit, f"{m.low:g} to {m.high:g}", f"`{m.formula}`"] for m in KINDS[kind].values()
        ]
        parts += [f"## {title}\n", table(("name", "title", "unit", "range", head), rows)]
    return "\n".join(parts)


TAKEN = {
    "weekly": ("Every week", "formula over the weekly sums"),
    "end": ("Over the members at the end of a run", "formula over the members"),
    "whole": ("Over the course of a whole run", "formula over the weeks"),
}
"""Kinds of measures: title and what the formula is about. Windows are the first 15 % and the last 25 % of a run."""


def scenarios_page() -> str:
    """Every shipped scenario."""
    parts = ["# Scenarios\n", NOTE + "\n"]
    for name in sorted(shipped("scenarios")):
        s = Scenario.load(name)
        parts += [f"## {s.title}\n", f"`{s.name}`" + (f", extends `{s.lineage[0]}`" if s.lineage else "") + "\n"]
        parts += [s.description.strip() + "\n", f"Watch: {s.watch.strip()}\n", f"Source: {s.source.strip()}\n"]
    return "\n".join(parts)


def literature_page() -> str:
    """Every reference."""
    rows = [[f"`{key}`", r.citation, "looked up" if r.seen else "from memory"] for key, r in sorted(REFERENCES.items())]
    return "\n".join(["# Literature\n", NOTE + "\n", table(("key", "reference", "figures"), rows)])


PAGES: dict[str, Callable[[], str]] = {
    "mechanisms": mechanisms_page,
    "parameters": parameters_page,
    "measures": measures_page,
    "scenarios": scenarios_page,
    "literature": literature_page,
}


def write(folder: Path) -> list[Path]:
    """Write all pages into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.md" for name in PAGES]
    for path, page in zip(paths, PAGES.values(), strict=True):
        path.write_text(page().rstrip() + "\n", encoding="utf-8")
    return paths


if __name__ == "__main__":
    for made in write(Path("docs") / "reference"):
        print(made)
