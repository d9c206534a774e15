"""Without an optional package, the command that needs it says what to install, and everything else works."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .calling import run

FILE = """
title = "Tiny"
arms = ["the_suggestion_machine", "badges_on_top"]
replicates = 1
measures = ["trust"]
windows = ["late"]
[set]
employees = 12
customers = 6
partners = 2
steps = 4
"""
SEARCH = ["design", "--maximise", "late_participation", "--subject-to", "exhaustion<0.9", "--trials", "2"]
NEEDS = [
    ("duckdb", ["query", "out", "select count(*) from runs"], "pip install 'engagesim[query]'"),
    ("optuna", [*SEARCH, "--worlds", "1"], "pip install 'engagesim[search]'"),
    ("distributed", ["sweep", "tiny.toml", "--dask", "tcp://127.0.0.1:8786"], "pip install 'engagesim[cluster]'"),
]


@pytest.mark.parametrize(("package", "command", "told"), NEEDS)
def test_a_missing_extra_is_told_with_how_to_install_it(
    package: str, command: list[str], told: str, here: Path, monkeypatch: pytest.MonkeyPatch
):
    (here / "tiny.toml").write_text(FILE)
    assert run("sweep", "tiny.toml", "--jobs", "1", "--out", "out").exit_code == 0
    monkeypatch.setitem(sys.modules, package, None)
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in " ".join(result.stderr.split())
