"""M27 in loops: who is recognized this week, and what onlookers make of it."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...portable import grid
from ...rules.recognition import follow_example, is_public, telling
from ...rules.rewards import USE, VALUE
from ..arrays import EFFORT
from ..jit import piece
from .rewards import TELLING, units

SIGHT = slot("recognition_sight")
SELECTIVITY = slot("selectivity")
EXAMPLE = 0
"""Place in `Organization.example` of the mean effort of who was recognized."""
NOBODY = -1.0
"""Effort that is noted where nobody was recognized."""


@piece
def stands(levers: Floats) -> bool:
    """Whether it matters to anybody this week who is recognized."""
    return bool(levers[SIGHT] > 0.0 or levers[SELECTIVITY] > 0.0)


@piece
def is_recognized(instruments: Floats, i: int, company: Any) -> bool:
    """Whether any public reward goes to member i this week."""
    organization, found = company.organization, False
    for k in range(len(instruments)):
        row = instruments[k]
        if is_public(row[VALUE], int(row[USE])):
            found = found or units(row, organization.bar[k], organization.luck[k], i, company) > 0.0
    return found


@piece
def recognize(instruments: Floats, company: Any) -> None:
    """Note the effort of who is recognized this week, and how many they are."""
    organization, members = company.organization, company.members
    total = count = here = 0.0
    for i in range(len(members.active)):
        if members.active[i] == 1:
            here += 1.0
            if is_recognized(instruments, i, company):
                total += grid(company.public[i, EFFORT])
                count += 1.0
    organization.example[EXAMPLE] = total / count if count > 0.0 else NOBODY
    share = count / here if here > 0.0 else 0.0
    organization.example[TELLING] = telling(organization.levers[SELECTIVITY], share)


@piece
def follow(levers: Floats, example: Floats, active: Any, belief: Floats) -> None:
    """Move the beliefs of a block toward the example of who was recognized."""
    for i in range(len(belief)):
        if active[i] == 1 and example[EXAMPLE] != NOBODY:
            belief[i] = follow_example(belief[i], example[EXAMPLE], levers[SIGHT])
