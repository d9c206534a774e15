"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...problems import InputError, Problem

DRAFT = ".tmp"
"""Ending of a file that is not yet whole."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, flush it to the disk, put it in its place, flush the folder.

    Raises:
        InputError: it cannot be written; what was there before is still there.
    """
    with replacing(path) as draft:
        draft.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft to write, which takes the place of `path` when all is well.

    Raises:
        InputError: it cannot be written; what was there before is still there.
    """
    draft = path.with_name(path.name + DRAFT)
    try:
        yield draft
        _flush(draft)
        draft.replace(path)
        _flush(path.parent)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; what is finished is kept, the same command goes on"
        raise InputError([Problem(str(path), None, "", message)]) from error
    finally:
        draft.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # folders cannot be flushed there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
