"""Rows drawn anew: the bootstrap behind chances of being best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named

Floats = NDArray[np.float64]

RESAMPLES = 2000
MANY = 20_000
"""Rows from which on means are drawn from the normal distribution that they then follow closely."""
LARGEST = 4_000_000
"""Resampled numbers in memory at one time."""


def resampled_means(samples: Floats, seed: int) -> Floats:
    """Means of the columns of float64[n, columns] over rows drawn anew: float64[RESAMPLES, columns].

    Rows are gathered, not weighted by a product of matrices: columns that are equal keep equal means to the last bit.
    """
    n, columns = samples.shape
    rng = np.random.default_rng(key_of(seed, named("decision.resample"), 0))
    if n > MANY:
        spread = np.atleast_2d(np.cov(samples, rowvar=False)) / n
        near: Floats = rng.multivariate_normal(samples.mean(axis=0), spread, RESAMPLES, method="svd")
        return near
    step = max(1, LARGEST // (n * columns))
    sizes = [min(step, RESAMPLES - begin) for begin in range(0, RESAMPLES, step)]
    return np.concatenate([samples[rng.integers(0, n, (size, n))].mean(axis=1) for size in sizes])
