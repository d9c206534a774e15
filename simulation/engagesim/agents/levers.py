"""The levers of one week by name."""

from __future__ import annotations

from typing import Any


class Levers:
    """The levers of one week by name: numbers, and tuples of three for levers per role."""

    def __init__(self, **levers: float | tuple[float, ...]) -> None:
        self.__dict__.update(levers)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)
