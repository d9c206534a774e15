"""How members compare what they give and get, and what they make of each other's help."""

from __future__ import annotations

from ..engine.arrays import BALANCE, IMAGE
from ..rules import creation, extraction, norm, reciprocity
from .state import State


class Comparing(State):
    """Felt extraction and image: how they change, and what follows from them."""

    # --- what follows ----------------------------------------------------------------------------------------------

    @property
    def felt(self) -> float:
        """Felt extraction, 0..1, in weeks in which people compare."""
        return self.felt_extraction if self.model.levers.felt_rate > 0.0 else 0.0

    def withhold(self, voluntary: float) -> float:
        """Voluntary effort that is left after felt extraction."""
        return extraction.withheld(voluntary, self.felt, self.model.levers.equity_response)

    def reciprocate(self) -> float:
        """Share of relational effort that is given to partners as they are known, 0..1."""
        w = self.model.levers
        return reciprocity.willingness(self.partners_image, w.reciprocity, w.forgiveness)

    # --- how they change -------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Last week's balance against that of partners and the one promised; this week's is what they hear next."""
        w = self.model.levers
        if not self.active or w.felt_rate <= 0.0:
            return
        promised = extraction.promised(self.expectation)
        peers = norm.observed_norm(self.heard[BALANCE], self.tie_strength, promised)
        fair = extraction.reference(peers, promised, w.peer_reference)
        self.felt_extraction = extraction.feel(
            self.felt_extraction, self.told[BALANCE], fair, w.felt_scale, w.felt_rate
        )
        helped = w.help_value * creation.support(self.help_received, w.help_half)
        given = extraction.inputs(self.effort_task, self.effort_relational, w.task_cost, w.relational_cost)
        got = extraction.outcomes(self.delivered, helped, self.feedback, w.help_worth, w.recognition_worth)
        self.balance = extraction.balance(given, got)

    @property
    def known_image(self) -> float:
        """Image, 0..1, in weeks in which anything depends on it."""
        w = self.model.levers
        return self.image if reciprocity.image_counts(w.image_weight, w.reciprocity) else 0.0

    def be_judged(self) -> None:
        """The week's help makes or breaks the image; then members learn the images of their partners."""
        w = self.model.levers
        if not self.active or not reciprocity.image_counts(w.image_weight, w.reciprocity):
            return
        expected = reciprocity.help_expected(w.helpful_from, self.reciprocate(), int(w.assessment))
        noise = w.assessment_noise
        mistaken = noise > 0.0 and self.luck("image.noise", self.model.week) < noise
        seen = reciprocity.assessed(self.effort_relational, expected, mistaken)
        self.image = reciprocity.update_image(self.image, seen, w.image_rate)
        if w.reciprocity > 0.0:
            self.partners_image = reciprocity.hear_of(self.heard[IMAGE], self.tie_strength, self.partners_image)
