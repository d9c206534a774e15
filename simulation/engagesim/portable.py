"""Exponential, logarithm and the value grid, built from exact operations, so that all engines agree to the last bit."""

from __future__ import annotations

import math

from .rule import rule

LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
INVERSE_LN2 = 1.44269504088896338700
GRID = 1.5 * 2.0**22
"""Adding and taking away 1.5 * 2**22 rounds a double to a multiple of 2**-30, half to even."""


@rule
def grid(x: float) -> float:
    """Nearest multiple of 2**-30 (about 1e-9) for |x| < 2**20.

    Sums of such numbers are exact below 2**23, so they do not depend on order, threads or engine, and books balance
    to the last bit.
    """
    return (x + GRID) - GRID


@rule
def clip01(x: float) -> float:
    """`x` held within 0 and 1."""
    return min(1.0, max(0.0, x))


@rule
def exp_(x: float) -> float:
    """Exponential for |x| <= 700, relative error below 4e-16: range reduction by ln 2, then Taylor to degree 13."""
    k = math.floor(x * INVERSE_LN2 + 0.5)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    p = 1.0 + r / 13.0
    p = 1.0 + r / 12.0 * p
    p = 1.0 + r / 11.0 * p
    p = 1.0 + r / 10.0 * p
    p = 1.0 + r / 9.0 * p
    p = 1.0 + r / 8.0 * p
    p = 1.0 + r / 7.0 * p
    p = 1.0 + r / 6.0 * p
    p = 1.0 + r / 5.0 * p
    p = 1.0 + r / 4.0 * p
    p = 1.0 + r / 3.0 * p
    p = 1.0 + r / 2.0 * p
    p = 1.0 + r * p
    return math.ldexp(p, int(k))


@rule
def log_(x: float) -> float:
    """Natural logarithm for x > 0, error below 1e-15: exponent and mantissa, then the series of artanh."""
    m, e = math.frexp(x)
    if m < 0.7071067811865476:
        m = m * 2.0
        e = e - 1
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = 1.0 / 21.0
    p = 1.0 / 19.0 + z * p
    p = 1.0 / 17.0 + z * p
    p = 1.0 / 15.0 + z * p
    p = 1.0 / 13.0 + z * p
    p = 1.0 / 11.0 + z * p
    p = 1.0 / 9.0 + z * p
    p = 1.0 / 7.0 + z * p
    p = 1.0 / 5.0 + z * p
    p = 1.0 / 3.0 + z * p
    p = 1.0 + z * p
    return e * LN2_HIGH + (2.0 * s * p + e * LN2_LOW)
