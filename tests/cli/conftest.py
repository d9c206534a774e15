from pathlib import Path

import pytest

from engagesim import simulate
from tests.small import small


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which is a new one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def compiled() -> None:
    """A first start says on stderr that it compiles, which tests would take for a complaint."""
    simulate(small("plain_organization"))
