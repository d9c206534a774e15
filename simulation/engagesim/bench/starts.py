"""How long a fresh process takes until its first result, and how much memory a large run takes in one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

from .timing import Row, in_turns, spread

HELP = ("-c", "from engagesim.cli import main; main()", "--help")


def python(*arguments: str, cache: str | None = None) -> tuple[float, str]:
    """Run a Python process of its own: seconds from start to end, and what it printed.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    place = {} if cache is None else {"ENGAGESIM_CACHE": cache}
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], env=os.environ | place, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - begin, done.stdout


def child(*arguments: str, cache: str | None = None) -> tuple[float, dict[str, float]]:
    """Run `engagesim.bench.child`: seconds, and what it measured."""
    seconds, text = python("-m", "engagesim.bench.child", *arguments, cache=cache)
    measured: dict[str, float] = json.loads(text)
    return seconds, measured


def starts(repetitions: int, done: Callable[[], None], *, cold: bool) -> Row:
    """Seconds of a cold start, of warm starts with their parts, and of `engagesim --help`.

    The cold start and the warm ones after it share a new folder for compiled code; without a cold one, the user's is
    used. The child runs twice, to tell the run from the loading of machine code; the second run is taken off.
    """
    with TemporaryDirectory() as folder:
        cache = folder if cold else None
        first, parts = child("start", cache=cache)
        done()
        warm: list[dict[str, float]] = []
        measured = in_turns({"warm": lambda: _warm(warm, cache), "help": lambda: python(*HELP)[0]}, repetitions, done)
    return {
        "cold_seconds": first - parts["run"] if cold else None,
        "cold_processor_seconds": parts["processor"] if cold else None,
        **spread(measured["warm"]).named("warm_seconds"),
        "warm_parts": {name: spread([one[name] for one in warm]).median for name in warm[0]},
        **spread(measured["help"]).named("help_seconds"),
    }


def _warm(parts: list[dict[str, float]], cache: str | None) -> float:
    """Seconds of one start; its parts are appended. Python itself gets what the parts do not explain."""
    seconds, measured = child("start", cache=cache)
    del measured["processor"]
    again = measured["run"]
    parts.append({"python": seconds - sum(measured.values()) - again, **measured})
    return seconds - again
