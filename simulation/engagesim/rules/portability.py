"""M13 Leaving with the network: who owns a tie to a customer or partner, and what becomes of it when people leave."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "person_share", "ownership", 0.3, "Share of an employee's outside tie that belongs to the person.",
        source="PalmatierScheerSteenkamp2007",
        why="Customers are loyal to the salesperson and to the firm; the size is ours, sweep 0 to .8.",
    ),
    Parameter(
        "shared_share", "ownership", 0.2,
        "Share of it that several employees hold together: it stays if the outsider knows another one.",
        source="PalmatierScheerSteenkamp2007", why="Half is left to the organization; sweep 0 to .8.",
    ),
    Parameter(
        "portability", "ownership", 0.5, "Share of the person's part that can be taken along.",
        source="GroysbergLeeNanda2008", why="Much of what makes stars shine stays behind; half, sweep 0 to 1.",
    ),
    Parameter(
        "transfer", "ownership", 0.0, "Chance that a tie that belongs to the person is handed over before leaving.",
        why="Off: a handover is a design choice; sweep 0 to .8.",
    ),
    Parameter(
        "ownership_response", "ownership", 0.3,
        "Share of relational effort held back when all of it builds ties that are wholly the organization's.",
        source="GrossmanHart1986",
        why="Who cannot keep what they build builds less of it; the size is ours, sweep 0 to 1.",
    ),
    Parameter(
        "outside_option", "ownership", 1.0,
        "Times by which a full and wholly portable personal brand multiplies the added chance of leaving.", high=50.0,
        unit="times", source="MarchSimon1958", why="Ease of movement moves people less than exhaustion; sweep 0 to 5.",
    ),
    Parameter(
        "brand_rate", "ownership", 0.05, "Speed at which the personal brand follows the ties that belong to the "
        "person.", unit="per week", why="A name is made and lost over months; sweep .01 to .2.",
    ),
    Parameter(
        "brand_half", "ownership", 0.5, "Strength of person-owned outside ties that makes half of a full brand.",
        low=0.01, high=100.0, unit="strength",
        why="With the default share, five accounts at a third of full strength; sweep .1 to 2.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M13", "portability", "Leaving with the network", "come_and_go", PARAMETERS,
    ("person_share", "shared_share", "ownership_response", "outside_option"),
    "The expected number of ties kept is the sum of the shares that stay: the organization's, the shared one where "
    "another employee is tied, and what is handed over.", "PalmatierScheerSteenkamp2007",
)  # fmt: skip

STAYS, TAKEN, LOST = range(3)
"""What becomes of an outside tie: it waits for a successor, it leaves with the person, or nobody has it any more."""


@rule
def stay_chance(person_share: float, shared_share: float, transfer: float, another: bool) -> float:
    """Chance that an outside tie stays, 0..1; `another`: whether the outsider is tied to a second employee."""
    unshared = 0.0 if another else shared_share
    return clip01(1.0 - person_share * (1.0 - transfer) - unshared)


@rule
def tie_fate(
    u: float, person_share: float, shared_share: float, portability: float, transfer: float, another: bool
) -> int:
    """What becomes of an outside tie of an employee who leaves, for a uniform draw `u`: STAYS, TAKEN or LOST."""
    stay = stay_chance(person_share, shared_share, transfer, another)
    if u < stay:
        return STAYS
    return TAKEN if u < stay + person_share * (1.0 - transfer) * portability else LOST


@rule
def investment(
    outside_strength: float, tie_strength: float, person_share: float, shared_share: float, portability: float,
    ownership_response: float,
) -> float:  # fmt: skip
    """Share of relational effort given, 0..1: less, the more of one's ties are outside and will belong to others."""
    outside = outside_strength / tie_strength if tie_strength > 0.0 else 0.0
    forgone = clip01(1.0 - person_share * portability - shared_share)
    return clip01(1.0 - ownership_response * forgone * outside)


@rule
def update_brand(brand: float, owned_strength: float, brand_rate: float, brand_half: float) -> float:
    """Personal brand, 0..1, moved toward what the strength of person-owned outside ties makes of it."""
    return brand + brand_rate * (owned_strength / (owned_strength + brand_half) - brand)


@rule
def drawn_out(brand: float, portability: float, outside_option: float) -> float:
    """What a personal brand that can be taken along adds to the chance of leaving, in multiples of it."""
    return outside_option * brand * portability
