"""The organization's own state, its opening of the week and its conclusions from the week's sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import WIDTH
from ..draws import key_of, named
from ..population import Floats
from ..rules.media import MIX, NUMBER, RICHNESS
from ..tallies import index
from .jit import kernel
from .pieces import media, push

CAPTURED, SHARED, REWARD_COST = index("captured"), index("shared"), index("reward_cost")


class Organization(NamedTuple):
    """State of the organization, changed at each settlement."""

    levers: Floats
    """float64[WIDTH], the levers of the week."""
    account: Floats
    """float64[1], value on the account."""
    excess: Floats
    """float64[3], demand per role that has ratcheted up above the lever."""
    demand: Floats
    """float64[3], this week's demand per role."""
    pool: Floats
    """float64[1], value paid per unit of claim this week."""
    scale: Floats
    """float64[1], factor that fits this week's rewards into the budget."""
    control: Floats
    """float64[1], control felt from rewards this week."""
    media: Floats
    """float64[7], this week's mix of media, columns as in `rules.media`; zero while media do not matter."""
    bar: NDArray[np.int64]
    """int64[instruments], lowest winning class of each contest."""
    luck_names: NDArray[np.uint64]
    """uint64[instruments], numbers of the draws `reward.NAME`, so that one instrument's luck is not another's."""
    luck: NDArray[np.uint64]
    """uint64[instruments], this week's keys of those draws."""


def new_organization(instruments: Sequence[str]) -> Organization:
    """An organization at its start, with reward instruments of these names."""
    account, pool, scale, control = np.zeros((4, 1))
    excess, demand = np.zeros((2, 3))
    names = np.array([named(f"reward.{name}") for name in instruments], dtype=np.uint64)
    bar = np.zeros(len(instruments), dtype=np.int64)
    return Organization(
        np.zeros(WIDTH), account, excess, demand, pool, scale, control, np.zeros(MIX), bar, names, np.zeros_like(names)
    )


@kernel
def open_week(row: Floats, seed: int, week: int, organization: Organization) -> None:
    """The levers of this week, its demand and the keys of its reward luck."""
    levers = organization.levers
    levers[:] = row
    push.demands(levers, organization.excess, organization.demand)
    media.mix(levers, organization.media)
    for k in range(len(organization.luck)):
        organization.luck[k] = key_of(seed, organization.luck_names[k], week)


@kernel
def conclude(
    seed: int,  # noqa: ARG001
    week: int,  # noqa: ARG001
    organization: Organization,
    tallies: Floats,
    series: Floats,
) -> None:
    """Keep the books from the week's sums float64[3, tallies], and write the organization's own row of the week."""
    for r in range(len(tallies)):
        organization.account[0] += tallies[r, CAPTURED]
        organization.account[0] -= tallies[r, SHARED]
        organization.account[0] -= tallies[r, REWARD_COST]
    series[0] = organization.account[0]
    series[1:4] = organization.demand
    series[4] = organization.scale[0]
    series[5] = organization.control[0]
    series[6] = organization.media[RICHNESS]
    series[7] = organization.media[NUMBER]
