"""The critical ratio of a network of any size: from theory, by solving equations, or from simulated walks.

With tau_i the time until two walkers from member i, one of whom moves first, meet again, the times of Allen et al.
(2017) are t2 = A - 2 and t3 - t1 = B - 2. A is the mean of tau_i by share p_i of all strength; B is the same mean of
tau_i times the chance to be back after two steps, and C, that of tau_i times p_i, is 1. So these sums are all that is
needed, and as C is known it takes most of the noise out of the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import sparse
from scipy.special import stdtrit

from ..population import Floats
from ..structures.critical import largest_part, meeting_times, strengths
from .walkers import Ground, ensure_walking, everywhere, ground, returns, walk

if TYPE_CHECKING:
    from ..structures.network import Network

Way = Literal["none", "formula", "equations", "walks"]

FEWEST_MEMBERS = 3
LARGEST = 1200
"""Members up to which the equations are solved; the time for that grows with more than the square of their number."""
ALIKE = 1e-12
"""Relative difference up to which members are taken to be alike."""

MOVES = 40_000_000
"""Moves of walkers in all simulated walks together, about; a few seconds."""
FEWEST_RUNS, MOST_RUNS = 24, 400
MOST_MOVES = 250_000_000
"""Moves of one run; where walkers need more to meet, nothing is told."""
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Ratio:
    """Benefit over cost from which giving spreads.

    Attributes:
        value: the ratio; infinite: never, or not told apart from never; below 0: only to harm others at own cost; nan:
            not told.
        se: its standard error; 0 where it is not estimated, nan where the ratio is infinite.
        low, high: 95 % interval; `high` is infinite where "never" cannot be ruled out.
        way: how it was found.
        runs: simulated walks, if any.
    """

    value: float
    se: float
    low: float
    high: float
    way: Way
    runs: int = 0


def ratio_of(network: Network, seed: int) -> Ratio:
    """The critical ratio of the largest connected part of a network.

    Args:
        network: of any size.
        seed: root seed of the walks.
    """
    part = largest_part(strengths(network))
    if part.shape[0] < FEWEST_MEMBERS:
        return Ratio(math.nan, math.nan, math.nan, math.nan, "none")
    if alike(part):
        return known(by_formula(part), "formula")
    if part.shape[0] <= LARGEST:
        return known(meeting_times(part).critical_ratio, "equations")
    return by_walks(part, seed)


def known(value: float, way: Way) -> Ratio:
    """A ratio without chance."""
    return Ratio(value, 0.0, value, value, way)


def alike(weights: sparse.csr_array) -> bool:
    """Whether all members have the same strength in all and the same chance to be back after two steps."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    back = returns(weights)
    return bool(np.ptp(total) <= ALIKE * total.max() and np.ptp(back) <= ALIKE * back.max())


def by_formula(weights: sparse.csr_array) -> float:
    """(N - 2) / (N p - 2) where all members are alike, p the chance to be back (Taylor, Day, Wild 2007: p = 1 / k)."""
    size = weights.shape[0]
    gain = size * float(returns(weights)[0]) - 2.0
    return math.inf if abs(gain) < ALIKE * size else (size - 2) / gain


def by_walks(weights: sparse.csr_array, seed: int, moves: int = MOVES) -> Ratio:
    """The ratio of a connected network estimated from coalescing walks, in about so many moves."""
    sums = walked(ground(weights), seed, moves)
    return Ratio(math.nan, math.nan, math.nan, math.nan, "walks") if sums is None else estimated(sums)


def walked(where: Ground, seed: int, moves: int) -> Floats | None:
    """A, B and C of each of many runs: float64[runs, 3]; None where the walkers of a run do not all meet in time.

    The first runs tell how many can be made in so many moves.
    """
    from ..engine.run import cores

    ensure_walking(where)
    with ThreadPoolExecutor(cores()) as pool:
        first = list(pool.map(one_run(where, seed), range(2)))
        if any(used < 0 for used, _ in first):
            return None
        runs = min(MOST_RUNS, max(FEWEST_RUNS, 2 * moves // sum(used for used, _ in first)))
        found = [*first, *pool.map(one_run(where, seed), range(2, runs))]
    return None if any(used < 0 for used, _ in found) else np.array([sums for _, sums in found])


def one_run(where: Ground, seed: int) -> Callable[[int], tuple[int, Floats]]:
    """What a run of walks takes and gives, by its number: moves (or -1), and float64[3]."""
    from ..draws import key_of, named
    from ..engine.jit import unsigned

    at_once = where.weight[:, 2] @ where.weight

    def run(number: int) -> tuple[int, Floats]:
        key = unsigned(key_of(seed, named("structure.walks"), number))
        sums = at_once.copy()
        used = walk(key, where, everywhere(len(where.weight)), MOST_MOVES, at_once.copy(), sums)
        return int(used), sums

    return run


def estimated(sums: Floats) -> Ratio:
    """The ratio from A, B and C of independent runs: float64[runs, 3].

    Its inverse (B - 2) / (A - 2) has an error that can be told even where it is near 0, so the interval is that of the
    inverse, turned over.
    """
    a, b, excess = sums[:, 0], sums[:, 1], sums[:, 2] - 1.0
    least = freed(a, excess).mean() - 2.0
    inverse = float((freed(b, excess).mean() - 2.0) / least)
    error = float(freed(b - inverse * a, excess).std(ddof=2) / len(a) ** 0.5 / least)
    room = error * float(stdtrit(len(a) - 2, 0.5 + CONFIDENCE / 2))
    low, high = inverse - room, inverse + room
    if low * high <= 0.0:
        return Ratio(math.inf, math.nan, 1.0 / high if high > 0.0 else math.inf, math.inf, "walks", len(a))
    return Ratio(1.0 / inverse, error / inverse**2, 1.0 / high, 1.0 / low, "walks", len(a))


def freed(x: Floats, control: Floats) -> Floats:
    """Numbers without what goes with a control that is 0 in the mean: float64[runs]."""
    centred = control - control.mean()
    spread = float(centred @ centred)
    rest: Floats = x - control * (float(x @ centred) / spread) if spread > 0.0 else x
    return rest


def note(ratio: Ratio, largest_part: float = 1.0) -> str:
    """What a critical ratio says, in words, how sure it is, and of whom it is where some members are not connected."""
    of = "" if largest_part == 1.0 else f", in the largest connected part ({largest_part:.1%} of the members)"
    return says(ratio) + of + _sure(ratio)


def says(ratio: Ratio) -> str:
    """What a critical ratio says, in words."""
    if math.isnan(ratio.value):
        few = f"fewer than {FEWEST_MEMBERS} members are connected"
        return "not told: " + (few if ratio.way == "none" else "walkers on these ties hardly ever meet")
    if math.isinf(ratio.value) and ratio.way == "walks":
        return f"giving never spreads here, or only when it is worth more than {ratio.low:.3g} times its cost"
    if math.isinf(ratio.value):
        return "giving never spreads here, whatever it is worth"
    if ratio.value < 0.0:
        return "giving never spreads here; harming others at own cost may"
    return f"giving spreads when it is worth more than {ratio.value:.2f} times its cost"


def _sure(ratio: Ratio) -> str:
    """How an estimate was made and how far it may be off."""
    if ratio.way != "walks" or math.isnan(ratio.value):
        return ""
    if math.isinf(ratio.value):
        return f" (estimated from {ratio.runs} runs of walks)"
    return (
        f" (estimated from {ratio.runs} runs of walks: standard error {ratio.se:.2g}, "
        f"95 % interval {ratio.low:.4g} to {ratio.high:.4g})"
    )
