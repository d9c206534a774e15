"""Outcomes, declared once: each a formula over the weekly sums, the same for both engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from .parameter import ROLES
from .tallies import NAMES

Series = NDArray[np.float64]
Sums = Mapping[str, Series]
"""Tallies by name; each float64[..., weeks] for one role or for all."""


Compute = TypeVar("Compute")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Compute]):
    """One outcome of any kind; `better` says which direction people usually want: 1 up, -1 down, 0 neither."""

    name: str
    title: str
    unit: str
    low: float
    high: float
    formula: str
    compute: Compute
    better: int = 0


class Measure(Outcome[Callable[[Sums], Series]]):
    """A weekly outcome.

    `compute` takes the sums of one role (or of everybody) and gives float64[..., weeks]; nan where nobody is active.
    """


def ratio(above: Series, below: Series) -> Series:
    """Quotient, nan where `below` is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below != 0.0, above / below, np.nan)


def mean_of(name: str) -> Callable[[Sums], Series]:
    """Mean of a tally over active members."""
    return lambda s: ratio(s[name], s["members"])


def total_of(name: str) -> Callable[[Sums], Series]:
    """Total of a tally."""
    return lambda s: s[name]


def over(above: str, below: str) -> Callable[[Sums], Series]:
    """Quotient of two tallies."""
    return lambda s: ratio(s[above], s[below])


EVEN = 2.0**-24
"""Variance below which all count as equal: sums on the value grid cannot tell a correlation."""
CORRELATION = (
    "clip((members * received_effort - received * (task_effort + relational_effort))"
    " / (sqrt(members * received_squared - received**2)"
    " * sqrt(members * effort_squared - (task_effort + relational_effort)**2)), -1, 1)"
)


def spread(n: Series, total: Series, squares: Series) -> Series:
    """`n` standard deviations from sums; nan where all are equal or nobody is there."""
    variance = ratio(n * squares - total * total, n * n)
    with np.errstate(invalid="ignore"):
        return n * np.sqrt(np.where(variance > EVEN, variance, np.nan))


def correlation(s: Sums) -> Series:
    """Correlation over members of what they receive with their effort; nan where either is the same for all."""
    n, x, y = s["members"], s["received"], s["task_effort"] + s["relational_effort"]
    spreads = spread(n, x, s["received_squared"]) * spread(n, y, s["effort_squared"])
    return np.clip((n * s["received_effort"] - x * y) / spreads, -1.0, 1.0)


