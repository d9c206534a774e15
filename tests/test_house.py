"""The house stays in order: imports run one way, files and functions stay small, nothing unfinished is left lying."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "simulation" / "engagesim"
FILES = sorted(PACKAGE.rglob("*.py"))

STOREYS = (
    {"parameter", "rule", "portable", "problems", "tallies", "steps", "draws", "literature"},
    {"rules"},
    {"population"},
    {"structures"},
    {"design"},
    {"measures"},
    {"engine", "agents", "model"},
    {"distributions", "summaries", "outcomes"},
    {"runs"},
    {"experiments"},
    {"report"},
    {"store"},
    {"portrait"},
    {"validation"},
    {"bench", "reference"},
    {"web"},
    {"cli"},
    {"__main__"},
)
"""From the cellar up: a room may use its own storey and those below."""
STOREY = {room: level for level, rooms in enumerate(STOREYS) for room in rooms}
ENTRANCE = "__init__"


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms_used(path: Path) -> set[str]:
    """Rooms of the package that a file imports, at any depth of its code."""
    parts = ("engagesim", *path.relative_to(PACKAGE).with_suffix("").parts)
    here = parts if path.name != "__init__.py" else parts[:-1]
    package = here if path.name == "__init__.py" else here[:-1]
    used = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            full = (*base, *(node.module or "").split(".")) if node.module else base
            targets = [(*full, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            targets = [tuple(alias.name.split(".")) for alias in node.names]
        else:
            continue
        used |= {t[1] for t in targets if t[0] == "engagesim" and len(t) > 1 and t[1] in STOREY}
    return used


def test_every_room_has_a_storey():
    rooms = {room_of(p) for p in FILES} - {ENTRANCE}
    assert rooms == set(STOREY)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_down_only(path):
    if room_of(path) == ENTRANCE:
        return
    above = {room for room in rooms_used(path) if STOREY[room] > STOREY[room_of(path)]}
    assert above == set()


def test_the_check_of_imports_sees_what_is_imported():
    assert "design" in rooms_used(PACKAGE / "engine" / "run.py")
    assert "draws" in rooms_used(PACKAGE / "engine" / "people.py")
    assert "rules" in rooms_used(PACKAGE / "agents" / "deciding.py")


def functions() -> list[tuple[str, int]]:
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                found.append((f"{path.relative_to(PACKAGE)}:{node.name}", node.end_lineno - node.lineno + 1))
    return found


def test_files_and_functions_are_small():
    too_long = [str(p.relative_to(PACKAGE)) for p in FILES if len(p.read_text().splitlines()) > 400]
    sizes = sorted(n for _, n in functions())
    assert too_long == []
    assert statistics.median(sizes) <= 9
    assert sizes[int(0.9 * len(sizes))] <= 35
    assert [name for name, n in functions() if n > 60] == []


def test_rules_use_numbers_only():
    for path in sorted((PACKAGE / "rules").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                loops = [n for n in ast.walk(node) if isinstance(n, ast.For | ast.While | ast.Pow)]
                assert loops == [], f"{path.name}: {node.name} has a loop or a power"


def test_nothing_unfinished_or_private_is_left_in_the_tree():
    # The words are put together here so that this file does not find itself.
    forbidden = re.compile(
        "|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "/" + "work/", "/" + "tmp/"])
    )
    suffixes = {".py", ".md", ".toml", ".yml", ".cff", ".txt", ".ipynb", ""}
    folders = ("simulation", "scenarios", "tests", "docs", "experiments", "benchmarks", "examples", ".ci")
    files = [p for p in ROOT.iterdir() if p.name != ".git"] + [p for f in folders for p in (ROOT / f).rglob("*")]
    texts = [p for p in files if p.is_file() and p.suffix in suffixes]
    found = [f"{p.name}: {m.group()}" for p in texts if (m := forbidden.search(p.read_text(errors="replace")))]
    assert found == []
