"""Reports as pages: one file each, readable on a small screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from .. import __version__
from ..parameter import ROLES
from ..structures import build
from .parts import Section, Told
from .style import FIGURES, Drawn, save
from .theme import inline, variables

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.comparison import Study

REPORT = "report"
"""Folder of the tables and figures that stand beside the page of a sweep."""
MOST_NAMED = 3
"""Designs up to which a title names each."""


def study_page(told: Told, sections: Sequence[Section], figures: Sequence[Drawn], folder: Path) -> str:
    """The page as HTML; the figures' SVG files are in `folder`.

    Memory and size: every figure is inlined, 10 to 60 kB each.
    """
    return rendered(
        "page.html.j2",
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


def write_sweep_page(path: Path, tables: Mapping[str, pd.DataFrame], drawn: Sequence[Drawn], **what: Any) -> Path:
    """Write a page about a sweep to `path`, with tables (Parquet) and figures (PNG and SVG) in `report/` beside it.

    Args:
        path: of the page, in the sweep's folder.
        tables: to be kept, by name.
        drawn: figures; may be none.
        what: the rest of what `sweep.html.j2` asks for.
    """
    folder = path.parent / REPORT
    folder.mkdir(exist_ok=True)
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet", compression="zstd", index=False)
    for figure in drawn:
        save(figure, folder / FIGURES)
    figures = [{"title": one.title, "alt": one.alt, "svg": inline(one, folder / FIGURES)} for one in drawn]
    text = rendered("sweep.html.j2", figures=figures, version=__version__, **what)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


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
