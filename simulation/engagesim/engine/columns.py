"""Copies and sums of columns as plain loops: compiled code allocates nothing, not even to be safe from overlaps."""

from __future__ import annotations

from typing import Any

from .jit import piece


@piece
def copy(source: Any, into: Any) -> None:
    """Copy one column into another of the same length."""
    for i in range(len(into)):
        into[i] = source[i]


@piece
def add(source: Any, into: Any) -> None:
    """Add one column to another of the same length."""
    for i in range(len(into)):
        into[i] += source[i]


@piece
def add_rows(rows: Any) -> None:
    """Add all further rows of a table to its first."""
    for row in range(1, len(rows)):
        add(rows[row], rows[0])
