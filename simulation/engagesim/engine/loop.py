"""The order of a week, written once: its parts, and the one compiled call that does any of them for any members.

A single way into compiled code, because each unpacks a hundred arrays: with one for each part, the first compilation
took a quarter longer.
"""

from __future__ import annotations

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
from .jit import kernel, piece
from .learning import conclude_learning, learn, learns, open_learning
from .organization import conclude, open_week
from .pieces import recognition
from .pieces.pooling import POOL_SIZE
from .pooling import pool
from .settlement import Ledger, contests, price, settle, settle_contests
from .week import act, relate

BUDGET = slot("budget")
OPEN, ACT, GATHER, PRICE, SETTLE, RELATE, OPEN_LEARNING, LEARN, CONCLUDE_LEARNING = range(9)
ASK, CONCLUDE, RECONSIDER, SWITCH, CALL, NOTICE, CARRY_OUT = range(9, 16)
"""Parts of a week, in order."""
PARTS = CARRY_OUT + 1
SHARED = frozenset({ACT, PRICE, RELATE, LEARN, ASK, RECONSIDER, CALL, NOTICE})
"""Parts that threads may share, some members each; the others are for one thread."""


@piece
def decide_and_settle(
    part: int, seed: int, week: int, first: int, last: int, row: int, levers: Floats, instruments: Floats,
    company: Company, scratch: Scratch, ledger: Ledger,
) -> None:  # fmt: skip
    """Members first..last - 1 decide and create; the organization settles, and groups meet."""
    organization = company.organization
    if part == OPEN:
        open_week(levers, seed, week, organization)
    elif part == ACT:
        act(first, last, row, instruments, company, scratch, ledger)
    elif part == GATHER:
        gather(seed, week, instruments, company, ledger)
    elif part == PRICE:
        if organization.levers[BUDGET] > 0.0:
            price(first, last, row, instruments, company, ledger)
    elif part == SETTLE:
        settle(instruments, organization, ledger)
        if organization.levers[ENCOUNTER_RATE] > 0.0:
            meet(seed, week, company)


@piece
def gather(seed: int, week: int, instruments: Floats, company: Company, ledger: Ledger) -> None:
    """Teams of the week meet; contests are decided, and who is recognized."""
    organization = company.organization
    if organization.levers[POOL_SIZE] > 0.0:
        pool(seed, week, company)
    if contests(instruments):
        settle_contests(instruments, organization, ledger)
    if recognition.stands(organization.levers):
        recognition.recognize(instruments, company)


@piece
def live_and_learn(
    part: int, seed: int, week: int, first: int, last: int, row: int, instruments: Floats, company: Company,
    scratch: Scratch, ledger: Ledger, handled: Floats, tallies: Floats, series: Floats,
) -> None:  # fmt: skip
    """Members first..last - 1 relate, experience, learn and ask; the organization learns and keeps its books."""
    if part == RELATE:
        relate(first, last, instruments, company, scratch, tallies)
    elif part <= CONCLUDE_LEARNING:
        if learns(company.organization.levers):
            learn_mutually(part, seed, week, first, last, row, company, ledger, tallies)
    elif part == ASK:
        if asks(company.organization):
            handled[:] = 0.0
            ask(seed, week, first, last, company, handled, tallies)
    elif part == CONCLUDE:
        conclude(company.organization, tallies, series)


@piece
def learn_mutually(
    part: int, seed: int, week: int, first: int, last: int, row: int, company: Company, ledger: Ledger,
    tallies: Floats,
) -> None:  # fmt: skip
    """Members first..last - 1 and the organization's code learn from each other."""
    if part == OPEN_LEARNING:
        open_learning(seed, week, company, ledger)
    elif part == LEARN:
        learn(seed, week, first, last, row, company, ledger, tallies)
    else:
        conclude_learning(seed, week, company, ledger, tallies)


@piece
def change(part: int, seed: int, week: int, first: int, last: int, company: Company, tallies: Floats) -> None:
    """Members first..last - 1 change their ways, leave, come and form ties."""
    levers = company.organization.levers
    if part == RECONSIDER:
        if levers[RATE] > 0.0:
            reconsider(seed, week, first, last, company)
    elif part == SWITCH:
        if levers[RATE] > 0.0:
            switch(company, tallies)
            split(seed, week, company, tallies)
            if tries(company):
                invade(seed, week, company, tallies)
    elif part == CALL:
        if int(levers[JOINING]) == SIGNALS:
            call(seed, week, first, last, company)
    elif part == NOTICE:
        notice(seed, week, first, last, company)
    elif part == CARRY_OUT:
        carry_out(seed, week, company, tallies)


@kernel
def work(
    first_part: int, last_part: int, seed: int, from_week: int, to_week: int, first: int, last: int, row: int,
    levers: Floats, instruments: Floats, company: Company, scratch: Scratch, ledger: Ledger, handled: Floats,
    tallies: Floats, series: Floats,
) -> None:  # fmt: skip
    """Do parts first_part..last_part - 1 of weeks from_week..to_week - 1 for members first..last - 1.

    Args:
        row: of this thread in `ledger` and in `handled`, float64[threads, N].
        tallies: float64[weeks, 3, tallies] to which sums are added; of one row only where a thread adds up its own.
        series: float64[weeks, organization], written when a week is concluded.
    """
    for week in range(from_week, to_week):
        offered, sums = instruments[week], tallies[week % len(tallies)]
        for part in range(first_part, last_part):
            if part <= SETTLE:
                decide_and_settle(part, seed, week, first, last, row, levers[week], offered, company, scratch, ledger)
            elif part <= CONCLUDE:
                live_and_learn(
                    part, seed, week, first, last, row, offered, company, scratch, ledger, handled[row], sums,
                    series[week],
                )  # fmt: skip
            else:
                change(part, seed, week, first, last, company, sums)
