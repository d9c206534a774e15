"""How rules and loops become machine code, and why a compiled rule is never older than its source."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")
# Sums over ties that stand side by side in one instruction: a tenth less time where members have many ties.
os.environ.setdefault("NUMBA_SLP_VECTORIZE", "1")

import numba
import numpy as np
from numba.extending import overload, register_jitable

from .. import draws, population, rules
from ..rule import RULES

F = TypeVar("F", bound=Callable[..., Any])

PACKAGE = Path(__file__).parents[1]
COMPILED_FROM = ("*.py", "rules/*.py", "design/catalogue.py", "structures/parameters.py", "engine/**/*.py")
KEEP_DAYS = 30
assert rules.MECHANISMS, "importing the rules marks them; without them nothing would be compiled"
assert population.positive_around in RULES, "so does importing what else has rules; marked later, they are not compiled"


def source_digest() -> str:
    """Hash of every source that compiled code depends on, and of where it is: Numba keeps code by the file's path."""
    digest = hashlib.sha256(os.fsencode(PACKAGE))
    for path in sorted({p for pattern in COMPILED_FROM for p in PACKAGE.glob(pattern)}):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def cache_root() -> Path:
    """Folder of all compiled code of this user."""
    base = os.environ.get("ENGAGESIM_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "engagesim"


def drop_old_caches(keep: Path) -> None:
    """Remove compiled code of sources that were not used for a month."""
    for folder in cache_root().glob("*/"):
        if folder != keep and time.time() - folder.stat().st_mtime > KEEP_DAYS * 86400:
            rmtree(folder, ignore_errors=True)


def cache_folder() -> Path:
    """Folder named by the sources: an edited rule looks into another one and is compiled anew.

    Where none can be written, a fresh private one of this process: a name that others could guess would let them put
    code there.
    """
    with suppress(OSError, RuntimeError):  # RuntimeError: a user without a home
        folder = cache_root() / source_digest()
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        drop_old_caches(folder)
        return folder
    return Path(tempfile.mkdtemp(prefix="engagesim-"))


CACHE = cache_folder()
READY = CACHE / "ready"
"""Exists once everything is compiled; before that, only one process at a time may compile into the folder."""


INLINED = {"forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
"""Rules are never called from outside compiled code; leaving out the ways in saves a tenth of the compile time."""


@overload(draws.u64, jit_options=INLINED)
def _u64(x):  # type: ignore[no-untyped-def]  # noqa: ARG001  # Numba compares the two signatures, annotations included
    return lambda x: np.uint64(x)


for _function in RULES:
    register_jitable(**INLINED, error_model="numpy")(_function)


PIECE = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "nogil": True, "error_model": "numpy", "_nrt": False}
"""Without counting of references: loops work in arrays that are there, and own none."""


def piece(function: F) -> F:
    """Mark a loop that only kernels call: compiled into them, without ways in of its own."""
    marked: F = register_jitable(**PIECE)(function)
    return marked


def unsigned(seed: int) -> Any:
    """A root seed as compiled code takes it: unsigned, so that all 64 bits count."""
    return np.uint64(seed)


def kernel(function: F) -> F:
    """Compile a loop: no lock held, no fast-math, cached in the folder of these sources."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(CACHE)
    try:
        compiled: F = numba.njit(
            function, nogil=True, cache=True, error_model="numpy", no_cfunc_wrapper=True, _nrt=False
        )
    finally:
        numba.config.CACHE_DIR = before
    return compiled
