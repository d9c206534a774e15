"""Why a member did what it did this week: the terms of its decision, by the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..design.catalogue import slot
from ..population import Floats
from ..rules import (
    cooperation,
    extraction,
    market,
    momentum,
    participation,
    pooling,
    portability,
    push,
    reciprocity,
)
from ..rules.evaluation import gamed_task_share
from .track import Track

KINDS_IN_WORDS = (
    "A free rider gives nothing of its own will, whatever others do.",
    "A conditional cooperator follows others, who are believed to give {belief:.2f}.",
    "A hump-shaped cooperator follows others, believed to give {belief:.2f}, up to one half, and then gives less.",
    "An unconditional cooperator goes by its own motivation alone.",
)
"""Why each cooperation type gives what it gives, in the order of the codes."""

BEFORE = (
    "role", "active", "cooperation_type", "motivation", "belief", "conditional_slope", "felt_extraction", "trust",
    "expected_reward", "involvement", "exhaustion", "contact_load", "threshold", "participation", "gamed",
    "tie_strength", "outside_strength", "partners_image", "market_frame", "tenure", "deterred", "stopped",
)  # fmt: skip
"""Columns that a decision is made from, as they are before the week."""


@dataclass(frozen=True, slots=True)
class Levers:
    """The levers of one week, by name."""

    row: Floats

    def __getitem__(self, name: str) -> float:
        return float(self.row[slot(name)])

    def of(self, name: str, role: int) -> float:
        """A lever per role."""
        return float(self.row[slot(name) + role])


class Sum:
    """Terms as they come, each with what it adds to the sum so far."""

    def __init__(self) -> None:
        self.total = 0.0
        self.terms: list[dict[str, Any]] = []

    def reach(self, total: float, term: str, title: str, why: str) -> None:
        """Note the term by which the sum becomes `total`."""
        value = total - self.total
        self.terms.append({"term": term, "title": title, "value": value, "total": total, "why": why})
        self.total = total


def decision(track: Track, member: int, week: int) -> dict[str, Any] | None:
    """The decision of a member in the `week`-th week, 1 and later; None where nobody was in the place.

    Terms are what the engine computes one after the other, by the same functions on the same numbers; the last total is
    the effort that the engine has for the week, to the last bit.
    """
    if week == 0:
        return None
    track.go(week - 1)
    members = track.world.company.members
    me = {name: getattr(members, name)[member].item() for name in BEFORE}
    if not me["active"]:
        return None
    track.go(week)
    organization = track.world.company.organization
    found = Sum()
    _own_will(found, me, Levers(organization.levers))
    _called_out(found, me, Levers(organization.levers), float(organization.demand[me["role"]]))
    _given(found, me, Levers(organization.levers))
    return {"week": week, "effort": found.total, "terms": found.terms}


def _own_will(found: Sum, me: dict[str, Any], w: Levers) -> None:
    """What is given of one's own will."""
    motivation, kind = me["motivation"], me["cooperation_type"]
    found.reach(
        motivation, "motivation", "Own motivation", f"Intrinsic motivation is {motivation:.2f}: the work itself."
    )
    voluntary = cooperation.voluntary_effort(
        kind, motivation, me["belief"], me["conditional_slope"], w["norm_weight"], w["conditionality"]
    )
    why = KINDS_IN_WORDS[kind].format(belief=me["belief"])
    found.reach(voluntary, "others", "What others are believed to give", why)
    if w["felt_rate"] > 0.0:
        voluntary = extraction.withheld(voluntary, me["felt_extraction"], w["equity_response"])
        why = f"Felt extraction is {me['felt_extraction']:.2f}: who gets too little holds back."
        found.reach(voluntary, "extraction", "Held back for feeling extracted from", why)
    voluntary = _in_company(found, me, w, voluntary)
    own = push.trusted_effort(voluntary, me["trust"], w["withdrawal"])
    found.reach(own, "distrust", "Withdrawn for lack of trust", f"Trust in the organization is {me['trust']:.2f}.")


