"""The page of verdicts for several root seeds, made from what was kept of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..report.markdown import table
from .writing import made_from, write_page

Document = dict[str, Any]

VERDICTS = "verdicts.json"
"""The verdicts that the page is made from, in the folder of the documentation."""

HEAD = "# The same verdicts with other luck\n\n" + made_from(VERDICTS, "verdicts")

INTRODUCTION = """\
A verdict that hangs on the luck of one run is worth nothing. Here `engagesim validate` was run from several root seeds,
in full and with `--quick`. A number marked * was looked at twice: a part had fallen short by less than four standard
errors, so the result was run again with new luck and four times the runs, and only that second look counts.
"""


def read_verdicts(docs: Path) -> Document:
    """The kept verdicts in the folder of the documentation, by size."""
    found: Document = json.loads((docs / VERDICTS).read_text(encoding="utf-8"))
    return found


def verdicts_page(found: Document) -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, INTRODUCTION, *_full(found["full"]), *_quick(found["quick"])])


def _full(found: Document) -> Iterator[str]:
    yield "## In full\n"
    yield _results(found)
    yield _counted(found["parts"]) + "\n"
    if differing := _differing(found):
        yield "Parts whose verdict is not the same for all seeds:\n"
        yield _parts(differing, found["seeds"])
    short = [part for part in found["parts"] if _falls_short(part) and part not in differing]
    yield "Parts that fall short for every seed; the page of published results says why:\n"
    yield _ranges(short)


def _quick(found: Document) -> Iterator[str]:
    yield "## With --quick\n"
    yield _results(found)
    yield "Fewer runs mean larger standard errors, so a part whose truth lies near a bound may fall on either side.\n"
    if differing := _differing(found):
        yield _parts(differing, found["seeds"])


def _results(found: Document) -> str:
    """A row per result and a column per seed."""
    rows = [
        [result["number"], result["title"], *_marked(result["verdict"], result["looks"])] for result in found["results"]
    ]
    return table(("no.", "result", *(f"seed {seed}" for seed in found["seeds"])), rows)


def _marked(verdicts: Sequence[str | None], looks: Sequence[int | None]) -> list[str]:
    return [_told(verdict) + ("*" if (look or 1) > 1 else "") for verdict, look in zip(verdicts, looks, strict=True)]


def _told(verdict: str | None) -> str:
    return "not run" if verdict is None else verdict


def _all_are(part: Document, verdict: str) -> bool:
    """Whether every seed for which the part was run gave this verdict."""
    return {*part["verdict"]} - {None} == {verdict}


def _found(numbers: Sequence[Any]) -> list[Any]:
    return [number for number in numbers if number is not None]


def _counted(parts: Sequence[Document]) -> str:
    """How many parts there are and pass for all seeds, by kind, and the negative controls."""
    words = []
    for kind in ("T", "S", "E"):
        mine = [part for part in parts if part["kind"] == kind and not part["control"]]
        words.append(f"{kind}: {sum(_all_are(part, 'PASS') for part in mine)} of {len(mine)} parts")
    controls = [part for part in parts if part["control"]]
    failing = sum(_all_are(part, "FAIL") for part in controls)
    predicted = sum(part["role"] != "calibrated" and part["kind"] == "E" and _all_are(part, "PASS")
                    for part in parts if not part["control"])  # fmt: skip
    return (
        f"Pass for every seed: {'; '.join(words)} ({predicted} of E were predicted). "
        f"Fail for every seed, as they must: {failing} of {len(controls)} negative controls."
    )


def _differing(found: Document) -> list[Document]:
    return [part for part in found["parts"] if len({*_found(part["verdict"])}) > 1]


def _falls_short(part: Document) -> bool:
    return not part["control"] and "PASS" not in part["verdict"]


def _parts(parts: Sequence[Document], seeds: Sequence[int]) -> str:
    """A row per part with what each seed gave."""
    rows = [
        [part["name"], part["part"], _bounds(part),
         *(_told(verdict and f"{ours} {verdict}") for ours, verdict in zip(part["ours"], part["verdict"], strict=True))]
        for part in parts
    ]  # fmt: skip
    return table(("result", "part", "passes", *(f"seed {seed}" for seed in seeds)), rows)


def _ranges(parts: Sequence[Document]) -> str:
    """A row per part with the span of what the seeds gave."""
    rows = [
        [
            part["name"],
            part["part"],
            _bounds(part),
            f"{min(_found(part['ours']))} to {max(_found(part['ours']))}",
            " or ".join(sorted({*_found(part["verdict"])})),
        ]
        for part in parts
    ]
    return table(("result", "part", "passes", "ours", "verdict"), rows)


def _bounds(part: Document) -> str:
    """What counts as reproduced, for the first seed."""
    low, high = _found(part["low"])[0], _found(part["high"])[0]
    if low == "-inf":
        return f"at most {high}"
    return f"at least {low}" if high == "inf" else f"{low} to {high}"


def write_verdicts(docs: Path) -> list[Path]:
    """Write the page into the folder `docs`; returns its path."""
    return [write_page(docs / "verdicts.md", verdicts_page(read_verdicts(docs)))]
