"""M6 in loops: scores of a block in the first pass, gaming and what is added up in the second."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import swing_of, uniform
from ...population import Floats
from ...portable import grid
from ...rules.evaluation import (
    acquaintance,
    felt_control,
    gain_of_gaming,
    game,
    manager_reach,
    missed,
    received,
    score,
    sight_of_relational,
    sight_of_task,
    watched,
)
from ...rules.rewards import BY_DESIGN, CONTINGENCY, EVALUATOR, USE, VALUE, dose, feeds_pay
from ...tallies import index
from ..arrays import EFFORT, RELATIONAL, TASK, VISIBLE
from ..jit import piece

STRENGTH = slot("evaluation")
SEEN_BY = slot("evaluator")
CAPACITY = slot("manager_capacity")
DISTANT = slot("distant_sight")
PEER_HALF = slot("peer_half")
SELF_BIAS = slot("self_bias")
NOISE = slot("evaluation_noise")
PRIVACY = slot("privacy")
GAMING_RATE = slot("gaming_rate")
SURVEILLANCE = slot("surveillance")
VISIBILITY_TASK = slot("visibility_task")
VISIBILITY_RELATIONAL = slot("visibility_relational")
DOSE = slot("reward_dose")
SCORE, MISSED_TASK, MISSED_RELATIONAL, GAMED = map(index, ("score", "missed_task", "missed_relational", "gamed"))
RECEIVED, RECEIVED_SQUARED = index("received"), index("received_squared")
EFFORT_SQUARED, RECEIVED_EFFORT = index("effort_squared"), index("received_effort")


@piece
def sights(levers: Floats, evaluator: int, i: int, company: Any) -> tuple[float, float]:
    """Task and relational effort of member i that an evaluator sees, per unit given."""
    reach = manager_reach(company.positions.span[i], levers[CAPACITY], levers[DISTANT])
    known, private, bias = company.members.acquaintance[i], levers[PRIVACY], levers[SELF_BIAS]
    return (
        sight_of_task(evaluator, levers[VISIBILITY_TASK], reach, known, private, bias),
        sight_of_relational(evaluator, levers[VISIBILITY_RELATIONAL], reach, known, private, bias),
    )


@piece
def score_by(levers: Floats, evaluator: int, i: int, company: Any) -> float:
    """Score of member i in the eyes of an evaluator; its error of the week is the same in all eyes."""
    task, relational = sights(levers, evaluator, i, company)
    noise = levers[NOISE] * swing_of(uniform(company.organization.noise[0], i)) if levers[NOISE] > 0.0 else 0.0
    public = company.public[i]
    return score(public[VISIBLE], public[TASK], public[RELATIONAL], task, relational, noise, levers[STRENGTH])


@piece
def evaluate(a: int, b: int, company: Any) -> None:
    """Write how well partners know members a..b - 1, and their scores."""
    levers, members = company.organization.levers, company.members
    evaluator = int(levers[SEEN_BY])
    for i in range(a, b):
        members.acquaintance[i] = acquaintance(members.tie_strength[i], levers[PEER_HALF])
        members.score[i] = members.active[i] * score_by(levers, evaluator, i, company)


@piece
def score_for(row: Floats, i: int, company: Any) -> float:
    """Score of member i that one instrument goes by."""
    levers, evaluator = company.organization.levers, int(row[EVALUATOR])
    if evaluator == BY_DESIGN or levers[STRENGTH] <= 0.0:
        return float(company.members.score[i])
    return score_by(levers, evaluator - 1, i, company)


@piece
def watching(levers: Floats, instruments: Floats) -> float:
    """Control felt this week by who is seen in everything: surveillance where scores feed pay."""
    feeding = False
    for k in range(len(instruments)):
        row = instruments[k]
        feeding = feeding or feeds_pay(row[VALUE], int(row[CONTINGENCY]), int(row[USE]))
    return levers[STRENGTH] * levers[SURVEILLANCE] if feeding else 0.0


@piece
def live_with_it(a: int, b: int, company: Any, control: Floats) -> None:
    """Let members a..b - 1 game the score and, where they are watched, feel control."""
    levers, members = company.organization.levers, company.members
    evaluator, under_watch = int(levers[SEEN_BY]), company.organization.watching[0]
    for i in range(a, b):
        task, relational = sights(levers, evaluator, i, company)
        gain = gain_of_gaming(dose(members.expected_reward[i], levers[DOSE]), task, relational)
        members.gamed[i] = game(members.gamed[i], gain, levers[GAMING_RATE])
        control[i - a] = felt_control(control[i - a], under_watch, watched(evaluator, task, relational))


@piece
def add_up(a: int, b: int, company: Any, rewards: Floats, shared: Floats, tallies: Floats) -> None:
    """Add what evaluation makes of members a..b - 1 to float64[3, tallies]."""
    levers, members, public = company.organization.levers, company.members, company.public
    strength, evaluator = levers[STRENGTH], int(levers[SEEN_BY])
    for i in range(a, b):
        if members.active[i] == 0:
            continue
        row, effort, got = tallies[members.role[i]], public[i, EFFORT], received(rewards[i - a], shared[i - a])
        task, relational = sights(levers, evaluator, i, company)
        row[SCORE] += grid(members.score[i])
        row[MISSED_TASK] += grid(missed(public[i, TASK], levers[VISIBILITY_TASK], task, strength))
        row[MISSED_RELATIONAL] += grid(
            missed(public[i, RELATIONAL], levers[VISIBILITY_RELATIONAL], relational, strength)
        )
        row[GAMED] += grid(strength * members.gamed[i])
        row[RECEIVED] += grid(got)
        row[RECEIVED_SQUARED] += grid(got * got)
        row[EFFORT_SQUARED] += grid(effort * effort)
        row[RECEIVED_EFFORT] += grid(got * effort)
