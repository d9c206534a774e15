"""A layout of any network: distances to a few landmarks, then springs along ties and a push between strangers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import key_of, named
from ..population import Floats
from ..structures.network import Network

Longs = NDArray[np.int64]

LANDMARKS = 24
ROUNDS = 90
STRANGERS = 6
"""Members from whom each is pushed away in a round."""
REST = 0.5
"""Length of a tie at rest, in mean distances between members; shorter ones push."""
LONGEST = 40
"""Steps over ties that are told apart."""


def by_ties(network: Network) -> Floats:
    """Points in the unit square: float64[N, 2]; ties pull together, strangers keep apart. Always the same."""
    size = network.size
    owner = np.repeat(np.arange(size), np.diff(network.start))
    tied = network.neighbour < size
    a, b = owner[tied], network.neighbour[tied].astype(np.int64)
    luck = np.random.Generator(np.random.PCG64(key_of(0, named("page.layout"), size)))
    points = _landmark_points(size, a, b, luck)
    if size > 2 and len(a):
        points = _relax(points, a, b, luck)
    return _fitted(points)


def _landmark_points(size: int, a: Longs, b: Longs, luck: np.random.Generator) -> Floats:
    """The two widest directions of the distances to landmarks that lie far from each other."""
    steps = np.zeros((min(LANDMARKS, size), size))
    nearest, at = np.full(size, np.inf), 0
    for row in steps:
        row[:] = _steps_from(at, size, a, b)
        nearest = np.minimum(nearest, row)
        at = int(np.argmax(nearest))
    centred = (steps - steps.mean(axis=0)).T
    centred -= centred.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    points = centred @ axes[:, -2:] if axes.shape[1] > 1 else np.zeros((size, 2))
    spread = max(float(np.abs(points).max()), 1e-9)
    return np.asarray(points / spread + 0.05 * luck.standard_normal((size, 2)))


def _steps_from(start: int, size: int, a: Longs, b: Longs) -> Floats:
    """Steps over ties from one member to all: float64[N]."""
    steps = np.full(size, float(LONGEST))
    steps[start] = 0.0
    reached = np.zeros(size, dtype=np.bool_)
    reached[start] = True
    for step in range(1, LONGEST):
        new = b[reached[a] & ~reached[b]]
        if not len(new):
            break
        reached[new] = True
        steps[new] = step
    return steps


def _relax(points: Floats, a: Longs, b: Longs, luck: np.random.Generator) -> Floats:
    """Springs along ties against a push from random others, with ever smaller steps."""
    size = len(points)
    degree = np.maximum(np.bincount(a, minlength=size), 1)[:, None]
    length = 1.4 / np.sqrt(size)
    everybody = np.arange(size)
    for round_ in range(ROUNDS):
        pull = points[b] - points[a]
        pull *= 1.0 - REST * length / np.maximum(np.sqrt((pull**2).sum(axis=1, keepdims=True)), REST * length * 0.5)
        pulled = np.stack([np.bincount(a, pull[:, k], minlength=size) for k in range(2)], axis=1) / degree
        pushed = np.zeros_like(points)
        for _ in range(STRANGERS):
            apart = points - points[luck.permutation(everybody)]
            pushed += apart / ((apart**2).sum(axis=1, keepdims=True) + length**2)
        pushed *= length / STRANGERS
        move = 0.5 * pulled + pushed - 0.03 * points
        far = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-12)
        step = 0.3 * (1.0 - round_ / ROUNDS) + 0.01
        points = points + move * np.minimum(1.0, step / far)
    return points


def _fitted(points: Floats) -> Floats:
    """Points stretched onto the unit square; a few far ones do not press all others together."""
    if len(points) < 2:
        return np.full((len(points), 2), 0.5)
    low, high = np.percentile(points, 1.0, axis=0), np.percentile(points, 99.0, axis=0)
    spread = np.maximum(high - low, 1e-9)
    return np.asarray(np.clip(0.03 + 0.94 * (points - low) / spread, 0.0, 1.0))
