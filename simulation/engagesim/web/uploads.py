"""A visitor's own files: a scenario, ties, a roster; looked at by the code that reads such files everywhere."""

from __future__ import annotations

import re
import secrets
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

from ..design.catalogue import BY_NAME
from ..design.files import shipped
from ..design.scenario import Scenario
from ..parameter import Value
from ..problems import InputError, nearest
from ..structures.files import ignored_columns, left_out, read_network
from ..structures.roster import read_roster
from ..structures.tables import Findings
from . import limits
from .designs import plain
from .messages import WrongError

ENDINGS = {
    "scenario": (".toml",),
    "network": (".csv", ".tsv", ".txt", ".graphml", ".xml"),
    "roster": (".csv", ".tsv", ".txt"),
}
"""Endings by kind of file, the usual one first."""
FILES = re.compile(rb"""^(network_file|roster_file) *= *"[^"\\\n]+"[ \t]*$|^form *= *"file"[ \t]*$""", re.MULTILINE)
"""Lines by which a file made by this page says that its network comes from a file; they are left out."""
UNUSUAL = re.compile(r"[^\w .()+-]+")
"""What is replaced in the name of a file."""
LONGEST = 60
"""Characters of the name of a file, without its ending, at most."""
SHOWN = 12
"""Problems that are told of one file."""

Answer = dict[str, Any]
NOTHING: Answer = {"upload": None, "problems": [], "notes": [], "members": None, "ties": None}
"""What is said of a file of which there is nothing to say."""


class Uploads:
    """The files of one session, in a folder that is its own and goes with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Path] = {}

    def take(self, about: dict[str, str], content: bytes) -> Answer:
        """Look at a file; keep it under a token if it can be used."""
        token = secrets.token_hex(8)
        endings = ENDINGS[about["kind"]]
        ending = next((e for e in endings if about["name"].lower().endswith(e)), None)
        if ending is None:
            return NOTHING | {"problems": [f"{about['name'][:LONGEST]} is no such file; valid: {', '.join(endings)}"]}
        path = self._place(token, about["kind"], about["name"], ending)
        path.write_bytes(content)
        try:
            answer = LOOKS[about["kind"]](path, content)
        except InputError as error:
            problems = plain(error, path.parent)
            more = [f"... and {len(problems) - SHOWN} more problems."] if len(problems) > SHOWN else []
            answer = {"problems": [*problems[:SHOWN], *more]}
        except WrongError as wrong:
            answer = {"problems": [str(wrong)]}
        except MemoryError:
            answer = {"problems": ["The file takes more memory than a page may have."]}
        return self._kept(token, path, answer)

    def _place(self, token: str, kind: str, name: str, ending: str) -> Path:
        """A folder of its own for each file, and in it the name it came with, which a kept design has to say.

        Only letters and digits of any script, blanks and `._-+()` stay as they are, and long names are cut.
        """
        given = PurePosixPath(normalize("NFC", name).replace("\\", "/")).name
        cut = len(given) - len(ending)
        stem = UNUSUAL.sub("_", given[:cut]).strip(". ")[:LONGEST] or kind
        folder = self.folder / token
        folder.mkdir()
        return folder / f"{stem}{given[cut:]}"

    def _kept(self, token: str, path: Path, answer: Answer) -> Answer:
        whole = NOTHING | answer
        if whole["problems"]:
            path.unlink()
            path.parent.rmdir()
            return whole
        self.files[token] = path
        for old in list(self.files)[: -limits.UPLOADS]:
            gone = self.files.pop(old)
            gone.unlink(missing_ok=True)
            gone.parent.rmdir()
        return whole | {"upload": token}


def look_at_scenario(path: Path, content: bytes) -> Answer:
    """A scenario that may extend a shipped one, and names no files of this machine."""
    left = FILES.sub(rb"# \g<0>", content)
    refuse_files(left)
    path.write_bytes(left)
    scenario = Scenario.load(path)
    notes = ["It is made for a network from file: open its ties, too."] if left != content else []
    return {"notes": [f"{scenario.title}: {scenario.values['steps']} weeks.", *notes]}


def refuse_files(content: bytes) -> None:
    """Refuse a scenario that would make the server open files; raises WrongError.

    What is not valid TOML is left to the reader of scenarios, which says where it is wrong.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return
    parent = data.get("extends")
    names = shipped("scenarios")
    if isinstance(parent, str) and parent not in names:
        raise WrongError(
            f'extends = "{parent[:60]}": here a design can extend a shipped scenario only{nearest(parent, names)}'
        )
    for table in (data, *(v for v in data.values() if isinstance(v, dict))):
        for key, value in table.items():
            if key in BY_NAME and BY_NAME[key].kind == "text" and value not in ("", {"value": ""}):
                raise WrongError(f"{key}: here a design names no files. Leave it out, and open the file itself.")


def look_at_network(path: Path, content: bytes) -> Answer:
    """Ties, with or without a roster to come."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongError("An XML file with a document type or entities is not taken.")
    network = read_network(path, None, STRENGTHS)
    if network.size > limits.MEMBERS or network.ties > limits.TIES:
        raise WrongError(
            f"It has {network.size:,} members and {network.ties:,} ties; the page takes {limits.MEMBERS:,} and "
            f"{limits.TIES:,} at most."
        )
    return {"members": network.size, "ties": network.ties, "notes": left_out(path, None)}


def look_at_roster(path: Path, content: bytes) -> Answer:
    """Members; whether they fit the ties is seen when both are opened."""
    findings = Findings(path)
    people = read_roster(path, findings)
    if findings.count:
        raise InputError(findings.problems)
    if len(people) > limits.MEMBERS:
        raise WrongError(f"It has {len(people):,} members; the page takes {limits.MEMBERS:,} at most.")
    ignored = ignored_columns(path)
    notes = [f"Columns that are not used: {', '.join(ignored[:8])}."] if ignored else []
    return {"members": len(people), "notes": notes, "problems": [] if content else ["The file is empty."]}


STRENGTHS: dict[str, Value] = {name: p.default for name, p in BY_NAME.items() if name.startswith("strength_")}
"""Strengths of ties without weights, for a first look."""
LOOKS = {"scenario": look_at_scenario, "network": look_at_network, "roster": look_at_roster}
