"""The page of claims shows the kept findings, and these belong to the shipped claims."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engagesim.experiments.claims.reading import load_claim, shipped_claims
from engagesim.reference.claims import claims_page, read_findings, supported_parts
from engagesim.report.claim_figures import claimed, maps_figure, summary_figure
from engagesim.report.claim_words import row, split_words, verdict_words

DOCS = Path(__file__).parents[1] / "docs"
FINDINGS = {found["id"]: found for found in read_findings(DOCS)}
CLAIMS = {name: load_claim(path) for name, path in shipped_claims().items()}


def test_every_claim_has_a_finding():
    assert list(FINDINGS) == list(CLAIMS)
    assert {found["size"] for found in FINDINGS.values()} == {"full"}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_finding_is_of_the_claim_as_it_stands(name):
    claim, found = CLAIMS[name], FINDINGS[name]
    assert (found["title"], found["class"], found["claim"]) == (claim.title, claim.kind, claim.claim)
    assert [(t["name"], t["direction"], t["sesoi"], t["contrast"]) for t in found["tests"]] == [
        (t.name, t.direction, t.sesoi, dict(t.contrast)) for t in claim.tests
    ]
    assert found["notes"] == list(claim.notes)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_controls_of_every_claim_hold(name):
    assert FINDINGS[name]["label_control"] == "null"
    assert FINDINGS[name]["failures"] == []


def test_the_page_is_up_to_date():
    page = claims_page(list(FINDINGS.values())).rstrip() + "\n"
    assert (DOCS / "hypotheses.md").read_text(encoding="utf-8") == page, "run make docs"


def test_the_pictures_are_there():
    for name in ("claims", "claim_maps"):
        assert (DOCS / "images" / f"{name}.png").stat().st_size > 20_000


def test_the_summary_has_a_row_per_claim_and_a_mark_per_part():
    found = list(FINDINGS.values())
    parts, shares = summary_figure(found).figure.axes
    assert len(parts.get_yticklabels()) == len(found)
    assert len(parts.lines) == sum(len(f["tests"]) for f in found)
    assert [bar.get_width() for bar in shares.patches] == [f["share"] for f in found if f["share"] is not None]


def test_maps_show_the_claimed_direction():
    made = {
        "id": "X", "tests": [{"name": "t", "direction": "down", "sesoi": 0.5}],
        "map": {"test": "t", "x": "drain", "y": "rest", "xs": [0, 1], "ys": [0, 1], "means": [[-1, 1], [-2, None]],
                "base": [0.5, None]},
    }  # fmt: skip
    z, _ = claimed(made)
    assert np.array_equal(z, [[2.0, -2.0], [4.0, np.nan]], equal_nan=True)
    assert "50% of the map has the claimed sign" in maps_figure([made]).alt
    assert maps_figure([{"map": None}]) is None


def test_words_say_what_flips_and_what_does_not():
    split = {"parameter": "drain", "value": 0.05, "share_below": 0.9, "share_above": 0.2, "flips": True}
    assert split_words(split, 0.6) == "drain at 0.05: holds in 90% of worlds below, in 20% above"
    assert split_words({**split, "share_above": 0.6, "flips": False}, 0.7).startswith(
        "none found; most telling is drain"
    )
    assert split_words(None, 0.5).startswith("none found")
    assert split_words(None, 0.0) == "nothing: it fails in all of them"


def test_what_is_built_in_is_never_a_finding():
    built = [f for f in FINDINGS.values() if f["class"] == "B"]
    assert built
    assert all("verification only" in verdict_words(f) and "verification only" in row(f)[3] for f in built)
    assert all(supported_parts(f).endswith(f"of {len(f['tests'])}") for f in built)
