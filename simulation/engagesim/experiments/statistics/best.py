"""Which of several policies is best: how surely, by how much, and what a wrong choice loses. More is better.

Ranking by the probability of being best alone is misleading (a policy may be best by a hair often and far behind
otherwise): show `expected_loss` beside it (Claxton 1999, The irrelevance of inference, Journal of Health Economics 18).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .intervals import Simultaneous, simultaneous
from .resampling import resampled_means

Floats = NDArray[np.float64]


def gaps_to(best: int, samples: Floats, seed: int) -> Simultaneous:
    """By how much the mean of each column of float64[n, columns] lacks to that of `best`, with simultaneous intervals.

    Which column is best was found by looking, so that the intervals hold at once for all pairs of columns (as Tukey's
    do), not only for those with it: of eight columns that are all alike, the luckiest would else be told from another
    about one time in seven.
    """
    first, second = np.triu_indices(samples.shape[1], 1)
    return simultaneous(samples[:, [best]] - samples, seed, among=samples[:, first] - samples[:, second])


def chance_of_best_mean(samples: Floats, seed: int) -> Floats:
    """How sure it is that each column's mean is the highest, float64[columns]: share of resamples, ties split."""
    return chance_of_best_case(resampled_means(samples, seed))


def chance_of_best_case(samples: Floats) -> Floats:
    """How often each column is the highest in one single row, float64[columns]; ties split."""
    best = samples >= samples.max(axis=1, keepdims=True)
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def expected_loss(samples: Floats, seed: int) -> Floats:
    """What choosing each column would lose, for not knowing the means better, float64[columns].

    Mean over resamples of the highest mean minus the column's: the expected opportunity loss.
    """
    means = resampled_means(samples, seed)
    return np.asarray((means.max(axis=1, keepdims=True) - means).mean(axis=0))