def _in_company(found: Sum, me: dict[str, Any], w: Levers, voluntary: float) -> float:
    """What a price for the act and a team that pools make of it."""
    if w["framing_rate"] > 0.0:
        voluntary = market.for_the_norm(voluntary, me["market_frame"], w["norm_lost"])
        why = f"Sees the act as a purchase to {me['market_frame']:.0%}: what is bought is not owed."
        found.reach(voluntary, "frame", "No longer given because one does so", why)
    if w["pool_size"] > 0.0:
        own = pooling.chosen(voluntary, w["return_response"], w["pool_return"])
        trying = pooling.first_tries(w["inexperience"], w["experience_rate"], me["tenure"])
        voluntary = pooling.put_in(own, w["first_try"], trying, me["deterred"])
        why = f"The return on the pool counts, first tries too, and sanctions add up to {me['deterred']:.2f}."
        found.reach(voluntary, "pool", "Put into the pool of a team", why)
    return voluntary


def _called_out(found: Sum, me: dict[str, Any], w: Levers, demand: float) -> None:
    """What reward and demand call out of the idle rest, and what energy and attention leave of it."""
    own, sensitivity = found.total, w["push_sensitivity"]
    expected = market.at_stake(me["expected_reward"], w.of("fine", me["role"]))
    rewarded = push.total_effort(own, expected, 0.0, sensitivity)
    why = f"Full effort brings {expected:.3f} a week in rewards, or in fines not paid."
    found.reach(rewarded, "reward", "Called out by rewards", why)
    asked = push.demanded_effort(demand, w["imposed"], me["involvement"])
    wanted = push.total_effort(own, expected, asked, sensitivity)
    why = f"The organization asks for {demand:.2f}, of which {asked:.2f} reaches this member."
    found.reach(wanted, "demand", "Asked for", why)
    possible = push.capacity(me["exhaustion"], me["contact_load"])
    why = f"Exhaustion {me['exhaustion']:.2f} and contacts {me['contact_load']:.2f} leave {possible:.2f} possible."
    found.reach(min(wanted, possible), "capacity", "More than energy and attention allow", why)


def _given(found: Sum, me: dict[str, Any], w: Levers) -> None:
    """What is really given: past the threshold to take part, and of help only what one is willing to give."""
    role, effort = me["role"], found.total
    if w["stopping"] > 0.0:
        effort = momentum.given_on(effort, me["stopped"] == 1)
        found.reach(effort, "momentum", "Still at it", "Who has made a last contribution gives no more.")
    if any(w.of("contribute_from", r) > 0.0 for r in range(3)):
        needed = participation.standing_threshold(w.of("contribute_from", role), me["threshold"], w["pressure_to_post"])
        gives = participation.contributes(effort, needed, w["hysteresis"], me["participation"])
        effort = effort if gives else 0.0
        title = "Enough to take part" if gives else "Too little to take part"
        found.reach(effort, "threshold", title, f"Takes part from {needed:.2f} on, and goes on for a while below it.")
    task = effort * gamed_task_share(w.of("task_share", role), me["gamed"], w["evaluation"])
    willing = _willing(me, w)
    why = f"Gives {willing:.0%} of the help in mind: to ties that one will not keep, and to partners of bad name, less."
    found.reach(task + (effort - task) * willing, "willing", "Help held back", why)


def _willing(me: dict[str, Any], w: Levers) -> float:
    """Share of the relational effort in mind that is really given, 0..1."""
    willing = 1.0
    if w["ownership_response"] > 0.0 and me["role"] == 0:
        willing *= portability.investment(
            me["outside_strength"], me["tie_strength"], w["person_share"], w["shared_share"], w["portability"],
            w["ownership_response"],
        )  # fmt: skip
    if w["reciprocity"] > 0.0:
        willing *= reciprocity.willingness(me["partners_image"], w["reciprocity"], w["forgiveness"])
    return willing
