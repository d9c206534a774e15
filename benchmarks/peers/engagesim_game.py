"""The pairwise game in engagesim: the design is a file, many runs go through `replicates`."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from protocol import Done, Work, answer

import engagesim as es
from engagesim.rules.cooperation import UNCONDITIONAL
from engagesim.runs import replicates
from engagesim.structures import build


def run(work: Work) -> Done:
    """Play the game as often as asked."""
    begin = time.perf_counter()
    design = es.Scenario.load(Path(__file__).with_name("pairwise_game.toml"))
    network, ends = build(design.values, work.seed), {}

    def seen(number: int, state: dict[str, np.ndarray]) -> None:
        ends[number] = float(np.mean(state["cooperation_type"] == UNCONDITIONAL))

    built = time.perf_counter()
    replicates(design, work.seed, 1, network=network, seen=seen)
    first = time.perf_counter()
    replicates(design, work.seed, int(work.levers.runs) - 1, first=1, network=network, jobs=work.threads, seen=seen)
    end = time.perf_counter()
    return Done(built - begin, first - built, end - first, {"cooperators": np.array([ends[r] for r in sorted(ends)])})


if __name__ == "__main__":
    answer("engagesim", run)
