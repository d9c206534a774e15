import numpy as np
import pytest

from engagesim.design.catalogue import slot
from engagesim.design.levers import novelty
from engagesim.design.scenario import Scenario
from engagesim.rules.rewards import CONTINGENCY, NOVELTY, RANK, VALUE

from .conftest import Write

HEAD = "extends = 'plain_organization'\n[time]\nsteps = 12\n"
BADGES = "[[instruments]]\nname = 'badges'\nvalue = 0.5\nnovelty_half_life = 2\n"


def column(scenario: Scenario, name: str, role: int = 0) -> list[float]:
    return scenario.levers().values[:, slot(name) + role].tolist()


def test_without_a_schedule_every_week_is_the_same_and_choices_are_their_index():
    levers = Scenario.load("neighbours_helping_neighbours").levers()
    assert np.ptp(levers.values, axis=0).max() == 0.0
    assert levers.values[0, slot("sharing_rule")] == 2.0
    assert levers.values[0, slot("task_share") : slot("task_share") + 3].tolist() == [0.6, 0.4, 0.5]


def test_a_change_holds_from_its_week_on_for_its_role_alone(write: Write):
    scenario = Scenario.load(write(HEAD + "[[schedule]]\nat = 4\nset = { demand.partner = 1, sharing_rule = 'none' }"))
    assert column(scenario, "demand", 2) == [0.1] * 4 + [1.0] * 8
    assert column(scenario, "demand", 0) == [0.4] * 12
    assert column(scenario, "sharing_rule") == [1.0] * 4 + [0.0] * 8


def test_a_ramp_is_linear_ends_exactly_and_may_outlast_the_run(write: Write):
    text = HEAD + "[[schedule]]\nat = 2\nuntil = 6\nset = { imposed = 0.1 }\n"
    text += "[[schedule]]\nat = 8\nuntil = 16\nset = { imposed = 0.9 }"
    weeks = column(Scenario.load(write(text)), "imposed")
    assert weeks[:3] == [0.5] * 3
    assert weeks[3:6] == pytest.approx([0.4, 0.3, 0.2])
    assert weeks[6:9] == [0.1] * 3
    assert weeks[9:] == pytest.approx([0.2, 0.3, 0.4])


def test_a_later_change_cuts_a_ramp_short_and_starts_from_there(write: Write):
    text = HEAD + "[[schedule]]\nat = 0\nuntil = 10\nset = { imposed = 1.0 }\n"
    text += "[[schedule]]\nat = 4\nuntil = 6\nset = { imposed = 0 }"
    weeks = column(Scenario.load(write(text)), "imposed")
    assert weeks == pytest.approx([0.5, 0.55, 0.6, 0.65, 0.7, 0.35, *[0.0] * 6])


def test_instruments_follow_the_schedule_and_lose_novelty_from_their_first_week(write: Write):
    text = HEAD + BADGES.replace("0.5", "0.0")
    text += (
        "[[schedule]]\nat = 3\nset = { 'badges.value' = 1 }\n[[schedule]]\nat = 6\nset = { badges = { value = 0 } }\n"
    )
    text += "[[schedule]]\nat = 9\nset = { badges.value = 2, badges.contingency = 'rank' }"
    badges = Scenario.load(write(text)).levers().instruments[:, 0]
    assert badges[:, VALUE].tolist() == [0.0] * 3 + [1.0] * 3 + [0.0] * 3 + [2.0] * 3
    assert badges[:, CONTINGENCY].tolist() == [1.0] * 9 + [float(RANK)] * 3
    expected = [0.0] * 3 + [1.0, 2**-0.5, 0.5] + [0.0] * 3 + [2**-3.0, 2**-3.5, 2**-4.0]
    assert badges[:, NOVELTY] == pytest.approx(expected, rel=1e-15, abs=0)


def test_novelty_halves_exactly_never_fades_without_half_life_and_never_fails():
    assert [novelty(age, 4.0) for age in (0, 4, 8, 40)] == [1.0, 0.5, 0.25, 2.0**-10]
    assert novelty(100_000, 0.0) == 1.0
    assert novelty(100_000, 1e-300) == 0.0
    assert novelty(3, 7.0) == pytest.approx(2 ** (-3 / 7), rel=1e-15, abs=0)
