"""The commands and snippets of the README run as written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from engagesim import Scenario
from engagesim.design.catalogue import slot
from engagesim.design.files import shipped
from engagesim.experiments.claims.reading import shipped_claims
from engagesim.rules import MECHANISMS

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


SCHEMES = tomllib.loads(shipped("experiments")["reward_schemes"].read_text(encoding="utf-8"))["schemes"]
COUNTED = {
    "Twenty-seven mechanisms": (27, MECHANISMS),
    "Seventy-nine shipped [scenarios]": (79, shipped("scenarios")),
    "Twenty-eight claims": (28, shipped_claims()),
    "fourteen ways to spend one amount": (14, SCHEMES[1:]),  # the first is to spend nothing
}


@pytest.mark.parametrize("words", COUNTED)
def test_there_is_as_much_of_it_as_the_readme_says(words):
    number, things = COUNTED[words]
    assert words in TEXT
    assert len(things) == number


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
