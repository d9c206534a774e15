"""Who wins and who loses: the same people in the baseline and under a scheme, in groups fixed by the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...parameter import ROLES
from ..reduction import PEOPLE, Reduced

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NOTICED = 0.02
"""Change of wellbeing (0..1) from which somebody counts as better or worse off."""
FIFTHS = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
YEAR = 52
TENURES = ("there all along", "joined over a year before the end", "joined in the last year")
STAYED, CONTRIBUTED, WELLBEING, TENURE = (PEOPLE.index(name) for name in PEOPLE)


def can_be_followed(found: list[Reduced]) -> bool:
    """Whether every design has the same places, so that their people are the same."""
    first = found[0].roles
    return all(
        r.people is not None and r.roles is not None and first is not None and np.array_equal(r.roles, first)
        for r in found
    )


def fates(baseline: Reduced, other: Reduced) -> Iterator[dict[str, Any]]:
    """One row per replicate and band: how its people fare under `other` against the baseline.

    Bands are everyone, each role, fifths of the employees by what they contributed over the baseline run, and tenures
    (see `tenures`). Keys: replicate, band, members (who was there in either), stayed (still there under both), better
    and worse (of those, by more than `NOTICED`), change (sum over those of the change of wellbeing), left_here (only
    under `other`), left_baseline (only in the baseline).
    """
    if baseline.people is None or other.people is None or baseline.roles is None:
        return
    for r, (before, after) in enumerate(zip(baseline.people, other.people, strict=True)):
        was, now = before[:, STAYED] > 0.0, after[:, STAYED] > 0.0
        there = was | now | (before[:, CONTRIBUTED] > 0.0) | (after[:, CONTRIBUTED] > 0.0)
        change = after[:, WELLBEING] - before[:, WELLBEING]
        for band, who in bands(baseline.roles, before[:, CONTRIBUTED], there):
            yield {"replicate": r, "band": band, **_counted(who, was, now, change)}
        same = before[:, TENURE] == after[:, TENURE]
        for band, who in tenures(baseline.roles, before[:, TENURE], was):
            yield {"replicate": r, "band": band, **_counted(who, who, same, change)}


def _counted(who: Flags, was: Flags, now: Flags, change: Floats) -> dict[str, Any]:
    """Members of one band: how many there are in all, in both runs, in one only, and how those in both fare."""
    both = who & was & now
    return {
        "members": int(who.sum()), "stayed": int(both.sum()), "better": int((change[both] > NOTICED).sum()),
        "worse": int((change[both] < -NOTICED).sum()), "change": float(change[both].sum()),
        "left_here": int((who & was & ~now).sum()), "left_baseline": int((who & now & ~was).sum()),
    }  # fmt: skip


def tenures(roles: NDArray[np.uint8], tenure: Floats, was: Flags) -> Iterator[tuple[str, Flags]]:
    """Name and members of every band of employees by how long they have been there at the end of the baseline run.

    Who joined a place in the same week is the same person in every design: the traits of newcomers are drawn by both.
    """
    newer = (roles == 0) & (tenure >= 0.0) & ~was
    parts = ((roles == 0) & was, newer & (tenure > YEAR), newer & (tenure <= YEAR))
    for name, who in zip(TENURES, parts, strict=True):
        if who.any():
            yield f"employees, {name}", who


def bands(roles: NDArray[np.uint8], contributed: Floats, there: Flags) -> Iterator[tuple[str, Flags]]:
    """Name and members of every band that has any."""
    yield "everyone", there
    for code, role in enumerate(ROLES):
        who = there & (roles == code)
        if who.any():
            yield f"{role}s", who
    employees = np.flatnonzero(there & (roles == 0))
    if len(employees) < len(FIFTHS):
        return
    order = employees[np.argsort(contributed[employees], kind="stable")]
    for name, part in zip(FIFTHS, np.array_split(order, len(FIFTHS)), strict=True):
        who = np.zeros(len(roles), dtype=np.bool_)
        who[part] = True
        yield f"employees, {name}", who
