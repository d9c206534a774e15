"""The page on speed shows the kept measurement, in which everybody came to the same numbers."""

from __future__ import annotations

from pathlib import Path

from engagesim.bench.peers import GAMES, MODELS
from engagesim.reference.side_by_side import read_measured, side_by_side_page

DOCS = Path(__file__).parents[1] / "docs"
MEASURED = read_measured(DOCS)


def test_the_page_is_up_to_date():
    page = side_by_side_page(MEASURED).rstrip() + "\n"
    assert (DOCS / "side_by_side.md").read_text(encoding="utf-8") == page, "run make docs"


def test_everybody_was_measured_or_is_named_and_came_to_the_same_numbers():
    rows = [*MEASURED["cases"], *MEASURED["games"]]
    there = {row["library"] for row in (*rows, *MEASURED["absent"])}
    assert there == {"engagesim", *(peer.name for peer in (*MODELS, *GAMES))}
    assert all(row["same"] for row in rows)


def test_the_picture_is_there():
    assert (DOCS / "images" / "side_by_side.png").stat().st_size > 20_000
