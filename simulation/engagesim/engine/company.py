"""Everything that the weeks work on, as one argument."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..population import Floats, Members, People
from ..rules.turnover import STAKE_CLASSES
from .arrays import Positions, Ties
from .organization import Organization


class Desk(NamedTuple):
    """Room for what is noted during a week; made once, since compiled code allocates nothing."""

    events: NDArray[np.uint8]
    """uint8[N], what happens to each member at the end of the week; before, the types that members go on with."""
    leaving: NDArray[np.uint8]
    """uint8[N], 1 for who would leave."""
    wish: NDArray[np.int32]
    """int32[N], with whom a member that seeks a tie would form one; -1 for nobody."""
    invader: NDArray[np.uint8]
    """uint8[units + 1], 1 + the type that tries to take over a unit, and last the organization; 0 for none."""
    undecided: NDArray[np.int64]
    """int64[1], units with such a trial."""
    classes: NDArray[np.int64]
    """int64[3, STAKE_CLASSES + 1], members of each role by class of their stakes."""
    coming: NDArray[np.uint8]
    """uint8[N], 1 for an empty place whose signals are followed."""
    order: NDArray[np.int64]
    """int64[N], places in the order in which they make teams of the week, or meet in their units."""
    seen_in_team: Floats
    """float64[N], mean effort of the others in the team of the week."""


def new_desk(size: int, units: int) -> Desk:
    """A desk for `size` members in so many units."""
    return Desk(
        events=np.zeros(size, np.uint8),
        leaving=np.zeros(size, np.uint8),
        wish=np.zeros(size, np.int32),
        classes=np.zeros((3, STAKE_CLASSES + 1), np.int64),
        coming=np.zeros(size, np.uint8),
        order=np.zeros(size, np.int64),
        invader=np.zeros(units + 1, np.uint8),
        undecided=np.zeros(1, np.int64),
        seen_in_team=np.zeros(size),
    )


class Company(NamedTuple):
    """The organization and its members; compiled code gets it whole."""

    people: People
    """Numbers behind the traits of newcomers."""
    positions: Positions
    """Where the places are."""
    members: Members
    """Columns of length N."""
    ties: Ties
    """Slots with their strengths."""
    public: Floats
    """float64[N, 8], what partners see; columns as `arrays.PUBLIC`."""
    told: Floats
    """float64[N, 8], what partners hear where a mechanism listens; columns as `arrays.TOLD`."""
    organization: Organization
    """State of the organization."""
    desk: Desk
    """Notes of the week."""
