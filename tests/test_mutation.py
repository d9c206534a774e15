"""Known answers notice when a rule's formula is broken, and the check itself notices what nobody does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engagesim.engine import run  # noqa: F401  # marks every rule
from engagesim.rule import RULES

ROOT = Path(__file__).parents[1]
MODULES = sorted({function.__module__.rpartition(".")[2] for function in RULES})
OTHERS = """
import sys, tests.mutation as check
check.tests_of = lambda module: [str(check.HERE / "rules" / "test_norm.py")]
sys.exit(check.main(["--known", "momentum"]))
"""


def checked(*words):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=ROOT)


def test_no_broken_formula_goes_unnoticed_by_known_answers():
    """One break per rule, in one process; `--every` breaks each operator, comparison and constant, and takes longer."""
    done = checked("-m", "tests.mutation", "--known")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert sorted(line.split(":")[0] for line in lines[:-1]) == MODULES
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
