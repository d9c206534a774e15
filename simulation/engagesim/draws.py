"""Named, keyed, counter-based random numbers: the only randomness in the package.

A draw is a pure function of (root seed, name of the decision, step, who): no state, no order, no stream to share. Two
designs with one root seed therefore share their luck, and a member out of reach of a change keeps its history.
The mixing function is the finalizer of splitmix64 (Steele, Lea, Flood 2014, constants of variant 13 by Stafford);
the normal inversion is algorithm AS 241 (Wichura 1988, coefficients of PPND16).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .portable import log_
from .rule import rule

MASK = 0xFFFFFFFFFFFFFFFF
GOLDEN = 0x9E3779B97F4A7C15
MIX1 = 0xBF58476D1CE4E5B9
MIX2 = 0x94D049BB133111EB
UNIT = 2.0**-52
ROOT_12 = math.sqrt(12.0)


def named(name: str) -> int:
    """Stable 64-bit number of a decision's name; raises ValueError for an empty name."""
    if not name:
        raise ValueError("a draw needs a name")
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def u64(x: int) -> int:
    """`x` modulo 2**64 (compiled code replaces this by a cast)."""
    return x & MASK


@rule
def mix(z: int) -> int:
    """A bijection on 64-bit integers in which every input bit changes every output bit half of the time."""
    a = u64(z)
    b = u64((a ^ (a >> u64(30))) * u64(MIX1))
    c = u64((b ^ (b >> u64(27))) * u64(MIX2))
    return u64(c ^ (c >> u64(31)))


@rule
def key_of(seed: int, name: int, step: int) -> int:
    """Key of one decision in one step. Chained, never added: (seed 1, step 2) and (seed 2, step 1) are unrelated."""
    a = mix(u64(u64(seed) + u64(GOLDEN)))
    b = mix(u64(a ^ u64(name)))
    return mix(u64(b + u64(u64(step) * u64(GOLDEN))))


@rule
def bits(key: int, who: int) -> int:
    """64 random bits for `who` (a member, a tie, a draw count) under `key`."""
    return mix(u64(u64(key) + u64(u64(who) * u64(GOLDEN))))


@rule
def uniform(key: int, who: int) -> float:
    """Uniform on the 2**52 multiples of 2**-52 in [0, 1)."""
    return float(bits(key, who) >> u64(12)) * UNIT


@rule
def integer(key: int, who: int, n: int) -> int:
    """Uniform on 0..n-1; bias below n * 2**-52. `n` must be at least 1."""
    return int(uniform(key, who) * n)


@rule
def choice(key: int, who: int, weights: Sequence[float]) -> int:
    """Position 0..len(weights) - 1 with probability proportional to its weight, by inversion.

    `weights` are at least 0 and sum to more than 0; a position of weight 0 is never chosen.
    """
    total = 0.0
    for weight in weights:
        total += weight
    left = uniform(key, who) * total
    chosen = 0
    for position in range(len(weights)):
        if weights[position] > 0.0 and left >= 0.0:
            chosen = position
        left -= weights[position]
    return chosen


@rule
def exponential(key: int, who: int) -> float:
    """Exponential with mean 1, by inversion."""
    return -log_(1.0 - uniform(key, who))


@rule
def swing_of(u: float) -> float:
    """A uniform draw spread to mean 0 and standard deviation 1: for small noise of no known shape, and six times as
    fast as a normal one."""
    return (u - 0.5) * ROOT_12


@rule
def _central(q: float) -> float:
    """AS 241 for |p - 1/2| <= .425, with q = p - 1/2."""
    r = 0.180625 - q * q
    num = 2509.0809287301226727
    num = num * r + 33430.575583588128105
    num = num * r + 67265.770927008700853
    num = num * r + 45921.953931549871457
    num = num * r + 13731.693765509461125
    num = num * r + 1971.5909503065514427
    num = num * r + 133.14166789178437745
    num = num * r + 3.387132872796366608
    den = 5226.495278852545925
    den = den * r + 28729.085735721942674
    den = den * r + 39307.89580009271061
    den = den * r + 21213.794301586595867
    den = den * r + 5394.1960214247511077
    den = den * r + 687.1870074920579083
    den = den * r + 42.313330701600911252
    return q * num / (den * r + 1.0)


