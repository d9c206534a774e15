"""The page of verdicts for six root seeds: what is kept, and that no verdict hangs on luck."""

import json
from pathlib import Path

import pytest

from engagesim.reference.verdicts import read_verdicts, verdicts_page
from engagesim.validation import checks
from engagesim.validation.check import FAIL, ORDER_ONLY, PASS, Effort, Found, Result
from engagesim.validation.parts import at_least, at_most, estimated, exact
from engagesim.validation.running import document
from engagesim.validation.seeds import SIZES, documents, kept, side_by_side, write

DOCS = Path(__file__).parents[2] / "docs"
KEPT = read_verdicts(DOCS)
SEEDS = [0, 1, 2, 3, 4, 5]


def verdicts(row):
    """What a result or part came to, by seed, where it was run."""
    return {seed: verdict for seed, verdict in zip(SEEDS, row["verdict"], strict=True) if verdict is not None}


@pytest.mark.parametrize("size", SIZES)
def test_all_results_are_kept_for_six_seeds(size):
    assert [row["name"] for row in KEPT[size]["results"]] == list(checks())
    assert all(None not in row["verdict"] for row in (*KEPT[size]["results"], *KEPT[size]["parts"]))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_kept_is_of_the_results_as_they_are(size):
    found = KEPT[size]
    assert found["seeds"] == SEEDS
    for row in found["results"]:
        assert (row["number"], row["title"]) == (checks()[row["name"]].number, checks()[row["name"]].title)
    assert {part["name"] for part in found["parts"]} == {row["name"] for row in found["results"]}
    for row in (*found["results"], *found["parts"]):
        assert verdicts(row)
        assert {*verdicts(row).values()} <= {PASS, ORDER_ONLY, FAIL}
    assert all([x is None for x in p["ours"]] == [v is None for v in p["verdict"]] for p in found["parts"])


@pytest.mark.parametrize("size", SIZES)
def test_every_verdict_of_a_result_is_that_of_its_parts(size):
    found = KEPT[size]
    for result in found["results"]:
        mine = [part for part in found["parts"] if part["name"] == result["name"]]
        for seed, verdict in verdicts(result).items():
            wrong = [p for p in mine if (verdicts(p)[seed] == FAIL) != p["control"]]
            order = [p for p in mine if verdicts(p)[seed] == ORDER_ONLY and not p["control"]]
            assert verdict == (FAIL if wrong else ORDER_ONLY if order else PASS), result["name"]


@pytest.mark.parametrize("size", SIZES)
def test_every_negative_control_fails_for_every_seed(size):
    controls = [part for part in KEPT[size]["parts"] if part["control"]]
    assert {part["name"] for part in controls} == {row["name"] for row in KEPT[size]["results"]}
    assert [part["part"] for part in controls if {*verdicts(part).values()} != {FAIL}] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_verdict_of_every_result_is_the_same_for_all_seeds(size):
    assert {r["name"]: verdicts(r) for r in KEPT[size]["results"] if len({*verdicts(r).values()}) > 1} == {}


def test_in_full_the_verdict_of_every_part_is_the_same_for_all_seeds():
    assert {p["part"]: verdicts(p) for p in KEPT["full"]["parts"] if len({*verdicts(p).values()}) > 1} == {}


def test_a_result_that_falls_short_says_why():
    for result in KEPT["full"]["results"]:
        assert FAIL not in verdicts(result).values() or checks()[result["name"]].explanation


def test_the_page_is_up_to_date():
    page = verdicts_page(KEPT).rstrip() + "\n"
    assert (DOCS / "verdicts.md").read_text(encoding="utf-8") == page, "run make docs"


def result(name, seed, ours, again=0):
    parts = [exact("a", 1.0, 1.0), estimated("b", 0.0, ours, 1.0), at_least("c", 5.0, 1.23456789, se=0.1),
             at_most("d", 0.5, 0.7, control=True)]  # fmt: skip
    return Result(checks()[name], Found(parts), Effort(seed, again=again), 1.0)


@pytest.fixture
def folder(tmp_path):
    for size in SIZES:
        for seed, ours in ((3, 0.0), (11, 4.0)):
            for name in ("tipping_point", "five_rules"):
                place = tmp_path / size / str(seed) / name
                place.mkdir(parents=True)
                (place / "validation.json").write_text(json.dumps(document([result(name, seed, ours, seed == 11)])))
    return tmp_path


def test_documents_of_one_seed_are_put_together_in_the_order_of_the_results(folder):
    first, second = documents(folder / "full")
    assert (first["seed"], second["seed"]) == (3, 11)
    assert [row["name"] for row in first["results"]] == ["five_rules", "tipping_point"]
    assert len(second["checks"]) == 8


def test_seeds_stand_side_by_side(folder):
    found = side_by_side(documents(folder / "quick"))
    assert found["seeds"] == [3, 11]
    assert found["results"][0]["verdict"] == [FAIL, FAIL]
    assert found["results"][0]["looks"] == [1, 2]
    mine = {part["part"]: part["verdict"] for part in found["parts"] if part["name"] == "five_rules"}
    assert mine == {"a": [PASS, PASS], "b": [PASS, FAIL], "c": [FAIL, FAIL], "d": [FAIL, FAIL]}
    assert found["parts"][2]["ours"] == [1.235, 1.235]


def test_a_result_that_was_not_run_for_a_seed_is_told_apart(folder):
    (folder / "full" / "3" / "five_rules" / "validation.json").unlink()
    found = kept(folder)
    assert found["full"]["results"][0]["verdict"] == [None, FAIL]
    assert [part["name"] for part in found["full"]["parts"]] == ["five_rules"] * 4 + ["tipping_point"] * 4
    assert "| 1 | When cooperation takes over | not run | FAIL* |" in verdicts_page(found)


def test_what_is_written_is_what_was_kept_and_the_page_tells_it(folder):
    write(folder, folder / "kept.json")
    found = json.loads((folder / "kept.json").read_text())
    assert found == kept(folder)
    page = verdicts_page(found)
    assert "| 1 | When cooperation takes over | FAIL | FAIL* |" in page
    assert "Pass for every seed: T: 2 of 4 parts; S: 0 of 0 parts; E: 0 of 2 parts" in page
    assert "2 of 2 negative controls" in page
    assert "| five_rules | b | -3.0 to 3.0 | 0.0 PASS | 4.0 FAIL |" in page
    assert "| five_rules | c | at least 5.0 | 1.235 to 1.235 | FAIL |" in page
