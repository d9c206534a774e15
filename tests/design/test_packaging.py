import tomllib
from pathlib import Path

import pytest

from engagesim.design import files

ROOT = Path(__file__).parents[2]


def test_every_folder_of_the_package_is_in_the_wheel():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    source = ROOT / "simulation"
    found = {".".join(path.parent.relative_to(source).parts) for path in source.rglob("*.py")}
    assert found == {name for name in listed if ".shipped." not in name}
    assert {"engagesim.shipped.scenarios", "engagesim.shipped.experiments"} <= set(listed)


def test_an_installed_package_finds_its_own_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert files.shipped_folder("scenarios") == ROOT / "scenarios"
    monkeypatch.setattr(files, "__file__", str(tmp_path / "engagesim" / "design" / "files.py"))
    folder = tmp_path / "engagesim" / "shipped" / "scenarios"
    folder.mkdir(parents=True)
    assert files.shipped_folder("scenarios") == folder