@rule
def _middle(r: float) -> float:
    """AS 241 for the tails up to sqrt(-log p) = 5."""
    r = r - 1.6
    num = 7.7454501427834140764e-4
    num = num * r + 0.0227238449892691845833
    num = num * r + 0.24178072517745061177
    num = num * r + 1.27045825245236838258
    num = num * r + 3.64784832476320460504
    num = num * r + 5.7694972214606914055
    num = num * r + 4.6303378461565452959
    num = num * r + 1.42343711074968357734
    den = 1.05075007164441684324e-9
    den = den * r + 5.475938084995344946e-4
    den = den * r + 0.0151986665636164571966
    den = den * r + 0.14810397642748007459
    den = den * r + 0.68976733498510000455
    den = den * r + 1.6763848301838038494
    den = den * r + 2.05319162663775882187
    return num / (den * r + 1.0)


@rule
def _far(r: float) -> float:
    """AS 241 for the far tails, sqrt(-log p) > 5."""
    r = r - 5.0
    num = 2.01033439929228813265e-7
    num = num * r + 2.71155556874348757815e-5
    num = num * r + 0.0012426609473880784386
    num = num * r + 0.026532189526576123093
    num = num * r + 0.29656057182850489123
    num = num * r + 1.7848265399172913358
    num = num * r + 5.4637849111641143699
    num = num * r + 6.6579046435011037772
    den = 2.04426310338993978564e-15
    den = den * r + 1.4215117583164458887e-7
    den = den * r + 1.8463183175100546818e-5
    den = den * r + 7.868691311456132591e-4
    den = den * r + 0.0148753612908506148525
    den = den * r + 0.13692988092273580531
    den = den * r + 0.59983220655588793769
    return num / (den * r + 1.0)


@rule
def normal_of(p: float) -> float:
    """Standard normal quantile of `p` in (0, 1)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        return _central(q)
    r = math.sqrt(-log_(min(p, 1.0 - p)))
    tail = _middle(r) if r <= 5.0 else _far(r)
    return -tail if q < 0.0 else tail


@rule
def normal(key: int, who: int) -> float:
    """Standard normal by inversion of the midpoint of the drawn cell, so never infinite (|z| <= 8.3)."""
    return normal_of(uniform(key, who) + 0.5 * UNIT)


def replicate_seed(seed: int, replicate: int) -> int:
    """Root seed of a replicate: the same in every arm of a comparison, unrelated between replicates."""
    return key_of(seed, named("replicate"), replicate)


class Source(Protocol):
    """Where a model takes its uniform numbers from."""

    def uniform(self, name: int, step: int, who: int) -> float:
        """Uniform in [0, 1) for decision `name` in `step` by `who`."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """The normal source: keyed draws from a root seed."""

    seed: int
    _keys: dict[tuple[int, int], int] = field(init=False, default_factory=dict, repr=False, compare=False)

    def uniform(self, name: int, step: int, who: int) -> float:
        """Uniform in [0, 1), the same number in every engine."""
        key = self._keys.get((name, step))
        if key is None:
            key = self._keys[name, step] = key_of(self.seed, name, step)
        return uniform(key, who)


@dataclass(frozen=True, slots=True)
class Scripted:
    """A source for tests: listed draws come out as scripted, all others from `otherwise`."""

    script: Mapping[tuple[str, int, int], float]
    otherwise: Source
    _by_number: dict[tuple[int, int, int], float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_number.update({(named(n), step, who): u for (n, step, who), u in self.script.items()})

    def uniform(self, name: int, step: int, who: int) -> float:
        """The scripted number if there is one."""
        scripted = self._by_number.get((name, step, who))
        return self.otherwise.uniform(name, step, who) if scripted is None else scripted
