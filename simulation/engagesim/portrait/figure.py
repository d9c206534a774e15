"""The picture of a portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..population import Floats
from ..report.style import FAINT, Drawn, look, sheet, styled
from .portrait import Portrait
from .ratio import says

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def drawn(portrait: Portrait, title: str) -> Drawn:
    """Load, influence and brokerage over the members, and what stays connected."""
    basis = f"{portrait.members} members, {portrait.ties} ties; {says(portrait.ratio)}"
    with styled():
        figure = sheet(9.0, 3.4, title, basis)
        left, middle, right = figure.subplots(1, 3)
        way = "reporting line" if portrait.by_line else "shortest paths"
        _ranked(left, portrait.congestion, f"Requests handled ({way})", 0)
        _ranked(middle, portrait.influence * portrait.members, "Influence (all alike: 1)", 1)
        losses = [0.0, *portrait.robustness]
        kept = [portrait.largest_part, *portrait.robustness.values()]
        here = look(2)
        right.plot([100 * x for x in losses], [100 * y for y in kept], marker=here.marker, color=here.colour)
        right.set(xlabel="% of members taken out, top first", title="Still connected", ylim=(0, 105))
        right.set_ylabel("% of the rest")
    alt = "Share of requests handled by each member, influence of each member, and share still connected after losses."
    return Drawn("structure", title, alt, figure)


def _ranked(axes: Axes, shares: Floats, title: str, position: int) -> None:
    """Shares from the largest down, one dot per member."""
    here = look(position)
    axes.plot(np.arange(1, len(shares) + 1), np.sort(shares)[::-1], ".", color=here.colour, markersize=4)
    axes.set(xlabel="members, largest first", title=title, xscale="log", ylim=(0, None))
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:,.0f}")
    axes.xaxis.set_minor_formatter(lambda _x, _: "")
    axes.axhline(0, color=FAINT, linewidth=0.6)
