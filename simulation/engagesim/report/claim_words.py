"""Findings on claims in plain words. A finding is the document that `experiments.claims` keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..experiments.claims.claim import CLASSES, DIRECTIONS
from ..outcomes import BY_NAME, KIND_OF

Document = Mapping[str, Any]

VERIFIED = "verification only"
WORDS = {
    "supported": "supported",
    "opposite": "the opposite",
    "equivalent": "no difference that matters",
    "undecided": "undecided",
    "partly": "partly supported",
}
"""Verdicts in words."""


def verdict_words(finding: Document) -> str:
    """The verdict; for what is built in, a verification and no finding."""
    said = WORDS[finding["verdict"]]
    return f"{said} ({VERIFIED})" if finding["verification_only"] else said


def number(value: float | None) -> str:
    """A number as people read it."""
    return "unknown" if value is None else f"{value:.3g}"


def share_words(finding: Document) -> str:
    """In how much of the space of worlds the predicted signs hold."""
    share = finding["share"]
    where = "other widths of the ranges" if finding.get("indices") else "worlds"
    return (
        "not known in other worlds" if share is None else f"holds in {share:.0%} of {finding['worlds_tried']} {where}"
    )


def split_words(split: Document | None, share: float | None) -> str:
    """What flips a claim, or why nothing does."""
    if share in (0.0, 1.0):
        return f"nothing: it {'holds' if share else 'fails'} in all of them"
    if split is None:
        return "none found: no single parameter tells where it holds"
    below, above = f"{split['share_below']:.0%}", f"{split['share_above']:.0%}"
    change = f"{split['parameter']} at {number(split['value'])}: holds in {below} of worlds below, in {above} above"
    return change if split["flips"] else f"none found; most telling is {change}"


def estimate_words(found: Document) -> str:
    """Mean and 95 % interval."""
    if found["mean"] is None:
        return "no value"
    if found["low"] is None:
        return number(found["mean"])
    return f"{found['mean']:+.3g} [{number(found['low'])}, {number(found['high'])}]"


def outcome_words(test: Document) -> str:
    """The outcome of a test with its group and window."""
    title, who = BY_NAME[test["outcome"]].title.lower(), "" if test["group"] == "everyone" else f" of {test['group']}s"
    return f"{title}{who}, {window_words(test)}"


def window_words(test: Document) -> str:
    """Over which weeks a test looks; some outcomes are of the members at the end, or of the whole run."""
    if KIND_OF[test["outcome"]] != "weekly":
        return "at the end" if KIND_OF[test["outcome"]] == "end" else "in the whole run"
    said = _window(test["window"])
    return said if test["less"] is None else f"{said} less {_window(test['less'])}"


def _window(window: Any) -> str:
    return window if isinstance(window, str) else f"weeks {window[0]} to {window[1]}"


def contrast_words(test: Document) -> str:
    """The arms of a test: what is compared with what."""
    plus = [_term(arm, weight) for arm, weight in test["contrast"].items() if weight > 0]
    minus = [_term(arm, -weight) for arm, weight in test["contrast"].items() if weight < 0]
    if test["constant"]:
        (minus if test["constant"] < 0 else plus).append(f"{abs(test['constant']):g}")
    return " + ".join(plus) + (" less " + " and ".join(minus) if minus else "")


def _term(arm: str, weight: float) -> str:
    return arm if weight == 1 else f"{weight:g} x {arm}"


def lines(finding: Document) -> Iterator[str]:
    """All of a finding, line by line."""
    yield f"{finding['id']}  {finding['title']}"
    yield f"    {' '.join(finding['claim'].split())}"
    kind = f"Class {finding['class']}: {CLASSES[finding['class']]}."
    yield f'    Source: {finding["source"]}, "{finding["quote"]}". {kind}'
    if finding["arms"]:
        yield "    Arms: " + "; ".join(f"{name}: {title}" for name, title in finding["arms"].items())
    for test in finding["tests"]:
        yield from _test_lines(test)
    yield f"    Verdict: {verdict_words(finding)} ({finding['rule']} of {len(finding['tests'])} parts needed)"
    yield f"    Worlds: {share_words(finding)}; flips: {split_words(finding['flips_with'], finding['share'])}"
    yield f"    Mechanism off: {finding['ablation']}. Another label: {finding['label_control']}."
    for rival in finding["rivals"]:
        yield f"    Rival: {rival['says']} {rival_words(rival)}"
    for arm, share in finding["survival"].items():
        if share < 1.0:
            yield f"    Survival: {arm} lasts in {share:.0%} of replicates"
    for failure in finding["failures"]:
        yield f"    CONTROL FAILED: {failure}"


def _test_lines(test: Document) -> Iterator[str]:
    yield f"    - {test['name']}: {test['says']}"
    bound = f"{DIRECTIONS[test['direction']]}, {number(test['sesoi'])} matters"
    yield f"      {contrast_words(test)} in {outcome_words(test)}; claimed: {bound}"
    said = f"{WORDS[test['verdict']]}, {estimate_words(test)}"
    share = "" if test["share"] is None else f"; sign holds in {test['share']:.0%} of worlds"
    yield f"      {said}{share}; mechanism off: {ablation_words(test)}"


def ablation_words(test: Document) -> str:
    """What is left with the mechanism off."""
    ablation = test["ablation"]
    if ablation["result"] == "nothing to remove":
        return "nothing to remove"
    return f"{ablation['result']}, {estimate_words(ablation)}"


def rival_words(rival: Document) -> str:
    """What was found on a rival, or why it was not tested."""
    if "untested" in rival:
        return f"Not tested: {rival['untested']}"
    return f"{WORDS[rival['verdict']].capitalize()}: {estimate_words(rival)}."


HEADER = ("id", "claim", "class", "verdict", "worlds", "flips", "mechanism off", "label")


def row(finding: Document) -> list[str]:
    """One line of the table of all claims."""
    share, split = finding["share"], finding["flips_with"]
    flips = f"{split['parameter']} at {number(split['value'])}" if split and split["flips"] else "none found"
    return [
        finding["id"], finding["title"], finding["class"], verdict_words(finding),
        "" if share is None else f"{share:.0%}", flips, finding["ablation"], finding["label_control"],
    ]  # fmt: skip
