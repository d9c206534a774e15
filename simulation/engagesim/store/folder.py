"""A results folder appears whole or not at all, and never replaces what is not its own, at any depth."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..experiments.runner.folder import sweeps_below
from ..problems import InputError, Problem

PROVENANCE = "provenance.json"
"""The file by which a results folder is known."""

FILES = "files"
"""In the provenance: names of all files and folders that were written into the folder, at any depth."""

RESULTS = Path("results")
"""Folder in which results folders are made where no place is given."""

FORMAT = "engagesim results 1"


def default_place(name: str, digest: str) -> Path:
    """`results/NAME-DIGEST`, below the current folder."""
    return RESULTS / f"{name}-{digest[:8]}"


def provenance_of(folder: Path) -> dict[str, Any]:
    """What the folder says about itself.

    Raises:
        InputError: it is not a results folder.
    """
    try:
        found = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise InputError([Problem(str(folder), None, "", f"is not a results folder: {_instead(folder)}")])
    return found


def _instead(folder: Path) -> str:
    """What there is where results were looked for."""
    if not folder.is_dir():
        return "it is a file" if folder.exists() else "there is no such folder"
    if (folder / PROVENANCE).exists():
        return f"its {PROVENANCE} is damaged, or not of engagesim"
    return f"it has no {PROVENANCE} of engagesim{sweeps_below(folder)}"


@contextmanager
def results_folder(place: Path, digest: str) -> Iterator[Path]:
    """A folder to write into, which takes `place` when all is well; if anything goes wrong, nothing is left.

    Raises:
        InputError: `place` cannot be written, or holds something other than results with this digest.
    """
    place = place.resolve()
    try:
        _refuse_others(place, digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise InputError([Problem(str(place), None, "--out", f"cannot be written: {error.strerror}")]) from error
    try:
        draft.chmod(0o777 & ~_umask())
        yield draft
        _refuse_others(place, digest)  # another command may have been quicker with the same --out
        try:
            _take(draft, place)
        except OSError as error:
            raise InputError([Problem(str(place), None, "--out", f"cannot be written: {error.strerror}")]) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _refuse_others(place: Path, digest: str) -> None:
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    try:
        same = provenance_of(place).get("digest") == digest
        message = "holds results of another design, seed or number of replicates; choose another place or delete it"
    except InputError as error:
        # Never "delete it": these are somebody's files.
        same, message = False, f"{error.problems[0].message}; choose another place"
    if not same:
        raise InputError([Problem(str(place), None, "--out", message)])


def _take(draft: Path, place: Path) -> None:
    """Put `draft` in the place of older results; files that others have put among those are kept."""
    _seal(draft)
    if place.exists() and any(place.iterdir()):
        ours = frozenset(provenance_of(place).get(FILES, ()))
        old = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        place.replace(old)
        draft.replace(place)
        _drop(old, ours)
        _bring_over(old, place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        draft.replace(place)


def _seal(draft: Path) -> None:
    """Let the provenance name everything that was written, so that it can be told from what others add."""
    path = draft / PROVENANCE
    document = json.loads(path.read_text(encoding="utf-8"))
    document[FILES] = sorted(_names(draft))
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _names(folder: Path) -> dict[str, Path]:
    """Every file and folder at any depth, by its name inside `folder`."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}


def _drop(old: Path, ours: Collection[str]) -> None:
    """Delete what is `ours`, the deepest first; of folders, those that nobody has put anything into."""
    for name, path in sorted(_names(old).items(), reverse=True):
        if name in ours and (path.is_symlink() or not path.is_dir()):
            path.unlink()
        elif name in ours and not any(path.iterdir()):
            path.rmdir()


def _bring_over(old: Path, new: Path) -> None:
    """Move all of `old` into `new`; what finds its name taken gets one of its own."""
    for path in list(old.iterdir()):
        target = new / path.name
        if all(here.is_dir() and not here.is_symlink() for here in (path, target)):
            _bring_over(path, target)
        else:
            path.replace(_free(target))


def _free(path: Path) -> Path:
    """The path, or one beside it that is not taken: `mine.kept1.png` for `mine.png`."""
    number, free = 1, path
    while os.path.lexists(free):
        free = path.with_name(f"{path.stem}.kept{number}{path.suffix}")
        number += 1
    return free


def _umask() -> int:
    """The mask for new files of this process (which can only be read by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
