"""The documentation builds without a warning, and every mechanism is in its gallery as it behaves."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from sphinx.cmd.build import main as sphinx

from engagesim.design.catalogue import BY_NAME
from engagesim.design.files import shipped
from engagesim.outcomes import BY_NAME as OUTCOMES
from engagesim.population import Members
from engagesim.reference.__main__ import write
from engagesim.reference.fingerprints import FINGERPRINTS
from engagesim.reference.gallery import rules_of
from engagesim.rules import MECHANISMS
from engagesim.rules.rewards import INSTRUMENT, INSTRUMENT_PRESETS

DOCS = Path(__file__).parents[1] / "docs"
PACKAGE = DOCS.parent / "simulation" / "engagesim"
KNOWN = {*BY_NAME, *OUTCOMES, *Members._fields, *INSTRUMENT_PRESETS, *(p.name for p in INSTRUMENT)}
KNOWN |= {*shipped("scenarios"), *(choice for p in BY_NAME.values() for choice in p.choices)}
"""Every name that a page may put into code."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    place = tmp_path_factory.mktemp("docs")
    source = place / "docs"
    shutil.copytree(DOCS, source, ignore=shutil.ignore_patterns("_build", "gallery", "first_hour"))
    shutil.copytree(DOCS.parent / "examples", place / "examples")
    shutil.copy(DOCS.parent / "CONTRIBUTING.md", place)
    write(source)
    # A process of its own: blocks of pages run in forked readers, which should not inherit what other tests did.
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "auto", "-b", "html"]
    done = subprocess.run([*command, str(source), str(place / "html")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return place / "html"


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.name)
def test_every_mechanism_has_a_page_with_its_picture(built, mechanism):
    page = unescape((built / "gallery" / f"{mechanism.name}.html").read_text()).replace("’", "'")
    assert mechanism.known_answer in page
    assert f"{mechanism.name}.svg" in page
    assert (built / "_images" / f"{mechanism.name}.svg").stat().st_size > 2000


def test_the_pages_ask_nothing_of_the_network(built):
    pages = [*built.rglob("*.html")]
    assert len(pages) > len(MECHANISMS) + 8
    for page in pages:
        text = page.read_text()
        for loaded in ('src="http', 'src="//', 'rel="stylesheet" type="text/css" href="http', "@import url(http"):
            assert loaded not in text, page.name


EXECUTED = sorted(p for folder in ("tutorials", "howto", "topics") for p in (DOCS / folder).glob("*.md"))
EXECUTED += [DOCS / f"{name}.md" for name in ("made", "limits", "api", "sweeps", "page")]


@pytest.mark.parametrize("path", EXECUTED, ids=lambda p: p.stem)
def test_whatever_a_page_tells_to_run_was_run(path, built):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^```(?:sh|bash|console|python|py)\b", text, re.M) == []
    assert re.findall(r"^```\n(?:engagesim|pip|python|make|solara) ", text, re.M) == []
    page = (built / path.relative_to(DOCS)).with_suffix(".html").read_text(encoding="utf-8")
    told = re.findall(r"^```{(?:python|shell)}", text, re.M)
    assert len(told) <= len(re.findall(r'class="highlight-(?:python|sh)', page))
    if told:
        assert 'class="output' in page or "drawn-1.svg" in page


BROKEN = {
    "holds": "```{holds}\nassert 1 > 2\n```",
    "shell": "```{shell}\nengagesim run no_such_scenario\n```",
    "python": "```{python}\n1 / 0\n```",
    "levers": "```{levers}\nno_such_lever\n```",
    "claims": "```{claims}\nH99\n```",
    "recipe": "```{recipe} No such section\n```",
    "unrun": "```{unrun}\nengagesim app\n```",
    "picture": "```{picture} none.png\n:alt: none\n```",
    "file": "[away](nowhere.md)",
    "anchor": "<a href='#nowhere'>away</a>",
    "page": "<a href='nowhere.html'>away</a>",
}
SOUND = """```{python}
print(1 + 1)
```

```{holds}
assert 1 < 2
```"""


def test_a_block_that_does_not_hold_stops_the_build(tmp_path, capsys):
    source = tmp_path / "docs"
    shutil.copytree(DOCS / "extensions", source / "extensions")
    shutil.copytree(DOCS / "static", source / "static")
    for name in ("conf.py", "hypotheses.json"):
        shutil.copy(DOCS / name, source)
    (tmp_path / "CONTRIBUTING.md").write_text("## A rule\n")
    for name, block in {**BROKEN, "sound": SOUND}.items():
        (source / f"{name}.md").write_text(f"---\norphan: true\n---\n# A page\n\n{block}\n")
    (source / "index.md").write_text("# Pages\n")
    assert sphinx(["-W", "--keep-going", "-q", "-b", "html", str(source), str(tmp_path / "html")]) == 1
    told = capsys.readouterr().err
    assert [name for name in BROKEN if not re.search(rf"\b{name}\.(md|html)\b", told)] == []
    assert "sound.md" not in told
    assert "<pre>2" in re.sub("</?span[^>]*>", "", (tmp_path / "html" / "sound.html").read_text())


def test_words_are_found_without_a_network(built):
    index = (built / "searchindex.js").read_text(encoding="utf-8")
    for word in ("trust", "badg", "extract"):
        assert re.search(rf'[,{{"]{word}"?:', index), word


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.name)
def test_a_fingerprint_shows_a_rule_of_its_mechanism_and_goes_the_way_it_says(mechanism):
    shown = FINGERPRINTS[mechanism.name]
    assert shown.rule in rules_of(mechanism)
    _, curves = shown.response()
    steps = np.concatenate([np.diff(response) for response in curves.values()])
    assert np.isfinite(steps).all()
    assert np.abs(steps).max() > 0, "a flat picture shows nothing"
    if shown.direction == 0:
        assert steps.min() < 0 < steps.max()
    else:
        assert (steps * shown.direction >= -1e-12).all()


def test_every_idea_of_the_essays_is_in_a_file_of_the_code_or_left_out_for_a_reason():
    rows = [line.split(" | ") for line in (DOCS / "concepts.md").read_text().splitlines() if line.startswith("| ")]
    ideas = [row for row in rows if row[0].strip("| ").isdigit()]
    assert [int(row[0].strip("| ")) for row in ideas] == list(range(1, 97))
    for _, _, how, file in ideas:
        named = file.strip("| `")
        assert (PACKAGE / named).exists() if named != "-" else len(how) > 20, how
        for name in re.findall(r"`([a-z_]+)`", how):
            assert name in KNOWN, f"{name} is nowhere in the model"
