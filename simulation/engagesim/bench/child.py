"""What is measured in a process of its own: `python -m engagesim.bench.child start` or `memory MEMBERS WEEKS`.

Prints one JSON document.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from .cases import SCENARIO, SEED, design

STATUS = Path("/proc/self/status")


def start() -> dict[str, float]:
    """Seconds from the first import to the first result, by part, and of the whole process on its processors."""
    marks = [time.perf_counter()]

    def since() -> float:
        marks.append(time.perf_counter())
        return marks[-1] - marks[-2]

    import numpy  # noqa: F401

    parts = {"numpy": since()}
    import numba  # noqa: F401

    parts["numba"] = since()
    from ..engine import run  # noqa: F401
    from ..runs import simulate

    parts["engagesim"] = since()
    simulate(SCENARIO, seed=SEED)
    first = since()
    simulate(SCENARIO, seed=SEED)
    again = since()
    return parts | {"machine_code": first - again, "run": again, "processor": time.process_time()}


def memory(members: int, weeks: int) -> dict[str, float]:
    """Bytes per member of the arrays, and of the peak above what the process held before the network was built."""
    import psutil

    from ..engine.run import run

    for threads in (1, 2):
        run(design(300, 2), None, SEED, threads=threads)
    large = design(members, weeks)
    before = psutil.Process().memory_info().rss
    world = run(large, None, SEED, threads=None).world
    return {
        "members": members,
        "weeks": weeks,
        "bytes_per_member": world.nbytes / members,
        "peak_bytes_per_member": (peak_bytes() - before) / members,
        "bytes_before": before,
    }


def peak_bytes() -> int:
    """Largest resident memory of this process so far.

    Linux tells it per program; `getrusage` there counts what the process was before it became this program.
    """
    if STATUS.exists():
        lines = STATUS.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    import psutil

    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):
        return int(info.peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: list[str]) -> None:
    """Measure what `arguments` name."""
    measured = start() if arguments[0] == "start" else memory(int(arguments[1]), int(arguments[2]))
    print(json.dumps(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
