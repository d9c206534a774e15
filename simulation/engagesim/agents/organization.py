"""The organization: what it asks, what it adds up and pays out, and what it keeps on its books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import LEVERS, slot
from ..draws import named
from ..portable import clip01, grid
from ..rules import (
    adoption,
    decisions,
    estimates,
    knowledge,
    market,
    push,
    recognition,
    rewards,
    sharing,
    values,
)
from ..rules.media import MIX, NUMBER, RICHNESS
from ..tallies import ORGANIZATION, index
from .code import Code
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
        self.lived = self.value_gap = self.gap_closed = self.consistency = 0.0
        self.pool, self.reward_scale, self.reward_control, self.watching = 0.0, 1.0, 0.0, 0.0
        self.need = self.decision = self.error = self.circle_view = self.circle_size = 0.0
        self.asked, self.records, self.adoption, self.adopted = False, 0.0, 0.0, 0.0
        self.media = [0.0] * MIX
        self.offers: list[Offer] = []
        self.example: float | None = None
        self.telling, self.pays = 1.0, False
        self.code = Code()
        self.levers = Levers()

    # --- before the members act ------------------------------------------------------------------------------------

    def open_week(self, row: Row, offered: Row) -> None:
        """The levers of this week, its instruments and its demand."""
        numbers = row.tolist()
        self.code.knowledge = 0.0
        self.levers = Levers(**{
            p.name: tuple(numbers[slot(p.name) : slot(p.name) + p.width]) if p.per_role else numbers[slot(p.name)]
            for p in LEVERS
        })  # fmt: skip
        if self.levers.adoption_rate > 0.0:
            self.adopt()
        self.offers = [_offer(name, row) for name, row in zip(self.instruments, offered, strict=True)]
        self.media = mix_of(self.levers)
        self.demand = [push.standing_demand(a, more) for a, more in zip(self.levers.demand, self.excess, strict=True)]
        self.lived = values.lived_values(self.levers.enacted, self.levers.implementation_fidelity, self.gap_closed)
        self.value_gap = values.value_gap(self.levers.espoused, self.lived)

    @property
    def deliberates(self) -> bool:
        """Whether estimates of what the purpose needs matter to anybody this week."""
        w = self.levers
        return decisions.deliberates(
            w.listening, w.sensing, w.error_cost, w.linking, w.action_groups, w.democracy, w.committee_suspicion
        )

    def move_need(self, z: float) -> None:
        """Let what the purpose needs move on, by chance `z`."""
        if self.deliberates:
            self.need = estimates.drift(self.need, self.levers.need_drift, z)

    def adopt(self) -> None:
        """Change the levers of the week by what has been adopted: costs and visibility, or the design itself."""
        w, share = vars(self.levers), self.adoption
        if int(w["adoption_strategy"]) == adoption.EFFICIENCY_FIT:
            for name in ("visibility_task", "visibility_relational"):
                w[name] = adoption.drawn(w[name], 1.0, w["fit_visibility"] * share)
            w["contact_cost"] = adoption.cheaper_contact(w["contact_cost"], share, w["fit_contact"])
        else:
            for name in ("capture_share", "own_share", "return_share", "imposed"):
                w[name] = adoption.drawn(w[name], w[f"target_{name}"], share)

    # --- between creating and receiving ----------------------------------------------------------------------------

    def settle(self, here: list[Member]) -> None:
        """Add up the week of those present: pool, contests, budget, and what it will ask next week."""
        w, kind = self.levers, int(self.levers.sharing_rule)
        captured = sum(m.captured for m in here)
        claims = sum(sharing.sharing_key(kind, w.sharing_weight[m.role], m.score, m.stake) for m in here)
        self.pool = sharing.pool_rate(captured, w.return_share, claims, kind) if w.return_share > 0.0 else 0.0
        self.hold_contests(here)
        self.recognize(here)
        cost = sum(offer.price(m) for offer in self.offers for m in here) if w.budget > 0.0 else 0.0
        self.reward_scale = rewards.budget_scale(w.budget, float(len(here)), cost)
        felt = 0.0
        for offer in self.offers:
            strength = rewards.dose(offer.value * self.reward_scale, w.reward_dose)
            felt += offer.controlling * rewards.contingency_control(offer.contingency) * strength
        self.reward_control = clip01(felt)
        feeding = any(rewards.feeds_pay(o.value, o.contingency, o.use) for o in self.offers)
        self.watching = w.evaluation * w.surveillance if feeding else 0.0
        self.raise_demands(here)

    def hold_contests(self, here: list[Member]) -> None:
        """Find the lowest winning class of each contest: the fewest top classes that hold the top share."""
        if not any(o.contingency == rewards.RANK and o.value > 0.0 for o in self.offers):
            return
        for offer in (o for o in self.offers if o.contingency == rewards.RANK):
            classes = [rewards.rank_bin(m.score_for(offer)) for m in here]
            held, offer.bar = 0, rewards.RANK_BINS
            while offer.bar > 0 and held < offer.top_share * len(here):
                offer.bar -= 1
                held += classes.count(offer.bar)

    def recognize(self, here: list[Member]) -> None:
        """Note the effort of who is recognized, and how much that tells them; nothing where it matters to nobody."""
        w = self.levers
        self.example, self.telling = None, 1.0
        self.pays = any(market.sets_price(o.value, o.contingency, o.use) for o in self.offers)
        if w.recognition_sight <= 0.0 and w.selectivity <= 0.0:
            return
        public = [o for o in self.offers if recognition.is_public(o.value, o.use)]
        chosen = [m for m in here if any(m.earned(o) > 0.0 for o in public)]
        if chosen:
            self.example = sum(grid(m.effort) for m in chosen) / len(chosen)
        self.telling = recognition.telling(w.selectivity, len(chosen) / len(here) if here else 0.0)

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
        self.answer(tally)
        for role in range(3):
            self.account += float(tally[role, index("captured")])
            for paid in ("shared", "reward_cost", "signal_cost"):
                self.account -= float(tally[role, index(paid)])
        if self.deliberates:
            self.decide(tally)
        self.look_ahead(tally)

    def decide(self, tally: Row) -> None:
        """Decide by the weighted mean of the members' estimates, and tell the circle its own mean."""
        weight, weighted, inside, off = (
            float(tally[:, index(name)].sum())
            for name in ("decision_weight", "weighted_error", "circle", "circle_error")
        )
        self.decision = decisions.mean_estimate(self.decision, self.need, weighted, weight)
        self.error = self.decision - self.need
        self.circle_view = decisions.mean_estimate(self.circle_view, self.need, off, inside)
        self.circle_size = inside
        tally[:, index("collective_error")] = tally[:, index("members")] * grid(abs(self.error))

    def answer(self, tally: Row) -> None:
        """Book what holds for all members alike, answer their voice, and remember the signal."""
        w = self.levers
        tally[:, index("value_gap")] = tally[:, index("members")] * grid(self.value_gap)
        tally[:, index("signal_cost")] = tally[:, index("members")] * grid(w.costly_signal)
        members, voicing = (float(tally[:, index(name)].sum()) for name in ("members", "voicing"))
        share = voicing / members if members > 0.0 else 0.0
        self.gap_closed = values.answer_voice(self.gap_closed, self.value_gap, w.voice_response, share)
        signal = rewards.dose(w.costly_signal, w.signal_dose)
        self.consistency = values.remember_signals(self.consistency, signal, w.consistency_fade)

    def look_ahead(self, tally: Row) -> None:
        """Keep the records, and let a technology spread."""
        w = self.levers
        self.asked = w.problem_rate > 0.0
        if self.asked:
            self.keep_records(tally)
        self.adopted = self.adoption if w.adoption_rate > 0.0 else 0.0
        if w.adoption_rate > 0.0:
            self.adoption = adoption.spread(self.adoption, w.adoption_rate, w.host_inertia, w.capture_rate)

    def keep_records(self, tally: Row) -> None:
        """Look after the records with the week's relational effort, and note how many are right."""
        w, (first, second, third) = self.levers, tally
        efforts, members = index("relational_effort"), index("members")
        effort = first[efforts] + second[efforts] + third[efforts]
        here = first[members] + second[members] + third[members]
        mean = float(effort / here) if here > 0.0 else 0.0
        self.records = knowledge.keep_records(self.records, mean, w.record_store, w.record_upkeep, w.record_decay)
        for row in tally:
            row[index("record_accuracy")] = row[members] * grid(self.records)

    @property
    def series(self) -> list[float]:
        """This week's numbers, as `tallies.ORGANIZATION` names them."""
        numbers = [
            self.account,
            *self.demand,
            self.reward_scale,
            self.reward_control,
            self.gap_closed,
            self.consistency,
            self.code.knowledge,
            self.need,
            self.decision,
            self.records,
            self.adopted,
            self.media[RICHNESS],
            self.media[NUMBER],
        ]
        assert len(numbers) == len(ORGANIZATION)
        return numbers


def _offer(name: str, row: Row) -> Offer:
    value, contingency, informational, controlling, _, cost, use, top_share, chance, evaluator, novelty = row.tolist()
    return Offer(
        named(f"reward.{name}"), value, int(contingency), informational, controlling, cost, int(use), top_share,
        chance, int(evaluator), novelty,
    )  # fmt: skip
