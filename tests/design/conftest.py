from collections.abc import Callable
from pathlib import Path

import pytest

from engagesim.problems import InputError, Problem

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a scenario file into the current folder, which is a new one."""
    monkeypatch.chdir(tmp_path)

    def writer(text: str | bytes, name: str = "mine.toml") -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return writer


def problems_of(action: Callable[[], object]) -> list[Problem]:
    """The problems with which `action` fails."""
    with pytest.raises(InputError) as caught:
        action()
    return list(caught.value.problems)
