"""The figures of a sweep: differences, responses, drivers, regret, trade-offs and where a policy fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ..experiments.findings import Outcomes, case_points
from ..experiments.statistics.means import mean_over
from .style import COLOURS, FAINT, INK, Drawn, look, sheet, styled
from .sweep_words import best_first, unit_of, wrapped
from .words import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ..experiments.findings import Failing, Findings
    from ..experiments.question.factors import Factor

MOST_POLICIES = 20
MOST_LINES = 6
MOST_FACTORS = 12
BINS = 8
ACROSS = 3


def sweep_figures(found: Findings) -> list[Drawn]:
    """Every figure for which there is something to show."""
    with styled():
        drawn = [_differences(found), _responses(found), _drivers(found), _regrets(found), _trade(found)]
        boxes = [_failing(found, failing, k) for k, failing in enumerate(found.boxes, start=1) if failing.box]
    return [figure for figure in (*drawn, *boxes) if figure is not None]


def _differences(found: Findings) -> Drawn | None:
    """Paired differences of the main outcome."""
    if not len(found.differences):
        return None
    own = found.differences[found.differences["outcome"] == found.main.name]
    own = best_first("differences", own, found.main).head(MOST_POLICIES)
    title = f"{found.main.title}: difference from {found.layout.names[0]}"
    basis = "mean of pairs; thick: 95 % interval of one; thin: of all policies at once"
    figure = sheet(9.5, 1.6 + 0.42 * len(own), title, basis)
    panel = figure.subplots()
    for at, row in enumerate(own.to_dict("records")):
        panel.plot([row["low_all"], row["high_all"]], [at, at], color=COLOURS[0], linewidth=1.0)
        panel.plot([row["low"], row["high"]], [at, at], color=COLOURS[0], linewidth=3.2, solid_capstyle="butt")
        panel.plot([row["mean"]], [at], "o", color=COLOURS[0], markersize=5)
    matters = found.question.matters.get(found.main.measure)
    if matters:
        panel.axvspan(-matters, matters, color=FAINT, alpha=0.15, linewidth=0, label="too small to matter")
        panel.legend(loc="best", frameon=False)
    panel.axvline(0.0, color=INK, linewidth=1.0)
    _names(panel, wrapped([str(name) for name in own["policy"]]))
    panel.set_xlabel(unit_of(found.main.measure))
    said = " ".join(f"{row['policy']}: {number(row['mean'])}." for row in own.to_dict("records"))
    return Drawn("differences", title, f"{title}. {said}", figure)


def _names(panel: Axes, names: list[str]) -> None:
    panel.set(yticks=range(len(names)), ylim=(len(names) - 0.5, -0.5))
    panel.set_yticklabels(names)
    panel.grid(axis="y", visible=False)


def _responses(found: Findings) -> Drawn | None:
    """The main outcome against every factor that takes numbers, with all others averaged over."""
    factors = [f for f in found.question.factors if not f.words][:MOST_FACTORS]
    if not factors:
        return None
    means = mean_over(Outcomes(found.folder, found.layout).cube(found.main), 2)
    title = f"{found.main.title} against each factor"
    down = -(-len(factors) // ACROSS)
    basis = "means over all other factors, by level or in bins; one line per design"
    figure = sheet(11.0 if len(factors) > 1 else 7.0, 2.6 * down + 1.1, title, basis)
    axes = figure.subplots(down, min(ACROSS, len(factors)), sharey=True, squeeze=False)
    for factor, panel in zip(factors, axes.flat, strict=False):
        for k, (name, places, values) in enumerate(_along(found, factor, means)):
            x, y = _binned(places, values)
            style = look(k)
            panel.plot(x, y, color=style.colour, linestyle=style.line, marker=style.marker, markersize=4, label=name)
        panel.set_xlabel(factor.key)
    for panel in axes.flat[len(factors) :]:
        panel.remove()
    for panel in axes[:, 0]:
        panel.set_ylabel(unit_of(found.main.measure))
    handles, names = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=3, frameon=False)
    return Drawn("responses", title, f"{title}: {', '.join(f.key for f in factors)}.", figure)


def _along(found: Findings, factor: Factor, means: Any) -> Iterator[tuple[str, Any, Any]]:
    """Name of each arm, and places of the factor with the outcome there."""
    layout, plan = found.layout, found.layout.plan
    arms = layout.arms[:MOST_LINES]
    by_arm = means.reshape(len(plan.question.arms), -1)
    over_points = np.array([_value(point, factor) for _, point in plan.points])
    over_worlds = np.array([_value(world, factor) for _, world in plan.worlds])
    places = np.where(np.isnan(over_points)[:, None], over_worlds[None, :], over_points[:, None]).ravel()
    for arm, row in zip(arms, by_arm, strict=False):
        yield arm, places, row
    assert layout.policies * layout.cases == by_arm.size


def _value(point: Any, factor: Factor) -> float:
    return float(point.get(factor.key, np.nan))


def _binned(places: Any, values: Any) -> tuple[Any, Any]:
    """Means by level where there are few, else in bins of equal count."""
    used = ~np.isnan(places) & ~np.isnan(values)
    places, values = places[used], values[used]
    levels = np.unique(places)
    if len(levels) > BINS:
        edges = np.quantile(places, np.linspace(0.0, 1.0, BINS + 1))
        which = np.clip(np.searchsorted(edges, places, side="right") - 1, 0, BINS - 1)
    else:
        which = np.searchsorted(levels, places)
    groups = np.unique(which)
    return (
        [float(places[which == g].mean()) for g in groups],
        [float(values[which == g].mean()) for g in groups],
    )


def _drivers(found: Findings) -> Drawn | None:
    """Total and first-order Sobol' indices, or Morris effects, of the main outcome."""
    frame = found.drivers
    own = frame[frame["outcome"] == found.main.name] if len(frame) else frame
    if not len(own):
        return None
    sobol = "total" in own
    of = list(dict.fromkeys(own["of"]))[:ACROSS]
    title = f"What drives {found.main.title.lower()}"
    words = "Sobol' indices: total (filled) and first-order (open)" if sobol else "Morris: mean absolute effect"
    factors = list(dict.fromkeys(own["factor"]))
    figure = sheet(11.0 if len(of) > 1 else 7.5, 2.0 + 0.36 * len(factors), title, f"{words}, with 95 % intervals")
    axes = figure.subplots(1, len(of), sharex=True, sharey=True, squeeze=False)[0]
    for name, panel in zip(of, axes, strict=True):
        _indices(panel, own[own["of"] == name].set_index("factor").loc[factors], "total" if sobol else "mu_star")
        panel.set_title("\nagainst ".join(wrapped(name.split(" against "), 40)))
        _names(panel, factors)
    said = " ".join(f"{r['factor']} {number(r['total' if sobol else 'mu_star'])}." for r in own.to_dict("records"))
    return Drawn("drivers", title, f"{title}. {said}", figure)


