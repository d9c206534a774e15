"""Small questions, and functions with known answers in the place of runs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engagesim import Scenario
from engagesim.design.files import Document
from engagesim.experiments.question.columns import Column
from engagesim.experiments.question.question import Question
from engagesim.experiments.runner.carrier import Here
from engagesim.structures.network import Network

SMALL = {"employees": 12, "customers": 6, "partners": 2, "steps": 8}
PAIR = ["the_suggestion_machine", "badges_on_top"]


def asked(**keys: object) -> Question:
    """A question of few people and weeks, with the given keys."""
    data = {"arms": PAIR, "replicates": 2, "measures": ["trust", "effort"], "set": SMALL, **keys}
    return Question.of(Document(str(Path("asked.toml").absolute()), Path().absolute(), data, {}))


LEVER = {"levers": {"capture_share": [0.3, 0.5, 0.7]}}
WORLDS = {
    "uncertainties": {"help_value": {"low": 0.0, "high": 1.0}},
    "design": {"uncertainties": {"kind": "latin_hypercube", "points": 4}},
}

CUBE = {
    "uncertainties": {
        "help_value": {"low": 0.0, "high": 1.0},
        "norm_weight": {"low": 0.0, "high": 1.0},
        "drain": {"low": 0.0, "high": 1.0},
    }
}
"""Three factors over the unit interval, for functions with known answers."""


def place_in_cube(design: Scenario) -> list[float]:
    return [float(str(design.values[key])) for key in CUBE["uncertainties"]]


def ishigami(design: Scenario, columns: Sequence[Column], seed: int, network: Network | None) -> NDArray[np.float64]:
    """Ishigami & Homma 1990, a = 7, b = .1, with the noise of a replicate, which is the same on every row."""
    x, y, z = (2.0 * np.pi * u - np.pi for u in place_in_cube(design))
    noise = np.random.default_rng(seed).normal(scale=5.0)
    value = np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x) + noise
    return np.full(len(columns), value)


def fails_at_high_capture(
    design: Scenario, columns: Sequence[Column], seed: int, network: Network | None
) -> NDArray[np.float64]:
    if float(str(design.values["capture_share"])) > 0.6:
        raise ZeroDivisionError("too much is taken")
    return np.full(len(columns), float(seed % 1000))


def kills_its_worker(
    design: Scenario, columns: Sequence[Column], seed: int, network: Network | None
) -> NDArray[np.float64]:
    """Ends the process in one combination: the badges at a capture of .7, in the replicate with an odd seed."""
    if design.name == PAIR[1] and float(str(design.values["capture_share"])) > 0.6 and seed % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return np.full(len(columns), float(seed % 1000))


def slow_at_low_capture(
    design: Scenario, columns: Sequence[Column], seed: int, network: Network | None
) -> NDArray[np.float64]:
    """A number that depends on everything; where little is captured, after a tenth of a second."""
    captured = float(str(design.values["capture_share"]))
    if captured < 0.4:
        time.sleep(0.1)
    return np.full(len(columns), captured + (seed % 9973) / 9973)


class DiesError(Exception):
    """The machine is switched off."""


class DiesAfter:
    """Does so many tasks and is then gone."""

    def __init__(self, tasks: int) -> None:
        self.tasks = tasks

    def carry(self, tasks, done, progress):
        for k, task in enumerate(tasks):
            if k == self.tasks:
                raise DiesError
            Here().carry(iter([task]), done, progress)


def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans in many small chunks."""
    monkeypatch.setattr("engagesim.experiments.question.plan.LEAST_SECONDS", 0.0)
