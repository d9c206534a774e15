"""What a design asks for and cannot have: allowed, but surely not meant. Each with the reason, and a way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..parameter import ROLES
from ..population import Floats
from ..problems import Problem
from ..rules.evaluation import EVALUATORS, SELF, sight_of_relational, sight_of_task
from ..rules.rewards import (
    BY_DESIGN,
    CONTINGENCY,
    COST,
    EVALUATOR,
    PERFORMANCE,
    RANK,
    UNEXPECTED,
    USE,
    VALUE,
    feeds_pay,
)
from ..rules.sharing import NONE, PROPORTIONAL
from .catalogue import slot
from .idle import idle, written_out

if TYPE_CHECKING:
    from .scenario import Scenario

BY_SCORE = {PERFORMANCE: "a bonus for performance", RANK: "a contest", UNEXPECTED: "thanks by what is seen"}
"""Contingencies that go by a score, in words."""


def conflicts(scenario: Scenario) -> list[Problem]:
    """Every conflict of a valid design, in the order of its instruments, then of its sharing, of being watched, and of
    levers that cannot act.

    Their path is empty where no file says the value concerned (a preset does).
    """
    weekly = scenario.levers()
    found = []
    for row, instrument in enumerate(scenario.instruments):
        columns = weekly.instruments[:, row].T
        found += [
            _problem(scenario, f"{instrument.name}.{key}", instrument.name, text)
            for key, text in (
                *(() if _meant(scenario, f"{instrument.name}.value") else _worthless(columns)),
                *_unseen(columns, weekly.values),
                *_own_judge(columns, weekly.values),
                *_free(columns, weekly.values),
            )
        ]
    # The default is no wish of anybody.
    said = "surveillance" in scenario.notes and not written_out(scenario, "surveillance")
    unfelt = _unfelt(weekly.values, weekly.instruments) if said else ()
    whole = (*_sharing(weekly.values), *unfelt, *idle(scenario))
    return [*found, *(_problem(scenario, key, key, text) for key, text in whole)]


def _problem(scenario: Scenario, key: str, other: str, message: str) -> Problem:
    notes = [scenario.notes.get(key), *(n for k, n in scenario.notes.items() if k.startswith(f"{other}."))]
    note = next((n for n in notes if n), None)
    return Problem(note.path if note else "", note.line if note else None, key, message)


def _meant(scenario: Scenario, key: str) -> bool:
    """Whether a file says why a value is as it is: an instrument that an experiment will turn on may wait at 0."""
    note = scenario.notes.get(key)
    return bool(note and note.why)


def _worthless(columns: Floats) -> Iterator[tuple[str, str]]:
    if (columns[VALUE] <= 0.0).all():
        yield "value", "is 0 in every week: it rewards nobody, tells nothing and costs nothing; give it a value"


def _unseen(columns: Floats, weekly: Floats) -> Iterator[tuple[str, str]]:
    """Goes by a score in weeks in which its evaluator can see no work at all."""
    codes = _evaluators(columns, weekly)
    for contingency, words in BY_SCORE.items():
        used = (columns[CONTINGENCY] == contingency) & (columns[VALUE] > 0.0)
        blind = [week for week in np.flatnonzero(used) if _sees_nothing(int(codes[week]), weekly[week])]
        if blind:
            who = EVALUATORS[int(codes[blind[0]])].replace("_", " ")
            yield (
                "contingency",
                f"{words} that nobody can see: from week {blind[0]} on, in {len(blind)} weeks, the evaluator "
                f"({who}) sees no work; raise visibility_task or visibility_relational, lower privacy, or "
                "reward completion instead",
            )


def _evaluators(columns: Floats, weekly: Floats) -> Floats:
    """Code of the evaluator whom an instrument goes by in each week: float64[T]."""
    by_design = columns[EVALUATOR] == BY_DESIGN
    codes: Floats = np.where(by_design, weekly[:, slot("evaluator")], columns[EVALUATOR] - 1)
    return codes


def _sees_nothing(evaluator: int, week: Floats) -> bool:
    """Whether an evaluator with the best view sees neither tasks nor help."""
    privacy, bias = week[slot("privacy")], week[slot("self_bias")]
    task = sight_of_task(evaluator, week[slot("visibility_task")], 1.0, 1.0, privacy, bias)
    helping = sight_of_relational(evaluator, week[slot("visibility_relational")], 1.0, 1.0, privacy, bias)
    return bool(max(task, helping) <= 0.0)


def _own_judge(columns: Floats, weekly: Floats) -> Iterator[tuple[str, str]]:
    own = _evaluators(columns, weekly) == SELF
    if ((columns[CONTINGENCY] == RANK) & (columns[VALUE] > 0.0) & own).any():
        yield "evaluator", "a contest in which everybody is their own judge; name another evaluator"


def _free(columns: Floats, weekly: Floats) -> Iterator[tuple[str, str]]:
    budgeted = weekly[:, slot("budget")] > 0.0
    if ((columns[COST] <= 0.0) & (columns[VALUE] > 0.0) & budgeted).any():
        yield (
            "cost",
            "is 0 while there is a budget: the budget cannot be spent on what costs nothing, so nothing is paid",
        )


def _sharing(weekly: Floats) -> Iterator[tuple[str, str]]:
    rule, share = weekly[:, slot("sharing_rule")], weekly[:, slot("return_share")]
    first = slot("sharing_weight")
    nobody = (weekly[:, first : first + len(ROLES)] <= 0.0).all(axis=1)
    pays = (share > 0.0) & (weekly[:, slot("capture_share")] > 0.0)
    if ((rule != NONE) & pays & nobody).any():
        yield "sharing_weight", "is 0 for every role: there is nobody to whom a share could be paid"
    blind = [w for w in np.flatnonzero(pays & (rule == PROPORTIONAL))
             if _sees_nothing(int(weekly[w, slot("evaluator")]), weekly[w])]  # fmt: skip
    if blind:
        yield "sharing_rule", "proportional to what is seen, but the evaluator sees no work: nobody has a claim"


def _unfelt(weekly: Floats, instruments: Floats) -> Iterator[tuple[str, str]]:
    """People are watched in weeks in which nothing is paid by what is seen."""
    watched = np.flatnonzero(weekly[:, slot("surveillance")] > 0.0)
    unpaid = [w for w in watched if not any(feeds_pay(i[VALUE], i[CONTINGENCY], i[USE]) for i in instruments[w])]
    if unpaid:
        yield (
            "surveillance",
            f"is felt only while a score is paid for: from week {unpaid[0]} on, in {len(unpaid)} weeks, no instrument "
            "used for pay goes by performance, rank or luck, so being watched changes nothing",
        )
