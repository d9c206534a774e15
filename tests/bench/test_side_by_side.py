import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from engagesim.bench import peers, side_by_side
from engagesim.bench.lines import code_lines, model_lines, rule_lines, scenario_lines
from engagesim.bench.peer_words import absent_rows, game_rows, line_rows, sentences, size_rows, start_rows
from engagesim.bench.peers import GAMES, MODELS, OURS, Answer, Bench, Peer, present, pythons_of
from engagesim.bench.side_by_side import Plan, keep, likeness, measure, sameness
from engagesim.bench.work import engagement_work, models
from engagesim.cli import app
from engagesim.problems import InputError
from engagesim.reference.side_by_side import side_by_side_page

TINY = Plan(sizes=((60, 4, 1),), runs=3, repetitions=1, cold=False)
MESA = next(peer for peer in MODELS if peer.name == "mesa")


@pytest.fixture(scope="module")
def told() -> list[int]:
    return []


@pytest.fixture(scope="module")
def document(told: list[int]) -> Any:
    found = {"quick": True, **measure(TINY, {}, told.append)}
    return json.loads(json.dumps(found | {"sentences": sentences(found)}, allow_nan=False))


@pytest.fixture
def bench(document: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr(side_by_side, "measure", lambda plan, pythons, told: document)
    return lambda *arguments: CliRunner().invoke(app, ["bench", "--peers", "--quick", *arguments])


def test_every_library_comes_to_the_same_numbers(document: Any):
    state = {case["library"]: case["state_difference"] for case in document["cases"]}
    assert {"engagesim", "mesa", "agentpy"} <= set(state)
    assert state["mesa"] == state["agentpy"] == 0.0, "the same operations in the same order"
    assert all(case["same"] for case in document["cases"])


def test_a_library_is_measured_or_named_as_absent(document: Any):
    named = {case["library"] for case in (*document["cases"], *document["games"])}
    absent = {row["library"]: row["reason"] for row in document["absent"]}
    assert named | set(absent) == {OURS.name, *(peer.name for peer in (*MODELS, *GAMES))}
    assert not named & set(absent)
    assert all("ModuleNotFoundError" in reason for reason in absent.values())
    assert len(absent_rows(document)) == len(absent)


def test_progress_is_told_as_often_as_announced(document: Any, told: list[int]):
    assert told == list(range(1, TINY.steps + 1))


def test_ratios_are_against_one_thread_of_engagesim(document: Any):
    ours, *others = document["cases"]
    assert (ours["library"], ours["threads"], ours["ratio_to_engagesim"]) == ("engagesim", 1, 1.0)
    for case in others:
        expected = case["ns_per_member_week"] / ours["ns_per_member_week"]
        assert case["ratio_to_engagesim"] == pytest.approx(expected)
        assert case["ns_per_member_week"] > 0.0


def test_tables_have_a_row_for_each_thing(document: Any):
    assert len(size_rows(document)) == len(document["cases"])
    there = {peer.name for peer in GAMES} - {row["library"] for row in document["absent"]}
    assert len(game_rows(document)) == len(document["games"]) == 1 + len(there)
    assert len(start_rows(document)) == len(document["starts"])
    assert len(line_rows(document)) == 1 + len(MODELS) + len(GAMES)
    cold = document | {"starts": [document["starts"][0] | {"cold_seconds": 40.0}]}
    assert start_rows(cold)[-1][1] == "40"


def test_a_model_that_computes_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = tmp_path / "other"
    shutil.copytree(models(), other)
    text = (other / MESA.file).read_text()
    assert text.count("- w.rest *") == 1
    (other / MESA.file).write_text(text.replace("- w.rest *", "- 1.000001 * w.rest *"))
    path = keep(engagement_work(20, 3)[0], tmp_path)
    honest = Bench(tmp_path).ask(MESA, path, enough=0.0, threads=1)
    monkeypatch.setattr(peers, "models", lambda: other)
    changed = Bench(tmp_path).ask(MESA, path, enough=0.0, threads=1)
    assert sameness([honest], honest)["same"]
    assert not sameness([changed], honest)["same"]
    assert 0.0 < sameness([changed], honest)["state_difference"] < 1e-5


def test_weekly_means_count_too():
    first = Answer({}, 0.0, {"value": np.zeros(2), "mean_effort": np.zeros(3)})
    other = Answer({}, 0.0, {"value": np.zeros(2), "mean_effort": np.array([0.0, 0.0, 0.1])})
    found = sameness([first, other], first)
    assert (found["same"], found["same_bits"], found["weekly_difference"]) == (False, True, 0.1)


def test_levels_of_cooperation_are_compared_by_their_standard_errors():
    rng = np.random.default_rng(0)
    low, again, high = rng.normal(0.3, 0.1, 400), rng.normal(0.3, 0.1, 400), rng.normal(0.35, 0.1, 400)
    assert likeness(again, low)["same"]
    assert not likeness(high, low)["same"]
    # A standard normal around that: two away one time in twenty, for a seed that is fixed.
    assert likeness(high, low)["standard_errors_apart"] == pytest.approx(0.05 / 0.1 * 200**0.5, abs=2.0)


def test_a_library_that_is_not_there_is_told_with_its_reason(tmp_path: Path):
    said: list[dict[str, Any]] = []
    nobody = Peer("no_such_library", "Nobody", "model")
    assert present(Bench(tmp_path), [nobody, MESA], said.append) == [MESA]
    assert said[0]["library"] == "no_such_library"
    assert said[0]["reason"] == "ModuleNotFoundError: No module named 'no_such_library'"
    assert "engagesim[peers]" in said[0]["install"]


def test_a_library_whose_import_ends_without_a_word_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As one built for another processor does."""
    (tmp_path / "mute.py").write_text("import os\nos.kill(os.getpid(), 9)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert Bench(tmp_path).missing(Peer("mute", "Mute", "game")) == "its import ends with exit code -9"


def test_where_egttools_has_no_builds_it_is_absent_and_everything_else_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Any
):
    """On Python 3.13, where its extra leaves it out: the page is made, and says why and what to do."""
    monkeypatch.setattr(Bench, "missing", lambda _, peer: "ModuleNotFoundError: x" if peer in GAMES else None)
    absent: list[dict[str, Any]] = []
    games = present(Bench(tmp_path), GAMES, absent.append)
    assert games == []
    played = side_by_side.measure_games(Bench(tmp_path), TINY, games, lambda: None)
    assert [(row["library"], row["same"]) for row in played] == [("engagesim", True)]
    page = side_by_side_page(document | {"games": played, "absent": absent})
    assert "| EGTtools | ModuleNotFoundError: x | pip install 'engagesim[peers]', with Python 3.11 or 3.12" in page


def test_a_library_that_fails_is_an_error_with_its_last_words(tmp_path: Path):
    with pytest.raises(RuntimeError, match=r"(?s)Mesa failed:.*No such file"):
        Bench(tmp_path).ask(MESA, tmp_path / "nothing.npz", enough=0.0, threads=1)


def test_pythons_of_libraries_are_checked():
    assert pythons_of([f"mesa={__file__}"]) == {"mesa": __file__}
    with pytest.raises(InputError) as caught:
        pythons_of(["mesa=/no/python", "meso=x"])
    assert "there is no such file" in str(caught.value)
    assert "did you mean mesa?" in str(caught.value)


def test_lines_that_say_nothing_are_not_counted():
    text = '"""Module."""\n\nimport os  # what for\n\n\n# alone\n'
    text += 'def f(x):\n    """What."""\n    return (\n        x\n    )\n'
    assert code_lines(text) == {3, 7, 9, 10, 11}
    assert rule_lines(text) == 4
    assert scenario_lines('title = "T"\ndescription = """\na\nb\n"""\n\n[people]\nskill_sd = 0.1\n# no\n') == 2


def test_every_model_has_lines(document: Any):
    assert document["lines"]["mesa"] == model_lines(models() / MESA.file) > 50
    assert document["lines"]["engagesim_scenario"] < document["lines"]["mesa"]


def test_the_document_is_printed_and_kept_with_a_figure(document: Any, bench: Callable[..., Result], tmp_path: Path):
    result = bench("--json", "--out", str(tmp_path / "new"))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads((tmp_path / "new" / "side_by_side.json").read_text()) == document
    assert (tmp_path / "new" / "side_by_side.png").stat().st_size > 10_000


def test_people_see_tables_and_sentences(document: Any, bench: Callable[..., Result]):
    text = bench().stdout
    assert all(sentence in text for sentence in document["sentences"])
    assert ("Pairwise game" in text) == (len(document["games"]) > 1)
    assert all(peer.title in text for peer in (*MODELS, *GAMES))


def test_other_numbers_are_an_exit_code(document: Any, bench: Callable[..., Result], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(document["cases"][-1], "same", False)
    result = bench()
    assert result.exit_code == 1
    assert "NO: " in result.stdout
    assert "Not the same numbers" in result.stderr


def test_a_wrong_python_is_bad_input():
    result = CliRunner().invoke(app, ["bench", "--peers", "--python", "mesa"])
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr
