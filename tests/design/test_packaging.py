import re
import tomllib
from pathlib import Path

import pytest

from engagesim import __version__
from engagesim.design import files

ROOT = Path(__file__).parents[2]


SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
SETUP = SETTINGS["tool"]["setuptools"]
OUTSIDE = {name: place for name, place in SETUP["package-dir"].items() if name}


def test_every_folder_of_the_package_is_in_the_wheel():
    listed = SETUP["packages"]
    source = ROOT / "simulation"
    found = {".".join(path.parent.relative_to(source).parts) for path in source.rglob("*.py")}
    assert found == {name for name in listed if ".shipped." not in name}
    assert {name for name in listed if ".shipped." in name} == set(OUTSIDE)


@pytest.mark.parametrize("package", OUTSIDE)
def test_every_shipped_file_is_in_the_wheel(package: str):
    folder = ROOT / OUTSIDE[package]
    shipped = {path for pattern in SETUP["package-data"][package] for path in folder.glob(pattern) if path.is_file()}
    files = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path.name for path in files - shipped} <= {"README.md"}


def test_the_version_is_the_same_everywhere():
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(), re.M)
    assert cited
    assert {SETTINGS["project"]["version"], cited[1]} == {__version__}
    assert f"## {__version__} (" in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("extra", ["cluster", "docs", "notebook", "peers", "query", "search"])
def test_every_extra_is_in_the_readme_and_among_the_tools_of_developers(extra: str):
    extras = SETTINGS["project"]["optional-dependencies"]
    assert set(extras) == {"cluster", "docs", "notebook", "peers", "query", "search", "dev"}
    assert re.search(rf"engagesim\[[a-z,]*\b{extra}\b", extras["dev"][0])
    assert f"| `{extra}` |" in (ROOT / "README.md").read_text()


def test_an_installed_package_finds_its_own_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert files.shipped_folder("scenarios") == ROOT / "scenarios"
    monkeypatch.setattr(files, "__file__", str(tmp_path / "engagesim" / "design" / "files.py"))
    folder = tmp_path / "engagesim" / "shipped" / "scenarios"
    folder.mkdir(parents=True)
    assert files.shipped_folder("scenarios") == folder
