"""The critical ratio: how many times its cost a gift must be worth for giving to spread on a network.

Allen, Lippner, Chen, Fotouhi, Momeni, Yau & Nowak (2017, Nature 544:227): members give to all partners, payoffs are
means over ties by their strength, and now and then one takes over the way of a partner who fares well (death-birth
updating). Under weak selection a single giver is more likely to be imitated by all than chance would make it if benefit
over cost exceeds t2 / (t3 - t1). Here t_n is the time until two random walkers meet who start at the two ends of a
random walk of n steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, cg

from .network import FREE, Network
from .streams import Floats

ACCURACY = 1e-12
"""Relative residual at which the times are solved."""
NOTHING = 1e-9
"""Share of t2 below which t3 - t1 is taken for 0: no benefit is large enough."""


@dataclass(frozen=True, slots=True)
class MeetingTimes:
    """Times until two random walkers meet, averaged over where they start: at the ends of a walk of n steps.

    Attributes:
        t1, t2, t3: those times.
    """

    t1: float
    t2: float
    t3: float

    @property
    def critical_ratio(self) -> float:
        """Benefit over cost from which giving spreads; infinite: never; below 0: only to harm others at own cost."""
        gain = self.t3 - self.t1
        return inf if abs(gain) < NOTHING * self.t2 else self.t2 / gain


def critical_ratio(network: Network) -> float:
    """The critical ratio of the largest connected part of a network; nan where it has fewer than three members."""
    part = largest_part(strengths(network))
    return meeting_times(part).critical_ratio if part.shape[0] > 2 else float("nan")


def strengths(network: Network) -> sparse.csr_array:
    """Strengths between members, symmetric: float64[N, N], sparse; ties without strength are none."""
    live = (network.kind != FREE) & (network.strength > 0.0)
    owner = np.repeat(np.arange(network.size), np.diff(network.start))[live]
    ends = owner, network.neighbour[live].astype(np.int64)
    return sparse.csr_array((network.strength[live], ends), shape=(network.size, network.size))


def largest_part(weights: sparse.csr_array) -> sparse.csr_array:
    """The rows and columns of the largest connected part."""
    _, part = connected_components(weights, directed=False)
    here = np.flatnonzero(part == np.bincount(part).argmax())
    return weights[here][:, here]


def meeting_times(weights: sparse.csr_array) -> MeetingTimes:
    """Times until walkers meet, for a connected network of at least three members.

    The times solve tau_ij = 1 + sum_k (p_ik tau_kj + p_jk tau_ik) / 2 off the diagonal and are 0 on it. Scaled by the
    square roots of both members' total strength, the system is symmetric and positive, so conjugate gradients solve it
    without ever writing its N (N - 1) / 2 equations out.
    """
    total = np.asarray(weights.sum(axis=1)).ravel()
    root = np.sqrt(total / total.sum())
    symmetric = _scaled(weights, 1.0 / np.sqrt(total), 1.0 / np.sqrt(total))
    tau = _solved(symmetric, np.outer(root, root)) / np.outer(root, root)
    walk = _scaled(weights, 1.0 / total, np.ones(len(total)))
    return MeetingTimes(*_apart(walk, root * root, tau))


def _scaled(weights: sparse.csr_array, rows: Floats, columns: Floats) -> sparse.csr_array:
    """The matrix with each entry times the factors of its row and its column."""
    entries = weights.tocoo()
    values = rows[entries.row] * entries.data * columns[entries.col]
    return sparse.csr_array((values, (entries.row, entries.col)), shape=weights.shape)


def _solved(symmetric: sparse.csr_array, right: Floats) -> Floats:
    """The matrix Y, 0 on its diagonal, with Y - (S Y + Y S) / 2 = right off the diagonal."""
    size = len(right)

    def applied(vector: Floats) -> Floats:
        y = vector.reshape(size, size)
        moved = symmetric @ y
        result = y - (moved + moved.T) / 2.0
        np.fill_diagonal(result, 0.0)
        return np.asarray(result.ravel())

    target = right.copy()
    np.fill_diagonal(target, 0.0)
    operator = LinearOperator((size * size, size * size), matvec=applied, dtype=np.float64)
    solution, failed = cg(operator, target.ravel(), rtol=ACCURACY, maxiter=100 * size)
    if failed:
        raise ArithmeticError("the times until walkers meet did not converge")
    return np.asarray(solution).reshape(size, size)


def _apart(walk: sparse.csr_array, stationary: Floats, tau: Floats) -> tuple[float, float, float]:
    """Mean of tau over the two ends of stationary walks of one, two and three steps."""
    after, means = tau, []
    for _ in range(3):
        after = walk @ after
        means.append(float(stationary @ np.diagonal(after)))
    return means[0], means[1], means[2]
