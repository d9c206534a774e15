"""Joining (part of M12): who is there at the start, and how outsiders come in, one by one or by reinforcement."""

from __future__ import annotations

from ..parameter import Parameter
from ..portable import clip01
from ..rule import rule

JOINING = ("vacancy", "simple", "complex", "signals")
VACANCY, SIMPLE, COMPLEX, SIGNALS = range(4)
"""How an outsider's empty place is filled, in the order of the codes."""

PARAMETERS = (
    Parameter(
        "joining", "entry", "vacancy",
        "How customers and partners join: after a vacancy, by any partner's word, only when enough partners take "
        "part, or by the signal that each partner gives on joining.",
        kind="choice", unit="rule", choices=JOINING, source="CentolaMacy2007",
        why="A vacancy asks nothing of anybody; the two kinds of contagion are for questions about movements.",
    ),
    Parameter(
        "recruit_rate", "entry", 0.0,
        "Chance that an outsider joins: weekly per participating partner (simple) or once enough take part (complex), "
        "or at the first signal (signals).",
        unit="per week", source="CentolaMacy2007", why="Off with vacancies; sweep .005 to 1 with the others.",
    ),
    Parameter(
        "second_signal", "entry", 1.0, "Times by which a second signal is followed more often than the first.",
        high=20.0, unit="times", source="Centola2010", why="Each signal alike: simple contagion; sweep 1 to 4.",
    ),
    Parameter(
        "later_signals", "entry", 1.0, "Times by which a third or later signal is followed more often than the first.",
        high=20.0, unit="times", source="Centola2010", why="Each signal alike: simple contagion; sweep 1 to 5.",
    ),
    Parameter(
        "third_order", "entry", 1.0, "How much a customer or partner who takes part counts as a recruiter; an "
        "employee counts 1.", unit="recruiters", why="A peer's word counts as much as an employee's; 0: only "
        "employees recruit; sweep 0 to 1.",
    ),
    Parameter(
        "join_threshold_mean", "entry", 2.0, "Mean number of recruiters that an outsider needs in complex joining.",
        low=1.0, high=50.0, unit="recruiters", static=True, source="CentolaMacy2007",
        why="Two is the least that makes contagion complex; sweep 1 to 4.",
    ),
    Parameter(
        "join_threshold_sd", "entry", 0.0, "Spread of that number between places.", high=10.0, unit="recruiters",
        static=True, why="All alike, as in the textbook case; sweep 0 to 1.",
    ),
    Parameter(
        "start_active", "entry", (1.0, 1.0, 1.0), "Share of the places of each role that are taken at the start.",
        per_role=True, static=True, why="Everybody is there; lower it to watch an organization or a movement fill up.",
    ),
    Parameter(
        "seed_cluster", "entry", 0,
        "Outsiders at the start: this many by chance and their partners among the outsiders; 0: by `start_active`.",
        kind="integer", high=1_000_000, unit="members", static=True, source="CentolaMacy2007",
        why="Off; a neighbourhood is how complex contagion is usually started.",
    ),
    Parameter(
        "seed_partners", "entry", "yes", "Whether the partners of those seeds are there at the start as well.",
        kind="choice", choices=("no", "yes"), unit="", static=True, source="Centola2010",
        why="As in models; experiments start from one alone.",
    ),
)  # fmt: skip

LEAST_THRESHOLD, MOST_THRESHOLD = 1.0, 100.0


@rule
def join_threshold(mean: float, sd: float, z: float) -> float:
    """Recruiters that an outsider needs before joining, 1..100: `mean` plus `z` standard deviations."""
    return min(MOST_THRESHOLD, max(LEAST_THRESHOLD, mean + sd * z))


@rule
def recruiter(outside: bool, third_order: float) -> float:
    """How much one participating partner counts as a recruiter, 0..1."""
    return third_order if outside else 1.0


@rule
def join_chance(joining: int, recruiters: float, threshold: float, recruit_rate: float) -> float:
    """Chance that an outsider joins this week, 0..1: in proportion to the recruiters, or only from a number of them."""
    enough = 1.0 if recruiters >= threshold else 0.0
    return recruit_rate * enough if joining == COMPLEX else clip01(recruit_rate * recruiters)


@rule
def is_fresh(weeks: int) -> bool:
    """Whether a partner gives its signal this week: in its first, after `weeks` whole weeks in its place."""
    return weeks == 0


@rule
def signal_chance(number: int, recruit_rate: float, second_signal: float, later_signals: float) -> float:
    """Chance, 0..1, that the signal of this number (1, 2, ...) is followed by who did not follow those before."""
    times = second_signal if number == 2 else 1.0
    times = later_signals if number > 2 else times
    return clip01(recruit_rate * times)


@rule
def by_vacancy(joining: int, role: int) -> bool:
    """Whether an empty place waits for its vacancy to end: an employee's always, an outsider's unless they recruit."""
    return role == 0 or joining == VACANCY
