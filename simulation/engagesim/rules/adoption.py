"""M19 Adoption: a new technology spreads; it either serves the organization as it is, or changes what it is."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

STRATEGIES = ("efficiency_fit", "catalyst")
EFFICIENCY_FIT, CATALYST = range(2)

PARAMETERS = (
    Parameter(
        "adoption_rate", "adoption", 0.0, "Speed at which the technology spreads where nothing holds it back.",
        unit="per week", source="Orlikowski1992", why="None by default: there is no new technology; swept .02 to .3.",
    ),
    Parameter(
        "adoption_strategy", "adoption", "efficiency_fit",
        "Whether the technology is fitted into the organization, or is let to change its design.", kind="choice",
        choices=STRATEGIES, unit="", source="DeSanctisPoole1994", why="The usual choice.",
    ),
    Parameter(
        "adoption_start", "adoption", 0.02, "Share of the practice that is new at the start.", static=True,
        why="The first fortieth or so of the organization; it only shifts the curve in time.",
    ),
    Parameter(
        "host_inertia", "adoption", 0.5, "Share of the speed that habits and rules of the organization take away.",
        source="Orlikowski1992", why="Middle of the range; swept 0 to .9.",
    ),
    Parameter(
        "capture_rate", "adoption", 0.01, "Share of the new practice that the organization pulls back in a week.",
        unit="per week", source="DeSanctisPoole1994",
        why="Two fifths of it within a year if nothing renewed it; swept 0 to .1.",
    ),
    Parameter(
        "fit_visibility", "adoption", 0.5, "Share of the unseen effort that a technology fitted in makes visible.",
        why="Half of what was unseen leaves a trace; swept 0 to 1.",
    ),
    Parameter(
        "fit_contact", "adoption", 0.5, "Share of the cost of a contact that a technology fitted in saves.",
        why="A message takes half the time of a meeting; swept 0 to .9.",
    ),
    Parameter(
        "fit_gain", "adoption", 0.05, "Share by which a technology fitted in raises output.",
        why="A gain at once, and a small one; swept 0 to .2.",
    ),
    Parameter(
        "target_capture_share", "adoption", 0.15, "The capture share toward which a catalyst moves the design.",
        why="That of the scenario neighbours_helping_neighbours, as are the other targets.",
    ),
    Parameter(
        "target_own_share", "adoption", 0.45, "The own share toward which a catalyst moves the design.",
        why="See target_capture_share.",
    ),
    Parameter(
        "target_return_share", "adoption", 0.6, "The return share toward which a catalyst moves the design.",
        why="See target_capture_share.",
    ),
    Parameter(
        "target_imposed", "adoption", 0.0, "How far a catalyst lets responsibility be imposed in the end.",
        why="See target_capture_share.",
    ),
    Parameter(
        "adoption_dip", "adoption", 0.1, "Share of output lost when a catalyst is half adopted.",
        source="BrynjolfssonRockSyverson2021",
        why="Learning and rebuilding cost before they pay (productivity J-curve); swept 0 to .3.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M19", "adoption", "Adoption of a technology", "design", PARAMETERS, ("adoption_rate",),
    "Adoption is logistic; with capture c and speed s it settles at 1 - c / s, or at nothing.", "Orlikowski1992",
)  # fmt: skip


@rule
def spread(adoption: float, adoption_rate: float, host_inertia: float, capture_rate: float) -> float:
    """Adoption, 0..1, a week later: it spreads from who has it to who has not, and a part is pulled back."""
    speed = adoption_rate * (1.0 - host_inertia)
    return clip01(adoption + speed * adoption * (1.0 - adoption) - capture_rate * adoption)


@rule
def drawn(value: float, target: float, share: float) -> float:
    """A lever, 0..1, moved toward `target` by `share` of the way."""
    return value + share * (target - value)


@rule
def cheaper_contact(contact_cost: float, adoption: float, fit_contact: float) -> float:
    """Cost of a contact, 0..1, with a technology that was fitted in."""
    return contact_cost * (1.0 - fit_contact * adoption)


@rule
def adopted_output(adoption: float, strategy: int, fit_gain: float, adoption_dip: float) -> float:
    """Output against that without the technology, 0..2: a gain where it is fitted in, a dip on the way otherwise."""
    if strategy == EFFICIENCY_FIT:
        return 1.0 + fit_gain * adoption
    return 1.0 - adoption_dip * (4.0 * (adoption * (1.0 - adoption)))