BIG = 1e9
MEASURES = (
    Measure("participation", "Participation rate", "share of members", 0, 1, "participants / members",
            mean_of("participants"), 1),
    Measure("effort", "Mean effort", "share of full effort", 0, 1, "(task_effort + relational_effort) / members",
            lambda s: ratio(s["task_effort"] + s["relational_effort"], s["members"]), 1),
    Measure("task_effort", "Mean task effort", "share of full effort", 0, 1, "task_effort / members",
            mean_of("task_effort")),
    Measure("relational_effort", "Mean relational effort", "share of full effort", 0, 1,
            "relational_effort / members", mean_of("relational_effort")),
    Measure("intrinsic_motivation", "Intrinsic motivation", "share", 0, 1, "motivation / members",
            mean_of("motivation"), 1),
    Measure("exhaustion", "Exhaustion", "share", 0, 1, "exhaustion / members", mean_of("exhaustion"), -1),
    Measure("exhausted_share", "Members with exhaustion above .7", "share of members", 0, 1, "exhausted / members",
            mean_of("exhausted"), -1),
    Measure("engaged_share", "Members who are engaged", "share of members", 0, 1, "engaged / members",
            mean_of("engaged"), 1),
    Measure("trust", "Trust in the organization", "share", 0, 1, "trust / members", mean_of("trust"), 1),
    Measure("expectation", "Return expected per unit of value", "value per value", 0, 2, "expectation / members",
            mean_of("expectation")),
    Measure("belief", "Belief about what others give", "share of full effort", 0, 1, "belief / members",
            mean_of("belief")),
    Measure("skill", "Skill", "skill", 0, 10, "skill / members", mean_of("skill"), 1),
    Measure("need_satisfaction", "Satisfaction of basic needs", "share", 0, 1, "satisfaction / members",
            mean_of("satisfaction"), 1),
    Measure("quality", "Quality of work", "share", 0, 1, "quality / members", mean_of("quality"), 1),
    Measure("value_created", "Value created", "value per week", 0, BIG, "created", total_of("created"), 1),
    Measure("value_per_member", "Value created per member", "value per member-week", 0, 100, "created / members",
            mean_of("created"), 1),
    Measure("value_kept", "Value kept by its creators", "value per week", 0, BIG, "own", total_of("own")),
    Measure("value_spilled", "Value received from partners", "value per week", 0, BIG, "spilled_in",
            total_of("spilled_in")),
    Measure("value_captured", "Value captured by the organization", "value per week", 0, BIG, "captured",
            total_of("captured")),
    Measure("value_shared", "Value paid back by the organization", "value per week", 0, BIG, "shared",
            total_of("shared")),
    Measure("rewards", "Rewards received", "value per week", 0, BIG, "rewards", total_of("rewards")),
    Measure("reward_cost", "Cost of rewards", "value per member-week", 0, BIG, "reward_cost / members",
            mean_of("reward_cost")),
    Measure("extraction_ratio", "Extraction ratio", "share of value created", -BIG, 1,
            "(captured - shared - rewards) / created",
            lambda s: ratio(s["captured"] - s["shared"] - s["rewards"], s["created"])),
    Measure("breach", "Value owed and not delivered", "value per member-week", 0, 100, "breach / members",
            mean_of("breach"), -1),
    Measure("felt_extraction", "Felt extraction", "share", 0, 1, "felt_extraction / members",
            mean_of("felt_extraction"), -1),
    Measure("felt_extraction_share", "Members with felt extraction above .5", "share of members", 0, 1,
            "strongly_extracted / members", mean_of("strongly_extracted"), -1),
    Measure("image", "Public image as a helper", "share", 0, 1, "image / members", mean_of("image"), 1),
    Measure("tie_strength", "Sum of tie strengths per member", "strength", 0, BIG, "tie_strength / members",
            mean_of("tie_strength")),
    Measure("ties", "Ties per member", "ties", 0, BIG, "ties / members", mean_of("ties")),
    Measure("tie_depth", "Mean strength of a tie", "strength", 0, 1, "tie_strength / ties",
            over("tie_strength", "ties")),
    Measure("contacts", "Contacts per member", "contacts per week", 0, BIG, "contacts / members", mean_of("contacts")),
    Measure("joint_activity", "Joint activity per member", "strength x effort^2", 0, BIG, "joint / members",
            mean_of("joint"), 1),
    Measure("outside_share", "Share of joint activity with customers and partners", "share", 0, 1,
            "joint_outside / joint", over("joint_outside", "joint")),
    Measure("contact_load", "Attention taken by contacts", "share", 0, 1, "contact_load / members",
            mean_of("contact_load"), -1),
    Measure("gap_belief", "Believed gap between what is said and lived", "share", 0, 1, "gap_belief / members",
            mean_of("gap_belief"), -1),
    Measure("gap_known", "Members who believe in a gap above the threshold", "share of members", 0, 1,
            "voicing / members", mean_of("voicing")),
    Measure("voices", "Members who begin to speak up", "share of members per week", 0, 1, "voices / members",
            mean_of("voices")),
    Measure("value_gap", "True gap between what is said and lived", "share", 0, 1, "value_gap / members",
            mean_of("value_gap"), -1),
    Measure("signal_cost", "Cost of costly signals", "value per member-week", 0, BIG, "signal_cost / members",
            mean_of("signal_cost")),
    Measure("cooperators", "Conditional and unconditional cooperators", "share of members", 0, 1,
            "(conditional + unconditional) / members",
            lambda s: ratio(s["conditional"] + s["unconditional"], s["members"])),
    Measure("payoff", "Payoff that partners compare with theirs", "value per member-week", -BIG, BIG,
            "payoff / members", mean_of("payoff")),
    Measure("switches", "Members who take over another cooperation type", "share of members per week", 0, 1,
            "switches / members", mean_of("switches")),
    Measure("knowledge", "Members' net knowledge of reality", "share of facets", -1, 1, "knowledge / members",
            mean_of("knowledge"), 1),
    Measure("code_knowledge", "The organization's net knowledge of reality", "share of facets", -1, 1,
            "code_knowledge / members", mean_of("code_knowledge"), 1),
    Measure("score", "Mean score", "share of full effort", 0, 1, "score / members", mean_of("score")),
    Measure("evaluation_error_task", "Error of evaluation of task effort", "share of full effort", 0, 2,
            "missed_task / members", mean_of("missed_task"), -1),
    Measure("evaluation_error_relational", "Error of evaluation of relational effort", "share of full effort", 0, 2,
            "missed_relational / members", mean_of("missed_relational"), -1),
    Measure("gamed", "Relational effort moved to what is scored", "share", 0, 1, "gamed / members", mean_of("gamed")),
    Measure("reward_correlation", "Correlation of rewards and shares with effort", "correlation", -1, 1,
            CORRELATION, correlation, 1),
    Measure("collective_error", "Distance between decision and need", "units of need", 0, BIG,
            "collective_error / members", mean_of("collective_error"), -1),
    Measure("individual_error", "Mean squared error of members' estimates", "squared units of need", 0, BIG,
            "estimate_square / members", mean_of("estimate_square"), -1),
    Measure("belief_diversity", "Variance of estimates", "squared units of need", 0, BIG,
            "maximum(estimate_square / members - (estimate_error / members) ** 2, 0)",
            lambda s: np.maximum(
                ratio(s["estimate_square"], s["members"]) - ratio(s["estimate_error"], s["members"]) ** 2, 0.0
            )),
    Measure("credibility", "Earned credibility", "share", 0, 1, "credibility / members", mean_of("credibility")),
    Measure("circle_share", "Members of the circle that prepares decisions", "share of members", 0, 1,
            "circle / members", mean_of("circle")),
    Measure("help_requests", "Problems that only somebody else can solve", "requests per member-week", 0, 1,
            "requests / members", mean_of("requests")),
    Measure("help_found", "Requests that are answered", "share of requests", 0, 1, "answered / requests",
            over("answered", "requests"), 1),
    Measure("time_to_help", "Steps over ties to who knows", "steps", 0, 64, "hops / helped", over("hops", "helped"),
            -1),
    Measure("directory", "Who knows what, as far as it is known rightly", "share", 0, 1, "directory / members",
            mean_of("directory"), 1),
    Measure("record_accuracy", "Records that are right", "share", 0, 1, "record_accuracy / members",
            mean_of("record_accuracy"), 1),
    Measure("passive_lurkers", "Passive lurkers", "share of members", 0, 1, "passive_lurkers / members",
            mean_of("passive_lurkers")),
    Measure("active_lurkers", "Active lurkers", "share of members", 0, 1, "active_lurkers / members",
            mean_of("active_lurkers")),
    Measure("contributors", "Contributors outside the core", "share of members", 0, 1, "contributors / members",
            mean_of("contributors")),
    Measure("core", "Core contributors", "share of members", 0, 1, "core / members", mean_of("core")),
    Measure("off_platform", "Value carried elsewhere by lurkers, beside the value created", "value per member-week", 0,
            BIG, "off_platform / members", mean_of("off_platform")),
    Measure("messages", "Messages sent per member", "messages per hour", 0, BIG, "messages / members",
            mean_of("messages")),
    Measure("message_load", "Attention that messages take", "share", 0, BIG, "message_load / members",
            mean_of("message_load"), -1),
    Measure("response", "How soon messages are answered", "0 in one's own time to 1 at once", 0, 1,
            "response / members", mean_of("response")),
    Measure("work_life_conflict", "Conflict of work and life", "share", 0, 1, "conflict / members",
            mean_of("conflict"), -1),
    Measure("exits", "Members who leave", "share of members per week", 0, 1, "exits / members", mean_of("exits"), -1),
    Measure("exits_top_quartile", "Leavers from the top quarter of contributors", "share of members per week", 0, 1,
            "exits_top / members", mean_of("exits_top"), -1),
    Measure("exits_bottom_quartile", "Leavers from the bottom quarter of contributors", "share of members per week",
            0, 1, "exits_bottom / members", mean_of("exits_bottom")),
    Measure("outside_ties_kept", "Outside ties that stay when employees leave", "ties per member-week", 0, BIG,
            "outside_ties_kept / members", mean_of("outside_ties_kept")),
    Measure("outside_ties_lost", "Outside ties that end when employees leave", "ties per member-week", 0, BIG,
            "(outside_ties_at_exit - outside_ties_kept) / members",
            lambda s: ratio(s["outside_ties_at_exit"] - s["outside_ties_kept"], s["members"]), -1),
    Measure("ties_taken", "Outside ties that leave with employees", "ties per member-week", 0, BIG,
            "ties_taken / members", mean_of("ties_taken")),
    Measure("personal_brand", "Personal brand", "share", 0, 1, "personal_brand / members", mean_of("personal_brand")),
    Measure("active_members", "Active members", "members", 0, BIG, "members", total_of("members")),
)  # fmt: skip

