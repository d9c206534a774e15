import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from engagesim import runs
from engagesim.bench import cases, measure
from engagesim.bench.cases import Case, Plan, design
from engagesim.bench.engines import same_work
from engagesim.bench.words import LINES, PARTS, sentences, short
from engagesim.cli import app
from engagesim.structures import build

TINY = Plan(
    cases=(Case(30, 5, 3, 2), Case(60, 4, 0, 1)), memory=(2_000, 2), runs=3, small_weeks=3, repetitions=1, cold=False,
    enough=200,
)  # fmt: skip
STABLE = {"name", "members", "weeks", "ns_per_member_week", "ratio_to_mesa", "ratio_to_bound", "bytes_per_member"}


@pytest.fixture(scope="module")
def told() -> list[int]:
    return []


@pytest.fixture(scope="module")
def document(told: list[int]) -> Any:
    found = {"quick": True, **measure.measure(TINY, told.append)}
    return json.loads(json.dumps(found | {"sentences": sentences(found)}, allow_nan=False))


@pytest.fixture
def bench(document: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr(measure, "measure", lambda plan, told: document if plan is cases.QUICK else None)
    return lambda *arguments: CliRunner().invoke(app, ["bench", "--quick", *arguments])


def test_the_document_is_printed_and_kept_with_a_figure(document: Any, bench: Callable[..., Result], tmp_path: Path):
    result = bench("--json", "--out", str(tmp_path / "new"))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads((tmp_path / "new" / "benchmarks.json").read_text()) == document
    assert (tmp_path / "new" / "benchmarks.png").stat().st_size > 10_000


def test_progress_is_told_as_often_as_announced(document: Any, told: list[int]):
    assert told == list(range(1, TINY.steps + 1))


def test_engines_did_the_same_work(document: Any):
    assert all(case["same_work"] for case in document["cases"])


def test_every_case_has_the_keys_that_stay(document: Any):
    assert [case["members"] for case in document["cases"]] == [30, 60]
    for case in document["cases"]:
        assert set(case) >= STABLE
        assert case["ratio_to_bound"] > 0.0
        assert case["bytes_per_member"] > 200
    assert document["cases"][0]["ratio_to_mesa"] > 0.0
    assert document["cases"][1]["ratio_to_mesa"] is None


def test_every_median_lies_in_its_range(document: Any):
    for found in [*document["cases"], document["start"]]:
        for name in [name for name in found if f"{name}_range" in found]:
            low, high = found[f"{name}_range"]
            assert 0.0 < low <= found[name] <= high
    rates = document["small_runs"]
    assert set(rates["runs_per_second"]) == {
        f"{network}_{threads}" for network in ("built", "fixed") for threads in ("one_thread", "all_cores")
    }


def test_the_table_and_the_sentences_name_what_is_there(document: Any):
    assert {key for key, _, _ in LINES} <= set(document["cases"][0])
    assert document["start"]["warm_parts"].keys() == PARTS.keys()
    cold = document | {"start": document["start"] | {"cold_seconds": 31.4, "cold_processor_seconds": 30.0}}
    assert any("Cold start: 31.4 s" in sentence for sentence in sentences(cold))
    assert not any("Cold start" in sentence for sentence in document["sentences"])


def test_people_see_a_table_and_a_sentence_for_each_case(document: Any, bench: Callable[..., Result]):
    text = bench().stdout
    assert f"{short(document['cases'][0]['ratio_to_mesa'])} times as fast as Mesa" in text
    assert all(sentence in text for sentence in document["sentences"])
    assert all(label in text for _, label, _ in LINES)


def test_different_work_is_an_exit_code(document: Any, bench: Callable[..., Result], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(document["cases"][0], "same_work", False)
    result = bench("--json")
    assert result.exit_code == 1
    assert "did not do the same work" in result.stderr


def test_same_work_notices_an_engine_that_does_something_else(monkeypatch: pytest.MonkeyPatch):
    small = design(30, 3)
    network = build(small.values, 0)
    assert same_work(small, network, 2, mesa=True)
    honest = runs.simulate

    def other(*arguments: Any, engine: str = "compiled", seed: int = 0, **rest: Any) -> Any:
        return honest(*arguments, engine=engine, seed=seed + (engine == "mesa"), **rest)

    monkeypatch.setattr(runs, "simulate", other)
    assert not same_work(small, network, 2, mesa=True)
    assert same_work(small, network, 2, mesa=False)


def test_sizes_keep_the_proportions_of_the_scenario():
    shipped, large = design(300, 10).values, design(30_000, 10).values
    assert (shipped["employees"], shipped["customers"], shipped["partners"]) == (120, 150, 30)
    assert [large[role] for role in cases.SHARES] == [12_000, 15_000, 3_000]
