"""What is drawn of every member in a week, in one byte."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..draws import key_of, named, uniform
from ..engine.arrays import EFFORT
from ..engine.company import Company
from ..engine.jit import kernel, unsigned
from ..engine.warm import ensure_compiled
from ..portable import exp_
from ..rules.participation import EXITED, STATES

Bytes = NDArray[np.uint8]

STATE, LEVEL, CONTACT, EMPTY = 7, 3, 1 << 6, 1 << 7
"""Mask of the participation state, shift of the effort level, and the bits of a contact and of an empty place."""
LEVELS = 8
"""Effort is told in this many steps."""
COUNTED = len(STATES)
"""Columns of the counts of members by state; those who left count as empty places."""

MEETS = named("page.contact")


def ensure_describing(company: Company) -> None:
    """Compile `describe`, if no process has yet, by describing nobody."""
    ensure_compiled(lambda: describe(unsigned(0), 0, company, np.zeros(0, dtype=np.uint8)), __file__)


@kernel
def describe(seed: int, week: int, company: Company, nodes: Bytes) -> None:
    """Write uint8[N], the members as they are after `week` weeks.

    Contacts of the model are intensities. Whether at least one of so many happened is drawn here, for the eye only, by
    a draw of its own that nothing else reads.
    """
    members, public, ties = company.members, company.public, company.ties
    meets = key_of(seed, MEETS, week)
    for i in range(len(nodes)):
        if members.active[i] == 0:
            nodes[i] = EMPTY
            continue
        effort, met = public[i, EFFORT], 0.0
        for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
            if ties.strength[s] > 0.0:
                met += effort * public[int(ties.neighbour[s]), EFFORT]
        state = int(members.participation[i])
        state = 0 if state >= EXITED else state
        level = min(LEVELS - 1, int(effort * LEVELS))
        contact = CONTACT if uniform(meets, i) < 1.0 - exp_(-met) else 0
        nodes[i] = state | (level << LEVEL) | contact


def count_states(nodes: Bytes) -> NDArray[np.int64]:
    """Members by state and, last, empty places: int64[weeks, COUNTED] from uint8[weeks, N]."""
    codes = np.where(nodes & EMPTY, COUNTED - 1, nodes & STATE)
    return np.stack([(codes == code).sum(axis=1) for code in range(COUNTED)], axis=1)