def _indices(panel: Axes, rows: pd.DataFrame, main: str) -> None:
    at = np.arange(len(rows))
    panel.hlines(at, rows[f"{main}_low"], rows[f"{main}_high"], color=COLOURS[0], linewidth=2.0)
    panel.plot(rows[main], at, "o", color=COLOURS[0])
    if main == "total":
        panel.hlines(at + 0.22, rows["first_low"], rows["first_high"], color=COLOURS[1], linewidth=1.2)
        panel.plot(rows["first"], at + 0.22, "s", color=COLOURS[1], markerfacecolor="white", markersize=5)
    panel.axvline(0.0, color=INK, linewidth=0.8)


def _regrets(found: Findings) -> Drawn | None:
    """Mean and largest regret of every policy on the main outcome."""
    if "max_regret" not in found.regrets:
        return None
    own = found.regrets[(found.regrets["outcome"] == found.main.name)].dropna(subset=["max_regret"])
    own = own.sort_values("max_regret").head(MOST_POLICIES)
    if not len(own):
        return None
    title = f"Regret on {found.main.title.lower()}"
    figure = sheet(
        9.5, 1.7 + 0.42 * len(own), title, "what a policy misses against the best in the same case; less is better"
    )
    panel, at = figure.subplots(), np.arange(len(own))
    panel.hlines(at, own["mean_regret"], own["max_regret"], color=FAINT, linewidth=1.2)
    panel.plot(own["mean_regret"], at, "o", color=COLOURS[0], label="mean over cases")
    panel.plot(own["max_regret"], at, "D", color=COLOURS[1], markersize=5, label="worst case")
    _names(panel, wrapped([str(name) for name in own["policy"]]))
    panel.set_xlabel(unit_of(found.main.measure))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    said = " ".join(f"{r['policy']}: {number(r['mean_regret'])}, at worst {number(r['max_regret'])}."
                    for r in own.to_dict("records"))  # fmt: skip
    return Drawn("regret", title, f"{title}. {said}", figure)