BY_NAME: Mapping[str, Measure] = {m.name: m for m in MEASURES}

GROUPS = ("everyone", *ROLES)
"""Whom a measure is taken over: everyone first, then each role in the order of the codes."""


def sums_of(tallies: Series, group: str) -> dict[str, Series]:
    """Sums of one group out of tallies float64[..., weeks, 3, count]."""
    i = GROUPS.index(group)
    chosen = tallies.sum(axis=-2) if i == 0 else tallies[..., i - 1, :]
    return {name: chosen[..., k] for k, name in enumerate(NAMES)}


def measure(name: str, tallies: Series, group: str = "everyone") -> Series:
    """One measure over the weeks: float64[..., weeks] from tallies float64[..., weeks, 3, count].

    Raises:
        KeyError: an unknown measure.
        ValueError: an unknown group.
    """
    return BY_NAME[name].compute(sums_of(tallies, group))


def weekly_frame(tallies: Series) -> Any:
    """Tidy weekly measures of one run: a pandas frame week, group, and one column per measure."""
    import pandas as pd

    weeks = tallies.shape[0]
    parts = []
    for group in GROUPS:
        sums = sums_of(tallies, group)
        columns = {m.name: m.compute(sums) for m in MEASURES}
        parts.append(pd.DataFrame({"week": np.arange(1, weeks + 1), "group": group, **columns}))
    return pd.concat(parts, ignore_index=True)


EARLY, LATE = 0.15, 0.25
"""Shares of a run that its early and its late window take."""

WINDOWS = ("early", "late", "whole", "end")


def window(name: str, weeks: int) -> slice:
    """Weeks of a window: the first 15 %, the last 25 %, all, or the last week; at least one week each."""
    first, last = max(1, round(weeks * EARLY)), max(1, round(weeks * LATE))
    return {
        "early": slice(0, first), "late": slice(weeks - last, weeks), "whole": slice(0, weeks),
        "end": slice(weeks - 1, weeks),
    }[name]  # fmt: skip


def windowed(series: Series, name: str) -> Series:
    """Mean of a weekly series float64[..., weeks] over a window; nan only where every week is nan."""
    part = series[..., window(name, series.shape[-1])]
    counted = ~np.isnan(part)
    return ratio(np.where(counted, part, 0.0).sum(axis=-1), counted.sum(axis=-1).astype(np.float64))
