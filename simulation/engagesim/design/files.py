"""Reading the TOML files of scenarios and experiments, and finding the shipped ones by name."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..problems import InputError, Problem, nearest
from .lines import Where, key_lines, line_of

TEMPLATE = Path(__file__).with_name("scheme_template.toml")
"""A commented reward scheme to copy."""

DECIMAL_COMMA = re.compile(r"=\s*[-+]?\d+,\d")
"""A value such as 0,3, which TOML does not know."""

KINDS = {"scenarios": "scenario", "experiments": "experiment", "experiments/hypotheses": "claim"}
"""Kinds of shipped files, and what one of each is."""

LARGEST = 1_000_000
"""Bytes above which a file is taken for something else."""


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file that was read.

    Attributes:
        path: as shown to the user.
        folder: to which the relative paths inside it refer.
        data: the parsed content.
        lines: line of every key.
    """

    path: str
    folder: Path
    data: Mapping[str, Any]
    lines: Mapping[Where, int]

    def problem(self, where: Where, key: str, message: str) -> Problem:
        """A problem with what stands at `where`."""
        return Problem(self.path, line_of(self.lines, where), key, message)


def shipped_folder(kind: str) -> Path:
    """Folder of the shipped `scenarios`, `experiments` or `experiments/hypotheses`, installed or in a clone."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / kind
    return installed if installed.is_dir() else package.parents[1] / kind


def shipped(kind: str) -> dict[str, Path]:
    """Shipped files by name; files in subfolders are of another kind."""
    return {path.stem: path for path in sorted(shipped_folder(kind).glob("*.toml"))}


TELLING = {"claim": ("claim", "tests"), "experiment": ("arms", "schemes"), "scenario": ("extends",)}
"""Keys at the top of a file that tell what it is, the most telling kind first."""

TAKES = {
    "claim": "engagesim hypotheses tries it",
    "experiment": "engagesim sweep runs it, engagesim calibrate fits it if it has [[targets]]",
    "scenario": "engagesim run runs it, engagesim compare compares two or more",
}


def kind_of(data: Mapping[str, Any]) -> str:
    """What a file is by its keys: claim, experiment or scenario; empty where nothing tells."""
    return next((kind for kind, keys in TELLING.items() if any(key in data for key in keys)), "")


def expect(document: Document, kind: str) -> None:
    """Nothing, if a file may be of a kind.

    Raises:
        InputError: it is a file of another kind, with the command that takes it.
    """
    found = kind_of(document.data)
    if found not in ("", kind):
        what = {"experiment": "an experiment"}.get(found, f"a {found}")
        asked = {"experiment": "an experiment"}.get(kind, f"a {kind}")
        raise InputError([Problem(document.path, None, "", f"is {what}, not {asked}: {TAKES[found]}")])


def find(name_or_path: str, kind: str, folder: Path = Path()) -> Path:
    """The file meant by a shipped file's name or by a path relative to `folder`; raises InputError."""
    path = folder / name_or_path
    if name_or_path.endswith(".toml") or "/" in name_or_path or os.sep in name_or_path:
        return path
    names = shipped(kind)
    if name_or_path in names:
        return _short(names[name_or_path])
    if exists(path) and not path.is_dir():
        return path
    raise InputError([Problem(name_or_path or "''", None, "", _unfound(name_or_path, path, kind))])


def _unfound(name: str, path: Path, kind: str) -> str:
    """Why nothing is meant by a name, and what would be."""
    close = nearest(name, shipped(kind))
    hint = close if "did you mean" in close else f"; engagesim list {kind.rpartition('/')[2]} prints every name"
    if not name.strip():
        return f"names nothing{hint}"
    if exists(path) and path.is_dir():
        return f"is a folder, and no shipped name of {kind}{hint}"
    if exists(path.with_name(f"{path.name}.toml")):
        hint = f"; did you mean {name}.toml?"
    others = [other for other in KINDS if other != kind and name in shipped(other)]
    if others:
        hint = f", but one of {others[0].rpartition('/')[2]}: {TAKES[KINDS[others[0]]]}"
    return f"no such file and no shipped name of {kind}{hint}"


def exists(path: Path) -> bool:
    """Whether there is anything at `path`; False also for a path that no file can have."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def read(path: Path) -> Document:
    """Parse the TOML file at `path`; raises InputError for anything that is not one."""
    name = str(path)
    try:
        text = _bytes(path).decode("utf-8-sig")
        return Document(name, path.parent, tomllib.loads(text), key_lines(text))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError([_table_problem(path) or Problem(name, line, "", "is not UTF-8 text")]) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError([_table_problem(path) or _syntax_problem(name, text, str(error))]) from error
    except RecursionError as error:
        raise InputError([Problem(name, None, "", "is nested too deeply")]) from error
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InputError([Problem(name, None, "", message)]) from error


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise OSError("it is a folder")
    if not path.exists():
        raise OSError("there is no such file")
    if not path.is_file():
        raise OSError("it is not a regular file")
    if path.stat().st_size > LARGEST:
        raise OSError(f"it is larger than {LARGEST:,} bytes")
    return path.read_bytes()


TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".graphml", ".xml")
"""Endings of files that hold ties or members, and no scenario."""


def _table_problem(path: Path) -> Problem | None:
    """The problem of a table in place of a scenario, by its ending; None for other endings."""
    if path.suffix.lower() not in TABLES:
        return None
    message = (
        "is no scenario or experiment, which is a .toml file; ties and rosters go to --network and --roster, and "
        "engagesim structure describes them"
    )
    return Problem(str(path), None, "", message)


def _syntax_problem(name: str, text: str, message: str) -> Problem:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    column = f" (column {place[2]})" if place and place[2] else ""
    what = message[: place.start()] if place else message
    said = text.splitlines()[line - 1 : line] or [""]
    point = "; a number has a decimal point, such as 0.3" if DECIMAL_COMMA.search(said[0]) else ""
    return Problem(name, line, "", f"is not valid TOML: {what}{column}{point}")


def _short(path: Path) -> Path:
    """`path` as a person would name it: relative where it lies below the current folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
