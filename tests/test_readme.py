"""The commands and snippets of the README run as written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engagesim import Scenario
from engagesim.design.catalogue import slot

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S) for line in block.splitlines() if line
]
SNIPPETS = re.findall(r"^```python\n(.*?)^```", TEXT, re.M | re.S)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("newcomer")


def perform(arguments: list[str], place: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(arguments, cwd=place, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run_as_written_and_in_order(command, place):
    done = perform(["sh", "-c", command], place)
    assert done.returncode == 0, done.stderr[-1500:]
    assert done.stdout.strip()


@pytest.mark.parametrize("code", SNIPPETS)
def test_snippets_run_as_written(code, place):
    done = perform([sys.executable, "-c", code], place)
    assert done.returncode == 0, done.stderr[-1500:]


def test_links_lead_somewhere():
    targets = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert len(targets) > 5
    assert [t for t in targets if "://" not in t and not (ROOT / t).exists()] == []


def test_the_design_in_the_readme_loads(tmp_path):
    (text,) = re.findall(r"^```toml\n(.*?)^```", TEXT, re.M | re.S)
    path = tmp_path / "open_the_books.toml"
    path.write_text(text)
    design = Scenario.load(path)
    assert design.levers().values[78, slot("return_share")] == pytest.approx(0.5)
    assert design.levers().values[51, slot("return_share")] == pytest.approx(0.05)
