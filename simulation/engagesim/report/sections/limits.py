"""What this is not."""

from __future__ import annotations

from ..parts import Points, Section, Told
from ..words import CAVEATS

NOT_MODELLED = (
    "Not modelled: money in people's lives (wages, prices, taxes), law and collective agreements, bullying and "
    "discrimination, the market and its shocks, and anything that a manager does beyond the rules stated here."
)


def section(told: Told) -> Section:
    """The section."""
    d = told.decision
    left_out = int((~d.complete).sum())
    items = [NOT_MODELLED, *CAVEATS, *told.study.notes]
    if left_out:
        items.append(f"{left_out} of {len(d.complete)} {d.unit}s are left out, since somewhere nobody was active.")
    survived = d.cases.survived.all(axis=2)
    if not survived.all():
        items.append(
            f"In {int((~survived).sum())} of {survived.size} cases nobody is active at the end under some design."
        )
    return Section("limits", "Limits", "First what is left out altogether.", [Points(items)])
