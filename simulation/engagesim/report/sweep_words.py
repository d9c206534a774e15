"""A sweep in plain words: what came out, in sentences and tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..experiments.notes import FEWEST
from ..outcomes import BY_NAME
from .words import TOO_FEW, UNCLEAR, number, signed, verdict

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.findings import Failing, Findings
    from ..experiments.question.columns import Column
    from ..experiments.statistics.discovery import Box

MOST_DRIVEN = 3
"""Policies (or differences) whose drivers are told."""

SHOWN = 20
"""Rows of one table on the page; all are in the table's file."""

PAGE = {
    "differences": ("outcome", "policy", "mean", "low_all", "high_all", "cases_same_sign", "equivalence", "needed"),
    "rankings": ("outcome", "policy", "mean", "chance_best_mean", "expected_loss"),
    "drivers": ("outcome", "of", "factor", "total", "total_low", "total_high", "first", "mu_star", "sigma"),
}
"""Columns of a table that the page shows, where not all; the main outcome's rows come first."""

MOST_TOLD = 6
"""Differences that are told in sentences; of more policies the best and the worst."""

SURE = 0.95
DRIVING = 0.05
"""Total index above which a factor is named as one that drives an outcome."""

TITLES = {
    "differences": "Differences from the baseline",
    "rankings": "Who is best",
    "regrets": "How each policy holds up over cases",
    "front": "Unbeaten policies",
    "drivers": "What drives outcomes",
}
HEADS = {
    "low": "95 % low", "high": "95 % high", "low_all": "low, all at once", "high_all": "high, all at once",
    "n": "pairs", "dz": "in sd of pairs", "superiority": "pairs above", "equivalence": "p of not the same",
    "needed": "pairs needed, alone", "cases_same_sign": "cases agree", "least": "least case", "most": "most case",
    "chance_best_mean": "chance: best mean", "chance_best_once": "chance: best in one",
    "expected_loss": "expected loss", "mean_regret": "mean regret", "max_regret": "largest regret",
    "good_enough": "good enough",
    "total_low": "total low", "total_high": "total high", "first_low": "first low", "first_high": "first high",
}  # fmt: skip
WORDS = ("outcome", "policy", "of", "factor")
"""Columns of words; all others are numbers."""

SHARES = ("superiority", "cases_same_sign", "chance_best_mean", "chance_best_once", "good_enough")


def sentences(found: Findings) -> list[str]:
    """The answer, in a few sentences."""
    return [*_best(found), *_differ(found), *_driven(found), *(failing(f) for f in found.boxes if f.share > 0.0)]


def asked_of(found: Findings) -> str:
    """How much was run, in one sentence."""
    plan, state = found.layout.plan, found.state
    arms = len(plan.question.arms)
    parts = [
        f"{arms} design{'s' if arms > 1 else ''}", f"{len(plan.points):,} points" if len(plan.points) > 1 else "",
        f"{len(plan.worlds):,} worlds" if len(plan.worlds) > 1 else "",
    ]  # fmt: skip
    over = " x ".join(part for part in parts if part)
    rest = f"{state.runs - state.failed:,} of {state.runs:,} runs completed"
    return f"{over}, {plan.question.replicates:,} replicates each that share their people and their luck: {rest}."


def failing(found: Failing) -> str:
    """Where a policy fails, in one sentence."""
    head = f"{found.policy} {found.what} on {found.outcome.title.lower()} in {found.share:.0%} of the cases"
    if found.box is None:
        return f"{head}; no simple box of the uncertain values sets these cases apart more clearly than luck would."
    where = " and ".join(_side(key, found.box) for key in found.box.limits)
    return (
        f"{head}, above all where {where}: there in {found.box.density:.0%}, which is {found.box.coverage:.0%} of all "
        f"such cases (a box made from half of the cases holds {found.box.density_elsewhere:.0%} on the other half)."
    )


def _side(key: str, box: Box) -> str:
    """A side of a box in words: only the ends that leave something out."""
    (low, high), (least, most) = box.limits[key], box.ranges[key]
    if high >= most:
        return f"{key} is {number(low)} or more"
    return f"{key} is {number(high)} or less" if low <= least else f"{key} is {number(low)} to {number(high)}"


def _best(found: Findings) -> Iterator[str]:
    if not len(found.rankings):
        return
    own = found.rankings[found.rankings["outcome"] == found.main.name]
    if not len(own):
        return
    first = own.sort_values("chance_best_mean", kind="stable").to_dict("records")[-1]
    direction = "highest" if found.main.better > 0 else "lowest"
    if _pairs(found) < FEWEST:
        yield f"{first['policy']} has the {direction} {found.main.title.lower()} ({number(first['mean'])}), {TOO_FEW}."
        return
    if first["chance_best_mean"] < SURE:
        yield (
            f"On {found.main.title.lower()} no policy is clearly best: {first['policy']} has the {direction} mean "
            f"with a chance of {first['chance_best_mean']:.0%}; expected loss {number(first['expected_loss'])}."
        )
        return
    yield (
        f"{first['policy']} has the {direction} {found.main.title.lower()} ({number(first['mean'])}) with a chance of "
        f"{first['chance_best_mean']:.0%}; in a single organization it is best with {first['chance_best_once']:.0%}."
    )


