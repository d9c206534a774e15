"""What a member is made of: every attribute, and the chance by which it decides."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

import mesa

from ..draws import UNIT, named, normal_of, swing_of
from ..engine.arrays import TOLD
from ..population import around, positive_around
from ..rules import cooperation, estimates, extraction, joining, media, participation

if TYPE_CHECKING:
    from ..model import EngagementModel
    from .tie import Tie

number_of = cache(named)
"""Number of a named decision."""


class State(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A member's state. `place` is the number of the seat, which outlives who sits on it."""

    role: ClassVar[int]
    model: EngagementModel

    def __init__(self, model: EngagementModel, place: int) -> None:
        super().__init__(model)
        self.place = place
        self.ties: list[Tie] = []
        self.room = 0
        self.unit = self.manager = self.level = -1
        self.unit_number = 0
        self.span = 0.0
        self.contributed = 0.0
        self.committed = 0
        self.active = True
        self.tie_strength = self.outside_strength = 0.0
        self.told = [0.0] * len(TOLD)
        self.heard = [0.0] * len(TOLD)
        self.in_circle = 0.0
        self.settle_in(step=0)

    def settle_in(self, step: int) -> None:
        """Become a newcomer: traits by chance, stocks as newcomers have them."""
        self.draw_traits(step)
        self.begin_anew()
        self.be_idle()

    def draw_traits(self, step: int) -> None:
        """Draw what is one's own: how one gives, what one wants and can, what one thinks."""
        p = self.model.people
        self.cooperation_type = cooperation.type_of(
            self.luck("trait.cooperation_type", step), p.conditional_share, p.free_rider_share, p.hump_share
        )
        self.conditional_slope = positive_around(p.slope_mean, p.slope_sd, self.z("trait.conditional_slope", step))
        self.motivation = around(p.motivation_mean[self.role], p.motivation_sd, self.z("trait.motivation", step))
        self.disposition = self.motivation
        self.involvement = around(p.involvement_mean[self.role], p.involvement_sd, self.z("trait.involvement", step))
        self.skill = positive_around(1.0, p.skill_sd, self.z("trait.skill", step))
        self.join_threshold = joining.join_threshold(
            p.join_threshold_mean, p.join_threshold_sd, self.z("trait.join_threshold", 0)
        )
        self.estimate = estimates.first_estimate(
            p.estimate_bias, p.estimate_sd, p.estimate_evenness, self.z("trait.estimate", step),
            self.swing("trait.estimate", step),
        )  # fmt: skip
        self.threshold = participation.personal_threshold(p.threshold_sd, self.z("trait.threshold", step))
        self.connectivity = media.connectivity_of(
            self.luck("trait.connectivity", step), p.hyperconnected_share, p.connected_share, p.hyperconnected_factor,
            p.connected_factor, p.other_factor,
        )  # fmt: skip

    def begin_anew(self) -> None:
        """Have the stocks of a newcomer."""
        p = self.model.people
        self.active, self.tenure = True, 0
        self.participation, self.response = participation.OUTSIDE, p.response_start
        self.exhaustion, self.trust = p.exhaustion_start, p.trust_start
        self.expectation, self.belief = p.expectation_start, p.belief_start[self.role]
        self.credibility = self.decision_weight = 0.0
        self.help_received = self.contact_load = self.expected_reward = self.stake = 0.0
        self.attention = self.trust_shown = 0.0
        self.shaken = self.personal_brand = 0.0
        self.own_gap = self.gap_belief = 0.0
        self.voicing = 0
        self.balance, self.felt_extraction = extraction.promised_balance(self.expectation), 0.0
        self.image = self.partners_image = p.image_start
        self.payoff, self.known, self.positive = 0.0, 0, 0
        self.plays, self.new_way = 0, self.committed
        self.acquaintance = self.gamed = 0.0
        self.directory, self.hindered, self.handled = p.directory_start, 0.0, 0.0
        self.requests = self.answered = self.helped = self.hops = self.knows = 0.0
        self.deterred = self.pool_payoff = self.market_frame = self.contributions = 0.0
        self.stopped = False
        self.seen_in_team: float | None = None

    def be_idle(self) -> None:
        """Do nothing that anyone could see or gain from."""
        self.effort_task = self.effort_relational = self.effort = self.visible = self.value = self.spill_rate = 0.0
        self.score = 0.0

    def luck(self, decision: str, step: int) -> float:
        """This member's uniform draw for a named decision."""
        return self.model.luck.uniform(number_of(decision), step, self.place)

    def z(self, decision: str, step: int) -> float:
        """This member's standard normal draw for a named decision."""
        return normal_of(self.luck(decision, step) + 0.5 * UNIT)

    def swing(self, decision: str, step: int) -> float:
        """This member's evenly spread draw with mean 0 and standard deviation 1."""
        return swing_of(self.luck(decision, step))
