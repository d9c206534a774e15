"""What a lesson says is what the model does: every `shows` of a lesson is run, and every step can be shown."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

import engagesim as es
from engagesim.distributions import BY_NAME as DISTRIBUTIONS
from engagesim.draws import replicate_seed
from engagesim.measures import BY_NAME, measure, windowed
from engagesim.parameter import ROLES

LESSONS = Path(es.__file__).parent / "web" / "lessons"
FILES = sorted(LESSONS.glob("*.toml"))
LUCKS = [1, *(replicate_seed(0, r) for r in range(5))]
"""The luck that a lesson begins with, and five others."""


def lesson(path: Path) -> dict:
    return tomllib.loads(path.read_text())


def outcome(name: str, sets: dict, seed: int, what: dict, runs: dict) -> float:
    key = (name, str(sorted(sets.items())), seed)
    if key not in runs:
        runs[key] = es.simulate(es.Scenario.load(name).changed(**sets), seed=seed)
    if what["measure"] in DISTRIBUTIONS:
        return float(runs[key].measures[what["measure"]])
    return float(windowed(measure(what["measure"], runs[key].tallies), what["window"]))


def both(told: dict, shown: dict, seed: int, runs: dict) -> tuple[float, float]:
    merged = {**told, **shown}
    return tuple(outcome(merged[d], merged.get(f"set_{d}", {}), seed, shown, runs) for d in ("a", "b"))


def test_there_are_lessons_on_all_that_was_promised():
    assert len(FILES) >= 8
    assert sorted(lesson(p)["order"] for p in FILES) == list(range(1, len(FILES) + 1))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_a_lesson_says_is_what_the_model_does(path):
    told, runs = lesson(path), {}
    assert told["shows"]
    for shown in told["shows"]:
        pairs = np.array([both(told, shown, seed, runs) for seed in LUCKS])
        if "sign" in shown:
            assert (np.sign(pairs[:, 0] - pairs[:, 1]) == shown["sign"]).all(), (shown, pairs)
        else:
            low, high = shown["ratio"]
            assert low <= pairs[:, 0].mean() / pairs[:, 1].mean() <= high, (shown, pairs)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_lesson_is_complete(path):
    told = lesson(path)
    assert told["title"]
    assert told["minutes"] in range(1, 16)
    assert any("guess" in step for step in told["steps"][:-1])
    question = told["steps"][-1]["question"]
    assert 0 <= question["right"] < len(question["options"])
    for step in told["steps"]:
        assert step["title"]
        assert step["text"]
        for act in step.get("act", []):
            assert set(act) <= {"label", "open", "show", "set", "play"}
            assert all(name in BY_NAME for name in act.get("show", []))
    assert all(name in BY_NAME for name in told["measures"])


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_a_lesson_opens_and_sets_exists(path):
    told = lesson(path)
    opened = [
        told,
        *({**told, **act["open"]} for step in told["steps"] for act in step.get("act", []) if "open" in act),
    ]
    for request in opened:
        designs = [es.Scenario.load(request[d]).changed(**request.get(f"set_{d}", {})) for d in ("a", "b")]
        assert len({tuple(str(design.values[f"{role}s"]) for role in ROLES) for design in designs}) == 1, "other people"
    for step in told["steps"]:
        for change in (c for act in step.get("act", []) for c in act.get("set", [])):
            es.Scenario.load(told[change["design"]]).changed(**{change["key"]: change["value"]})
