"""A whole run in one compiled call: all weeks of one replicate on one thread, without holding the lock."""

from __future__ import annotations

from typing import cast

import numpy as np

from ..design.catalogue import slot
from ..population import Floats
from ..rules.joining import SIGNALS
from .arrays import Scratch
from .asking import ask, asks
from .come_and_go import JOINING, call, carry_out, notice
from .company import Company
from .encounters import RATE as ENCOUNTER_RATE
from .encounters import meet
from .imitating import RATE, reconsider, split, switch
from .invading import invade, tries
from .jit import kernel
from .learning import conclude_learning, learn, learns, open_learning
from .meeting import Meeting, contests, price, settle, settle_contests
from .organization import conclude, open_week
from .pieces import recognition
from .pieces.pooling import POOL_SIZE
from .pooling import pool
from .recognition import recognize
from .week import act, relate

BUDGET = slot("budget")
FIRST = cast("int", np.int64(0))
"""The first member, and the only row of sums. A plain 0 would be a type of its own: everything compiled once more."""


@kernel
def first_half(
    row: Floats, instruments: Floats, seed: int, week: int, company: Company, scratch: Scratch, meeting: Meeting
) -> None:
    """Decide, create and settle for all members on this thread."""
    size, organization = len(company.members.role), company.organization
    open_week(row, seed, week, organization)
    act(FIRST, size, FIRST, instruments, company, scratch, meeting)
    if organization.levers[POOL_SIZE] > 0.0:
        pool(seed, week, company)
    if contests(instruments):
        settle_contests(instruments, organization, meeting)
    if recognition.stands(organization.levers):
        recognize(instruments, company)
    if organization.levers[BUDGET] > 0.0:
        price(FIRST, size, FIRST, instruments, company, meeting)
    settle(instruments, organization, meeting)


@kernel
def run_weeks(
    levers: Floats, instruments: Floats, seed: int, from_week: int, to_week: int, company: Company, scratch: Scratch,
    meeting: Meeting, tallies: Floats, series: Floats,
) -> None:  # fmt: skip
    """Run weeks from_week..to_week - 1; writes float64[weeks, 3, tallies] and float64[weeks, organization]."""
    size = len(company.members.role)
    handled = company.members.handled
    for week in range(from_week, to_week):
        first_half(levers[week], instruments[week], seed, week, company, scratch, meeting)
        if company.organization.levers[ENCOUNTER_RATE] > 0.0:
            meet(seed, week, company)
        relate(FIRST, size, instruments[week], company, scratch, tallies[week])
        if learns(company.organization.levers):
            open_learning(seed, week, company, meeting)
            learn(seed, week, FIRST, size, FIRST, company, meeting, tallies[week])
            conclude_learning(seed, week, company, meeting, tallies[week])
        if asks(company.organization):
            handled[:] = 0.0
            ask(seed, week, FIRST, size, company, handled, tallies[week])
        conclude(seed, week, company.organization, tallies[week], series[week])
        if company.organization.levers[RATE] > 0.0:
            reconsider(seed, week, FIRST, size, company)
            switch(company, tallies[week])
            split(seed, week, company, tallies[week])
            if tries(company):
                invade(seed, week, company, tallies[week])
        if int(company.organization.levers[JOINING]) == SIGNALS:
            call(seed, week, FIRST, size, company)
        notice(seed, week, FIRST, size, company)
        carry_out(seed, week, company, tallies[week])
