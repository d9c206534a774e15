from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from engagesim import EngagementModel, InputError, Scenario, simulate
from engagesim.design.files import shipped
from engagesim.engine.run import run
from engagesim.population import LATER
from engagesim.structures import build
from engagesim.structures.network import Network
from engagesim.tallies import NAMES, ORGANIZATION
from tests.engine.worlds import scenarios
from tests.small import never_negative
from tests.structures.cases import ties

SEEDS = st.integers(0, 2**64 - 1)
RANDOM_WORLDS = settings(
    max_examples=220, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def assert_same_members(ours: dict, theirs: dict, week: int) -> None:
    different = [k for k in ours if not np.array_equal(ours[k], theirs[k])]
    assert different == [], f"members differ after week {week}"


def assert_same_sums(ours: np.ndarray, theirs: np.ndarray) -> None:
    different = [name for k, name in enumerate(NAMES) if not np.array_equal(ours[..., k], theirs[..., k])]
    assert different == []


def assert_same_ties(ours: Network, theirs: Network) -> None:
    for name in ("start", "neighbour", "strength", "kind"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name


RARE = (
    "exits", "arrivals", "rewards", "reward_cost", "breach", "shared", "spilled_in", "ties", "switches",
    "ties_taken", "outside_ties_kept", "voices", "signal_cost", "answered", "helped", "passive_lurkers",
    "active_lurkers", "core", "messages", "conflict", "gamed", "circle", "personal_brand", "strongly_extracted",
)  # fmt: skip
"""Tallies of what happens in some worlds only."""


def note_events(design, network, finished):
    """Which rare branches this world has met, for `--hypothesis-show-statistics`."""
    sums, series = finished.world.tallies.sum(axis=0), finished.world.series
    met = {name: bool(sums[:, NAMES.index(name)].any()) for name in RARE}
    met["ties form"] = bool(set(ties(finished.world.network())) - set(ties(network)))
    met["joining"] = design.values["joining"] != "vacancy" and bool(sums[1:, NAMES.index("arrivals")].any())
    met["learning"] = bool(finished.world.company.members.known.any())
    met["the code learns"] = bool(series[:, ORGANIZATION.index("code_knowledge")].any())
    met["reorganizations"] = bool(design.reorganizations())
    met["adoption"] = bool(series[:, ORGANIZATION.index("adoption")].any())
    for name in LATER:
        met[name] = bool(getattr(finished.world.company.members, name).any())
    for name, happened in met.items():
        event(f"{name} {'happen' if happened else 'none'}")


@RANDOM_WORLDS
@given(data=st.data(), seed=SEEDS)
def test_both_engines_any_threads_and_any_order_agree_to_the_last_bit(tmp_path, data, seed):
    design = data.draw(scenarios(tmp_path))
    network = None if design.reorganizations() else build(design.values, seed)
    weeks = design.values["steps"]
    every = list(range(1, weeks + 1))
    compiled = run(design, network, seed, every)
    note_events(design, network or build(design.values, seed), compiled)
    unwatched = run(design, network, seed)
    threaded = run(design, network, seed, threads=3)
    model = EngagementModel(design, seed=seed, network=network)
    if data.draw(st.booleans()):
        model.everyone = model.agents.shuffle_do
    for week in every:
        model.step()
        assert_same_members(model.snapshot(), compiled.snapshots[week], week)
    for sums, series in (
        (model.tallies, model.series), (threaded.world.tallies, threaded.world.series),
        (unwatched.world.tallies, unwatched.world.series),
    ):  # fmt: skip
        assert_same_sums(sums, compiled.world.tallies)
        assert np.array_equal(series, compiled.world.series)
    assert_same_ties(model.network(), compiled.world.network())
    assert never_negative(model.tallies)


LONG = ("plain_organization", "badges_on_top", "wirearchy")
"""Followed over their whole length; the others for as long as their schedule needs."""


@pytest.mark.parametrize("name", sorted(shipped("scenarios")))
def test_every_shipped_scenario_agrees_to_the_last_bit(name):
    design = Scenario.load(name)
    if not name.startswith("theory"):
        changes = [change.at for change in design.schedule]
        weeks = 156 if name in LONG else max([12, *(at + 6 for at in changes)])
        design = design.changed(employees=24, customers=14, partners=4, steps=weeks)
    else:
        small = {role: min(40, design.values[role]) for role in ("employees", "customers", "partners")}
        design = design.changed(**small, steps=15)
    one, other = (simulate(design, seed=11, engine=e) for e in ("compiled", "mesa"))
    assert one.digest == other.digest


def test_different_seeds_give_different_histories():
    design = Scenario.load("plain_organization").changed(steps=8)
    assert len({simulate(design, seed=s).digest for s in (0, 1, 2**64 - 1)}) == 3


@pytest.mark.parametrize("column", ["known", "positive"])
def test_every_bit_of_a_belief_counts_in_the_digest(column):
    run = simulate(Scenario.load("plain_organization").changed(steps=1, employees=4, customers=0, partners=0), seed=4)
    states = [run.last, run.last]
    for state, bits in zip(states, (2**60, 2**60 + 1), strict=True):
        state[column][2] = bits
    one, other = (replace(run, read_last=lambda state=state: state).digest for state in states)
    assert one != other


def test_a_label_changes_nothing():
    one, other = (simulate(name, seed=4).digest for name in ("the_suggestion_machine", "new_label_same_rules"))
    assert one == other


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(ValueError, match="seed"):
        simulate("plain_organization", seed=seed)


def test_an_unknown_lever_is_refused_by_the_model():
    with pytest.raises(InputError, match="capture_share"):
        EngagementModel(capture_shar=0.5)
