"""Known answers notice when a rule's formula is broken, and the check itself notices what nobody does."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from engagesim.engine import run  # noqa: F401  # marks every rule
from engagesim.rule import RULES

ROOT = Path(__file__).parents[1]
BREAKS = Counter(function.__module__.rpartition(".")[2] for function in RULES)
OTHERS = """
import sys, tests.mutation as check
check.tests_of = lambda module: [str(check.HERE / "rules" / "test_norm.py")]
sys.exit(check.main(["--known", "momentum"]))
"""


COUNT = """
from collections import Counter
from tests.mutation import RULES, mutants
for module, breaks in Counter(f.__module__.rpartition(".")[2] for f in RULES for _ in mutants(f, True)).items():
    print(module, breaks)
"""


def checked(*words):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def done():
    """One break per rule, in one process; `--every` breaks each operator, comparison and constant, and takes longer."""
    return checked("-m", "tests.mutation", "--known")


# A test per module: files with many tests are handed out first, and this one takes a minute.
@pytest.mark.parametrize("module", BREAKS)
def test_no_broken_formula_goes_unnoticed_by_known_answers(module, done):
    line = f"{module}: {BREAKS[module]} noticed by known answers, 0 only by runs, 0 change nothing, 0 unnoticed"
    assert line in done.stdout.splitlines(), done.stdout


def test_every_module_is_asked_and_nothing_else_is_said(done):
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert sorted(line.split(":")[0] for line in lines[:-1]) == sorted(BREAKS)
    assert f"{len(RULES)} breaks, 0 unnoticed" == lines[-1]


def test_what_no_test_notices_is_listed():
    """The tests of another mechanism are content with momentum, however broken."""
    done = checked("-c", OTHERS)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.count("nobody notices: momentum.") == 3
    assert done.stdout.endswith("3 breaks, 3 unnoticed\n")


def test_a_module_without_rules_is_named():
    done = checked("-m", "tests.mutation", "no_such")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("no rules in: no_such   must be of: portable, ")


def test_the_design_notes_tell_the_number_of_breaks():
    breaks = {module: int(number) for module, number in map(str.split, checked("-c", COUNT).stdout.splitlines())}
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    assert f"each of the {len(RULES)} rules once, in all {len(breaks)} files" in " ".join(text.split())
    assert f"{sum(breaks.values()):,} breaks" in text
    told = set()
    for files, number in re.findall(r"^\| ([\w, ]+) \| (\d+) \| \d", text, re.M):
        named = files.split(", ") if "other" not in files else sorted(set(breaks) - told)
        told |= set(named)
        assert sum(breaks[module] for module in named) == int(number), files
        assert "other" not in files or files == f"the other {len(named)} files"
    assert told == set(breaks)
