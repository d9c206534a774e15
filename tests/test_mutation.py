"""Tests notice when a rule's formula is broken: one break per rule, each mechanism in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

QUICK = ("adoption", "contract", "cooperation", "creation", "decisions", "exhaustion", "ties", "values")
"""Files of rules that every run of the suite breaks; `python -m tests.mutation` breaks all, which takes long."""


@pytest.mark.parametrize("module", QUICK)
def test_a_broken_formula_does_not_go_unnoticed(module):
    command = [sys.executable, "-m", "tests.mutation", module]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.rsplit("\n", 2)[-2].split()[0]) > 0
