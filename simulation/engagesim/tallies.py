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
    Tally("engaged", "members", "members whose engagement reaches .475"),
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
    Tally("felt_extraction", "share", "felt extraction"),
    Tally("strongly_extracted", "members", "members with felt extraction above .5"),
    Tally("image", "share", "public image as a helper"),
    Tally("tie_strength", "strength", "strength of ties, counted at both ends"),
    Tally("ties", "ties", "live ties, counted at both ends"),
    Tally("contacts", "contacts", "contacts, counted at both ends"),
    Tally("joint", "strength x effort^2", "joint activity on ties, counted at both ends"),
    Tally("joint_outside", "strength x effort^2", "joint activity with customers or partners"),
    Tally("contact_load", "share", "attention taken by contacts"),
    Tally("gap_belief", "share", "believed gap between what the organization says and lives"),
    Tally("voicing", "members", "members who speak up, since they believe in a gap above the threshold"),
    Tally("voices", "members", "members who begin to speak up"),
    Tally("value_gap", "share", "true gap between what the organization says and lives"),
    Tally("signal_cost", "value", "value spent on costly signals"),
    Tally("free_rider", "members", "free riders"),
    Tally("conditional", "members", "conditional cooperators"),
    Tally("hump_shaped", "members", "hump-shaped cooperators"),
    Tally("unconditional", "members", "unconditional cooperators"),
    Tally("payoff", "value", "payoff that partners compare with theirs"),
    Tally("knowledge", "share", "right minus wrong beliefs about reality"),
    Tally("code_knowledge", "share", "right minus wrong views of the organization's code, once for each member"),
    Tally("switches", "members", "members who took over another cooperation type at the end of the week"),
    Tally("giving_invasions", "units", "units of one type that got a single member of a giving type"),
    Tally("giving_takeovers", "units", "units that such a member's type has taken over"),
    Tally("riding_invasions", "units", "units of one type that got a single free rider"),
    Tally("riding_takeovers", "units", "units that free riders so have taken over"),
    Tally("new_way", "members", "members who do things the new way, where members meet"),
    Tally("score", "effort", "contribution as evaluated; 0 where nobody evaluates"),
    Tally("missed_task", "effort", "task effort by which an evaluator's view is off"),
    Tally("missed_relational", "effort", "relational effort by which an evaluator's view is off"),
    Tally("gamed", "share", "share of relational effort moved to what is scored"),
    Tally("received", "value", "rewards and shares, up to 8 each; 0 where nobody evaluates, as the next three"),
    Tally("received_squared", "value^2", "their squares"),
    Tally("effort_squared", "effort^2", "squares of effort"),
    Tally("received_effort", "value x effort", "rewards and shares times effort"),
    Tally("collective_error", "units of need", "distance between the decision and the need, for each member"),
    Tally("estimate_error", "units of need", "estimate minus need"),
    Tally("estimate_square", "squared units of need", "squared distance between estimate and need"),
    Tally("credibility", "share", "credibility earned"),
    Tally("decision_weight", "weight", "weight in the decision"),
    Tally("weighted_error", "weight x units of need", "weight in the decision times estimate minus need"),
    Tally("circle", "members", "members of the circle that prepares decisions"),
    Tally("circle_error", "units of need", "estimate minus need in that circle"),
    Tally("requests", "requests", "problems that only somebody else could solve"),
    Tally("answered", "requests", "requests answered from records or by who knows"),
    Tally("helped", "requests", "requests answered by who knows"),
    Tally("hops", "steps", "steps over ties of the requests answered by who knows"),
    Tally("directory", "share", "who knows what, as far as it is known rightly"),
    Tally("record_accuracy", "share", "records that are right, counted once for each member"),
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
    Tally("exits_top", "members", "leavers from the top quarter of the stakes in their role"),
    Tally("exits_bottom", "members", "leavers from the bottom quarter of the stakes in their role"),
    Tally("outside_ties_at_exit", "ties", "ties to customers and partners of employees who leave"),
    Tally("outside_ties_kept", "ties", "those that stay with the organization"),
    Tally("ties_taken", "ties", "those that leave with the person"),
    Tally("personal_brand", "share", "name among customers and partners"),
)

NAMES = tuple(t.name for t in TALLIES)
COUNT = len(TALLIES)
EXHAUSTED = 0.7
"""Exhaustion above which a member counts as exhausted."""
ENGAGED = 0.475
"""Engagement from which a member counts as engaged. Calibrated: 21 % of employees late in the plain organization, as
surveys find worldwide (Gallup 2024: 21 %; 2025: 20 %, Europe 12 %)."""
FELT_STRONGLY = 0.5
"""Felt extraction above which a member counts as strongly extracted from."""


def index(name: str) -> int:
    """Row of a tally; raises ValueError for an unknown name."""
    return NAMES.index(name)


COUNTED = (
    "giving_invasions",
    "giving_takeovers",
    "riding_invasions",
    "riding_takeovers",
    "new_way",
    "engaged",
    "passive_lurkers",
    "active_lurkers",
    "contributors",
    "core",
    "requests",
    "answered",
    "helped",
    "hops",
    "members",
    "participants",
    "exhausted",
    "ties",
    "exits",
    "arrivals",
    "exits_top",
    "exits_bottom",
    "outside_ties_at_exit",
    "outside_ties_kept",
    "ties_taken",
    "voicing",
    "voices",
    "strongly_extracted",
    "switches",
    "circle",
)
"""Tallies of whole numbers, which add up exactly to 2**53."""

TYPES = ("free_rider", "conditional", "hump_shaped", "unconditional")
"""Tallies of members by cooperation type, in the order of its codes."""

SIGNED = ("payoff", "knowledge", "code_knowledge", "estimate_error", "weighted_error", "circle_error")
"""Tallies that may be negative: one can lose, believe what is wrong, and err in either direction."""

MOST = 2.0**23
"""Size of a weekly sum up to which numbers on the value grid add up exactly."""


def inexact(largest: dict[str, float]) -> list[str]:
    """Names of the sums that are too large to be exact, given the largest of each."""
    return [name for name, most in largest.items() if name not in COUNTED and not most < MOST]


ORGANIZATION = (
    "account",
    "demand_employee",
    "demand_customer",
    "demand_partner",
    "reward_scale",
    "reward_control",
    "gap_closed",
    "consistency",
    "code_knowledge",
    "need",
    "decision",
    "record_accuracy",
    "adoption",
    "richness",
    "media",
)
"""Weekly series of the organization itself: value on its account, demand per role, reward scale and felt control; how
far voice has closed the gap between what is said and lived, its record of costly signals; right minus wrong views of
its code as a share; what the purpose needs and what was decided; how right its records are, and how far a technology
has changed its practice; the richness and effective number of its media."""