def _pairs(found: Findings) -> int:
    """Pairs on which the least known difference of the main outcome rests."""
    return int(found.differences.loc[found.differences["outcome"] == found.main.name, "n"].min())


def _differ(found: Findings) -> Iterator[str]:
    if not len(found.differences):
        return
    own = found.differences[found.differences["outcome"] == found.main.name]
    matters = found.question.matters.get(found.main.measure)
    rows = best_first("differences", own, found.main).to_dict("records")
    half = MOST_TOLD // 2
    for row in rows if len(rows) <= MOST_TOLD else (*rows[:half], *rows[-half:]):
        told = verdict(float(row["mean"]), float(row["low_all"]), float(row["high_all"]), int(row["n"]))
        what = (
            f"{row['policy']} against {found.layout.names[0]}: {found.main.title.lower()} {signed(float(row['mean']))}"
        )
        span = f" ({number(float(row['low_all']))} to {number(float(row['high_all']))})"
        yield f"{what}{span if not math.isnan(float(row['low_all'])) else ''}, {told}{_size(row, told, matters)}."
    if len(rows) > MOST_TOLD:
        yield (
            f"These are the {half} best and the {half} worst of {len(rows)} policies beside {found.layout.names[0]}; "
            "report/differences.parquet has all."
        )


def _size(row: Mapping[Any, Any], told: str, matters: float | None) -> str:
    if not matters or told == TOO_FEW:
        return ""
    if float(row["equivalence"]) < 1.0 - SURE:
        return f"; as good as equal (within {number(matters)})"
    # What the interval of all at once would need, since it is the one that was just told.
    half = (float(row["high_all"]) - float(row["low_all"])) / 2.0
    if told != UNCLEAR or not half > matters:
        return ""
    return f"; about {math.ceil(row['n'] * (half / matters) ** 2):,} pairs would narrow it to +-{number(matters)}"


def _driven(found: Findings) -> Iterator[str]:
    frame = found.drivers
    if not len(frame) or "total" not in frame:
        return
    own = frame[frame["outcome"] == found.main.name]
    for of, rows in list(own.groupby("of", sort=False))[:MOST_DRIVEN]:
        named = rows[rows["total"] > DRIVING].sort_values("total", ascending=False)
        if len(named):
            drivers = ", ".join(f"{r['factor']} ({r['total']:.2f})" for r in named.head(3).to_dict("records"))
            yield f"{found.main.title} of {of} varies most with {drivers} (total Sobol' indices)."


def best_first(name: str, frame: pd.DataFrame, main: Column) -> pd.DataFrame:
    """The rows of a table with those of the main outcome on top, of these the best first; all others in their order."""
    import pandas as pd

    own = frame["outcome"] == main.name if "outcome" in frame else frame["policy"].notna()
    up = main.better < 0
    asked = {"differences": {"mean": up}, "front": {"unbeaten": False, main.name: up}}
    order = asked.get(name, {"expected_loss": True, "max_regret": True})
    keys = [key for key in order if key in frame]
    first = frame[own]
    if keys:
        first = first.sort_values(keys, ascending=[order[key] for key in keys], kind="stable")
    return pd.concat([first, frame[~own]])


def page_table(name: str, frame: pd.DataFrame, main: Column) -> dict[str, Any]:
    """A table as the page shows it, the best on the outcome `main` first: its title, header, and rows.

    Each cell is a text and whether it is words, and not a number.
    """
    shown = best_first(name, frame, main)
    shown = shown[[c for c in shown.columns if c in PAGE.get(name, shown.columns)]]
    header = [(HEADS.get(c, c.replace("_", " ")), c in WORDS) for c in shown.columns]
    rows = [
        [(_cell(key, value), key in WORDS) for key, value in row.items()]
        for row in shown.head(SHOWN).to_dict("records")
    ]
    left = [
        f"{len(frame) - SHOWN:,} more rows" if len(frame) > SHOWN else "",
        "more columns" if shown.shape[1] < frame.shape[1] else "",
    ]  # fmt: skip
    more = " and ".join(part for part in left if part)
    return {
        "title": TITLES[name],
        "header": header,
        "rows": rows,
        "more": f"{more}: report/{name}.parquet" if more else "",
    }


def _cell(key: Any, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "needed":
        return "-" if math.isnan(value) else f"{value:,.0f}"
    if key in SHARES:
        return "-" if math.isnan(value) else f"{value:.0%}"
    return f"{value:,}" if isinstance(value, int) else number(float(value))


def unit_of(measure: str) -> str:
    """Unit of an outcome."""
    return BY_NAME[measure].unit


def wrapped(names: Sequence[str], most: int = 34) -> list[str]:
    """Names that fit beside a figure, on several lines where they are long."""
    return ["\n".join(wrap(name, most)) for name in names]
