"""Everything that the weeks work on, as one argument."""

from __future__ import annotations

from typing import NamedTuple

from ..population import Floats, Members, People
from .arrays import Positions, Ties
from .organization import Organization


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
