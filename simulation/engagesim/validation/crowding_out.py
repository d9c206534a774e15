"""Crowding out: a fine that was a price, pay that was not enough, and rewards that spoil interest."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .day_care import CONTROL, CONTROL_CHILDREN, FINED, FINED_CHILDREN
from .means import mean_of, per_member
from .parts import at_least, inside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..population import Floats

DAY_CARE, PAY, REWARDS = "a_fine_is_a_price", "pay_enough_or_not", "rewards_and_interest"
WITHIN = 2.0
"""Standard errors of the six centres within which ours must lie."""

COLLECTED = {"none": 238.7, "1 %": 153.7, "10 %": 219.3}
"""Shekels collected per pair of pupils (Gneezy, Rustichini 2000)."""
SHARES = {"none": 0.0, "1 %": 0.01, "10 %": 0.1}
PAID: Mapping[float | None, tuple[str, ...]] = {None: tuple(SHARES), 0.0: ("none", "1 %")}
"""Arms by how much of the norm is lost (None for as much as by default); the control needs two of them."""

GIVEN = {"reward.value": 0.1}
PRAISE = {
    **GIVEN,
    "reward.contingency": "engagement",
    "reward.evaluation_use": "publicity",
    "reward.informational": 0.8,
}
ARMS: Mapping[str, tuple[float, str, Mapping[str, Any]]] = {
    "engagement": (-0.40, "calibrated", {**GIVEN, "reward.contingency": "engagement"}),
    "completion": (-0.36, "calibrated", {**GIVEN, "reward.contingency": "completion"}),
    "performance": (-0.28, "calibrated", {**GIVEN, "reward.contingency": "performance"}),
    "unexpected": (0.01, "calibrated", {**GIVEN, "reward.contingency": "unexpected", "reward.chance": 1.0}),
    "praise": (0.33, "predicted", {**PRAISE, "reward.controlling": 0.0}),
    "controlling praise": (-0.44, "predicted", {**PRAISE, "reward.controlling": 1.0}),
}
"""Effects on free choice in standard deviations (Deci, Koestner, Ryan 1999), how each was used, and the reward."""
ROOM = 0.10


def measure(effort: Effort) -> Found:
    """Run the three experiments."""
    late = {arm: centres(effort, arm, changes) for arm, changes in CENTRES.items()}
    pay = {(lost, arm): paid(effort, arm, lost) for lost, arms in PAID.items() for arm in arms}
    effects = {arm: effect(effort, arm, reward) for arm, (_, _, reward) in ARMS.items()}
    boring = effect(effort, "boring", {**GIVEN, "reward.contingency": "completion"}, motivation_mean=0.1)
    unspoilt = effect(effort, "unspoilt", {**GIVEN, "reward.contingency": "completion"}, crowding_strength=0.0)
    parts = [*day_care(late), *collections(pay), *interest(effects, boring, unspoilt)]
    return Found(parts, {"late": late, "pay": pay, "effects": effects, "boring": boring})


CENTRES: Mapping[str, Mapping[str, Any]] = {
    "fined": {},
    "never fined": {"framing_rate": 0.0, "push_sensitivity": 0.0},
    "nothing lost": {"norm_lost": 0.0},
    "all forgotten": {"frame_recovery": 1.0},
}


def centres(effort: Effort, arm: str, changes: Mapping[str, Any]) -> Floats:
    """Share of parents who come late: float64[centres, weeks]."""
    from ..design.scenario import Scenario

    design = Scenario.load(DAY_CARE).changed(**changes)
    late: Floats = 1.0 - per_member(design, effort.seed_of(f"day care.{arm}"), effort.runs(60, 400), "task_effort")
    return late


def ratio(late: Any, first: int, last: int) -> Floats:
    """Late in weeks first..last (from 1) to late in weeks 1 to 4, by centre."""
    import numpy as np

    counts = np.asarray(late, dtype=np.float64)
    times: Floats = counts[:, first - 1 : last].mean(axis=1) / counts[:, :4].mean(axis=1)
    return times


def day_care(late: Mapping[str, Floats]) -> list[Part]:
    """The fined centres, those never fined, and variants that must fail."""
    found = [before(late["fined"]), half_rise(late["fined"])]
    for first, last, role in (
        (5, 8, "calibrated"),
        (9, 12, "calibrated"),
        (13, 16, "predicted"),
        (17, 20, "predicted"),
    ):
        found.append(times(late["fined"], first, last, role))
    found.append(no_recovery(late["fined"], "late after the fine to weeks 9 to 16 of it", control=False))
    for first, last in ((9, 16), (17, 20)):
        what = f"never fined: late in weeks {first} to {last} to before"
        target, _ = mean_of(ratio(CONTROL, first, last))
        found.append(inside(what, target, float(ratio(late["never fined"], first, last).mean()), 0.6, 1.3,
                            role="predicted"))  # fmt: skip
    gone = times(late["nothing lost"], 13, 16, "exact", "control: no norm lost; ", control=True)
    return [*found, gone, no_recovery(late["all forgotten"], "control: the norm comes back; after to during", True)]


def before(late: Floats) -> Part:
    """Share that comes late before the fine."""
    counted = sum(sum(weeks[:4]) for weeks in FINED) / 4 / sum(FINED_CHILDREN)
    mean, error = mean_of(late[:, :4].mean(axis=1))
    return inside("late before the fine, per child", counted, mean, counted - 0.03, counted + 0.03, se=error,
                  role="calibrated")  # fmt: skip


def times(late: Floats, first: int, last: int, role: Any, prefix: str = "", control: bool = False) -> Part:
    """Late in some weeks to before, within two standard errors of the six centres."""
    target, error = mean_of(ratio(FINED, first, last))
    ours, own = mean_of(ratio(late, first, last))
    what = f"{prefix}late in weeks {first} to {last} to before"
    room = WITHIN * error
    return inside(what, target, ours, target - room, target + room, se=own, role=role, control=control)


def half_rise(late: Floats) -> Part:
    """Week of the fine in which late pick-ups have first risen half of the way."""
    import numpy as np

    mean = late.mean(axis=0)
    level = (mean[:4].mean() + mean[8:16].mean()) / 2
    week = int(np.argmax(mean[4:] >= level)) + 1
    return inside("week of the fine in which half of the rise is reached", 3, week, 2, 4, role="calibrated")


def no_recovery(late: Floats, what: str, control: bool) -> Part:
    """Late after the fine to late under it."""
    ours, error = mean_of(late[:, 16:].mean(axis=1) / late[:, 8:16].mean(axis=1))
    target, _ = mean_of(ratio(FINED, 17, 20) / ratio(FINED, 9, 16))
    return inside(what, target, ours, 0.95, 1.10, se=error, role="exact" if control else "predicted", control=control)


def paid(effort: Effort, arm: str, lost: float | None) -> Floats:
    """Effort at the end for one share of what is collected, of the same people whatever the share: float64[runs]."""
    from ..design.scenario import Scenario

    changes: dict[str, Any] = {"commission.value": SHARES[arm]} | ({} if lost is None else {"norm_lost": lost})
    design = Scenario.load(PAY).changed(**changes)
    given: Floats = per_member(design, effort.seed_of(f"pay.{lost}"), effort.runs(20, 100), "task_effort")[:, -1]
    return given


def collections(pay: Mapping[tuple[float | None, str], Floats]) -> list[Part]:
    """Nothing more than a tenth, a tenth more than a hundredth; the numbers of the frame are those of the parents."""
    found, ordered = [], True
    for more, fewer in (("none", "10 %"), ("10 %", "1 %")):
        gap, error = mean_of(pay[None, more] - pay[None, fewer])
        ordered = ordered and gap > 0
        found.append(at_least(f"effort, paid {more} less paid {fewer}", 0.0, gap, se=error, role="predicted"))
    nothing = pay[None, "none"].mean()
    for arm in ("1 %", "10 %"):
        target = COLLECTED[arm] / COLLECTED["none"]
        mean, error = mean_of(pay[None, arm] / nothing)
        what = f"collected when paid {arm}, to nothing"
        low, high = target - 0.15, target + 0.15
        found.append(inside(what, target, mean, low, high, se=error, role="predicted", order_holds=ordered))
    gap, error = mean_of(pay[0.0, "none"] - pay[0.0, "1 %"])
    return [*found, at_least("control: no norm lost; paid none less paid 1 %", 0.0, gap, se=error, control=True)]


def effect(effort: Effort, arm: str, reward: Mapping[str, Any], **changes: Any) -> Floats:
    """Difference in motivation after the reward to a group without, in standard deviations: float64[experiments]."""
    import numpy as np

    from ..design.scenario import Scenario
    from ..runs import simulate

    design = Scenario.load(REWARDS).changed(**changes)
    rewarded = design.changed(**reward)
    found = []
    for k in range(effort.runs(50, 200) * (4 if arm == "boring" else 1)):
        with_it, without = (
            simulate(one, seed=effort.seed_of(f"interest.{arm}.{n}", k)).last["motivation"].astype(float)
            for n, one in enumerate((rewarded, design))
        )
        spread = np.sqrt((with_it.var(ddof=1) + without.var(ddof=1)) / 2)
        found.append((with_it.mean() - without.mean()) / spread)
    return np.array(found)


def interest(effects: Mapping[str, Floats], boring: Floats, unspoilt: Floats) -> list[Part]:
    """Effects by contingency, their order, a task that interested nobody, and no crowding out at all."""
    ours = [float(effects[arm].mean()) for arm in ("engagement", "completion", "performance", "unexpected", "praise")]
    rising = sum(a < b for a, b in pairwise(ours)) + (ours[2] < 0)
    found = [at_least("order: engagement, completion, performance, 0, unexpected, praise (steps of 5)", 5, rising)]
    for arm, (target, role, _) in ARMS.items():
        mean, error = mean_of(effects[arm])
        what = f"free choice, {arm}, standard deviations"
        known: Any = role
        holds = arm == "praise" and rising == 5
        found.append(inside(what, target, mean, target - ROOM, target + ROOM, se=error, role=known, order_holds=holds))
    mean, error = mean_of(boring)
    found.append(at_least("dull task, completion: no undermining beyond", -0.15, mean, role="predicted"))
    target, _, _ = ARMS["completion"]
    mean, error = mean_of(unspoilt)
    what = "control: no crowding out; completion"
    return [*found, inside(what, target, mean, target - ROOM, target + ROOM, se=error, control=True)]


def draw(figure: Figure, found: Found) -> None:
    """Late pick-ups by week, collections, and effects on interest, each beside the published."""
    left, middle, right = figure.subplots(1, 3, width_ratios=(5, 3, 4))
    draw_centres(left, found.data["late"])
    ours = {arm: float(found.data["pay"][None, arm].mean()) for arm in SHARES}
    published = {arm: money / COLLECTED["none"] for arm, money in COLLECTED.items()}
    draw_pairs(middle, published, {arm: given / ours["none"] for arm, given in ours.items()})
    middle.set(title="Collected, to unpaid", ylim=(0, 1.35))
    effects = {arm: float(x.mean()) for arm, x in found.data["effects"].items()}
    draw_pairs(right, {arm: target for arm, (target, _, _) in ARMS.items()}, effects)
    right.set(title="Effect on free choice, d", ylim=(-0.6, 0.9))
    right.set_xticks(range(len(ARMS)), list(ARMS), rotation=30, ha="right")
    right.axhline(0, color="0.6", linewidth=0.8)


def draw_centres(axes: Any, late: Mapping[str, Floats]) -> None:
    """Share that came late, by week."""
    import numpy as np

    from ..report.style import look

    weeks = range(1, 21)
    for k, (arm, counts, children) in enumerate(
        (("fined", FINED, FINED_CHILDREN), ("never fined", CONTROL, CONTROL_CHILDREN))
    ):
        published = np.sum(counts, axis=0) / sum(children)
        axes.plot(weeks, published, marker="o", linestyle="none", fillstyle="none", color=look(k).colour,
                  label=f"{arm} (published)")  # fmt: skip
        axes.plot(weeks, late[arm].mean(axis=0), color=look(k).colour, label=f"{arm} (ours)")
    axes.axvspan(4.5, 16.5, color="0.92", zorder=0)
    axes.axvline(12.5, color="0.5", linewidth=0.8, linestyle=":")
    axes.annotate("set | predicted", (12.5, 0.03), ha="center", fontsize=7, color="0.4")
    axes.set(xlabel="week", ylabel="late per child", ylim=(0, 0.85), title="A fine in weeks 5 to 16")
    axes.legend(frameon=False, fontsize=6.5, loc="upper left", ncols=2)


def draw_pairs(axes: Any, published: Mapping[str, float], ours: Mapping[str, float]) -> None:
    """Published and ours side by side."""
    import numpy as np

    from ..report.style import look

    x = np.arange(len(published))
    axes.bar(x - 0.2, list(published.values()), 0.4, color="0.75", label="published")
    axes.bar(x + 0.2, [ours[arm] for arm in published], 0.4, color=look(0).colour, label="ours")
    axes.set_xticks(x, list(published))
    axes.legend(frameon=False, fontsize=6.5, loc="upper right")


CHECK = Check(
    name="crowding_out",
    number=6,
    title="Crowding out: a fine, a wage, a reward",
    kind="E",
    sources=("GneezyRustichini2000Fine", "GneezyRustichini2000Pay", "DeciKoestnerRyan1999"),
    scenarios=(DAY_CARE, PAY, REWARDS),
    rule="An act that has a price is seen as a purchase, week by week more, and what was given for the norm is lost; "
    "rewards push while they last, control costs motivation, what they tell adds to it.",
    calibrated="late pick-ups in weeks 1 to 12 (before, speed and depth of the change); effects of engagement-, "
    "completion- and performance-contingent and unexpected rewards, of which the model's numbers are made (the length "
    "of the reward on completion alone)",
    predicted="late pick-ups in weeks 13 to 20, the control centres; all of the donation collections, with the numbers "
    "of the fined parents; praise, controlling praise, a dull task",
    shows="One frame, set on twelve weeks of ten centres, gives the other eight weeks and, unchanged, another "
    "experiment's order and about its sizes.",
    shows_not="That the effect is as large elsewhere; the meta-analysis is contested, and its sizes were put in.",
    measure=measure,
    draw=draw,
    explanation="Praise that controls is praise first in this model: control costs a share of the motivation that "
    "there is, and feedback adds to it whoever gives it, so the sign is wrong. Motivation for a dull task grows while "
    "it is done among others, so there is something to spoil.",
)
