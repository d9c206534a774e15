"""The figures of a calibration: the posterior with what it rests on, and simulated data against the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .style import COLOURS, FAINT, INK, Drawn, sheet, styled
from .words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..experiments.calibration import Calibration

MOST = 6
"""Parameters in the picture of the posterior."""

BINS = 24


def calibration_figures(found: Calibration) -> list[Drawn]:
    """Posterior and fit."""
    with styled():
        return [_posterior(found), _fit(found)]


def _posterior(found: Calibration) -> Drawn:
    """Parameters one by one and in pairs, over the range of the prior: how far the data narrow each, and together."""
    rows = found.parameters.to_dict("records")[:MOST]
    title = "What the data tell about the parameters"
    basis = "diagonal: posterior over the range of the prior (dashed: the prior); below: pairs, with their correlation"
    size = max(2, len(rows))
    figure = sheet(2.3 * size + 1.2, 2.1 * size + 1.2, title, basis)
    axes = figure.subplots(len(rows), len(rows), squeeze=False)
    for i, below in enumerate(rows):
        for j, across in enumerate(rows):
            panel = axes[i, j]
            if j > i:
                panel.remove()
            elif i == j:
                _alone(panel, found, below)
            else:
                _pair(panel, found, across, below)
            if j <= i:
                panel.set_xlabel(across["parameter"] if i == len(rows) - 1 else "")
                panel.set_ylabel(below["parameter"] if j == 0 and i else "")
    said = " ".join(
        f"{r['parameter']}: {number(r['median'])} ({number(r['low'])} to {number(r['high'])}), told {r['told']}."
        for r in rows
    )
    return Drawn("posterior", title, f"{title}. {said}", figure)


def _alone(panel: Axes, found: Calibration, row: Any) -> None:
    values, weights = found.posterior[row["parameter"]], found.posterior["weight"]
    edges = np.linspace(row["prior_low"], row["prior_high"], BINS + 1)
    panel.hist(values, bins=list(edges), weights=weights, color=COLOURS[0], alpha=0.85)
    panel.axhline(1.0 / BINS, color=FAINT, linestyle="--", linewidth=1.2)
    panel.axvline(row["median"], color=INK, linewidth=1.2)
    panel.set(xlim=(row["prior_low"], row["prior_high"]), yticks=[])
    panel.set_title(f"{number(row['median'])} ({number(row['low'])} to {number(row['high'])})\ntold: {row['told']}")


def _pair(panel: Axes, found: Calibration, across: Any, below: Any) -> None:
    x, y = (found.posterior[row["parameter"]] for row in (across, below))
    panel.scatter(x, y, s=6.0 + 1800.0 * found.posterior["weight"], color=COLOURS[0], alpha=0.5, linewidth=0)
    panel.set(xlim=(across["prior_low"], across["prior_high"]), ylim=(below["prior_low"], below["prior_high"]))
    together = float(found.correlation.loc[below["parameter"], across["parameter"]])
    panel.annotate(f"r = {together:+.2f}", (0.04, 0.9), xycoords="axes fraction", fontsize=8.5, color=INK,
                   bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0})  # fmt: skip


def _fit(found: Calibration) -> Drawn:
    """Targets against the simulated data that were kept."""
    rows = found.targets.to_dict("records")
    title = "Targets, and runs with fitted parameters"
    figure = sheet(9.0, 1.8 + 0.42 * len(rows), title, "bar: 90 % of the runs; diamond: the target with its error")
    panel = figure.subplots()
    for at, row in enumerate(rows):
        colour = COLOURS[0] if row["reached"] else COLOURS[1]
        panel.plot([row["low"], row["high"]], [at, at], color=colour, linewidth=5.0, alpha=0.6, solid_capstyle="butt")
        panel.errorbar([row["target"]], [at], xerr=[1.645 * row["error"]], fmt="D", color=INK, markersize=5, capsize=3)
    panel.set(yticks=range(len(rows)), ylim=(len(rows) - 0.5, -0.5), xlabel="value of each outcome")
    panel.set_yticklabels([f"{row['arm']}\n{row['outcome']}" for row in rows])
    panel.grid(axis="y", visible=False)
    said = " ".join(
        f"{r['outcome']} of {r['arm']}: target {number(r['target'])}, runs {number(r['low'])} to {number(r['high'])}."
        for r in rows
    )
    return Drawn("fit", title, f"{title}. {said}", figure)
