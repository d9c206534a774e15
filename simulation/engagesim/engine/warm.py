"""The first start on a machine: compile everything once, say so, and let no second process do the same meanwhile."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import numba
from filelock import FileLock

from .jit import CACHE, READY

MESSAGE = "Compiling the engine for this machine (once, up to a minute) ..."


@cache
def ensure_compiled(warm_up: Callable[[], None]) -> None:
    """Run `warm_up` unless an earlier process has left compiled code for these sources.

    Numba's cache may mix up two processes that compile into one folder at the same time; hence the lock.
    """
    if numba.config.DISABLE_JIT or READY.exists():
        return
    print(MESSAGE, file=sys.stderr, flush=True)
    with FileLock(CACHE / "lock"):
        if not READY.exists():
            with no_collection():
                warm_up()
            READY.touch()


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the garbage collector, which finds little in the compiler's millions of objects and takes a tenth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
