"""Files to keep: the design as it was changed on the page, and its weeks as a table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..design.catalogue import BY_NAME
from ..design.scenario import Scenario
from ..measures import GROUPS, MEASURES, sums_of
from .replay import replay
from .side import Side


def portable(scenario: Scenario) -> Scenario:
    """The design with files by their names alone, as they would lie beside it: no folder of this machine is told."""
    names = {
        name: Path(str(value)).name for name, value in scenario.values.items() if BY_NAME[name].kind == "text" and value
    }
    return replace(scenario, values={**scenario.values, **names}) if names else scenario


def toml(side: Side, name: str, seed: int) -> str:
    """A scenario file with the changes made on the page as its schedule; it runs to the same result.

    It begins with a comment: the command that gives the numbers of the page, and what was set before the start.
    """
    chosen = ", ".join(f"{key} = {json.dumps(value)}" for key, value in side.chosen.items())
    lines = [f"Kept from the page. The same numbers: engagesim run {name}.toml --seed {seed}"]
    lines += [f"Set on the page before the start: {chosen}"] if chosen else []
    return "".join(f"# {line}\n" for line in lines) + portable(side.track.scenario).to_toml()


def weekly(side: Side) -> str:
    """Measures of every week lived, for everybody and by role, as CSV; the columns of `Run.weeks`."""
    track = side.track
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("week", "group", *(m.name for m in MEASURES)))
    for group in GROUPS:
        sums = sums_of(track.tallies[: track.head], group)
        columns = [m.compute(sums).tolist() for m in MEASURES]
        for week, row in enumerate(zip(*columns, strict=True), 1):
            writer.writerow((week, group, *("" if v != v else repr(v) for v in row)))
    return out.getvalue()


def export(what: str, side: Side, sides: list[Side], seed: int) -> dict[str, Any]:
    """The answer to the command `export` for one of the designs of a page; raises WrongError."""
    which = f"-{side.letter}" if len(sides) > 1 else ""  # of one scenario on both sides, two files
    name = f"{side.track.scenario.name}{which}-seed-{seed}"
    if what == "toml":
        return _file(what, f"{name}.toml", "application/toml", toml(side, name, seed))
    if what == "csv":
        return _file(what, f"{name}-weeks.csv", "text/csv", weekly(side))
    both = "_and_".join(dict.fromkeys(each.track.scenario.name for each in sides))
    return _file(what, f"{both}-seed-{seed}-replay.html", "text/html", replay(sides, seed))


def _file(what: str, name: str, mime: str, text: str) -> dict[str, Any]:
    return {"type": "export", "what": what, "name": name, "mime": mime, "text": text}
