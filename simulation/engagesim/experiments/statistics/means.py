"""Means of what has a value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def mean_over(values: Floats, axis: int) -> Floats:
    """Mean of what is not nan, nan where nothing is."""
    counted = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        mean: Floats = np.where(counted, values, 0.0).sum(axis=axis) / counted.sum(axis=axis)
    return mean


def mean_of(rows: Floats) -> Floats:
    """As `mean_over` of each row of float64[rows, n]; exact for a row of equal numbers."""
    least, most = extremes(rows)
    return np.where(least == most, least, mean_over(rows, 1))


def extremes(rows: Floats) -> tuple[Floats, Floats]:
    """Least and most of each row, nan for a row of nans."""
    return np.fmin.reduce(rows, axis=1), np.fmax.reduce(rows, axis=1)
