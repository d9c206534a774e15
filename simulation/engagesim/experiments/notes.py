"""What a reader has to know about the numbers of a comparison, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from ..design.scenario import Scenario
from ..measures import GROUPS
from ..outcomes import KIND_OF
from ..parameter import ROLES
from .reduction import BANDED, Reduced

if TYPE_CHECKING:
    import pandas as pd

    from .choice.aim import Aim

FEW = 20
"""Replicates below which intervals of what is far from normal are too narrow, and chances of being best too sure."""

FEWEST = 6
"""Pairs below which nothing is told apart: even five equal signs in a row come up by chance once in sixteen times."""

ROUNDING = 1e-8
"""Differences below this are left over from rounding value to its grid (about 1e-9)."""


def notes_of(
    designs: Sequence[Scenario], found: Sequence[Reduced], differences: pd.DataFrame, worlds: int = 1
) -> tuple[str, ...]:
    """Twins, groups without members, collapses, pairs left out and other limits of these numbers."""
    replicates = len(found[0].windows)
    return (
        *_twins(designs),
        *_against(designs),
        *_absent(designs, found),
        *_collapsed(designs, found),
        *_left_out(differences, replicates),
        *_few(replicates, worlds),
    )


def fitted_notes(aim: Aim) -> Iterator[str]:
    """Which designs were compared with another share paid back than they say, to cost what all cost."""
    for name, written, fitted in aim.fitted:
        yield (
            f"{name} says return_share = {written:.3g}; to cost as much as the others (budget {aim.budget:g}) it was "
            f"compared with {fitted:.3g}. Without a budget it is compared as written."
        )


def _twins(designs: Sequence[Scenario]) -> Iterator[str]:
    for a, b in combinations(designs, 2):
        if a.digest == b.digest:
            yield f"{a.name} and {b.name} are the same design under two names: no difference can come out."


def _against(designs: Sequence[Scenario]) -> Iterator[str]:
    if len(designs) > 2:
        yield f"Every design is compared with {designs[0].name}; to compare two others, name those two alone."


def _absent(designs: Sequence[Scenario], found: Sequence[Reduced]) -> Iterator[str]:
    for role in ROLES:
        without = [d.name for d, reduced in zip(designs, found, strict=True) if role not in reduced.present]
        if without:
            where = "in any design" if len(without) == len(designs) else f"in {', '.join(without)}"
            yield f"There are no {role}s {where}; their rows are left out."


def _collapsed(designs: Sequence[Scenario], found: Sequence[Reduced]) -> Iterator[str]:
    for design, reduced in zip(designs, found, strict=True):
        for group in reduced.present:
            gone = int((~reduced.survived[:, GROUPS.index(group)]).sum())
            if gone:
                who, count = ("nobody" if group == "everyone" else f"no {group}"), len(reduced.survived)
                yield f"{design.name}: in {gone} of {count} replicates {who} is active in the last week."


def _left_out(differences: pd.DataFrame, replicates: int) -> Iterator[str]:
    kind, n = differences["measure"].map(KIND_OF), differences["n"]
    # Outcomes taken once a run have one window; those of them that never happen are no gap in the data.
    happens = (kind == "weekly") | ((kind == differences["window"]) & (n > 0))
    short = differences[happens & (n < replicates)]
    for group, rows in short.groupby("group", sort=False):
        most = replicates - int(rows["n"].min())
        names = ", ".join(dict.fromkeys(rows["measure"]))
        who = "Everyone" if group == "everyone" else f"{str(group).capitalize()}s"
        yield (
            f"{who}: of some design up to {most} of {replicates} pairs have no value of {names} (nobody active, or "
            "nothing to divide by) and are left out there; column n counts those used."
        )


def _few(replicates: int, worlds: int) -> Iterator[str]:
    if worlds > 1:
        often = "once" if replicates == 1 else f"{replicates} times"
        yield f"The world as stated was run {often}; what is said about the choice rests on {worlds} others."
        return
    if replicates < FEWEST:
        yield f"{replicates} replicates are too few to tell anything apart: at least {FEWEST} are needed."
    elif replicates < FEW:
        yield f"{replicates} replicates are few: below {FEW}, intervals of lopsided outcomes come out too narrow."
    if replicates > BANDED:
        yield f"Weekly means and bands rest on the first {BANDED} of {replicates} replicates; all else on all."
