"""Everything that can be chosen on the page, as one document: the catalogue of docs/page.md."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .. import __version__
from ..design.catalogue import GROUPS
from ..design.files import read, shipped
from ..literature import REFERENCES
from ..measures import MEASURES
from ..parameter import ROLES, Parameter
from ..reference.families import by_family
from ..rules.participation import STATES
from ..rules.rewards import INSTRUMENT
from ..structures import KINDS, REORGANIZED
from . import limits

LESSONS = Path(__file__).parent / "lessons"
ORDERS = ("between employees", "between an employee and an outsider", "between outsiders")
STEPS = 100
"""Positions of a slider over its range."""


@cache
def catalogue(sessions: int) -> dict[str, Any]:
    """The document; `sessions` is how many pages the server keeps."""
    return {
        "version": __version__,
        "protocol": limits.PROTOCOL,
        "scenarios": scenarios(),
        "groups": [
            {"group": group, "title": group.replace("_", " ").capitalize(), "levers": levers}
            for group, parameters in GROUPS.items()
            if (levers := [lever(p) for p in parameters if p.kind != "text" and p.name != "steps"])
        ],
        "instrument": [lever(p) for p in INSTRUMENT],
        "measures": [
            {key: getattr(m, key) for key in ("name", "title", "unit", "low", "high", "formula", "better")}
            for m in MEASURES
        ],
        "states": list(STATES),
        "roles": list(ROLES),
        "kinds": list(KINDS),
        "orders": list(ORDERS),
        "limits": limits.stated(sessions),
        "lessons": [{key: lesson.get(key) for key in ("id", "title", "minutes")} for lesson in lessons().values()],
    }


def scenarios() -> list[dict[str, Any]]:
    """Shipped scenarios, family by family."""
    documents = {name: read(path).data for name, path in shipped("scenarios").items()}
    return [
        {"name": name, "family": family, "extends": documents[name].get("extends", "")}
        | {key: str(documents[name].get(key, "")).strip() for key in ("title", "description", "watch")}
        for family, names in by_family(documents).items()
        for name in names
    ]


def lever(p: Parameter) -> dict[str, Any]:
    """One lever or fixed number."""
    numeric = p.kind in ("number", "integer")
    return {
        "key": p.name,
        "title": p.name.replace("_", " ").capitalize(),
        "help": p.meaning,
        "why": p.why,
        "basis": p.basis,
        "source": REFERENCES[p.source].citation if p.source else "",
        "kind": p.kind,
        "low": p.low if numeric else None,
        "high": p.high if numeric else None,
        "step": step(p) if numeric else None,
        "default": list(p.default) if isinstance(p.default, tuple) else p.default,
        "unit": p.unit,
        "choices": list(p.choices),
        "roles": list(ROLES) if p.per_role else [],
        "fixed": p.static and p.name not in REORGANIZED,
    }


def step(p: Parameter) -> float:
    """How far one key press moves a lever: a round part of its range."""
    if p.kind == "integer":
        return 1
    rough = (p.high - p.low) / STEPS
    unit = 10.0 ** len(str(int(rough))) / 10.0 if rough >= 1.0 else 1.0
    while unit > rough * (1.0 + 1e-9):
        unit /= 10.0
    return float(f"{unit:.1g}")


def lessons() -> dict[str, dict[str, Any]]:
    """Lessons by id, the name of their file, in the order that they state."""
    found = {path.stem: {"id": path.stem, **tomllib.loads(path.read_text("utf-8"))} for path in LESSONS.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda item: (item[1].get("order", 99), item[0])))
