"""The organization: what it asks, what it adds up and pays out, and what it keeps on its books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import LEVERS, slot
from ..draws import named
from ..portable import clip01, grid
from ..rules import push, rewards, sharing
from ..rules.media import MIX, NUMBER, RICHNESS
from ..tallies import ORGANIZATION, index
from .levers import Levers
from .messaging import mix_of
from .offer import Offer

if TYPE_CHECKING:
    from .member import Member

Row = NDArray[np.float64]


class Organization:
    """State of the organization, and what it does once a week for all."""

    def __init__(self, instruments: Sequence[str]) -> None:
        self.instruments = instruments
        self.account, self.demand, self.excess = 0.0, [0.0] * 3, [0.0] * 3
        self.pool, self.reward_scale, self.reward_control = 0.0, 1.0, 0.0
        self.media = [0.0] * MIX
        self.offers: list[Offer] = []
        self.levers = Levers()

    # --- before the members act ------------------------------------------------------------------------------------

    def open_week(self, row: Row, offered: Row) -> None:
        """The levers of this week, its instruments and its demand."""
        numbers = row.tolist()
        self.levers = Levers(**{
            p.name: tuple(numbers[slot(p.name) : slot(p.name) + p.width]) if p.per_role else numbers[slot(p.name)]
            for p in LEVERS
        })  # fmt: skip
        self.offers = [_offer(name, row) for name, row in zip(self.instruments, offered, strict=True)]
        self.media = mix_of(self.levers)
        self.demand = [push.standing_demand(a, more) for a, more in zip(self.levers.demand, self.excess, strict=True)]

    # --- between creating and receiving ----------------------------------------------------------------------------

    def settle(self, here: list[Member]) -> None:
        """Add up the week of those present: pool, contests, budget, and what it will ask next week."""
        w, kind = self.levers, int(self.levers.sharing_rule)
        captured = sum(m.captured for m in here)
        claims = sum(sharing.sharing_key(kind, w.sharing_weight[m.role], m.visible, m.stake) for m in here)
        self.pool = sharing.pool_rate(captured, w.return_share, claims, kind) if w.return_share > 0.0 else 0.0
        self.hold_contests(here)
        cost = sum(offer.price(m) for offer in self.offers for m in here) if w.budget > 0.0 else 0.0
        self.reward_scale = rewards.budget_scale(w.budget, float(len(here)), cost)
        felt = 0.0
        for offer in self.offers:
            strength = rewards.dose(offer.value * self.reward_scale, w.reward_dose)
            felt += offer.controlling * rewards.contingency_control(offer.contingency) * strength
        self.reward_control = clip01(felt)
        self.raise_demands(here)

    def hold_contests(self, here: list[Member]) -> None:
        """Find the lowest winning class of each contest: the fewest top classes that hold the top share."""
        if not any(o.contingency == rewards.RANK and o.value > 0.0 for o in self.offers):
            return
        classes = [rewards.rank_bin(m.visible) for m in here]
        for offer in self.offers:
            held, offer.bar = 0, rewards.RANK_BINS
            while offer.bar > 0 and held < offer.top_share * len(here):
                offer.bar -= 1
                held += classes.count(offer.bar)

    def raise_demands(self, here: list[Member]) -> None:
        """What was given above the demand becomes expected, where anything is asked at all."""
        for role, asked in enumerate(self.levers.demand):
            efforts = [grid(m.effort) for m in here if m.role == role]
            if asked > 0.0 and efforts:
                mean = sum(efforts) / len(efforts)
                self.excess[role] = push.ratchet(self.demand[role], mean, self.levers.demand_ratchet) - asked

    # --- after the week is added up --------------------------------------------------------------------------------

    def conclude(self, tally: Row) -> None:
        """Keep the books, from the week's sums by role."""
        for role in range(3):
            self.account += float(tally[role, index("captured")])
            for paid in ("shared", "reward_cost"):
                self.account -= float(tally[role, index(paid)])

    @property
    def series(self) -> list[float]:
        """This week's numbers, as `tallies.ORGANIZATION` names them."""
        numbers = [self.account, *self.demand, self.reward_scale, self.reward_control]
        numbers += [self.media[RICHNESS], self.media[NUMBER]]
        assert len(numbers) == len(ORGANIZATION)
        return numbers


def _offer(name: str, row: Row) -> Offer:
    value, contingency, informational, controlling, _, cost, use, top_share, chance, novelty = row.tolist()
    return Offer(
        named(f"reward.{name}"), value, int(contingency), informational, controlling, cost, int(use), top_share,
        chance, novelty,
    )  # fmt: skip
