"""What does not fit together in a design whose values are each within their own range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..parameter import Value
from ..rules.rewards import CONTINGENCY, RANK, TOP_SHARE
from ..structures import REORGANIZED
from ..structures import parameters as structure
from .catalogue import slot
from .checks import plain
from .levers import Levers, levers, reorganizations
from .parts import Change, Instrument

Finding = tuple[tuple[str, ...], str]
"""Keys concerned, the most telling first, and message."""

TOLERANCE = 1e-9
TYPE_SHARES = ("conditional_share", "free_rider_share", "hump_share")
CONNECTIVITY_SHARES = ("hyperconnected_share", "connected_share")


def findings(
    values: Mapping[str, Value], instruments: tuple[Instrument, ...], schedule: tuple[Change, ...], in_file: bool
) -> list[Finding]:
    """Everything that does not fit together.

    A change after the end of the run is a slip in a file, but not with a setting on top of it that asks for a
    shorter run.
    """
    steps = structure.whole(values, "steps")
    weekly = levers(steps, values, instruments, schedule)
    return [
        *_shares(values, TYPE_SHARES),
        *_shares(values, CONNECTIVITY_SHARES),
        *(((key, "form"), message) for key, message in structure.problems(values)),
        *(_late(schedule, steps) if in_file else ()),
        *_reorganizations(steps, values, schedule),
        *_split(weekly, "capture_share", "own_share"),
        *_split(weekly, "person_share", "shared_share"),
        *_split(weekly, "target_capture_share", "target_own_share"),
        *_contests(weekly, instruments),
        *_budget(weekly, instruments),
    ]


def _shares(values: Mapping[str, Value], names: tuple[str, ...]) -> Iterator[Finding]:
    total = sum(structure.number(values, name) for name in names)
    if total > 1.0 + TOLERANCE:
        yield names, f"{' + '.join(names)} = {total:.4g}   must be at most 1"


def _reorganizations(steps: int, values: Mapping[str, Value], schedule: tuple[Change, ...]) -> Iterator[Finding]:
    """What is wrong with a new structure, in the week in which it begins to be."""
    known = list(structure.problems(values))
    for at, changed in reorganizations(steps, values, schedule):
        key = next(c.key for c in schedule if c.at == at and c.key in REORGANIZED)
        if values["form"] != "organization":
            message = f"form = {values['form']} cannot be reorganized, only the form organization can"
            yield (f"{key}@{at}", "form"), message
            return
        found = list(structure.problems(changed))
        yield from (
            ((f"{key}@{at}", name), f"in week {at}: {text}") for name, text in found if (name, text) not in known
        )
        known = found


def _late(schedule: tuple[Change, ...], steps: int) -> Iterator[Finding]:
    for change in schedule:
        if change.at >= steps:
            message = f"changes in week {change.at}, after the run of {steps} weeks (0 to {steps - 1})"
            yield (f"{change.key}@{change.at}", "steps"), message


def _split(weekly: Levers, one: str, other: str) -> Iterator[Finding]:
    total = weekly.values[:, slot(one)] + weekly.values[:, slot(other)]
    over = np.flatnonzero(total > 1.0 + TOLERANCE)
    if len(over):
        week, most = int(over[0]), float(total[over[0]])
        yield (one, other), f"{one} + {other} = {most:.4g} in week {week}   must be at most 1"


def _contests(weekly: Levers, instruments: tuple[Instrument, ...]) -> Iterator[Finding]:
    for row, instrument in enumerate(instruments):
        column = weekly.instruments[:, row].T
        if ((column[CONTINGENCY] == RANK) & (column[TOP_SHARE] >= 1.0)).any():
            share = plain(float(column[TOP_SHARE].max()))
            keys = instrument.name, f"{instrument.name}.top_share"
            yield keys, f"contingency rank with top_share = {share}: everybody wins; must be below 1"


def _budget(weekly: Levers, instruments: tuple[Instrument, ...]) -> Iterator[Finding]:
    if not instruments and (weekly.values[:, slot("budget")] > 0.0).any():
        yield ("budget",), "there is no instrument to spend it on; add [[instruments]] or set budget = 0"
