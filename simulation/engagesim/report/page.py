"""The report of a comparison: one page, one file, readable on a small screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..parameter import ROLES
from ..structures import build
from .parts import Section, Told
from .theme import inline, variables

if TYPE_CHECKING:
    from ..experiments.comparison import Study
    from .style import Drawn

TEMPLATE = "page.html.j2"
MOST_NAMED = 3
"""Designs up to which a title names each."""


def study_page(told: Told, sections: Sequence[Section], figures: Sequence[Drawn], folder: Path) -> str:
    """The page as HTML; the figures' SVG files are in `folder`.

    Memory and size: every figure is inlined, 10 to 60 kB each.
    """
    return rendered(
        TEMPLATE,
        title=title(told), who=who(told.study), description="", sections=sections,
        designs=[(told.called[arm.name], arm.description.strip()) for arm in told.study.arms],
        figures={figure.name: inline(figure, folder) for figure in figures},
    )  # fmt: skip


def rendered(template: str, **what: Any) -> str:
    """A page from one of the templates beside this file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template(template).render(variables=Markup(variables()), **what)


def inlined(drawn: Drawn, folder: Path) -> dict[str, Any]:
    """A broad figure for a page, out of the SVG file in `folder`."""
    return {"title": drawn.title, "alt": drawn.alt, "svg": inline(drawn, folder)}


def title(told: Told) -> str:
    """What is compared, as a question."""
    names = list(told.called.values())
    if len(names) <= MOST_NAMED:
        return f"{', '.join(names[:-1])} or {names[-1]}?"
    return f"{names[0]}, or one of {len(names) - 1} others?"


def who(study: Study) -> str:
    """Who was simulated, for how long, how often."""
    values = study.arms[0].values
    if values["form"] == "file":
        role = build(values, study.seed).role.tolist()
        counts = [(role.count(code), name) for code, name in enumerate(ROLES)]
        said = ", ".join(f"{count} {name}s" for count, name in counts if count)
        people = f"The {len(role)} members of {Path(str(values['network_file'])).name} ({said})"
    else:
        people = ", ".join(f"{values[f'{role}s']} {role}s" for role in ROLES)
    often = f"{study.replicates} pairs of runs that share their people and their luck"
    if len(study.worlds):
        runs = "one run" if study.replicates == 1 else f"{study.replicates} runs"
        often = f"{len(study.worlds)} worlds, each with other assumptions about what no designer chooses; in each " \
                f"{runs} of each design, with the same people and the same luck"  # fmt: skip
    return f"{people}, {values['steps']} weeks; {often}."
