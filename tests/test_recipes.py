"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(new|edit|check) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("simulation", "scenarios", "experiments", "tests")
TESTS = [f"tests/rules/test_{name}.py" for name in ("celebration", "every_mechanism", "off_is_absent")]
TESTS.append("tests/design/test_catalogue.py")


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str, str]]:
    return BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def apply(project: Path, what: str, where: str, text: str) -> None:
    path = project / where
    if what == "new":
        assert not path.exists(), f"{where} is there already"
        path.write_text(text, encoding="utf-8")
        return
    before, after = text.split("=>\n")
    old = path.read_text(encoding="utf-8")
    assert old.count(before.rstrip("\n")) == 1, f"{where}: {before!r} stands there {old.count(before)} times"
    path.write_text(old.replace(before.rstrip("\n"), after.rstrip("\n")), encoding="utf-8")


def test_the_recipes_work_as_written(steps, tmp_path):
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    # Loops run uncompiled here: the recipes change many sources, and each change would compile for half a minute.
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "simulation"), "NUMBA_DISABLE_JIT": "1"}
    checks = []
    for what, where, text in steps:
        if what == "check":
            checks.append(text)
        else:
            apply(tmp_path, what, where, text)
    code = "\n".join(["import engagesim", f"assert engagesim.__file__.startswith({str(tmp_path)!r})", *checks])
    fingerprints = "from engagesim.reference.fingerprints import FINGERPRINTS; FINGERPRINTS['celebration'].response()"
    for words in (
        ["-W", "ignore", "-c", f"{code}\n{fingerprints}"],
        ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "celebration or unique", *TESTS],
        ["-m", "ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), "simulation", "tests"],
    ):
        done = subprocess.run(
            [sys.executable, *words], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]


def test_every_kind_of_contribution_has_a_recipe_that_is_checked(steps):
    assert [what for what, _, _ in steps].count("check") == 5
    titles = set(re.findall(r"^## (.+)$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"A rule", "A structure", "A reward scheme, a scenario", "An experiment", "A measure"} <= titles
