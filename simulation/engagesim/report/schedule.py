"""Changes of the rules in mid run, marked in figures."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from ..design.parts import Change
from ..design.scenario import Scenario
from .style import FAINT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_NAMED = 3
"""Moments of change up to which each is named below the panel."""


def mark(panel: Axes, designs: Sequence[Scenario]) -> None:
    """Vertical lines where rules change, shades while they glide; for one design, what changes, below the panel."""
    for design in designs:
        moments = moments_of(design)
        for at, changes in moments.items():
            panel.axvline(at + 0.5, color=FAINT, linewidth=1.0, linestyle=(0, (2, 2)), zorder=0.5)
            for until in {c.until for c in changes if c.until is not None}:
                panel.axvspan(at + 0.5, until + 0.5, color=FAINT, alpha=0.08, linewidth=0, zorder=0.4)
        if moments and len(designs) == 1:
            _name(panel, moments)


def moments_of(design: Scenario) -> dict[int, list[Change]]:
    """Changes by the week after which they come."""
    moments: dict[int, list[Change]] = {}
    for change in design.schedule:
        moments.setdefault(change.at, []).append(change)
    return moments


def _name(panel: Axes, moments: dict[int, list[Change]]) -> None:
    """A letter above each line and its meaning below the panel."""
    if len(moments) > MOST_NAMED:
        panel.set_xlabel("week\n(dotted: rules change)")
        return
    panel.set_title(panel.get_title("left"), pad=15.0)
    lines = [f"{letter}: {_words(changes)}" for letter, changes in zip(ascii_lowercase, moments.values(), strict=False)]
    panel.set_xlabel("\n".join(["week", *lines]))
    for letter, at in zip(ascii_lowercase, moments, strict=False):
        panel.annotate(letter, (at + 0.5, 1.0), xycoords=panel.get_xaxis_transform(), xytext=(0, 2),
                       textcoords="offset points", ha="center", fontsize=8.5, color=FAINT)  # fmt: skip


def _words(changes: list[Change]) -> str:
    first = changes[0]
    value = f"{first.value:g}" if isinstance(first.value, float) else str(first.value)
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"{first.key} {'glides to' if first.until is not None else '='} {value}{more}"
