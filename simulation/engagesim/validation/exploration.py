"""March 1991: slow learners leave the organization's code time to learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .many import many
from .means import mean_of
from .parts import at_least, reported

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from ..engine.world import World
    from ..population import Floats

SCENARIO = "theory_exploration_and_exploitation"

REPLICATION = {
    (0.1, 0.1): 0.863, (0.1, 0.5): 0.954, (0.1, 0.9): 0.972,
    (0.5, 0.1): 0.799, (0.5, 0.5): 0.811, (0.5, 0.9): 0.840,
    (0.9, 0.1): 0.813, (0.9, 0.5): 0.742, (0.9, 0.9): 0.728,
}  # fmt: skip
"""Net knowledge of the code at the end by (socialization, code_learning): a replication with 10,000 runs a cell."""
QUICK = ((0.1, 0.1), (0.1, 0.5), (0.5, 0.5), (0.9, 0.1), (0.9, 0.9))
REPLICATION_SD = 0.11
"""Largest spread between runs in that table, for the error of its cells."""
TEXT = (0.1, 0.5)
WEEKS = {0.1: 150, 0.3: 60, 0.5: 40, 0.7: 40, 0.9: 40}
"""Weeks by how fast members learn: at least twice as many as the code took to come to rest in the slowest of 40 runs,
with a code that learns slowly (72, 24, 18, 9 and 15)."""
MIXED_WEEKS = 150
FURTHER = ((0.3, 0.5), (0.7, 0.5))
"""Rates between those of the paper, computed here only; knowledge must fall between its neighbours."""


def measure(effort: Effort) -> Found:
    """The table, rates between, turnover, turbulence, mixed learners, and the model of the text as control."""
    cells = QUICK if effort.quick else tuple(REPLICATION)
    ours = {cell: _ends(effort, *cell) for cell in cells}
    between = {cell: _ends(effort, *cell) for cell in (() if effort.quick else FURTHER)}
    parts = [_cell(cell, found) for cell, found in ours.items()]
    parts += [*_between(ours, between), *_mixed(effort), *_turnover(effort), *_turbulence(effort)]
    return Found([*parts, *_controls(effort)], {"ours": {**ours, **between}})


def _ends(effort: Effort, socialization: float, code_learning: float, **more: Any) -> Floats:
    """Net knowledge of the code at the end, one per run."""
    changes = {"socialization": socialization, "code_learning": code_learning, "steps": WEEKS[socialization]}
    return _series(effort, f"{socialization} {code_learning}", **{**changes, **more})[:, -1]


def _series(effort: Effort, name: str, **changes: Any) -> Floats:
    """Net knowledge of the code by run and week."""
    from ..tallies import ORGANIZATION

    code = ORGANIZATION.index("code_knowledge")
    return _runs(effort, name, lambda world: world.series[:, code], **changes)


def _members(effort: Effort, name: str, **changes: Any) -> Floats:
    """Mean net knowledge of the members at the end, by run."""
    from ..tallies import index

    def read(world: World) -> float:
        sums = world.tallies[-1].sum(axis=0)
        return float(sums[index("knowledge")] / sums[index("members")])

    return _runs(effort, name, read, **changes)


def _runs(effort: Effort, name: str, read: Callable[[World], object], **changes: Any) -> Floats:
    from ..design.scenario import Scenario

    return many(Scenario.load(SCENARIO).changed(**changes), effort, name, effort.runs(120, 1500), read)


def _cell(cell: tuple[float, float], found: Floats, **marks: Any) -> Part:
    mean, error = mean_of(found)
    error = (error**2 + REPLICATION_SD**2 / 10_000) ** 0.5
    what = f"net knowledge of the code, p1 = {cell[0]}, p2 = {cell[1]}"
    return reported(what, REPLICATION[cell], mean, error, **marks)


def _between(ours: dict[Any, Floats], between: dict[Any, Floats]) -> list[Part]:
    """Rates that the paper does not show lie between those that it does."""
    parts = []
    for (p1, p2), found in between.items():
        mean, error = mean_of(found)
        slow, fast = (mean_of(ours[round(p1 + step, 1), p2])[0] for step in (-0.2, 0.2))
        what = f"net knowledge falls with p1: from {p1 - 0.2:.1f} over {p1} to {p1 + 0.2:.1f}, smaller step"
        parts.append(at_least(what, 0.0, min(slow - mean, mean - fast), "S", error))
    return parts


def _mixed(effort: Effort) -> list[Part]:
    """A mix of slow and fast learners knows more than equal learners of the same mean rate."""
    parts = []
    for share, mean_rate in ((0.2, 0.74), (0.5, 0.5), (0.8, 0.26)):
        mixed = _ends(effort, 0.9, 0.5, slow_share=share, steps=MIXED_WEEKS)
        alike = _series(effort, "alike", socialization=mean_rate, code_learning=0.5, steps=MIXED_WEEKS)[:, -1]
        gap = (mixed.mean() - alike.mean(), (mixed.var() / len(mixed) + alike.var() / len(alike)) ** 0.5)
        what = f"{share:.0%} slow learners know more than equal ones of the same mean rate"
        parts.append(at_least(what, 0.0, float(gap[0]), "S", float(gap[1]), note="figure 2 of the paper"))
    return parts


def _turnover(effort: Effort) -> list[Part]:
    """Turnover costs slow learners and helps the code of fast ones."""
    short = {"code_learning": 0.5, "steps": 20}
    slow = [mean_of(_members(effort, "slow", socialization=0.1, naive_rate=p3, **short)) for p3 in (0.0, 0.02, 0.1)]
    fast = [mean_of(_series(effort, "fast", socialization=0.9, naive_rate=p3, **short)[:, -1]) for p3 in (0.0, 0.1)]
    note = "figure 4 of the paper"
    return [
        at_least("slow learners know less with more turnover (0, .02, .1): smaller step", 0.0,
                 min(slow[0][0] - slow[1][0], slow[1][0] - slow[2][0]), "S", slow[0][1], note=note),
        at_least("the code of fast learners knows more with turnover of .1", 0.0, fast[1][0] - fast[0][0], "S",
                 fast[0][1], note=note),
    ]  # fmt: skip


def _turbulence(effort: Effort) -> list[Part]:
    """In a changing world knowledge is lost unless newcomers bring some."""
    changing = {"socialization": 0.5, "code_learning": 0.5, "turbulence": 0.02, "steps": 150}
    still, moving = (_series(effort, "turbulence", naive_rate=p3, **changing)[:, -1] for p3 in (0.0, 0.1))
    (kept, one), (lost, other) = mean_of(moving), mean_of(still)
    note = "figure 5 of the paper; share right = (1 + net) / 2"
    return [
        reported("share right after 150 periods of turbulence, no turnover", 0.5035, (1 + lost) / 2,
                 (other**2 / 4 + 0.003**2) ** 0.5, note=note),
        reported("the same with turnover of .1", 0.7885, (1 + kept) / 2, (one**2 / 4 + 0.003**2) ** 0.5, note=note),
    ]  # fmt: skip


def _controls(effort: Effort) -> list[Part]:
    """The text of the paper, which leaves two steps out."""
    text = _ends(effort, *TEXT, belief_step="whole", learned_from="beliefs")
    mean, error = mean_of(text)
    return [
        reported("net knowledge by the paper's text alone, p1 = 0.1, p2 = 0.5", REPLICATION[TEXT], mean, error,
                 control=True, note="whole steps toward the code; the code learns from beliefs, not from actions"),
    ]  # fmt: skip


def draw(figure: Figure, found: Found) -> None:
    """Knowledge over the speed of learning, a line for each speed of the code."""
    from ..report.style import look

    axes, ours = figure.subplots(1, 1), found.data["ours"]
    for k, p2 in enumerate((0.1, 0.5, 0.9)):
        here = look(k)
        rates = [0.1, 0.5, 0.9]
        axes.plot(rates, [REPLICATION[p1, p2] for p1 in rates], here.line, color=here.colour, alpha=0.6,
                  label=f"published, p2 = {p2}")  # fmt: skip
        mine = sorted(p1 for p1, other in ours if other == p2)
        means = [mean_of(ours[p1, p2]) for p1 in mine]
        axes.errorbar(mine, [m for m, _ in means], [2 * e for _, e in means], fmt=here.marker, color=here.colour,
                      label=f"ours, p2 = {p2} (2 standard errors)")  # fmt: skip
    axes.set(xlabel="p1, how fast members learn the code", ylabel="net knowledge of the code at the end")
    figure.legend(frameon=False, loc="outside right center")


CHECK = Check(
    name="exploration", number=4, title="Exploration and exploitation (March)", kind="S",
    sources=("March1991",),
    scenarios=(SCENARIO,),
    rule="beliefs go one step at a time toward the code; the code learns from the actions of those who do better than "
    "it. Both steps are missing in the paper's text and were found by replications; without them its figures do "
    "not come out (see the control).",
    calibrated="",
    predicted="all cells; the rates belong to the paper",
    shows="Mutual learning in the engine is March's model: fast learning by members costs knowledge where the code "
    "learns well, mixes of learners and some turnover help.",
    shows_not="That organizations learn so. Targets are the means of a replication with 10,000 runs a cell, since the "
    "paper printed curves of 80 runs; those of turbulence were computed with another program.",
    measure=measure,
    draw=draw,
)  # fmt: skip
