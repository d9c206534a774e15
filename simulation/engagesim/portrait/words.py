"""A portrait as rows of a table."""

from __future__ import annotations

import math

from .portrait import Named, Portrait
from .ratio import Ratio, note

Row = tuple[str, str, str]


def rows(portrait: Portrait) -> list[Row]:
    """What it is, its number, and what that means."""
    ratio = portrait.ratio
    way = "the reporting line" if portrait.by_line else "shortest paths"
    return [
        ("members", str(portrait.members), _who(portrait)),
        ("ties", str(portrait.ties), _ties(portrait)),
        ("critical ratio", _ratio(ratio), note(ratio, portrait.largest_part)),
        ("largest congestion", f"{portrait.congestion.max():.3f}", f"share of requests at one place, along {way}"),
        ("busiest", "", _named(portrait.top(portrait.congestion))),
        *(
            (f"robustness, {loss:.0%} out", f"{kept:.3f}", "share of the rest still connected, the top taken first")
            for loss, kept in portrait.robustness.items()
        ),
        ("influence concentration", f"{portrait.influence_concentration:.3f}", "error of a consensus; 1: all alike"),
        ("most influential", "", _named(portrait.top(portrait.influence))),
        ("brokers", "", _named(portrait.brokers)),
    ]


def _who(portrait: Portrait) -> str:
    """Members by role, and where they belong."""
    counts = [(n, role) for role, n in portrait.roles.items()]
    counts += [(portrait.units, "unit"), (portrait.places, "place")]
    return ", ".join(_count(n, what) for n, what in counts if n)


def _ties(portrait: Portrait) -> str:
    lines = f"; {_count(portrait.lines, 'reporting line')} among them" if portrait.lines else ""
    return f"in {_count(portrait.parts, 'connected part')}{lines}"


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _named(named: list[Named]) -> str:
    return ", ".join(f"{one.member} ({one.share:.3f})" for one in named) or "nobody"


def _ratio(ratio: Ratio) -> str:
    """The ratio, with its standard error where it was estimated."""
    if not math.isfinite(ratio.value):
        return "-"
    return f"{ratio.value:.3f}" + (f" (SE {ratio.se:.2g})" if ratio.way == "walks" else "")
