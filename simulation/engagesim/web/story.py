"""The story of one member, one tie, and who is who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..engine.arrays import EFFORT, RELATIONAL, TASK
from ..parameter import ROLES
from ..population import columns
from ..structures.network import KINDS
from . import limits
from .deciding import decision
from .messages import WrongError
from .numbers import rounded
from .side import Side

STATE = {name: column for name, column in columns().items() if name not in ("known", "positive")}
"""Columns of a member's state that are told; bits say nothing to the eye."""
EFFORTS = {"effort": EFFORT, "effort_task": TASK, "effort_relational": RELATIONAL}
MEANING = {"effort": "effort this week", "effort_task": "task effort", "effort_relational": "relational effort"}


def who(side: Side, member: int) -> dict[str, Any]:
    """Who a member is, in the week where its run stands."""
    network, where = side.track.network, side.track.world.company.positions
    return {
        "id": member,
        "label": str(member) if network.labels is None else network.labels[member],
        "role": ROLES[network.role[member]],
        "unit": _or_none(where.unit[member]),
        "level": _or_none(where.level[member]),
    }


def _or_none(code: Any) -> int | None:
    return int(code) if code >= 0 else None


def member(sides: Sequence[Side], number: int, week: int) -> dict[str, Any]:
    """The story of a member until `week`, in each design; raises WrongError."""
    first = sides[0]
    _check(first, number)
    told = {side.letter: _told(side, number, week) for side in sides}
    positions = first.track.world.company.positions
    place, manager = (_or_none(getattr(positions, name)[number]) for name in ("place", "manager"))
    return {"type": "member", **who(first, number), "place": place, "manager": manager, "designs": told}


def _check(side: Side, number: int) -> None:
    if number >= side.track.size:
        raise WrongError(f"There is no member {number}; they are numbered 0 to {side.track.size - 1}.")


def _told(side: Side, number: int, week: int) -> dict[str, Any]:
    """A member's week, past, ties and decision in one design."""
    track = side.track
    decided = decision(track, number, week)
    track.go(week)
    company = track.world.company
    now = {name: float(getattr(company.members, name)[number]) for name in STATE}
    now |= {name: float(company.public[number, column]) for name, column in EFFORTS.items()}
    meanings = {name: {"meaning": c.meaning, "unit": c.unit, "low": c.low, "high": c.high} for name, c in STATE.items()}
    meanings |= {
        name: {"meaning": meaning, "unit": "share of full effort", "low": 0, "high": 1}
        for name, meaning in MEANING.items()
    }
    return {
        "present": bool(company.members.active[number]),
        "since": week - int(company.members.tenure[number]),
        "now": {name: rounded(value) for name, value in now.items()},
        "columns": meanings,
        "weeks": track.histories.weeks(week),
        "history": {name: rounded(column, 4) for name, column in track.histories.of(number, week).items()},
        "ties": _ties(side, number),
        "decision": decided,
    }


def _slots(side: Side, number: int) -> NDArray[np.int64]:
    """Slots of a member's live ties."""
    ties = side.track.world.company.ties
    slots = np.arange(ties.start[number], ties.start[number] + ties.degree[number])
    live: NDArray[np.int64] = slots[ties.strength[slots] > 0.0]
    return live


def _ties(side: Side, number: int) -> list[dict[str, Any]]:
    """A member's ties, the strongest first."""
    ties = side.track.world.company.ties
    slots = _slots(side, number)
    slots = slots[np.argsort(-ties.strength[slots], kind="stable")][: limits.TIES_TOLD]
    return [
        {**{k: v for k, v in who(side, int(ties.neighbour[s])).items() if k in ("label", "role")},
         "other": int(ties.neighbour[s]), **_tie_in_words(side, number, int(s))}
        for s in slots
    ]  # fmt: skip


def _tie_in_words(side: Side, number: int, slot: int) -> dict[str, Any]:
    ties, role = side.track.world.company.ties, side.track.network.role
    outside = int(role[number] != 0) + int(role[ties.neighbour[slot]] != 0)
    return {"strength": rounded(ties.strength[slot]), "kind": KINDS[ties.kind[slot]], "order": 1 + outside}


def tie(sides: Sequence[Side], i: int, j: int, week: int) -> dict[str, Any]:
    """One tie in each design; raises WrongError."""
    for number in (i, j):
        _check(sides[0], number)
    return {"type": "tie", "i": i, "j": j, "designs": {side.letter: _tie(side, i, j, week) for side in sides}}


def _tie(side: Side, i: int, j: int, week: int) -> dict[str, Any] | None:
    side.track.go(week)
    company = side.track.world.company
    for slot in _slots(side, i):
        if company.ties.neighbour[slot] == j:
            joint = company.public[i, RELATIONAL] * company.public[j, RELATIONAL]
            contact = company.public[i, EFFORT] * company.public[j, EFFORT]
            return {**_tie_in_words(side, i, int(slot)), "joint": rounded(joint), "contact": rounded(contact)}
    return None


def find(side: Side, text: str) -> dict[str, Any]:
    """Members whose number, own id or role a text begins, at most `limits.FOUND`."""
    network = side.track.network
    wanted = text.strip().casefold()
    labels = [str(i) for i in range(network.size)] if network.labels is None else network.labels
    exact = [i for i, label in enumerate(labels) if label.casefold() == wanted]
    near = (
        i
        for i, label in enumerate(labels)
        if label.casefold().startswith(wanted) or ROLES[network.role[i]].startswith(wanted)
    )
    found = dict.fromkeys(exact)
    for i in near:
        if len(found) >= limits.FOUND:
            break
        found[i] = None
    return {"type": "found", "members": [who(side, i) for i in found]}
