"""A whole run in one compiled call: all weeks of one replicate on one thread, without holding the lock."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..design.catalogue import slot
from ..draws import key_of
from ..population import Floats, Members, People
from .arrays import Scratch, Ties
from .come_and_go import EXIT, find_leavers, find_proposals, form_ties, turn_over
from .jit import kernel
from .week import Meeting, Organization, act, contests, open_week, price, relate, settle, settle_contests

BUDGET = slot("budget")
CLOSURE = slot("closure_rate")
MEETING = slot("meeting_rate")


@kernel
def keep_books(organization: Organization, tallies: Floats, captured: int, paid: Any, series: Floats) -> None:
    """Bring the account up to date and write the organization's weekly series."""
    for r in range(len(tallies)):
        organization.account[0] += tallies[r, captured]
        for column in paid:
            organization.account[0] -= tallies[r, column]
    series[0] = organization.account[0]
    series[1:4] = organization.demand
    series[4] = organization.scale[0]
    series[5] = organization.control[0]


@kernel
def grow_if_needed(found: int, proposals: Any) -> Any:
    """The same list if all `found` proposals fit, else a longer one."""
    return proposals if found <= len(proposals) else np.zeros((2 * found, 2), dtype=np.int64)


@kernel
def move_people(
    levers: Floats, people: People, seed: int, week: int, members: Members, ties: Ties, public: Floats, leaving: Any,
    proposals: Any, tallies: Floats,
) -> Any:  # fmt: skip
    """Everything of `come_and_go` for all members; returns the list of proposals, longer if it had to grow."""
    size = len(members.role)
    find_leavers(levers, key_of(seed, EXIT, week), 0, size, members, leaving)
    turn_over(levers, people, seed, week, leaving, members, ties, tallies)
    if levers[CLOSURE] > 0.0 or levers[MEETING] > 0.0:
        found = find_proposals(levers, seed, week, 0, size, members, ties, public, proposals)
        if found > len(proposals):
            proposals = grow_if_needed(found, proposals)
            found = find_proposals(levers, seed, week, 0, size, members, ties, public, proposals)
        form_ties(levers, proposals[:found], members, ties)
    return proposals


@kernel
def first_half(
    levers: Floats, instruments: Floats, seed: int, week: int, members: Members, public: Floats, scratch: Scratch,
    organization: Organization, meeting: Meeting,
) -> None:  # fmt: skip
    """Decide, create and settle for all members on this thread."""
    size = len(members.role)
    open_week(levers, seed, week, organization)
    act(0, size, 0, levers, instruments, members, public, scratch, organization, meeting)
    if contests(instruments):
        settle_contests(instruments, organization, meeting)
    if levers[BUDGET] > 0.0:
        price(0, size, 0, instruments, members, public, scratch, organization, meeting)
    settle(levers, instruments, organization, meeting)


@kernel
def run_weeks(
    levers: Floats, instruments: Floats, people: People, seed: int, from_week: int, to_week: int, columns: Any,
    members: Members, ties: Ties, public: Floats, scratch: Scratch, organization: Organization, meeting: Meeting,
    tallies: Floats, series: Floats,
) -> None:  # fmt: skip
    """Run weeks from_week..to_week - 1; writes float64[weeks, 3, tallies] and float64[weeks, organization]."""
    size = len(members.role)
    leaving = np.zeros(size, dtype=np.bool_)
    proposals = np.zeros((64 + size // 64, 2), dtype=np.int64)
    for week in range(from_week, to_week):
        lever, offer = levers[week], instruments[week]
        first_half(lever, offer, seed, week, members, public, scratch, organization, meeting)
        relate(
            0, size, lever, offer, people.participation_threshold, members, ties, public, scratch,
            organization, tallies[week],
        )  # fmt: skip
        keep_books(organization, tallies[week], columns[0], columns[1:], series[week])
        proposals = move_people(
            lever, people, seed, week, members, ties, public, leaving, proposals, tallies[week]
        )
