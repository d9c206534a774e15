"""`engagesim list`: what there is."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from ..parameter import Parameter

Item = dict[str, Any]


class Kind(StrEnum):
    """What can be listed."""

    scenarios = "scenarios"
    experiments = "experiments"
    hypotheses = "hypotheses"
    mechanisms = "mechanisms"
    parameters = "parameters"
    instruments = "instruments"
    measures = "measures"


SEARCHED = ("name", "title", "description", "section", "step")
"""What of an item is looked through for words, as far as it has it."""


def command(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    parts: Annotated[
        list[str] | None, typer.Argument(metavar="PART", help="Only what has all of these in name or description.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List scenarios, experiments, hypotheses, mechanisms, parameters, presets of instruments, or measures.

    Example: engagesim list parameters trust
    """
    items, wanted = ITEMS[kind](), [part.strip().lower() for part in parts or ()]
    found = [item for item in items if all(_has(item, part) for part in wanted)]
    if as_json:
        print_json(found)
    elif found:
        columns = [column for column in found[0] if not isinstance(found[0][column], list) and column != "description"]
        print_table("", columns, [[_cell(item[column]) for column in columns] for item in found])
    if wanted or not items:
        typer.echo(f"{len(found)} of {len(items)} {kind.value}{_hint(wanted, items) if not found else ''}", err=as_json)
        if not found and (others := _elsewhere(kind, wanted)):
            typer.echo(others, err=as_json)


def _has(item: Item, part: str) -> bool:
    """Whether an item has a word, or is the mechanism of that code."""
    return part in _text(item) or part == str(item.get("code", "")).lower()


def _text(item: Item) -> str:
    """The words of an item, in small letters; names also with blanks between their words."""
    text = "\n".join(str(item.get(key, "")) for key in SEARCHED).lower()
    return f"{text}\n{text.replace('_', ' ')}"


def _elsewhere(kind: Kind, wanted: list[str]) -> str:
    """Which other kinds have something with all of these words, and how to list it."""
    has = {other: sum(all(part in _text(item) for part in wanted) for item in ITEMS[other]()) for other in ITEMS}
    words = " ".join(wanted)
    lines = [f"{n} with engagesim list {other} {words}" for other, n in has.items() if n and other is not kind]
    return f"Elsewhere: {'; '.join(lines)}" if lines else ""


def _hint(wanted: list[str], items: list[Item]) -> str:
    """After an empty list: what nothing has, with the nearest name or word of a name."""
    from difflib import get_close_matches

    from ..problems import nearest

    if not items:
        return ""
    names = {item["name"].lower() for item in items}
    known = names | {word for name in names for word in name.split("_")}
    unknown = [part for part in wanted if not any(_has(item, part) for item in items)]
    hints = [f"nothing has {part!r}{nearest(part, get_close_matches(part, known, n=1))}" for part in unknown]
    return ": " + ("; ".join(hints) or "each word is somewhere, but nothing has them all; try fewer")


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return " / ".join(_cell(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _scenarios() -> list[Item]:
    return [item | {"extends": data.get("extends", "")} for item, data in _files("scenarios")]


def _experiments() -> list[Item]:
    return [item for item, _ in _files("experiments")]


def _hypotheses() -> list[Item]:
    from ..design.files import read
    from ..experiments.claims.reading import shipped_claims

    documents = {name: read(Path(path)).data for name, path in shipped_claims().items()}
    return [
        {"name": name, "title": data["title"], "description": data["claim"].strip(), "class": data["class"],
         "source": data["source"]}
        for name, data in documents.items()
    ]  # fmt: skip


def _files(kind: str) -> list[tuple[Item, Any]]:
    from ..design.files import read, shipped

    documents = [(name, read(path).data) for name, path in shipped(kind).items()]
    keys = ("title", "description", "source")
    return [({"name": name} | {key: str(data.get(key, "")).strip() for key in keys}, data) for name, data in documents]


def _mechanisms() -> list[Item]:
    from ..rules import MECHANISMS

    fields = ("name", "code", "title", "step", "known_answer", "source")
    return [
        {field: getattr(m, field) for field in fields}
        | {"parameters": [p.name for p in m.parameters], "strength": list(m.strength)}
        for m in MECHANISMS
    ]


def _parameters() -> list[Item]:
    from ..design.catalogue import PARAMETERS
    from ..rules.rewards import INSTRUMENT

    return [
        {"name": p.name, "section": p.group, "title": p.meaning, "default": p.default, "valid": _valid(p),
         "unit": p.unit, "basis": p.basis}
        for p in (*PARAMETERS, *INSTRUMENT)
    ]  # fmt: skip


def _instruments() -> list[Item]:
    from ..rules.rewards import INSTRUMENT_PRESETS

    return [
        {"name": name, "title": ", ".join(f"{key} {_cell(value)}" for key, value in preset.items())}
        for name, preset in INSTRUMENT_PRESETS.items()
    ]


def _valid(p: Parameter) -> str:
    """What it may be, in words."""
    return " | ".join(p.choices) if p.choices else "text" if p.kind == "text" else f"{p.low:g} to {p.high:g}"


def _measures() -> list[Item]:
    from ..outcomes import KINDS

    fields = ("name", "title", "unit", "formula")
    return [
        {"name": m.name, "taken": kind} | {field: getattr(m, field) for field in fields}
        for kind, outcomes in KINDS.items()
        for m in outcomes.values()
    ]


ITEMS: dict[Kind, Callable[[], list[Item]]] = {
    Kind.scenarios: _scenarios,
    Kind.experiments: _experiments,
    Kind.hypotheses: _hypotheses,
    Kind.mechanisms: _mechanisms,
    Kind.parameters: _parameters,
    Kind.instruments: _instruments,
    Kind.measures: _measures,
}
"""How each kind is found."""
