"""The organization's own state, its opening of the week and its conclusions from the week's sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import WIDTH, slot
from ..draws import key_of, named
from ..population import Floats
from ..rules.media import MIX, NUMBER, RICHNESS
from ..tallies import index
from .columns import copy
from .jit import piece
from .pieces import adoption as adopting
from .pieces import estimates, knowledge, media, momentum, push, recognition, rewards, values

PROBLEM_RATE = slot("problem_rate")
ADOPTION_RATE = slot("adoption_rate")
CAPTURED, SHARED, REWARD_COST = index("captured"), index("shared"), index("reward_cost")
SIGNAL_COST = index("signal_cost")
EXPERIENCE = named("values.experience")
IMAGE_NOISE = named("image.noise")
NOISE = named("evaluation.noise")
CONTRIBUTIONS = named("momentum.contributions")
STOPS = named("momentum.stops")


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
    watching: Floats
    """float64[1], control that being seen in everything adds this week."""
    noise: NDArray[np.uint64]
    """uint64[1], this week's key of the errors of evaluation."""
    media: Floats
    """float64[7], this week's mix of media, columns as in `rules.media`; zero while media do not matter."""
    bar: NDArray[np.int64]
    """int64[instruments], lowest winning class of each contest."""
    luck_names: NDArray[np.uint64]
    """uint64[instruments], numbers of the draws `reward.NAME`, so that one instrument's luck is not another's."""
    luck: NDArray[np.uint64]
    """uint64[instruments], this week's keys of those draws."""
    values: Floats
    """float64[5], what is lived and known of values; places as in `pieces.values`."""
    values_luck: NDArray[np.uint64]
    """uint64[1], this week's key of the draw of what members experience."""
    image_luck: NDArray[np.uint64]
    """uint64[1], this week's key of the draw of mistakes about images."""
    code: NDArray[np.uint64]
    """uint64[3], facets on which the code has a view, those it takes for +1, and those that are +1 in reality."""
    learned: NDArray[np.int64]
    """int64[1], last week in which the code was learned; -1 before."""
    code_knowledge: Floats
    """float64[1], net share of facets on which the code is right this week."""
    purpose: Floats
    """float64[5], the need, the decision and its error, the circle's view and size; see `pieces.estimates`."""
    purpose_luck: NDArray[np.uint64]
    """uint64[2], keys of the week's signals and of the circle."""
    asked: Floats
    """float64[1], 1 after a week in which problems could arise, else 0."""
    records: Floats
    """float64[1], share of the records that are right."""
    adoption: Floats
    """float64[1], share of the practice that a technology has changed."""
    momentum_luck: NDArray[np.uint64]
    """uint64[2], keys of the number of the week's contributions and of which is the last."""
    example: Floats
    """float64[2], mean effort of who is recognized this week, and how much that tells them."""


def new_organization(instruments: Sequence[str]) -> Organization:
    """An organization at its start, with reward instruments of these names."""
    names = np.array([named(f"reward.{name}") for name in instruments], dtype=np.uint64)

    def number() -> Floats:
        return np.zeros(1)

    def key() -> NDArray[np.uint64]:
        return np.zeros(1, dtype=np.uint64)

    return Organization(
        levers=np.zeros(WIDTH),
        account=number(),
        excess=np.zeros(3),
        demand=np.zeros(3),
        pool=number(),
        scale=number(),
        control=number(),
        watching=number(),
        noise=key(),
        media=np.zeros(MIX),
        bar=np.zeros(len(instruments), dtype=np.int64),
        luck_names=names,
        luck=np.zeros_like(names),
        values=np.zeros(5),
        values_luck=key(),
        image_luck=key(),
        code=np.zeros(3, dtype=np.uint64),
        learned=np.full(1, -1, dtype=np.int64),
        code_knowledge=number(),
        purpose=np.zeros(5),
        purpose_luck=np.zeros(2, dtype=np.uint64),
        asked=number(),
        records=number(),
        adoption=number(),
        momentum_luck=np.zeros(2, dtype=np.uint64),
        example=np.zeros(2),
    )


@piece
def open_week(row: Floats, seed: int, week: int, organization: Organization) -> None:
    """The levers of this week, its demand, what the purpose needs, and the keys of the draws."""
    levers = organization.levers
    copy(row, levers)
    if levers[ADOPTION_RATE] > 0.0:
        adopting.adopt(levers, organization.adoption[0])
    push.demands(levers, organization.excess, organization.demand)
    organization.image_luck[0] = key_of(seed, IMAGE_NOISE, week)
    organization.code_knowledge[0] = 0.0
    organization.noise[0] = key_of(seed, NOISE, week)
    media.mix(levers, organization.media)
    for k in range(len(organization.luck)):
        organization.luck[k] = key_of(seed, organization.luck_names[k], week)
    values.open_values(levers, organization.values)
    organization.values_luck[0] = key_of(seed, EXPERIENCE, week)
    estimates.open_purpose(levers, seed, week, organization.purpose, organization.purpose_luck)
    organization.momentum_luck[momentum.AMOUNT] = key_of(seed, CONTRIBUTIONS, week)
    organization.momentum_luck[momentum.STOP] = key_of(seed, STOPS, week)
    organization.example[recognition.EXAMPLE], organization.example[rewards.TELLING] = recognition.NOBODY, 1.0


@piece
def conclude(organization: Organization, tallies: Floats, series: Floats) -> None:
    """Keep the books from the week's sums float64[3, tallies], and write the organization's own row of the week."""
    levers = organization.levers
    values.answer(levers, organization.values, tallies)
    for r in range(len(tallies)):
        organization.account[0] += tallies[r, CAPTURED]
        organization.account[0] -= tallies[r, SHARED]
        organization.account[0] -= tallies[r, REWARD_COST]
        organization.account[0] -= tallies[r, SIGNAL_COST]
    estimates.decide(levers, organization.purpose, tallies)
    organization.asked[0] = 1.0 if levers[PROBLEM_RATE] > 0.0 else 0.0
    if levers[PROBLEM_RATE] > 0.0:
        knowledge.keep(levers, organization.records, tallies)
    series[0] = organization.account[0]
    copy(organization.demand, series[1:4])
    series[4] = organization.scale[0]
    series[5] = organization.control[0]
    series[6] = organization.values[values.CLOSED]
    series[7] = organization.values[values.CONSISTENCY]
    series[8] = organization.code_knowledge[0]
    series[9] = organization.purpose[estimates.NEED]
    series[10] = organization.purpose[estimates.DECISION]
    series[11] = organization.records[0]
    if levers[ADOPTION_RATE] > 0.0:
        series[12] = organization.adoption[0]
        adopting.advance(levers, organization.adoption)
    series[13] = organization.media[RICHNESS]
    series[14] = organization.media[NUMBER]
