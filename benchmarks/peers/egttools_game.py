"""The pairwise game in EGTtools: its network structure, whole runs in compiled C++.

A new structure for every run, since this version keeps counting where the run before has ended. Its synchronous
structure cannot be used here: in its first step who stays with a type loses the type it started with.
"""

from __future__ import annotations

import time

import egttools
import numpy as np
from egttools.games import NormalFormNetworkGame
from egttools.numerical import NetworkEvolver
from egttools.numerical.structure import Network
from protocol import Done, Work, answer


def run(work: Work) -> Done:
    """Play the game as often as asked; types are 0 for who defects and 1 for who cooperates."""
    begin = time.perf_counter()
    egttools.Random.seed(work.seed)
    w, size = work.levers, len(work.start) - 1
    partners = {i: work.neighbour[work.start[i] : work.start[i + 1]].tolist() for i in range(size)}
    payoffs = np.array([[0.0, w.game_benefit], [-w.game_cost, w.game_benefit - w.game_cost]])
    game = NormalFormNetworkGame(1, payoffs)

    def play() -> float:
        return float(NetworkEvolver.evolve(work.weeks, Network(2, w.selection, 0.0, partners, game))[1]) / size

    built = time.perf_counter()
    ends = [play()]
    first = time.perf_counter()
    ends += [play() for _ in range(1, int(w.runs))]
    return Done(built - begin, first - built, time.perf_counter() - first, {"cooperators": np.array(ends)})


if __name__ == "__main__":
    answer("egttools", run)
