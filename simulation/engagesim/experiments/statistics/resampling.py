"""Rows drawn anew: the bootstrap behind simultaneous intervals and chances of being best."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named

Floats = NDArray[np.float64]

RESAMPLES = 2000
MANY = 20_000
"""Rows from which on means are drawn from the normal distribution that they then follow closely."""
LARGEST = 4_000_000
"""Resampled numbers in memory at one time."""


def resampled_rows(n: int, seed: int, columns: int = 1) -> Iterator[NDArray[np.int64]]:
    """Rows of `RESAMPLES` bootstrap samples, int64[some, n] at a time, by how many `columns` are taken of them."""
    rng = np.random.default_rng(key_of(seed, named("decision.resample"), 0))
    step = max(1, LARGEST // (n * columns))
    for begin in range(0, RESAMPLES, step):
        yield rng.integers(0, n, (min(step, RESAMPLES - begin), n))


def resampled_means(samples: Floats, seed: int) -> Floats:
    """Means of the columns of float64[n, columns] over rows drawn anew: float64[RESAMPLES, columns].

    Rows are gathered, not weighted by a product of matrices: columns that are equal keep equal means to the last bit.
    """
    n, columns = samples.shape
    if n > MANY:
        rng = np.random.default_rng(key_of(seed, named("decision.resample"), 0))
        spread = np.atleast_2d(np.cov(samples, rowvar=False)) / n
        near: Floats = rng.multivariate_normal(samples.mean(axis=0), spread, RESAMPLES, method="svd")
        return near
    return np.concatenate([samples[drawn].mean(axis=1) for drawn in resampled_rows(n, seed, columns)])
