"""Going back in time costs bounded memory and changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

import engagesim as es
from engagesim.structures import build
from engagesim.web.checkpoints import CLOSEST, Checkpoints, changing
from engagesim.web.histories import Histories
from engagesim.web.track import FIRST, Track

from .page import SEED, SMALL, A


def track(weeks: int) -> Track:
    scenario = es.Scenario.load(A).changed(**SMALL, steps=weeks)
    return Track(scenario, build(scenario.values, SEED), SEED)


def test_every_changing_array_is_saved():
    mine = track(20)
    mine.go(20)
    saved = {id(a) for a in changing(mine.world.company)}
    company = mine.world.company
    others = [company.ties.start, *company.positions]
    everything = [*company.members, *company.ties, *company.organization, *company.desk, company.public, company.told]
    assert {id(a) for a in everything} - saved == {id(company.ties.start)}
    before = [a.copy() for a in others]
    mine.go(0)
    for array, copy in zip(others, before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("memory", [1, 200_000, 10**9])
def test_memory_bounds_the_number_of_states(memory: int):
    mine = track(200)
    size = sum(a.nbytes for a in changing(mine.world.company))
    mine.checkpoints = Checkpoints(mine.world.company, 200, memory)
    mine.checkpoints.pass_by(0, FIRST, mine.world.company)
    mine.go(200)
    assert mine.checkpoints.spacing >= CLOSEST
    assert len(mine.checkpoints.saved) * size <= max(memory, 2 * size)
    digest = mine.run().digest
    for week in (150, 3, 77):
        mine.go(week)
    assert mine.run().digest == digest


def test_histories_thin_out_where_memory_is_short():
    whole, thin = Histories(99, 50), Histories(99, 50, memory=20_000)
    assert whole.stride == 1
    assert thin.kept.nbytes <= 20_000 + thin.kept[0].nbytes
    assert thin.weeks(99)[0] == 0
    assert np.diff(thin.weeks(99)).tolist() == [thin.stride] * (len(thin.weeks(99)) - 1)
