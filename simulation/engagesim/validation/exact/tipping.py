"""When a committed minority overturns a convention: the mean field of best replies to a memory of plays."""

from __future__ import annotations

from math import comb

import numpy as np

from ...population import Floats


def replies(p: Floats, memory: int) -> Floats:
    """Chance that the best reply to `memory` plays, each new with probability `p`, is the new way."""
    total = np.zeros_like(p)
    for new in range(memory + 1):
        weight = 1.0 if 2 * new > memory else 0.5 if 2 * new == memory else 0.0
        total += weight * comb(memory, new) * p**new * (1.0 - p) ** (memory - new)
    return total


def critical_share(memory: int) -> float:
    """Committed share above which the established way has no fixed point left: max of (p - F(p)) / (1 - F(p))."""
    low, high = 0.0, 0.5
    for _ in range(6):
        p = np.linspace(low, high, 2001)[1:-1]
        others = replies(p, memory)
        best = int(np.argmax((p - others) / (1.0 - others)))
        low, high = float(p[max(best - 1, 0)]), float(p[min(best + 1, len(p) - 1)])
    others = replies(np.array([(low + high) / 2.0]), memory)
    return float((((low + high) / 2.0 - others) / (1.0 - others))[0])
