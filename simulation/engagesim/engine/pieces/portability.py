"""M13 in loops: investment in ties that others will own, the personal brand, and what becomes of ties at an exit."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import key_of, named, uniform
from ...population import Floats, Members
from ...rules.portability import STAYS, TAKEN, investment, tie_fate, update_brand
from ...tallies import index
from ..arrays import Ties
from ..company import Company
from ..jit import piece
from ..rows import remove_half

PERSON_SHARE = slot("person_share")
SHARED_SHARE = slot("shared_share")
PORTABILITY = slot("portability")
TRANSFER = slot("transfer")
RESPONSE = slot("ownership_response")
OUTSIDE_OPTION = slot("outside_option")
BRAND_RATE = slot("brand_rate")
BRAND_HALF = slot("brand_half")
AT_EXIT, KEPT, CARRIED = map(index, ("outside_ties_at_exit", "outside_ties_kept", "ties_taken"))

TIE_STAYS = named("tie.stays")


@piece
def hold_back(levers: Floats, role: Any, tie_strength: Floats, outside_strength: Floats, willing: Floats) -> None:
    """Let the employees of a block hold back effort from ties that they will not own."""
    for i in range(len(willing)):
        if role[i] == 0:
            willing[i] *= investment(
                outside_strength[i], tie_strength[i], levers[PERSON_SHARE], levers[SHARED_SHARE], levers[PORTABILITY],
                levers[RESPONSE],
            )  # fmt: skip


@piece
def brands_matter(levers: Floats) -> bool:
    """Whether anybody has a personal brand or could follow it this week."""
    return bool(levers[PERSON_SHARE] > 0.0 or levers[OUTSIDE_OPTION] > 0.0)


@piece
def brand_week(levers: Floats, role: Any, outside_strength: Floats, personal_brand: Floats) -> None:
    """Let the personal brands of a block follow the ties."""
    for i in range(len(personal_brand)):
        if role[i] == 0:
            owned = outside_strength[i] * levers[PERSON_SHARE]
            personal_brand[i] = update_brand(personal_brand[i], owned, levers[BRAND_RATE], levers[BRAND_HALF])


@piece
def knows_another(j: int, i: int, members: Members, ties: Ties) -> bool:
    """Whether j is tied to an active employee other than i."""
    known = False
    for s in range(ties.start[j], ties.start[j] + ties.degree[j]):
        k = int(ties.neighbour[s])
        known = known or (k != i and members.role[k] == 0 and members.active[k] == 1)
    return known


@piece
def divide_ties(seed: int, week: int, i: int, company: Company, tallies: Floats) -> None:
    """Decide what becomes of the outside ties of employee i, who leaves; those that do not stay are broken."""
    levers, members, ties = company.organization.levers, company.members, company.ties
    key, size, row = key_of(seed, TIE_STAYS, week), len(members.role), tallies[0]
    s = ties.start[i]
    while s < ties.start[i] + ties.degree[i]:
        j = int(ties.neighbour[s])
        fate = STAYS
        if members.role[j] != 0 and members.active[j] == 1:
            fate = tie_fate(
                uniform(key, i * size + j), levers[PERSON_SHARE], levers[SHARED_SHARE], levers[PORTABILITY],
                levers[TRANSFER], knows_another(j, i, members, ties),
            )  # fmt: skip
            row[AT_EXIT] += 1.0
            row[KEPT] += 1.0 if fate == STAYS else 0.0
            row[CARRIED] += 1.0 if fate == TAKEN else 0.0
        if fate == STAYS:
            s += 1
        else:
            remove_half(i, j, members, ties)
            remove_half(j, i, members, ties)
