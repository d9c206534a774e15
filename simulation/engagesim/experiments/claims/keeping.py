"""Findings on disk: each kept beside its runs, and not made again while nothing it rests on has changed.

The runs themselves are sweeps in `H1/base`, `H1/worlds` and `H1/map` below the folder of findings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..runner.durable import write_whole
from ..runner.folder import code
from .claim import Claim
from .finding import Finding, Size
from .shares import try_shares
from .sweeping import Sweeps
from .trial import outcomes_of, try_arms

FORMAT = 2
"""Raised when findings are kept in another way."""

SUMMARY = "summary.json"
LEFT_OUT = ("worlds",)
"""What a summary leaves out of a finding."""


def key_of_finding(claim: Claim, size: Size, seed: int) -> str:
    """Hash of all that a finding rests on: the claim, how much is run, the seed, the code that runs and judges."""
    text = repr((FORMAT, claim.digest, size, seed, code()))
    return hashlib.sha256(text.encode()).hexdigest()


def file_of(folder: Path, claim: Claim) -> Path:
    """Where the finding of a claim is kept."""
    return folder / f"{claim.id}.json"


def kept(folder: Path, claim: Claim, key: str) -> Finding | None:
    """The finding that is kept, if it is of this key."""
    try:
        found = json.loads(file_of(folder, claim).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.get("key") != key:
        return None
    return Finding({**found["finding"], "notes": list(claim.notes)})


def keep(folder: Path, claim: Claim, key: str, finding: Finding) -> None:
    """Keep a finding, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(file_of(folder, claim), _json({"key": key, "finding": finding.document}))


def find_out(
    claim: Claim, folder: Path, size: Size, seed: int, *, fresh: bool = False,
    heard: Callable[[int], None] | None = None,
) -> Finding:  # fmt: skip
    """The finding of a claim: what is kept, or a trial."""
    key = key_of_finding(claim, size, seed)
    found = None if fresh else kept(folder, claim, key)
    if found is None:
        sweeps = Sweeps(folder / claim.id, outcomes_of(claim), seed, fresh, heard)
        found = (try_shares if claim.decomposition else try_arms)(claim, size, sweeps)
        keep(folder, claim, key, found)
    return found


def summarize(folder: Path, findings: Sequence[Finding]) -> Path:
    """Write what pages and figures need of all findings into one file; returns its path."""
    path = folder / SUMMARY
    short = [{k: v for k, v in f.document.items() if k not in LEFT_OUT} for f in findings]
    write_whole(path, _json({"hypotheses": rounded(short)}))
    return path


def rounded(value: Any, digits: int = 6) -> Any:
    """A document with numbers of at most `digits` significant digits."""
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, dict):
        return {key: rounded(inner, digits) for key, inner in value.items()}
    return [rounded(inner, digits) for inner in value] if isinstance(value, list) else value


def _json(document: object) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()
