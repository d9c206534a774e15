import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, simulate
from engagesim.draws import Keyed, Scripted
from engagesim.rules.sharing import (
    EQUAL,
    NONE,
    OWNERSHIP,
    PROPORTIONAL,
    build_stake,
    pool_rate,
    shared_part,
    sharing_key,
)
from engagesim.tallies import index

from .cases import BIT, EMPLOYEES_ONLY, alone, close, followed, lively, network_of, sums

SHARE = st.floats(0, 1)


@given(st.floats(0, 1), SHARE, st.floats(0, 100))
def test_claims_by_rule(weight, visible, stake):
    assert sharing_key(EQUAL, weight, visible, stake) == pytest.approx(weight, abs=BIT)
    assert sharing_key(PROPORTIONAL, weight, visible, stake) == pytest.approx(weight * visible, abs=BIT)
    assert sharing_key(OWNERSHIP, weight, visible, stake) == pytest.approx(weight * stake, abs=BIT)
    assert sharing_key(EQUAL, 0.0, visible, stake) == 0


@given(st.floats(0, 1000), SHARE, st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 3))
def test_the_pool_pays_out_what_it_holds_and_not_more(captured, returned, visible, kind):
    keys = [sharing_key(kind, 1.0, v, v) for v in visible]
    rate = pool_rate(captured, returned, sum(keys), kind)
    paid = sum(shared_part(rate, key) for key in keys)
    held = returned * captured if kind != NONE and sum(keys) > 0 else 0.0
    assert held - len(keys) * BIT - 1e-9 <= paid <= held + 1e-9


def test_nobody_is_paid_without_claims_or_without_a_rule():
    assert pool_rate(10.0, 0.5, 0.0, EQUAL) == 0
    assert pool_rate(10.0, 0.5, 4.0, NONE) == 0
    assert pool_rate(10.0, 0.5, 4.0, EQUAL) == pytest.approx(1.25)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(1, 1000))
def test_stakes_move_toward_the_value_created(stake, value, memory):
    assert min(stake, value) - 1e-12 <= build_stake(stake, value, memory) <= max(stake, value) + 1e-12
    assert build_stake(stake, value, 1.0) == pytest.approx(value, abs=1e-12)


SHARED = {**EMPLOYEES_ONLY, "return_share": 0.6, "capture_share": 0.5, "own_share": 0.2, "steps": 1}


@pytest.mark.parametrize("size", [4, 24])
def test_the_marginal_return_of_own_effort_under_equal_sharing_is_return_over_n(size):
    design = alone(**SHARED, employees=size, skill_sd=0.2)
    network = network_of(design, 1)
    models = []
    for luck in (Keyed(1), Scripted({("trait.skill", 0, 3): 0.99}, Keyed(1))):
        models.append(EngagementModel(design, seed=1, network=network, luck=luck))
        models[-1].step()
    before, after = (model.members[3] for model in models)
    gained = after.value - before.value
    assert gained > 0.05
    assert after.shared - before.shared == pytest.approx(0.6 * 0.5 / size * gained, abs=4 * BIT)
    assert models[1].members[0].shared == after.shared, "all others gain as much"


def test_all_that_is_returned_arrives_under_every_rule():
    for kind in ("equal", "proportional", "ownership"):
        total = sums(simulate(lively(return_share=0.6, sharing_rule=kind, stake_memory=4)))
        owed = 0.6 * total["captured"]
        weeks = slice(1, None) if kind == "ownership" else slice(None)
        assert total["shared"][weeks] == pytest.approx(owed[weeks], abs=1e-6)
        assert total["shared"][0] == 0 if kind == "ownership" else total["shared"][0] > 0, "no stakes at the start"


def test_without_a_rule_nothing_is_returned():
    assert sums(simulate(lively(return_share=0.6, sharing_rule="none")))["shared"].sum() == 0


def paid(model):
    return np.array([m.shared for m in model.members])


@pytest.mark.parametrize(("kind", "counts"), [("proportional", "visible"), ("ownership", "stake")])
def test_shares_are_in_proportion_to_what_the_rule_counts(kind, counts):
    unlike = {**SHARED, "skill_sd": 0.3, "motivation_sd": 0.2, "steps": 3}
    model = EngagementModel(alone(**unlike, sharing_rule=kind), seed=2)
    before = after = np.zeros(24)
    for _ in range(3):
        model.step()
        before, after = after, np.array([getattr(m, counts) for m in model.members])
    counted = before if kind == "ownership" else after  # a stake counts as it was before this week's value
    assert paid(model) / paid(model).sum() == pytest.approx(counted / counted.sum(), abs=1e-6)
    assert np.ptp(paid(model)) > 0.01


def test_roles_share_by_their_weights():
    total = simulate(alone(return_share=0.6, sharing_weight=(1, 0.5, 0), steps=1)).tallies[0]
    per_head = total[:, index("shared")] / total[:, index("members")]
    assert per_head[1] == pytest.approx(per_head[0] / 2, abs=2 * BIT)
    assert per_head[2] == 0


def test_stakes_grow_as_the_closed_form_says():
    stakes, values, _ = followed(alone(stake_memory=10), "stake", "value")
    weeks = np.arange(1, 21)[:, None]
    assert close(stakes, values * (1 - 0.9**weeks), 1e-12)
