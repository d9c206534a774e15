"""The sections of the report, one file each, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable

from ..parts import Section, Told
from . import (
    answer,
    assumptions,
    best,
    costs,
    course,
    dependence,
    limits,
    pareto,
    regret,
    reproduce,
    scorecard,
    winners,
    withdrawal,
    worth,
)

SECTIONS: tuple[Callable[[Told], Section], ...] = (
    answer.section,
    scorecard.section,
    winners.section,
    course.section,
    costs.section,
    worth.section,
    best.section,
    regret.section,
    pareto.section,
    dependence.section,
    withdrawal.section,
    assumptions.section,
    limits.section,
    reproduce.section,
)
