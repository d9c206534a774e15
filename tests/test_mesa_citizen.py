"""The Mesa model works with Mesa's own tools."""

from __future__ import annotations

import gc
import importlib
import inspect
import re
import weakref

import mesa
import numpy as np
import pytest

from engagesim import EngagementModel, Scenario, agents, simulate
from engagesim.agents import Customer, Employee, Partner
from engagesim.measures import MEASURES
from engagesim.steps import STEPS

SMALL = {"employees": 12, "customers": 8, "partners": 4, "steps": 10}


def small(**changes) -> Scenario:
    return Scenario.load("plain_organization").changed(**SMALL, **changes)


def test_the_data_collector_holds_every_measure_of_every_week():
    model = EngagementModel(small(), seed=2)
    for _ in range(10):
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    weeks = simulate(small(), seed=2).weeks.query("group == 'everyone'").reset_index(drop=True)
    assert list(frame.columns) == [m.name for m in MEASURES]
    assert np.array_equal(frame.to_numpy(), weeks[frame.columns].to_numpy(), equal_nan=True)


def test_members_can_be_watched():
    model = EngagementModel(small(), seed=2, watch_members=True)
    model.step()
    model.step()
    frame = model.datacollector.get_agent_vars_dataframe()
    assert len(frame) == 2 * 24
    assert list(frame.loc[2]["trust"]) == [m.trust for m in model.members]


def test_batch_run_varies_parameters_and_seeds():
    parameters, seeds = {"capture_share": [0.1, 0.6], **SMALL}, [1, 2]
    newer = "rng" in inspect.signature(mesa.batch_run).parameters
    how = {"rng": seeds} if newer else {}
    parameters |= {} if newer else {"seed": seeds}
    rows = mesa.batch_run(EngagementModel, parameters, max_steps=10, display_progress=False, **how)
    ours = {(r["seed"], r["capture_share"]): r["value_captured"] for r in rows}
    expected = {
        (seed, share): simulate(small(capture_share=share), seed=seed).measures["value_captured"]
        for seed in (1, 2)
        for share in (0.1, 0.6)
    }
    assert ours == expected


def test_agents_can_be_selected_by_what_they_are():
    model = EngagementModel(small(), seed=0)
    counts = {kind: len(model.agents.select(agent_type=kind)) for kind in (Employee, Customer, Partner)}
    assert counts == {Employee: 12, Customer: 8, Partner: 4}
    assert model.agents.agg("trust", np.mean) == pytest.approx(0.6)


def test_a_finished_model_is_forgotten():
    model = EngagementModel(small(), seed=0)
    model.step()
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_stepping_past_the_last_week_does_nothing():
    model = EngagementModel(small(), seed=0)
    for _ in range(12):
        model.step()
    assert model.week == 10
    assert len(model.tallies) == 10


def test_numpy_mesa_and_global_random_state_do_not_matter():
    np.random.seed(1)  # noqa: NPY002
    first = EngagementModel(small(), seed=5)
    first.random.random()
    first.step()
    np.random.seed(2)  # noqa: NPY002
    second = EngagementModel(small(), seed=5)
    second.step()
    assert np.array_equal(first.tallies, second.tallies)


def test_the_folder_says_where_to_read_every_step_of_the_week_in_its_order():
    lines = re.findall(r"^    (\w+) +((?:\w+\.py: \w+(?:; )?)+)$", agents.__doc__, re.M)
    assert [name for name, _ in lines] == [step.name for step in STEPS]
    for module, method in re.findall(r"(\w+)\.py: (\w+)", " ".join(where for _, where in lines)):
        room = importlib.import_module(f"engagesim.agents.{module}")
        own = [kind for kind in vars(room).values() if inspect.isclass(kind) and kind.__module__ == room.__name__]
        assert any(method in vars(kind) for kind in own), (module, method)
