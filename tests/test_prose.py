"""Pages that people write can be read as they are in a clone: short lines, and links to what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")]
TOP = ("page", "concepts", "odd", "limits", "made", "api", "sweeps", "design")
PAGES += [ROOT / "docs" / f"{name}.md" for name in TOP]
PAGES += sorted(p for folder in ("tutorials", "howto", "topics") for p in (ROOT / "docs" / folder).glob("*.md"))
LONGEST = 120
MADE = "(made by `make docs`)"
"""Said beside a link to a page that is there only once the documentation is built."""


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Lines of a page with their numbers, without those of code and of tables."""
    in_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code and not line.startswith("|"):
            yield number, line


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_lines_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert {number: len(line) for number, line in prose(text) if len(line) > LONGEST} == {}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_links_lead_somewhere_in_a_clone_or_say_what_makes_the_page(path):
    text = " ".join(line for _, line in prose(path.read_text(encoding="utf-8")))
    for target, after in re.findall(r"\]\(([^)#\s]+)[^)]*\)(.{0,40})", text):
        there = ROOT / "docs" / target[1:] if target.startswith("/") else path.parent / target
        assert "://" in target or there.exists() or after.lstrip().startswith(MADE), target


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name == "topics"], ids=lambda p: p.stem)
def test_numbers_that_are_worked_out_again_stand_in_the_sentences(path):
    text = path.read_text(encoding="utf-8")
    said = " ".join(line for _, line in prose(text))
    checks = "".join(re.findall(r"^```{holds}\n(.*?)^```", text, re.M | re.S))
    numbers = [n.replace("%", " %").lstrip("-") for n in re.findall(r'"(-?[\d.]+%?)"', checks)]
    assert [n for n in numbers if not re.search(rf"(?<![\d.]){re.escape(n)}(?![\d])", said)] == []
