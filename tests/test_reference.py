"""Tables in the docs are those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagesim.design.catalogue import PARAMETERS
from engagesim.design.files import shipped
from engagesim.literature import REFERENCES
from engagesim.reference.families import FAMILIES, REST, by_family
from engagesim.reference.pages import PAGES
from engagesim.rules import MECHANISMS
from engagesim.rules.rewards import INSTRUMENT
from engagesim.validation import checks

DOCS = Path(__file__).parents[1] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_up_to_date(name):
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == PAGES[name]().rstrip() + "\n", "run make docs"


def test_every_source_is_in_the_literature_and_used():
    used = {p.source for p in (*PARAMETERS, *INSTRUMENT) if p.source} | {m.source for m in MECHANISMS}
    used |= {source for check in checks().values() for source in check.sources}
    assert used - set(REFERENCES) == set()
    assert set(REFERENCES) - used == set()


def test_every_shipped_scenario_belongs_to_one_family():
    names = [name for members in FAMILIES.values() for name in members]
    assert sorted(names) == sorted(shipped("scenarios"))


def test_a_scenario_without_a_family_is_listed_last():
    assert by_family(["one_more", "theory"]) == {"Theory: one or two mechanisms alone": ["theory"], REST: ["one_more"]}
