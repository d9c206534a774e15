"""The order of one week, as one list that both engines follow and a command prints."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One phase of the week: everyone finishes it before anyone starts the next."""

    name: str
    what: str
    mechanisms: tuple[str, ...]


STEPS = (
    Step("design", "The levers of this week: scheduled changes, adoption, and demand that has ratcheted up.",
         ("M3", "M19", "M21")),
    Step("decide", "Each member decides how much to contribute and splits it into task and relational effort.",
         ("M2", "M3", "M8", "M13", "M17", "M24", "M25")),
    Step("participate", "Who would give less than its own threshold gives nothing this week: it lurks.",
         ("M20", "M26")),
    Step("create", "Effort, skill, quality and help become value; it is split into own, spilled over and captured.",
         ("M4", "M15")),
    Step("evaluate", "Members are seen and scored by who evaluates.", ("M6",)),
    Step("settle", "Teams pool effort and sanction; the organization adds up: pool to share, contest winners, who is "
         "recognized, budget of the rewards, next demand.", ("M3", "M5", "M7", "M24", "M27")),
    Step("meet", "Random groups of each unit meet: they play, see what is usual, and talk.", ("M23",)),
    Step("relate", "Ties pay out what spills over, grow by joint activity, fade and break.", ("M4", "M11", "M17")),
    Step("observe", "Members see partners' effort, help and trust over their ties; beliefs move.",
         ("M1", "M14", "M21", "M24", "M25", "M26", "M27")),
    Step("experience", "Shares and rewards arrive; felt extraction, images, trust, expectations, motivation, skill and "
         "exhaustion answer.", ("M5", "M6", "M7", "M8", "M9", "M10", "M13", "M14", "M15", "M17",
         "M20", "M21")),
    Step("inform", "Problems travel to who knows; members learn from partners and signals what the purpose needs, and "
         "the organization decides.", ("M15", "M18")),
    Step("learn", "Members learn the organization's code; it learns from those who do better than it.", ("M22",)),
    Step("measure", "The week is added up by role.", ()),
    Step("imitate", "Some members take over the cooperation type of a partner.", ("M16",)),
    Step("come_and_go", "Members leave, newcomers take empty places, new ties form.",
         ("M6", "M8", "M11", "M12", "M13", "M14")),
)  # fmt: skip
"""In the order of the week."""
