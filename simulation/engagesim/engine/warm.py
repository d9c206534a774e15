"""The first start on a machine: compile everything once, say so, and let no second process do the same meanwhile."""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event, Thread

import numba
from filelock import FileLock

from .jit import CACHE, READY

MESSAGE = "Compiling the engine for this machine (once, about a minute) ..."
STILL = "Still compiling, {seconds} s so far ..."
PULSE = 30
"""Seconds between signs of life: a busy machine takes minutes."""
LOOPS_MESSAGE = "Compiling a part of the engine for this machine (once, a few seconds) ..."


def ensure_compiled(warm_up: Callable[[], object], source: str = "") -> None:
    """Run `warm_up` unless an earlier process has left compiled code for these sources.

    Numba's cache may mix up two processes that compile into one folder at the same time; hence the lock. A `warm_up`
    does not come back here: the lock would wait for itself.

    Args:
        warm_up: calls what is to be compiled, with the types that it will be called with.
        source: path of the module whose loops these are, where they are compiled apart from the engine.
    """
    if numba.config.DISABLE_JIT or (ready := mark(source)).exists():
        return
    print(LOOPS_MESSAGE if source else MESSAGE, file=sys.stderr, flush=True)
    with FileLock(CACHE / "lock"):
        if not ready.exists():
            with no_collection(), signs_of_life():
                warm_up()
            ready.touch()


@cache
def mark(source: str = "") -> Path:
    """The file that says that the engine or, named by its path and content, one module's own loops are compiled."""
    if not source:
        return READY
    path = Path(source)
    return CACHE / f"ready-{path.stem}-{hashlib.sha256(source.encode() + path.read_bytes()).hexdigest()[:20]}"


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


@contextmanager
def signs_of_life() -> Iterator[None]:
    """Say every `PULSE` seconds, on stderr, that it still goes on."""
    done = Event()

    def tell() -> None:
        begin = time.monotonic()
        while not done.wait(PULSE):
            print(STILL.format(seconds=round(time.monotonic() - begin)), file=sys.stderr, flush=True)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
