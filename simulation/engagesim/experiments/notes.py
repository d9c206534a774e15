"""What a reader has to know about the numbers of a comparison, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from ..design.catalogue import PARAMETERS
from ..design.scenario import Scenario
from ..measures import GROUPS
from ..outcomes import BY_NAME, KIND_OF
from ..parameter import ROLES
from .choice.costing import SHARING
from .networks import BUILDS
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

OF_SCHEME = ("seeing", "rewards", "time")
"""Groups of parameters that are no part of the organization below a scheme: who evaluates, what is seen and spent."""

SHOWN = 5
"""Names of parameters or outcomes that a note lists before it counts the rest."""


def notes_of(
    designs: Sequence[Scenario], found: Sequence[Reduced], differences: pd.DataFrame, worlds: int = 1
) -> tuple[str, ...]:
    """Twins, groups without members, collapses, pairs left out and other limits of these numbers."""
    replicates = len(found[0].windows)
    return (
        *_twins(designs),
        *_against(designs),
        *_other_organizations(designs),
        *_absent(designs, found),
        *_collapsed(designs, found),
        *_left_out(differences, replicates),
        *_few(replicates, worlds),
    )


def labels(arms: Iterable[Scenario]) -> dict[str, str]:
    """What to call each design: its title, or its name where two have one title."""
    arms = list(arms)
    count = Counter(arm.title for arm in arms)
    return {arm.name: arm.title if count[arm.title] == 1 else arm.name for arm in arms}


def beyond_scheme(design: Scenario, base: Scenario) -> list[str]:
    """Names of the parameters in which two designs differ and that are no part of a reward scheme.

    Those that say how to build a structure do nothing where it comes from a file.
    """
    idle = BUILDS if design.values["form"] == base.values["form"] == "file" else ()
    return [
        p.name for p in PARAMETERS
        if p.group not in (*OF_SCHEME, *idle) and p.name not in SHARING
        and design.values[p.name] != base.values[p.name]
    ]  # fmt: skip


def fitted_notes(designs: Sequence[Scenario], aim: Aim) -> Iterator[str]:
    """Which designs were compared with another share paid back than they say, to cost what all cost."""
    called = labels(designs)
    halves = {
        d.name: " (half of the budget; the other half goes to its rewards)" if d.instruments else "" for d in designs
    }
    for name, written, fitted in aim.fitted:
        yield (
            f"{called[name]} says return_share = {written:.3g}; to cost as much as the others (budget {aim.budget:g}) "
            f"it was compared with {fitted:.3g}{halves[name]}. Without a budget it is compared as written."
        )


def _twins(designs: Sequence[Scenario]) -> Iterator[str]:
    for a, b in combinations(designs, 2):
        if a.digest == b.digest:
            one, other = (labels(designs)[d.name] for d in (a, b))
            yield f"{one} and {other} are the same design under two names: no difference can come out."


def _against(designs: Sequence[Scenario]) -> Iterator[str]:
    if len(designs) > 2:
        first = labels(designs)[designs[0].name]
        yield (
            f"Every design is compared with {first}, each row by itself; which is best is told by intervals that hold "
            "for all pairs of designs at once. To compare two others, name those two alone."
        )


def _other_organizations(designs: Sequence[Scenario]) -> Iterator[str]:
    """Schemes that sit on another organization than the first design's, by what else differs.

    A reader who compares rewards takes such a difference for the work of the reward.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for design in designs[1:]:
        keys = tuple(beyond_scheme(design, designs[0]))
        if keys and design.instruments:
            alike.setdefault(keys, []).append(labels(designs)[design.name])
    first = labels(designs)[designs[0].name]
    for keys, names in alike.items():
        yield (
            f"{', '.join(names)}: not only the rewards differ from {first}, but also {_shortened(keys)}. What comes "
            "out is the work of all of it; for the scheme alone, compare it with what it extends, or write its "
            f"instruments into a file that extends the organization of {first}."
        )


def _shortened(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _absent(designs: Sequence[Scenario], found: Sequence[Reduced]) -> Iterator[str]:
    for role in ROLES:
        without = [
            labels(designs)[d.name] for d, reduced in zip(designs, found, strict=True) if role not in reduced.present
        ]
        if without:
            where = "in any design" if len(without) == len(designs) else f"in {', '.join(without)}"
            yield f"There are no {role}s {where}; their rows are left out."


def _collapsed(designs: Sequence[Scenario], found: Sequence[Reduced]) -> Iterator[str]:
    for design, reduced in zip(designs, found, strict=True):
        for group in reduced.present:
            gone = int((~reduced.survived[:, GROUPS.index(group)]).sum())
            if gone:
                who, count = ("nobody" if group == "everyone" else f"no {group}"), len(reduced.survived)
                called = labels(designs)[design.name]
                yield f"{called}: in {gone} of {count} replicates {who} is active in the last week."


def _left_out(differences: pd.DataFrame, replicates: int) -> Iterator[str]:
    kind, n = differences["measure"].map(KIND_OF), differences["n"]
    # Outcomes taken once a run have one window; those of them that never happen are no gap in the data.
    happens = (kind == "weekly") | ((kind == differences["window"]) & (n > 0))
    short = differences[happens & (n < replicates)]
    if short.empty:
        return
    groups = [g if g == "everyone" else f"{g}s" for g in dict.fromkeys(short["group"])]
    names = [BY_NAME[m].title.lower() for m in dict.fromkeys(short["measure"])]
    most = replicates - int(short["n"].min())
    yield (
        f"Up to {most} of {replicates} pairs have no value of {_shortened(names)} (for {', '.join(groups)}: nobody "
        "active, or nothing to divide by). They are left out there; column n of differences.parquet counts those used."
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
