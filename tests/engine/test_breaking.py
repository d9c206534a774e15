"""What once broke the engines, their books or their luck."""

from __future__ import annotations

import numpy as np
import pytest

from engagesim import EngagementModel, InputError, Scenario, simulate
from tests.rules.cases import sums
from tests.small import never_negative

PLAIN = Scenario.load("plain_organization").changed(employees=12, customers=6, partners=4, steps=12)


def with_rewards(tmp_path, *instruments: str, budget: float = 0.0) -> Scenario:
    path = tmp_path / "rewarded.toml"
    text = 'title = "Rewarded"\nextends = "plain_organization"\n' + "".join(
        f"[[instruments]]\n{i}\n" for i in instruments
    )
    path.write_text(text + f"[rewards]\nbudget = {budget}\n")
    return Scenario.load(path).changed(employees=12, customers=6, partners=4, steps=12)


@pytest.mark.parametrize(
    "design",
    [
        PLAIN.changed(form="complete", strength_lateral=1e-310),
        PLAIN.changed(tie_decay=1, tie_growth_deep=0, tie_growth_shallow=0, steps=1200, exit_hazard=0),
        PLAIN.changed(newcomer_tie_strength=1e-310, exit_hazard=0.3, vacancy_weeks=1),
    ],
    ids=["at the start", "by decay", "of newcomers"],
)
def test_vanishing_ties_keep_the_books_and_the_engines_together(design):
    ours, theirs = (simulate(design, seed=3, engine=engine) for engine in ("compiled", "mesa"))
    assert ours.digest == theirs.digest
    total = sums(ours)
    assert np.array_equal(total["own"] + total["spilled_in"] + total["captured"], total["created"])
    assert never_negative(ours.tallies)


def test_a_reward_of_nothing_leaves_the_luck_of_others_alone(tmp_path):
    luck = 'name = "luck"\npreset = "recognition"'
    alone = simulate(with_rewards(tmp_path, luck), seed=5)
    beside = simulate(with_rewards(tmp_path, 'name = "nothing"\nvalue = 0.0', luck), seed=5)
    assert sums(alone)["rewards"].sum() > 0
    assert alone.digest == beside.digest


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_sums_that_could_not_be_exact_are_refused(tmp_path, engine):
    design = with_rewards(tmp_path, 'name = "gold"\ncontingency = "engagement"\nvalue = 5\ncost = 1e-9', budget=1.0)
    with pytest.raises(InputError, match=r"rewards.*exact"):
        simulate(design, seed=1, engine=engine)


def test_what_is_no_longer_asked_is_not_demanded_by_the_ratchet(tmp_path):
    path = tmp_path / "relent.toml"
    path.write_text(
        'title = "Relent"\nextends = "plain_organization"\n[asking]\n'
        "demand = { employee = 0.2 }\ndemand_ratchet = 0.5\n"
        "[[schedule]]\nat = 6\nset = { demand = 0.0 }\n"
    )
    demand = simulate(Scenario.load(path).changed(steps=10), seed=0).organization["demand_employee"]
    assert demand[5] > 0.2
    assert (demand[6:] == 0.0).all()


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_the_model_refuses_a_seed_out_of_range(seed):
    with pytest.raises(ValueError, match="seed"):
        EngagementModel(PLAIN, seed=seed)


def test_no_thread_is_refused():
    with pytest.raises(ValueError, match="threads"):
        simulate(PLAIN, threads=0)
