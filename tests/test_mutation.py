"""Tests notice when a rule's formula is broken: one break per rule, each mechanism in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engagesim.rule import RULES

MODULES = sorted({f.__module__.rpartition(".")[2] for f in RULES})


@pytest.mark.parametrize("module", MODULES)
def test_a_broken_formula_does_not_go_unnoticed(module):
    command = [sys.executable, "-m", "tests.mutation", module]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.rsplit("\n", 2)[-2].split()[0]) > 0