def _trade(found: Findings) -> Drawn | None:
    """The two wanted outcomes that disagree most about policies, with the unbeaten marked."""
    frame = found.front
    if not len(frame):
        return None
    outcomes = [c for c in frame.columns if c not in ("policy", "unbeaten")]
    first = found.main.name if found.main.name in outcomes else outcomes[0]
    wanted = {c.name: c.better for c in found.question.columns}
    other = min(
        (c for c in outcomes if c != first),
        key=lambda c: wanted[c] * wanted[first] * _likeness(frame, first, c),
    )
    titles = {c.name: c.title for c in found.question.columns}
    title = f"{titles[first]} and {titles[other].lower()}"
    figure = sheet(7.5, 5.2, title, "one mark per policy; filled: no other is better on every outcome")
    panel = figure.subplots()
    few = len(frame) <= len(COLOURS)
    for k, row in enumerate(frame.to_dict("records")):
        style = look(k if few else 0)
        panel.plot([row[first]], [row[other]], linestyle="none", marker=style.marker, color=style.colour, markersize=7,
                   markerfacecolor=style.colour if row["unbeaten"] else "white", label=row["policy"])  # fmt: skip
    if few:
        figure.legend(loc="outside lower center", ncols=1, frameon=False)
    panel.margins(0.1)
    panel.set(xlabel=_wish(titles[first], wanted[first]), ylabel=_wish(titles[other], wanted[other]))
    said = f"{int(frame['unbeaten'].sum())} of {len(frame)} policies are unbeaten."
    return Drawn("trade_off", title, f"{title}. {said}", figure)


def _likeness(frame: pd.DataFrame, a: str, b: str) -> float:
    """Correlation of two outcomes over policies; 0 where one is the same for all."""
    x, y = frame[a].to_numpy(dtype=np.float64), frame[b].to_numpy(dtype=np.float64)
    return float(np.corrcoef(x, y)[0, 1]) if np.ptp(x) > 0.0 and np.ptp(y) > 0.0 else 0.0


def _wish(title: str, better: int) -> str:
    return f"{title} ({'more' if better > 0 else 'less'} is better)"


def _failing(found: Findings, failing: Failing, number_: int) -> Drawn:
    """Cases in which a policy fails, over the two factors that its box restricts most, with the box."""
    from matplotlib.patches import Rectangle

    assert failing.box is not None
    question = found.question
    factors = [f for f in (question.factors if found.layout.plan.joint else question.uncertainties) if not f.words]
    names = [f.key for f in factors]
    limits = failing.box.limits
    chosen = sorted(names, key=lambda key: key not in limits)[:2]
    if len(chosen) == 1:
        chosen = chosen * 2
    points = case_points(found.layout, factors)
    x, y = (points[:, names.index(key)] for key in chosen)
    title = f"Where {failing.policy} {failing.what}"
    figure = sheet(
        7.5, 5.2, title, f"on {failing.outcome.title.lower()}; one mark per case; frame: the box that was found"
    )
    panel = figure.subplots()
    panel.plot(
        x[~failing.flags], y[~failing.flags], "o", color=COLOURS[0], markerfacecolor="white", label="other cases"
    )
    panel.plot(x[failing.flags], y[failing.flags], "X", color=COLOURS[1], label=f"{failing.what} ({failing.share:.0%})")
    (left, right), (low, high) = (
        limits.get(key, (float(np.nanmin(column)), float(np.nanmax(column))))
        for key, column in zip(chosen, (x, y), strict=True)
    )
    panel.add_patch(Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK, linewidth=1.6))
    panel.set(xlabel=chosen[0], ylabel=chosen[1])
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    from .sweep_words import failing as spoken

    return Drawn(f"failing_{number_}", title, spoken(failing), figure)
