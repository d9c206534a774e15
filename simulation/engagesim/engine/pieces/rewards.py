"""M7 in loops, the design's side: what instruments cost, whom they reach, what they tell and how they control."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...design.catalogue import slot
from ...draws import uniform
from ...population import Floats
from ...portable import clip01
from ...rules.evaluation import recognized
from ...rules.push import expect_reward
from ...rules.rewards import (
    CHANCE,
    CONTINGENCY,
    CONTROLLING,
    COST,
    DEVELOPMENT,
    INFORMATIONAL,
    NOVELTY,
    PERFORMANCE,
    PUBLICITY,
    RANK,
    RANK_BINS,
    TOP_SHARE,
    UNEXPECTED,
    USE,
    VALUE,
    contingency_control,
    dose,
    evaluated,
    rank_bin,
    raw_cost,
    reward_amount,
)
from ..arrays import EFFORT, TASK
from ..jit import piece
from .evaluation import STRENGTH, score_for

DOSE = slot("reward_dose")
MEMORY = slot("reward_memory")
TELLING = 1
"""Place in `Organization.example` of how much a public reward tells who gets it."""


@piece
def rank_counts(instruments: Floats, first: int, active: Any, company: Any, counts: Any) -> None:
    """Count a block's active members by class of score, for each contest."""
    for k in range(len(instruments)):
        if int(instruments[k, CONTINGENCY]) == RANK:
            for i in range(len(active)):
                counts[k, rank_bin(score_for(instruments[k], first + i, company))] += active[i]


@piece
def bars(instruments: Floats, counts: Any, bar: Any) -> None:
    """Lowest winning class of each contest: the fewest top classes that hold at least the top share."""
    for k in range(len(instruments)):
        members = np.int64(0)
        for b in range(RANK_BINS):
            members += counts[k, b]
        wanted = instruments[k, TOP_SHARE] * members
        b = RANK_BINS
        held = np.int64(0)
        while b > 0 and held < wanted:
            b -= 1
            held += counts[k, b]
        bar[k] = b


@piece
def units(row: Floats, bar: int, key: Any, who: int, company: Any) -> float:
    """Units that one instrument rewards one member for."""
    contingency, public = int(row[CONTINGENCY]), company.public[who]
    value, score = company.members.value[who], 0.0
    if contingency in (PERFORMANCE, RANK, UNEXPECTED):
        score = score_for(row, who, company)
    if contingency == PERFORMANCE:
        value = recognized(value, score, public[EFFORT], company.organization.levers[STRENGTH])
    lucky = contingency == UNEXPECTED and uniform(key, who) < row[CHANCE]
    wins = contingency == RANK and score > 0.0 and rank_bin(score) >= bar
    return evaluated(contingency, public[EFFORT], public[TASK], value, score, wins, lucky, row[CHANCE])


@piece
def costs(instruments: Floats, first: int, active: Any, company: Any) -> float:
    """Cost of a block's rewards before the budget, exact."""
    organization = company.organization
    total = 0.0
    for k in range(len(instruments)):
        row = instruments[k]
        luck, bar = organization.luck[k], organization.bar[k]
        for i in range(len(active)):
            earned = units(row, bar, luck, first + i, company)
            total += active[i] * raw_cost(row[VALUE], earned, row[COST])
    return total


@piece
def felt_control(levers: Floats, instruments: Floats, scale: float) -> float:
    """Control that all members feel from what is announced to be rewarded, 0..1."""
    control = 0.0
    for k in range(len(instruments)):
        row = instruments[k]
        felt = dose(row[VALUE] * scale, levers[DOSE])
        control += row[CONTROLLING] * contingency_control(int(row[CONTINGENCY])) * felt
    return clip01(control)


@piece
def pay(
    instruments: Floats, first: int, company: Any, rewards: Floats, cost: Floats, tangible: Floats,
    counted_on: Floats, feedback: Floats, training: Floats,
) -> None:  # fmt: skip
    """Write what a block receives, what it costs, what it is worth, and what it tells."""
    organization = company.organization
    levers, scale = organization.levers, organization.scale[0]
    for column in (rewards, cost, tangible, counted_on, feedback, training):
        column[:] = 0.0
    for k in range(len(instruments)):
        row = instruments[k]
        use = int(row[USE])
        luck, bar = organization.luck[k], organization.bar[k]
        expected = 0.0 if use == DEVELOPMENT or int(row[CONTINGENCY]) == UNEXPECTED else row[NOVELTY]
        told = organization.example[TELLING] if use == PUBLICITY else 1.0
        for i in range(len(rewards)):
            amount = reward_amount(row[VALUE], units(row, bar, luck, first + i, company), scale)
            rewards[i] += amount
            cost[i] += amount * row[COST]
            tangible[i] += 0.0 if use == PUBLICITY else amount
            training[i] += amount if use == DEVELOPMENT else 0.0
            counted_on[i] += amount * expected
            feedback[i] += row[INFORMATIONAL] * row[NOVELTY] * dose(amount, levers[DOSE]) * told


@piece
def expect(levers: Floats, counted_on: Floats, expected: Floats) -> None:
    """Move a block's expected reward toward what could be counted on."""
    memory = levers[MEMORY]
    for i in range(len(expected)):
        expected[i] = expect_reward(expected[i], counted_on[i], memory)
