"""The README of a results folder, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..experiments.notes import labels
from .front import no_better, search_rows
from .markdown import table
from .parts import Told
from .sections.answer import in_words
from .words import CAVEATS, PERIODS, number, rows, run_rows, signed, span

if TYPE_CHECKING:
    from ..experiments.comparison import Study
    from ..experiments.search.search import Search
    from ..runs import Run

PLAIN_FILES = {
    "provenance.json": "versions, code, machine, command, seeds, and the hash of every file",
    "figures/": "the figures, as PNG and SVG",
    "network/": "copies of the network files that the designs name, if any: your data, if you share the folder",
}
RUN_FILES = {
    "scenario.toml": "the design as it was run, complete",
    "weeks.parquet": "every measure by week and group",
    "organization.parquet": "the organization's account, demand and rewards by week",
    "members.parquet": "the model's members after the last week: made up, not found out about anybody; one row per "
    "place, and where active is 0 it is empty: leave it out of means",
}
STUDY_FILES = {
    "arms/": "the designs as they were compared, complete",
    "differences.parquet": "paired differences by measure, window and group",
    "levels.parquet": "means of each design by measure, window and group",
    "weeks.parquet": "weekly means of the main measures, with bands from 5 % to 95 % of the replicates",
    "worlds.parquet": "the other worlds that were drawn, if any",
    "outcomes.parquet": "every case: one row per world, replicate, design, group and window",
    "outcomes_withdrawn.parquet": "the same of the designs that were withdrawn in mid run",
    "people.parquet": "what becomes of the same people, case by case and group by group",
    "decision_*.parquet": "the numbers of the report, table by table",
    "report.html": "the report, one page",
}


def run_readme(run: Run, command: str) -> str:
    """README of one run."""
    cells = [(m.title, m.unit, number(early), number(late)) for m, early, late in run_rows(run)]
    return _page(
        run.scenario.title,
        f"{run.scenario.description.strip()}\n\nOne run of {len(run.tallies)} weeks with {len(run.members)} members, "
        f"seed {run.seed}, {run.engine} engine. Means over all members:",
        table(["measure", "unit", *PERIODS.values()], cells).rstrip(),
        RUN_FILES,
        command,
    )


def study_readme(told: Told) -> str:
    """README of a comparison."""
    study = told.study
    baseline, *others = told.called.values()
    what = (
        f"{' and '.join(others)} against {baseline}: {study.replicates} pairs of runs that share their people and "
        f"their luck, seed {study.seed}.\n\n{_bullets(in_words(told))}"
    )
    parts = [what, *(_differences(study, arm, window) for arm in study.names[1:] for window in PERIODS)]
    notes = _bullets(study.notes)
    return _page(" or ".join(told.called.values()), "\n\n".join(parts), notes, STUDY_FILES, told.command)


def search_readme(found: Search, command: str) -> str:
    """README of a search."""
    header, rows = search_rows(found)
    bounds = ", ".join(b.text for b in found.ask.bounds) or "none"
    goals = "; ".join(f"{'more' if sign > 0 else 'less'} {goal.title}" for goal, sign in found.ask.goals)
    warning = no_better(found) if len(found.front) else "No scheme that was tried keeps every condition."
    told = "\n\n".join(part for part in (table(header, rows).rstrip(), warning) if part)
    return f"""# A search for schemes from {found.base.title}

Wanted: {goals}. Conditions: {bounds}. {len(found.tried)} schemes were tried, each in the same {found.ask.worlds} worlds
with the same luck (seed {found.ask.seed}). Robust: share of worlds in which a scheme keeps every condition and the base
does not beat it in every goal. Means of all members.

{told}

The designs are scenario files in `designs/`: run, check and compare them like any other. A search picks the luckiest of
many, so compare its choices anew, in other worlds and with another seed, before you believe them.

What it started from is complete in `base/`, network and all: `engagesim design base/{found.base.name}.toml` with the
same goals, conditions, trials, worlds and seed searches again, wherever this folder is. As it was typed:

```
{command}
```

{_bullets(CAVEATS)}
"""


def _differences(study: Study, arm: str, window: str) -> str:
    called = labels(study.arms)
    header = ["measure", called[study.names[0]], called[arm], "difference", "95 % interval", "verdict"]
    found = [
        (r.measure.title, number(r.baseline), number(r.other), signed(r.mean), span(r), r.verdict)
        for r in rows(study, arm, window)
    ]
    return f"### {called[arm]}: {PERIODS[window]}\n\n{table(header, found).rstrip()}"


def _page(title: str, what: str, more: str, files: dict[str, str], command: str) -> str:
    parts = [
        f"# {title}", what, more, "## Files", _bullets(f"`{k}`: {v}" for k, v in {**files, **PLAIN_FILES}.items()),
        "## Once more", f"```\n{command}\n```", "Check that every byte comes out the same: `engagesim rerun` with the "
        "path of this folder. It holds all that is needed and can be moved.", "## Limits", _bullets(CAVEATS),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
