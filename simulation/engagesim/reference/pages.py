"""Reference pages made from the code: mechanisms, parameters, measures, structures' numbers, scenarios, literature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ..design.catalogue import GROUPS
from ..design.files import shipped
from ..design.scenario import Scenario
from ..literature import REFERENCES
from ..outcomes import KINDS
from ..parameter import ROLES, Basis
from ..population import columns
from ..report.markdown import table
from ..rules import MECHANISMS
from ..rules.media import ATTRIBUTES, MEDIA
from ..rules.rewards import INSTRUMENT, INSTRUMENT_PRESETS
from ..steps import STEPS
from ..structures.network import KINDS as TIE_KINDS
from ..tallies import ORGANIZATION, TALLIES
from .families import by_family
from .tables import HEAD, parameter_rows, shown
from .writing import NOTE


def parameters_page() -> str:
    """Every parameter by group, after a count of what they rest on."""
    parts = ["# Parameters\n", NOTE, INTRODUCTION, bases_table()]
    for group, members in GROUPS.items():
        parts += [f"\n## [{group}]\n", table(HEAD, parameter_rows(members))]
    presets = [
        [f"`{name}`", ", ".join(f"{k} {shown(v)}" for k, v in p.items())] for name, p in INSTRUMENT_PRESETS.items()
    ]
    parts += ["\n## [[instruments]]\n", table(HEAD, parameter_rows(INSTRUMENT))]
    parts += ["\nStarting points of instruments (`preset = ...`):\n", table(("preset", "attributes"), presets)]
    media = [[f"`use_{name}`", *(f"{x:g}" for x in row)] for name, row in zip(MEDIA, ATTRIBUTES, strict=True)]
    head = ("medium", "richness", "synchrony", "reach", "sender cost", "receiver cost")
    parts += ["\n## Attributes of media\n", "ASSUMED; see `rules/media.py` for the sources of their order.\n"]
    return "\n".join([*parts, table(head, media)])


INTRODUCTION = """Every number that a design can set, with its default. A parameter per role takes one number for all or
a table such as `{ employee = 0.4, customer = 0 }`. Most numbers are assumptions: repeat a comparison in other worlds
before you believe it; many reasons tell a range to sweep.
"""

MEANING: dict[Basis, str] = {
    "REPORTED": "a published figure",
    "DERIVED": "computed from published figures",
    "ASSUMED": "ours, with a reason; often a source for the kind of effect, not for its size",
}
"""What the bases of a number mean."""


def bases_table() -> str:
    """How many parameters rest on what."""
    parameters = [*(p for members in GROUPS.values() for p in members), *INSTRUMENT]
    counts = Counter(p.basis for p in parameters)
    sourced = Counter(p.basis for p in parameters if p.source)
    rows = [[basis, meaning, counts[basis], sourced[basis]] for basis, meaning in MEANING.items()]
    all_ = ["all", "", len(parameters), sum(sourced.values())]
    return table(("basis", "meaning", "parameters", "with a source"), [*rows, all_])


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
    week = table(("no.", "step", "what happens", "mechanisms"), order)
    return "\n".join(["# Mechanisms\n", NOTE, table(head, rows), "\n## One week\n", week])


def measures_page() -> str:
    """Every measure."""
    parts = ["# Measures\n", NOTE, "Each is taken over everyone and over each role.\n"]
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
    """Every shipped scenario, by family."""
    names = sorted(shipped("scenarios"))
    parts = ["# Scenarios\n", NOTE, f"{len(names)} designs; `engagesim show NAME` prints one with its numbers."]
    parts.append("")
    for family, members in by_family(names).items():
        parts.append(f"## {family}\n")
        for s in map(Scenario.load, members):
            parts += [f"### {s.title}\n", f"`{s.name}`" + (f", extends `{s.lineage[0]}`" if s.lineage else "") + "\n"]
            parts += [s.description.strip() + "\n", f"Watch: {s.watch.strip()}\n", f"Source: {s.source.strip()}\n"]
    return "\n".join(parts)


def state_page() -> str:
    """Entities and their state: members, ties, organization, and what is added up."""
    members = [[f"`{name}`", c.meaning, c.unit, f"{c.low:g} to {c.high:g}"] for name, c in columns().items()]
    sums = [[f"`{t.name}`", t.meaning, t.unit] for t in TALLIES]
    return "\n".join([
        "# Entities and state\n", NOTE,
        f"## Members\n\nEach has a role: {', '.join(ROLES)}. One value per member and week.\n",
        table(("name", "meaning", "unit", "range"), members),
        f"## Ties\n\nUndirected, with a strength in 0..1 and a kind: {', '.join(TIE_KINDS)}.\n",
        "## Organization\n\nOne value per week: " + ", ".join(f"`{name}`" for name in ORGANIZATION) + ".\n",
        "## Weekly sums\n\nBy role; all weekly measures follow from them.\n",
        table(("name", "meaning", "unit"), sums),
    ])  # fmt: skip


def literature_page() -> str:
    """Every reference."""
    rows = [[f"`{key}`", r.citation, "looked up" if r.seen else "from memory"] for key, r in sorted(REFERENCES.items())]
    return "\n".join(["# Literature\n", NOTE, table(("key", "reference", "figures"), rows)])


PAGES: dict[str, Callable[[], str]] = {
    "mechanisms": mechanisms_page,
    "state": state_page,
    "parameters": parameters_page,
    "measures": measures_page,
    "scenarios": scenarios_page,
    "literature": literature_page,
}
