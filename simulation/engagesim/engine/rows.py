"""How the rows of ties are edited when people come and go."""

from __future__ import annotations

from ..population import Members
from .arrays import Ties
from .jit import piece
from .people import sum_ties


@piece
def set_tie(i: int, j: int, value: float, ties: Ties) -> None:
    """Set the strength of i's tie to j in i's row."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        if ties.neighbour[s] == j:
            ties.strength[s] = value
            break


@piece
def set_ties_of(i: int, value: float, members: Members, ties: Ties) -> None:
    """Set both halves of all ties of i to active partners, and the sums of both ends."""
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        j = int(ties.neighbour[s])
        if members.active[j] == 1:
            ties.strength[s] = value
            set_tie(j, i, value, ties)
            sum_ties(ties, members, j, j + 1)
    sum_ties(ties, members, i, i + 1)


@piece
def remove_half(i: int, j: int, members: Members, ties: Ties) -> None:
    """Take i's tie to j out of i's row; the others close up in order."""
    keep = ties.start[i]
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        if ties.neighbour[s] != j:
            ties.neighbour[keep], ties.kind[keep] = ties.neighbour[s], ties.kind[s]
            ties.strength[keep] = ties.strength[s]
            keep += 1
    ties.degree[i] = keep - ties.start[i]
    sum_ties(ties, members, i, i + 1)
