"""The page on speed beside other libraries, made from a kept measurement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..bench import peer_words as words
from ..bench.figure import by_library
from ..bench.peers import APART, GAMES, MODELS
from ..bench.words import machine
from ..report.markdown import table
from ..report.style import Drawn, styled
from .writing import made_from, write_page, write_picture

MEASURED = "side_by_side.json"
"""The measurement that the page is made from, in the folder of the documentation."""

Row = dict[str, Any]

INTRODUCTION = """The same model, written for each library in the way its own documentation teaches, on the same members
and the same network for the same weeks: social norm, conditional cooperation, demand, value creation, motivation,
exhaustion, and ties that grow and fade. Nothing is drawn after the start, so every library has to come to the same
numbers, and times count only where it does. The models are in `benchmarks/peers`, one file each.

Times are medians of processes run in turns, each ratio taken within a turn. The first week is told apart: in it a
library compiles, loads machine code or fills its caches. "To build" is to make members and ties from the same arrays
(engagesim makes its network itself from the seed). Libraries that can use several threads in one run are also measured
with all cores of the machine.
"""

FAIR = """## What is fair about it, and what is not

- engagesim runs its whole engine, twenty-seven mechanisms of which seven are on, with the weekly sums of all its
  measures. The others run only what the model needs and keep two weekly means.
- Mesa and AgentPy walk agent by agent in Python, with neighbours in lists: their own network classes are slower. Their
  strength is that any rule can be written in plain Python, without knowing what a compiler takes. engagesim's own Mesa
  model, all mechanisms included, is for the same purpose.
- mesa-frames thinks in columns and pays off where members are many. Its sums over ties run in another order, so its
  numbers differ in the last digit.
- engagesim is no library for other models: it is fast at this one, because the rules are compiled for it.
"""

GAME = """## A game on a graph

EGTtools plays games on networks in compiled C++. Here both play the donation game with payoffs summed over ties; one
member a week compares itself with one partner and follows it with the Fermi probability. Luck differs between the two,
so the share of cooperators at the end is compared statistically over {runs} runs of {weeks:,} turns.
"""

LENGTH = """## How long the model is

Lines that say something: no blank lines, comments and docstrings. In engagesim a design is a file of numbers, and the
rules are there; their functions are counted beside it, the engine around them is not.
"""


def read_measured(docs: Path) -> Row:
    """The measurement in the folder of the documentation."""
    found: Row = json.loads((docs / MEASURED).read_text(encoding="utf-8"))
    return found


def drawn_of(document: Row) -> Drawn:
    """The figure of the page."""
    with styled():
        return by_library(document)


def side_by_side_page(document: Row) -> str:
    """The page, as Markdown."""
    game = document["games"][0]
    return "\n".join([
        "# Side by side with other libraries\n", made_from(MEASURED, "peers"), INTRODUCTION,
        f"![{drawn_of(document).alt}](images/side_by_side.png)\n", *(f"- {line}" for line in document["sentences"]), "",
        table(words.SIZE_HEAD, words.size_rows(document)), FAIR,
        GAME.format(runs=game["runs"], weeks=game["weeks"]), table(words.GAME_HEAD, words.game_rows(document)),
        "## How long it takes to start\n",
        "A process from the shell to the result of two weeks of 300 members, all imports included.\n",
        table(words.START_HEAD, words.start_rows(document)), LENGTH,
        table(words.LINES_HEAD, words.line_rows(document)), *_absent(document), *_measured(document),
    ])  # fmt: skip


def _absent(document: Row) -> list[str]:
    if not document["absent"]:
        return []
    return ["## Not measured\n", table(words.ABSENT_HEAD, words.absent_rows(document))]


def _measured(document: Row) -> list[str]:
    how = "engagesim bench --peers" + (" --quick" if document["quick"] else "")
    named = ", ".join(peer.title for peer in (*MODELS, *GAMES))
    return [
        "## How it was measured\n",
        f"`{how}`: {' '.join(machine(document).split())}.\n",
        f"`make peers` measures it again, with {named}. They come with `pip install 'engagesim[peers]'`, but "
        f"mesa-frames: {APART}.\n",
    ]


def write_side_by_side(docs: Path) -> list[Path]:
    """Write the page and its picture into `docs`; their paths."""
    document = read_measured(docs)
    page = write_page(docs / "side_by_side.md", side_by_side_page(document))
    return [page, write_picture(drawn_of(document), docs / "images")]
