"""The page of claims and verdicts, made from kept findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..experiments.claims.claim import CLASSES, DIRECTIONS
from ..experiments.claims.judging import VERDICTS
from ..report.claim_figures import maps_figure, share_of_map, summary_figure
from ..report.claim_words import (
    WORDS,
    Document,
    ablation_words,
    contrast_words,
    estimate_words,
    number,
    outcome_words,
    rival_words,
    share_words,
    split_words,
    verdict_words,
)
from ..report.markdown import table
from .writing import made_from, write_page, write_picture

FINDINGS = "hypotheses.json"
"""The findings that the page is made from, in the folder of the documentation."""

INTRODUCTION = """The essays behind this model make claims. Each of the twenty-eight below is a file in
`experiments/hypotheses`: its arms, its outcomes, its direction and the smallest difference that matters were written
down before it was run. Whatever came out is the finding; nothing was tuned toward any claim.

A claim has parts. Each part compares arms replicate by replicate, the same people with the same luck, and is judged
against the smallest difference that matters:
"""

HOW = """
A claim needs all of its parts. *Worlds* are drawn from a Latin hypercube over what no designer chooses; the share says
in how many of them the signs of all parts hold, and *flips* names the one parameter whose split tells the worlds where
it holds from those where it fails, if a split says more than chance and most worlds on one side hold and most on the
other do not. *Mechanism off* repeats a part without what should cause it: the difference has to go. *Label* runs the
same rules under another name: the outcome has to be the same to the last bit.
"""


def read_findings(docs: Path) -> list[Document]:
    """The findings in the folder of the documentation."""
    found: list[Document] = json.loads((docs / FINDINGS).read_text(encoding="utf-8"))["hypotheses"]
    return found


def claims_page(findings: Sequence[Document]) -> str:
    """The page, as Markdown."""
    verdicts = table(("verdict", "meaning"), [[WORDS[v], meaning] for v, meaning in VERDICTS.items()])
    return "\n".join([
        "# Claims and verdicts\n", made_from(FINDINGS, "claims"), INTRODUCTION, verdicts, HOW, _size(findings),
        f"![{summary_figure(findings).alt}](images/claims.png)\n", "## All claims\n", _all(findings), _turns(findings),
        *(line for finding in findings for line in _one(finding)),
    ])  # fmt: skip


def _size(findings: Sequence[Document]) -> str:
    first = next(f for f in findings if f["arms"])
    return (
        f"Here: {first['replicates']} pairs in the base world and {first['worlds_tried']} other worlds "
        f"(`engagesim hypotheses{' --quick' if first['size'] == 'quick' else ''}`, seed {first['seed']}).\n"
    )


def _all(findings: Sequence[Document]) -> str:
    head = ("id", "claim", "class", "verdict", "parts supported", "worlds", "flips", "mechanism off", "label")
    rows = [
        [
            f"[{f['id']}](#{f['id'].lower()})", f["title"], f["class"], verdict_words(f), supported_parts(f),
            "" if f["share"] is None else f"{f['share']:.0%}", split_words(f["flips_with"], f["share"]),
            f["ablation"], f["label_control"],
        ]
        for f in findings
    ]  # fmt: skip
    classes = "; ".join(f"{name}: {meaning}" for name, meaning in CLASSES.items())
    return table(head, rows) + f"\nClasses: {classes}.\n"


def supported_parts(finding: Document) -> str:
    """How many parts are supported, of how many."""
    return f"{sum(t['verdict'] == 'supported' for t in finding['tests'])} of {len(finding['tests'])}"


def _turns(findings: Sequence[Document]) -> str:
    drawn = maps_figure(findings)
    if drawn is None:
        return ""
    rows = [
        [f["id"], f["map"]["test"], f"`{f['map']['x']}`, `{f['map']['y']}`", f"{share_of_map(f):.0%}"]
        for f in findings
        if f["map"]
    ]
    head = ("id", "part", "over", "share of the map with the claimed sign")
    return f"## Where the claims turn\n\n![{drawn.alt}](images/claim_maps.png)\n\n{table(head, rows)}"


def _one(finding: Document) -> Iterator[str]:
    yield f"## {finding['id']}\n\n**{finding['title']}.** {' '.join(finding['claim'].split())}\n"
    yield f"Source: {finding['source']}, “{finding['quote']}”. Class {finding['class']}, {CLASSES[finding['class']]}.\n"
    yield f"**{verdict_words(finding).capitalize()}**; {share_words(finding)}. Flips: {_flips(finding)}.\n"
    yield table(
        ("part", "compared", "outcome", "claimed", "found", "verdict", "worlds", "mechanism off"), _parts(finding)
    )
    for rival in finding["rivals"]:
        yield f"- Rival: {rival['says']} *{rival_words(rival)}*"
    for arm, share in finding["survival"].items():
        if share < 1.0:
            yield f"- Survival: `{arm}` lasts in {share:.0%} of the replicates."
    yield from (f"- {note}" for note in finding["notes"])
    yield from (f"- **Control failed:** {failure}." for failure in finding["failures"])
    yield ""
    yield from _extra(finding)


def _flips(finding: Document) -> str:
    """What flips the whole claim and, where parts have a flip of their own, theirs."""
    parts = [
        f"{t['name']}: {split_words(t['flips_with'], t['share'])}"
        for t in finding["tests"]
        if t["flips_with"] and t["flips_with"]["flips"]
    ]
    whole = split_words(finding["flips_with"], finding["share"])
    return whole + (f" ({'; '.join(parts)})" if parts else "")


def _parts(finding: Document) -> list[list[str]]:
    return [
        [
            t["says"], contrast_words(t), outcome_words(t),
            f"{DIRECTIONS[t['direction']]}; {number(t['sesoi'])} matters", estimate_words(t), WORDS[t["verdict"]],
            "" if t["share"] is None else f"{t['share']:.0%}", ablation_words(t),
        ]
        for t in finding["tests"]
    ]  # fmt: skip


def _extra(finding: Document) -> Iterator[str]:
    if finding["effects"]:
        yield "Main effects and interactions on the first outcome:\n"
        rows = [[e["effect"].replace("+", " x "), f"{e['mean']:+.3g}", _interval(e)] for e in finding["effects"]]
        yield table(("effect", "mean", "95 % interval"), rows)
    if finding.get("indices"):
        yield "Share of variance that is left while all but the group is known (total-order index):\n"
        rows = [[f"`{i['outcome']}`", i["group"], number(i["share"]), _interval(i)] for i in finding["indices"]]
        yield table(("outcome", "group", "share", "95 % interval"), rows)


def _interval(found: Document) -> str:
    return f"{found['low']:.3g} to {found['high']:.3g}"


def write_claims(docs: Path) -> list[Path]:
    """Write the page and its pictures into the folder `docs`; returns their paths."""
    findings = read_findings(docs)
    drawn = [d for d in (summary_figure(findings), maps_figure(findings)) if d]
    page = write_page(docs / "hypotheses.md", claims_page(findings))
    return [page, *(write_picture(d, docs / "images") for d in drawn)]
