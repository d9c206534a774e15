"""A whole run in one compiled call: all weeks of one replicate on one thread, without holding the lock."""

from __future__ import annotations

from ..design.catalogue import slot
from ..population import Floats
from ..rules.joining import SIGNALS
from .arrays import Scratch
from .asking import ask, asks
from .come_and_go import JOINING, call, carry_out, notice
from .company import Company
from .imitating import RATE, reconsider, switch
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


@kernel
def first_half(
    row: Floats, instruments: Floats, seed: int, week: int, company: Company, scratch: Scratch, meeting: Meeting
) -> None:
    """Decide, create and settle for all members on this thread."""
    size, organization = len(company.members.role), company.organization
    open_week(row, seed, week, organization)
    act(0, size, 0, instruments, company, scratch, meeting)
    if organization.levers[POOL_SIZE] > 0.0:
        pool(seed, week, company)
    if contests(instruments):
        settle_contests(instruments, organization, meeting)
    if recognition.stands(organization.levers):
        recognize(instruments, company)
    if organization.levers[BUDGET] > 0.0:
        price(0, size, 0, instruments, company, meeting)
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
        relate(0, size, instruments[week], company, scratch, tallies[week])
        if learns(company.organization.levers):
            open_learning(seed, week, company, meeting)
            learn(seed, week, 0, size, 0, company, meeting, tallies[week])
            conclude_learning(seed, week, company, meeting, tallies[week])
        if asks(company.organization):
            handled[:] = 0.0
            ask(seed, week, 0, size, company, handled, tallies[week])
        conclude(seed, week, company.organization, tallies[week], series[week])
        if company.organization.levers[RATE] > 0.0:
            reconsider(seed, week, 0, size, company)
            switch(company, tallies[week])
        if int(company.organization.levers[JOINING]) == SIGNALS:
            call(seed, week, 0, size, company)
        notice(seed, week, 0, size, company)
        carry_out(seed, week, company, tallies[week])
