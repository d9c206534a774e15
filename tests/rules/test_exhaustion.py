import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim.rules.exhaustion import contact_load, exhaust

from .cases import EMPLOYEES_ONLY, NEEDS_MET, RING, alone, close, followed

SHARE = st.floats(0, 1)


@given(st.floats(0, 1e4), SHARE)
def test_contact_load_is_a_share(contacts, cost):
    assert contact_load(contacts, cost) == min(1.0, contacts * cost)
    assert contact_load(contacts, 0.0) == 0


@given(SHARE, SHARE, SHARE, SHARE, SHARE, SHARE, SHARE)
def test_exhaustion_is_a_share_that_demands_raise_and_resources_and_rest_lower(
    now, effort, load, resources, drain, buffer, rest
):
    new = exhaust(now, effort, load, resources, drain, buffer, rest)
    assert 0 <= new <= 1
    assert exhaust(now, effort / 2, load / 2, resources, drain, buffer, rest) <= new
    assert new <= exhaust(now, effort, load, resources / 2, drain, buffer, rest)
    assert new <= exhaust(now, effort, load, resources, drain, buffer, rest / 2)
    assert exhaust(now, effort, load, resources, 0.0, buffer, 0.0) == now


def test_exhaustion_by_hand():
    assert exhaust(0.5, 0.6, 0.2, 0.5, 0.1, 0.6, 0.08) == pytest.approx(0.5 + 0.1 * 0.8 * 0.7 - 0.04)


TIRED = {
    **EMPLOYEES_ONLY, **RING, "drain": 0.06, "rest": 0.08, "buffer": 0.6, "motivation_mean": 0.5,
    "exhaustion_start": 0.2, "steps": 300,
}  # fmt: skip


def test_constant_demands_lead_to_the_steady_state_along_the_closed_form():
    exhaustion, _ = followed(alone(**TIRED), "exhaustion")
    steady = 0.06 * 0.5 * (1 - 0.6 * NEEDS_MET) / 0.08
    weeks = np.arange(1, 301)[:, None]
    assert close(exhaustion, steady + (0.2 - steady) * 0.92**weeks, 1e-12)
    assert exhaustion[-1] == pytest.approx(steady, abs=1e-9)


def test_contacts_drain_as_effort_does():
    exhaustion, load, _ = followed(alone(**TIRED, contact_cost=0.1), "exhaustion", "contact_load")
    carried = 0.1 * 4 * 0.25
    assert load == pytest.approx(carried)
    steady = 0.06 * (0.5 + carried) * (1 - 0.6 * NEEDS_MET) / 0.08
    assert exhaustion[-1] == pytest.approx(steady, abs=1e-9)


def test_rest_alone_heals_geometrically():
    exhaustion, _ = followed(alone(**{**TIRED, "drain": 0}), "exhaustion")
    assert close(exhaustion, 0.2 * 0.92 ** np.arange(1, 301)[:, None], 1e-12)


def test_full_demands_without_rest_end_in_full_exhaustion_and_no_effort():
    worn = {**TIRED, "rest": 0, "buffer": 0, "drain": 0.5, "demand": 1, "imposed": 1}
    exhaustion, task, _ = followed(alone(**worn), "exhaustion", "effort_task")
    assert (np.diff(exhaustion, axis=0) >= 0).all()
    assert exhaustion[-1] == pytest.approx(1, abs=1e-9)
    assert task[-1] == pytest.approx(0, abs=1e-9)
