"""What is added up each week, by role: exact sums on the value grid, from which all weekly measures follow."""

from __future__ import annotations

from typing import NamedTuple


class Tally(NamedTuple):
    """Sum over the active members of one role in one week."""

    name: str
    unit: str
    meaning: str


TALLIES = (
    Tally("members", "members", "active members"),
    Tally("participants", "members", "members whose effort reaches the participation threshold"),
    Tally("task_effort", "effort", "task effort"),
    Tally("relational_effort", "effort", "relational effort"),
    Tally("motivation", "share", "intrinsic motivation"),
    Tally("exhaustion", "share", "exhaustion"),
    Tally("exhausted", "members", "members with exhaustion above .7"),
    Tally("trust", "share", "trust in the organization"),
    Tally("expectation", "value per value", "expected return per unit of value"),
    Tally("belief", "share", "belief about what others give"),
    Tally("skill", "skill", "skill"),
    Tally("satisfaction", "share", "need satisfaction"),
    Tally("quality", "share", "quality of work"),
    Tally("created", "value", "value created"),
    Tally("own", "value", "value that stays with its creator"),
    Tally("spilled_in", "value", "value received from tie partners"),
    Tally("captured", "value", "value taken by the organization"),
    Tally("shared", "value", "value paid back by the organization"),
    Tally("rewards", "value", "rewards received, of any use"),
    Tally("reward_cost", "value", "what those rewards cost"),
    Tally("breach", "value", "value owed and not delivered"),
    Tally("tie_strength", "strength", "strength of ties, counted at both ends"),
    Tally("ties", "ties", "live ties, counted at both ends"),
    Tally("contacts", "contacts", "contacts, counted at both ends"),
    Tally("joint", "strength x effort^2", "joint activity on ties, counted at both ends"),
    Tally("joint_outside", "strength x effort^2", "joint activity with customers or partners"),
    Tally("contact_load", "share", "attention taken by contacts"),
    Tally("passive_lurkers", "members", "members who give nothing and carry nothing elsewhere, while thresholds stand"),
    Tally("active_lurkers", "members", "members who give nothing here and carry content elsewhere"),
    Tally("contributors", "members", "contributors outside the core"),
    Tally("core", "members", "core contributors"),
    Tally("off_platform", "value", "value carried elsewhere by active lurkers; not part of the value created"),
    Tally("messages", "messages per hour", "messages sent"),
    Tally("message_load", "share", "attention taken by messages"),
    Tally("response", "share", "how soon messages are answered, while media matter"),
    Tally("conflict", "share", "conflict of work and life"),
    Tally("exits", "members", "members who left at the end of the week"),
    Tally("arrivals", "members", "newcomers at the end of the week"),
)

NAMES = tuple(t.name for t in TALLIES)
COUNT = len(TALLIES)
EXHAUSTED = 0.7
"""Exhaustion above which a member counts as exhausted."""


def index(name: str) -> int:
    """Row of a tally; raises ValueError for an unknown name."""
    return NAMES.index(name)


COUNTED = (
    "members", "participants", "exhausted", "ties", "passive_lurkers", "active_lurkers", "contributors", "core",
    "exits", "arrivals",
)  # fmt: skip
"""Tallies of whole numbers, which add up exactly to 2**53."""

MOST = 2.0**23
"""Size of a weekly sum up to which numbers on the value grid add up exactly."""


def inexact(largest: dict[str, float]) -> list[str]:
    """Names of the sums that are too large to be exact, given the largest of each."""
    return [name for name, most in largest.items() if name not in COUNTED and not most < MOST]


ORGANIZATION = (
    "account", "demand_employee", "demand_customer", "demand_partner", "reward_scale", "reward_control", "richness",
    "media_number",
)  # fmt: skip
"""Weekly series of the organization itself: value on its account, demand per role, reward scale and felt control,
richness and effective number of the media in use (0 while media do not matter)."""
