"""The tables of a decision: costs, Pareto front, regret, dependence, withdrawal, fates and weekly course."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...design.catalogue import BY_NAME as PARAMETERS
from ..paired import BAND
from ..statistics.dependence import effects
from ..statistics.flipping import split_of
from ..statistics.intervals import simultaneous
from ..statistics.robustness import dominators, frontier
from ..statistics.robustness import regret as regret_in_rows
from .cases import Cases, spent
from .decision import Decision, units
from .limits import shortfalls, worth
from .scorecard import scorecard

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


def tables_of(found: Decision, seed: int) -> dict[str, pd.DataFrame]:
    """Every table but the ranking, by name."""
    depends, flips = dependence(found, seed)
    reached, spent = _aim(found), outlay(found.cases)[found.complete]
    points = found.cases.points
    points = points[found.complete] if len(points.columns) else points
    return {
        "scorecard": scorecard(found, seed),
        "costs": costs(found, seed),
        "pareto": pareto(found),
        "depends": depends,
        "flips": flips,
        "worth": worth(found.names, found.aim, reached, spent),
        "regret": regret(found, depends),
        "shortfalls": shortfalls(found.names, found.aim, points, reached),
        "withdrawal": withdrawal(found, seed),
        "fates": fates(found),
        "course": course(found),
        "periods": periods(found),
    }


def outlay(cases: Cases) -> Floats:
    """What each design costs, see `cases.spent`: float64[units, arms]."""
    return units(cases, spent(cases.of))


def costs(found: Decision, seed: int) -> pd.DataFrame:
    """One row per design: what it costs, what it brings against the baseline, and its standing in the plane of both.

    Columns: arm; rewards (what instruments cost); outlay, outlay_low, outlay_high (mean, and 5 % and 95 % quantile over
    units); extra, effect (outlay and aim against the baseline), ratio (extra outlay per unit of effect where both are
    above 0, the effect surely so: a quotient by hardly anything says nothing); status, by, step (extra cost per unit of
    effect against the design before it on the frontier); left (what remains to the organization of what it captures,
    against the baseline).
    """
    import pandas as pd

    keep = found.complete
    spent, reached = outlay(found.cases)[keep], _aim(found)
    extra, effect = (_against(x).mean(axis=0) for x in (spent, reached))
    captured = units(
        found.cases, found.cases.of("value_captured", "whole") / found.cases.of("active_members", "whole")
    )[keep]
    low, high = np.quantile(spent, BAND, axis=0)
    steps = frontier(extra.tolist(), effect.tolist())
    both = (extra > 0.0) & (simultaneous(_against(reached), seed).low > 0.0)
    return pd.DataFrame({
        "arm": found.names, "rewards": units(found.cases, found.cases.of("reward_cost", "whole"))[keep].mean(axis=0),
        "outlay": spent.mean(axis=0), "outlay_low": low, "outlay_high": high,
        "extra": extra, "effect": effect,
        "ratio": [e / f if yes else math.nan for e, f, yes in zip(extra, effect, both, strict=True)],
        "status": [s.status for s in steps], "by": ["|".join(found.names[i] for i in s.by) for s in steps],
        "step": [s.ratio for s in steps], "left": _against(captured - spent).mean(axis=0),
    })  # fmt: skip


def pareto(found: Decision) -> pd.DataFrame:
    """One row per design: the aim, exhaustion and outlay (the less the better); dominated_by is empty on the front."""
    import pandas as pd

    tired = units(found.cases, found.cases.of("exhaustion", "late"))[found.complete].mean(axis=0)
    spent = outlay(found.cases)[found.complete].mean(axis=0)
    reached = _aim(found).mean(axis=0)
    by = dominators(np.column_stack([reached, -tired, -spent]))
    return pd.DataFrame({
        "arm": found.names, "aim": found.aim.sign * reached, "exhaustion": tired, "outlay": spent,
        "dominated_by": ["" if i is None else found.names[i] for i in by],
    })  # fmt: skip


def rivals(found: Decision) -> tuple[int, int]:
    """Positions of the two designs whose difference is asked about: the best, and the best of the others."""
    order = np.argsort(-_aim(found).mean(axis=0), kind="stable")
    others = [int(i) for i in order if i != found.best]
    return found.best, others[0]


def dependence(found: Decision, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """On what the difference between the two best designs depends, and what flips it.

    depends: parameter, meaning, low, high, at_low, at_high, swing, explained; the strongest first. flips: parameter,
    threshold, below, above (share of worlds on each side in which the best stays ahead), chance. Both also name first
    and second. Empty without worlds.
    """
    import pandas as pd

    columns = ["first", "second", "parameter", "meaning", "low", "high", "at_low", "at_high", "swing", "explained"]
    split_columns = ["first", "second", "parameter", "meaning", "threshold", "below", "above", "chance"]
    first, second = rivals(found)
    names = {"first": found.names[first], "second": found.names[second]}
    keys = list(found.cases.points.columns)
    if not keys:
        return pd.DataFrame(columns=columns), pd.DataFrame(columns=split_columns)
    points = found.cases.points.to_numpy()[found.complete]
    gap = _aim(found)[:, first] - _aim(found)[:, second]
    straight, split = effects(points, gap), split_of(keys, points, gap > 0.0, seed)
    rows = []
    if straight:
        parts = (straight.low, straight.high, straight.at_low, straight.at_high)
        for key, low, high, at_low, at_high in zip(keys, *(x.tolist() for x in parts), strict=True):
            rows.append({
                **names, "parameter": key, "meaning": meaning(key), "low": low, "high": high, "at_low": at_low,
                "at_high": at_high, "swing": abs(at_high - at_low), "explained": straight.explained,
            })  # fmt: skip
    rows.sort(key=lambda row: -float(row["swing"]))
    turn = [{
        **names, "parameter": split.parameter, "meaning": meaning(split.parameter), "threshold": split.value,
        "below": split.below, "above": split.above, "chance": split.p,
    }] if split and split.flips else []  # fmt: skip
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(turn, columns=split_columns)


def meaning(key: str) -> str:
    """What an uncertain number is, in words."""
    head, _, role = key.partition(".")
    if head not in PARAMETERS:
        return key
    text = PARAMETERS[head].meaning.rstrip(".")
    return f"{text} ({role}s)" if role else text


def regret(found: Decision, depends: pd.DataFrame) -> pd.DataFrame:
    """Regret of every design under sets of assumptions: arm, set, mean, max, acceptable, units.

    Sets are all units and, with worlds, the lower and the upper half of the number on which the choice depends most.
    """
    import pandas as pd

    everywhere = np.ones(int(found.complete.sum()), dtype=np.bool_)
    sets = {"all": everywhere}
    if len(depends):
        key = str(depends["parameter"].iloc[0])
        point = found.cases.points[key].to_numpy()[found.complete]
        sets |= {f"low {key}": point < np.median(point), f"high {key}": point >= np.median(point)}
    regrets = regret_in_rows(_aim(found))
    rows = []
    for name, chosen in sets.items():
        part = regrets[chosen]
        for i, arm in enumerate(found.names):
            rows.append({
                "arm": arm, "set": name, "mean": part[:, i].mean(), "max": part[:, i].max(),
                "acceptable": (part[:, i] < found.aim.matters).mean(), "units": len(part),
            })  # fmt: skip
    return pd.DataFrame(rows)


def withdrawal(found: Decision, seed: int) -> pd.DataFrame:
    """What remains late in the run of a scheme withdrawn in mid run, on the replicates that were run again.

    Columns: arm; never, kept, withdrawn (levels of the aim's measure late); held (kept against never); after,
    after_low, after_high (withdrawn against never), lost, lost_low, lost_high (withdrawn against kept), with
    simultaneous intervals. Designs that cannot be withdrawn have no row.
    """
    import pandas as pd

    cases, aim = found.cases, found.aim
    taken = cases.of_withdrawn(aim.measure, "late", aim.group)
    kept = cases.of(aim.measure, "late", aim.group)[:, : taken.shape[1]]
    levels = [units(cases, x) for x in (kept[:, :, :1].repeat(len(found.names), axis=2), kept, taken)]
    at = [i for i in range(1, len(found.names)) if not np.isnan(levels[2][:, i]).all()]
    if not at:
        return pd.DataFrame(columns=["arm", "never", "kept", "withdrawn"])
    never, on, off = (x[:, at] for x in levels)
    after, lost = simultaneous(off - never, seed), simultaneous(off - on, seed)
    return pd.DataFrame({
        "arm": [found.names[i] for i in at], "never": np.nanmean(never, axis=0), "kept": np.nanmean(on, axis=0),
        "withdrawn": np.nanmean(off, axis=0), "held": np.nanmean(on - never, axis=0),
        "after": after.mean, "after_low": after.low, "after_high": after.high,
        "lost": lost.mean, "lost_low": lost.low, "lost_high": lost.high,
    })  # fmt: skip


def fates(found: Decision) -> pd.DataFrame:
    """Who wins and who loses: arm, band, members (mean number), and shares of them over all cases.

    Shares: better, worse, same (still there under both), left_here, left_baseline (left only under one), left_both;
    change: mean change of wellbeing of those who stay under both; worst: whether the band fares worst of all.
    """
    import pandas as pd

    people = found.cases.people
    if people.empty:
        return pd.DataFrame(columns=["arm", "band"])
    sums = people.groupby(["arm", "band"], sort=False).sum(numeric_only=True)
    cases = people.groupby(["arm", "band"], sort=False).size()
    shares = sums[["better", "worse", "left_here", "left_baseline"]].div(sums["members"], axis=0)
    frame = shares.assign(
        members=sums["members"] / cases,
        same=(sums["stayed"] - sums["better"] - sums["worse"]) / sums["members"],
        left_both=(sums["members"] - sums["stayed"] - sums["left_here"] - sums["left_baseline"]) / sums["members"],
        change=(sums["change"] / sums["stayed"]).where(sums["stayed"] > 0),
    ).reset_index()
    parts = frame[frame["band"] != "everyone"]
    worst = parts.loc[parts.groupby("arm")["change"].idxmin().dropna()].index
    return frame.assign(worst=frame.index.isin(worst))


def course(found: Decision) -> pd.DataFrame:
    """Participation by arm, group and week: mean, and low and high (5 % and 95 % quantile over worlds; nan without)."""
    import pandas as pd

    weeks = found.cases.course
    index = pd.MultiIndex.from_product(
        [found.names, found.cases.groups, range(1, weeks.shape[-1] + 1)], names=["arm", "group", "week"]
    )
    flat = weeks.reshape(len(weeks), -1)
    empty = np.isnan(flat).all(axis=0)
    told = np.where(empty, 0.0, flat)
    bands = np.nanquantile(told, BAND, axis=0) if len(weeks) > 1 else np.full((2, flat.shape[1]), np.nan)
    mean, low, high = (np.where(empty, np.nan, x) for x in (np.nanmean(told, axis=0), *bands))
    return index.to_frame(index=False).assign(mean=mean, low=low, high=high)


def periods(found: Decision) -> pd.DataFrame:
    """One row per design: its aim's measure early and late, against the baseline, and from when on it is ahead.

    ahead: first week from which its mean weekly participation stays above the baseline's to the end; nan if it does
    not, or for the baseline.
    """
    import pandas as pd

    everyone = found.cases.course[:, :, found.cases.groups.index("everyone")]
    mean = np.nan_to_num(everyone).mean(axis=0)
    values = {w: units(found.cases, found.cases.of(found.aim.measure, w, found.aim.group))[found.complete]
              for w in ("early", "late")}  # fmt: skip
    return pd.DataFrame({
        "arm": found.names,
        **{w: np.nanmean(x, axis=0) for w, x in values.items()},
        **{f"{w}_against": np.nanmean(_against(x), axis=0) for w, x in values.items()},
        "ahead": [_ahead(mean[i] - mean[0]) for i in range(len(found.names))],
    })  # fmt: skip


def _ahead(gap: Floats) -> float:
    behind = np.flatnonzero(gap <= 0.0)
    first = int(behind[-1]) + 2 if len(behind) else 1
    return float(first) if first <= len(gap) else math.nan


def _aim(found: Decision) -> Floats:
    """float64[complete units, arms], turned so that more is better."""
    values = found.cases.of(found.aim.measure, found.aim.window, found.aim.group)
    return found.aim.sign * units(found.cases, values)[found.complete]


def _against(values: Floats) -> Floats:
    return values - values[:, :1]
