"""How members write and answer messages, and the mix of media in which they do."""

from __future__ import annotations

from ..engine.arrays import MESSAGES, RESPONSE
from ..rules import media, norm
from ..rules.media import FRAGMENTATION, MIX, REACH, RECEIVER_COST, SENDER_COST, SYNCHRONY
from .levers import Levers
from .state import State


class Messaging(State):
    """Messages, how soon they are answered, and what that takes."""

    def write_messages(self) -> None:
        """Let partners have this week's messages, and see how soon one answers."""
        w, mix = self.model.levers, self.model.organization.media
        self.messages = 0.0
        if matter(w):
            self.messages = media.messages_sent(
                w.message_rate, self.connectivity, mix[REACH], mix[SENDER_COST], self.effort
            )
            self.told[MESSAGES], self.told[RESPONSE] = self.messages, self.response

    def answer_messages(self) -> None:
        """Give messages their attention, feel the conflict with life outside, follow others in answering sooner."""
        w, mix = self.model.levers, self.model.organization.media
        self.message_load = self.conflict = self.strain = self.answering = 0.0
        if not matter(w):
            return
        self.message_load = media.message_load(
            self.heard[MESSAGES], mix[RECEIVER_COST], w.message_cost, mix[FRAGMENTATION], w.fragmentation_cost
        )
        self.conflict = media.work_life_conflict(self.response, mix[SYNCHRONY], w.boundary_support)
        self.strain = media.strain(self.conflict, w.conflict_cost)
        partners = norm.observed_norm(self.heard[RESPONSE], self.tie_strength, self.response)
        self.response = media.update_response(
            self.response, partners, self.connectivity, w.response_norm, w.response_imitation, w.response_pull
        )
        self.answering = self.response


def matter(w: Levers) -> bool:
    """Whether messages and answers matter to members this week."""
    return bool(w.message_rate + w.response_imitation + w.response_pull + w.conflict_cost > 0.0)


def mix_of(w: Levers) -> list[float]:
    """The week's mix of media: attributes, number and fragmentation as in `rules.media`; zero where none matters."""
    if not (matter(w) or w.lean_penalty > 0.0):
        return [0.0] * MIX
    use = [getattr(w, f"use_{medium}") for medium in media.MEDIA]
    total = added(use)
    squares = added([u * u for u in use])
    means = [
        media.attribute_of_mix(added([u * a for u, a in zip(use, column, strict=True)]), total, squares, without)
        for column, without in zip(zip(*media.ATTRIBUTES, strict=True), media.WITHOUT, strict=True)
    ]
    number = media.number_of_media(total, squares)
    return [*means, number, media.fragmentation(number)]


def added(numbers: list[float]) -> float:
    """Sum in plain order, rounded at each step as compiled code does (the built-in sum of newer Pythons is not)."""
    total = 0.0
    for number in numbers:
        total += number
    return total
