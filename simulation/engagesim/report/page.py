"""The report of a comparison: one page, one file, readable on a small screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..parameter import ROLES
from .assumptions import differing
from .words import CAVEATS, PERIODS, answer, labels, number, rows, signed, span

if TYPE_CHECKING:
    from ..experiments.comparison import Study
    from .style import Drawn

TEMPLATE = "page.html.j2"


def study_page(study: Study, figures: Sequence[Drawn], folder: Path, command: str) -> str:
    """The page as HTML; the figures' SVG files are in `folder`.

    Memory and size: every figure is inlined, about 100 kB each.
    """
    called = labels(study.arms)
    return rendered(
        TEMPLATE,
        title=" or ".join(called.values()), pairs=_pairs(study), designs=_designs(study), answer=answer(study),
        notes=study.notes,
        tables=[_table(study, arm, window) for arm in study.names[1:] for window in PERIODS],
        figures=[inlined(figure, folder) for figure in figures], names=list(called.values()),
        assumptions=[_assumption(a) for a in differing(study.arms)], caveats=CAVEATS, command=command,
        version=__version__, seed=study.seed,
    )  # fmt: skip


def rendered(template: str, **what: Any) -> str:
    """A page from one of the templates beside this file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template(template).render(**what)


def _designs(study: Study) -> list[tuple[str, str]]:
    called = labels(study.arms)
    return [(called[arm.name], arm.description.strip()) for arm in study.arms]


def who(study: Study) -> str:
    """Who was simulated, for how long."""
    values = study.arms[0].values
    if values["form"] == "file":
        people = f"The members of {Path(str(values['network_file'])).name}"
    else:
        people = ", ".join(f"{values[f'{role}s']} {role}s" for role in ROLES)
    return f"{people}, {values['steps']} weeks."


def _pairs(study: Study) -> str:
    other = f", in the world as stated and in {len(study.worlds)} others" if len(study.worlds) else ""
    pairs = f"{study.replicates} pairs of runs that share their people and their luck{other}"
    return (
        f"{who(study)} {pairs}. Intervals are 95 % bootstrap intervals of the mean difference, one measure at a time."
    )


def _table(study: Study, arm: str, window: str) -> dict[str, Any]:
    called = labels(study.arms)
    worlds = len(study.worlds) > 0
    header = ["measure", called[study.names[0]], called[arm], "difference", "95 % interval", *_if(worlds, "worlds")]
    cells = [
        [r.measure, number(r.baseline), number(r.other), signed(r.mean), span(r), *_if(worlds, f"{r.worlds:.0%}"),
         r.verdict]
        for r in rows(study, arm, window)
    ]  # fmt: skip
    return {"title": f"{called[arm]}: {PERIODS[window]}", "header": [*header, "verdict"], "rows": cells}


def _if(shown: bool, text: str) -> list[str]:
    return [text] if shown else []


def _assumption(found: Any) -> dict[str, Any]:
    return {"key": found.key, "unit": found.unit, "pairs": list(zip(found.values, found.bases, strict=True))}


def inlined(drawn: Drawn, folder: Path) -> dict[str, Any]:
    """A figure for a page, out of the SVG file in `folder`."""
    from markupsafe import Markup

    text = (folder / f"{drawn.name}.svg").read_text(encoding="utf-8")
    # Our own file, whose texts matplotlib has escaped: the only markup that is not escaped again.
    return {"title": drawn.title, "alt": drawn.alt, "svg": Markup(text[text.index("<svg") :])}
