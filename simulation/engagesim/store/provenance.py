"""Where results come from: versions, machine, command, seeds and the hash of every file."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .. import __version__
from ..experiments.runner.folder import code
from .folder import FORMAT, PROVENANCE

LIBRARIES = ("numpy", "numba", "mesa", "networkx", "pandas", "pyarrow", "scipy", "matplotlib", "seaborn")
PACKAGE = Path(__file__).resolve().parents[1]


def origin() -> dict[str, Any]:
    """Versions, the digest of the code (also where it lies in no checkout), and the machine."""
    return {
        "engagesim": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "code": code(),
        "git": checkout(PACKAGE),
        "machine": _machine(),
    }


def write_provenance(
    folder: Path, digest: str, request: dict[str, Any], command: str, started: datetime, designs: list[str],
    data: list[str],
) -> None:  # fmt: skip
    """Write where the results in `folder` come from; `designs` and `data` are paths of its files."""
    document = {
        "format": FORMAT,
        "digest": digest,
        "request": request,
        "command": command,
        "started": started.astimezone(UTC).isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - started).total_seconds(), 1),
        **origin(),
        "designs": hashes(folder, designs),
        "data": hashes(folder, data),
    }
    (folder / PROVENANCE).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes(folder: Path, names: list[str]) -> dict[str, str]:
    """SHA-256 of files by their path inside `folder`."""
    return {name: sha256(folder / name) for name in sorted(names)}


def checkout(package: Path) -> dict[str, Any] | None:
    """Commit, and whether anything differs from it; None where the package is not under git."""
    if _git(package, "ls-files", "--error-unmatch", "__init__.py") is None:
        return None
    commit, changes = _git(package, "rev-parse", "HEAD"), _git(package, "status", "--porcelain", "--", ".")
    return {"commit": commit, "dirty": bool(changes)} if commit else None


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _machine() -> dict[str, Any]:
    import psutil

    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "architecture": platform.machine(),
    }


def _processor() -> str:
    """Model of the processor, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()
