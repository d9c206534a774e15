"""Verdicts, second looks, discovery and documents."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engagesim import InputError
from engagesim.design.files import shipped
from engagesim.literature import REFERENCES
from engagesim.validation import checks
from engagesim.validation.check import FAIL, ORDER_ONLY, PASS, Effort, Found, Result
from engagesim.validation.page import write
from engagesim.validation.parts import at_least, at_most, estimated, exact, inside, reported
from engagesim.validation.running import chosen, document, run_check
from engagesim.validation.words import number, row


def test_verdicts_follow_the_bounds():
    assert exact("x", 2.0, 2.0 + 1e-7).verdict == PASS
    assert exact("x", 2.0, 2.0 + 1e-5).verdict == FAIL
    assert exact("x", float("inf"), float("inf")).verdict == PASS
    assert exact("x", float("inf"), 1e9).verdict == FAIL
    assert estimated("x", 1.0, 1.29, 0.1).verdict == PASS
    assert estimated("x", 1.0, 1.31, 0.1).verdict == FAIL
    assert reported("x", 1.0, 1.009, 0.0001).verdict == PASS
    assert reported("x", 1.0, 1.02, 0.0001).verdict == FAIL
    assert inside("x", 1.0, 2.0, 0.5, 1.5, order_holds=True).verdict == ORDER_ONLY
    assert inside("x", 1.0, 2.0, 0.5, 1.5).verdict == FAIL
    assert (at_least("x", 1.0, 1.0).verdict, at_most("x", 1.0, 1.1).verdict) == (PASS, FAIL)
    assert estimated("x", 1.0, float("nan"), 0.1).verdict == FAIL


def result(*parts, again=0):
    return Result(checks()["tipping_point"], Found(parts), Effort(again=again), 0.0)


def test_a_control_must_fail():
    good, bad = exact("x", 1.0, 1.0), exact("x", 1.0, 2.0)
    assert result(good, replace(bad, control=True)).verdict == PASS
    assert result(good, replace(good, control=True)).verdict == FAIL
    assert result(good, bad).verdict == FAIL
    assert result(good, inside("x", 1.0, 2.0, 0.5, 1.5, order_holds=True)).verdict == ORDER_ONLY
    assert result().verdict == FAIL, "nothing compared is nothing shown"


def test_chance_gets_a_second_look_and_no_third():
    looks = []

    def measure(effort, right_from):
        looks.append(effort.again)
        return Found([estimated("x", 0.0, 0.0 if effort.again >= right_from else 5.0, 1.0)])

    def run(right_from):
        looks.clear()
        check = replace(checks()["tipping_point"], measure=lambda effort: measure(effort, right_from))
        return run_check(check, Effort()).verdict, list(looks)

    assert run(0) == (PASS, [0])
    assert run(1) == (PASS, [0, 1])
    assert run(2) == (FAIL, [0, 1])


def test_what_is_not_left_to_chance_gets_none():
    check = replace(checks()["tipping_point"], measure=lambda _: Found([exact("x", 1.0, 2.0)]))
    assert run_check(check, Effort()).effort.again == 0


def test_efforts_have_seeds_of_their_own():
    one, two, again = Effort(1), Effort(2), Effort(1, again=1)
    seeds = {e.seed_of(name, n) for e in (one, two, again) for name in ("a", "b") for n in range(3)}
    assert len(seeds) == 18
    assert (one.runs(2, 5), Effort(quick=True).runs(2, 5), again.runs(2, 5)) == (5, 2, 20)


def test_every_result_says_what_it_rests_on():
    found = checks()
    assert list(found) == sorted(found, key=lambda name: found[name].number)
    assert {"five_rules", "network_reciprocity", "tipping_point", "exploration", "wisdom_of_crowds", "hierarchies"} <= {
        *found
    }
    for name, check in found.items():
        assert check.name == name
        assert set(check.kind) <= set("TSE +")
        assert {*check.sources} <= {*REFERENCES}
        assert {*check.scenarios} <= {*shipped("scenarios")}
        assert all((check.title, check.rule, check.predicted, check.shows, check.shows_not))


def test_an_unknown_result_is_named_with_its_neighbour():
    with pytest.raises(InputError, match="tipping_point"):
        chosen(["tiping_point"])
    assert [c.name for c in chosen(["hierarchies", "tipping_point"])] == ["hierarchies", "tipping_point"]


def test_numbers_and_rows_are_words():
    assert [number(x) for x in (float("inf"), 0.12345, 4.0)] == ["infinite", "0.1235", "4"]
    part = estimated("x", 1.0, 1.1, 0.1, role="predicted", from_memory=True)
    assert row(part) == ("T", "x", "1 (from memory, predicted)", "1.1", "0.1", "z = +1.00", "PASS")
    assert row(replace(part, control=True))[-1] == "CONTROL PASSES"
    assert row(replace(exact("x", 1.0, 2.0), control=True))[-1] == "fails, as it must"


def test_the_document_is_json_and_has_the_promised_keys(tmp_path):
    check = replace(
        checks()["tipping_point"],
        measure=lambda _: Found([exact("x", float("inf"), float("inf")), exact("y", 1, 2, control=True)]),
        draw=lambda figure, _: figure.subplots(),
    )
    results = [run_check(check, Effort(3))]
    told = json.loads(json.dumps(document(results), allow_nan=False))
    assert {"name", "kind", "part", "target", "ours", "se", "verdict", "control"} <= told["checks"][0].keys()
    assert [c["control"] for c in told["checks"]] == [False, True]
    assert told["results"][0]["verdict"] == PASS
    page = write(results, tmp_path).read_text()
    assert "fails, as it must" in page
    assert (tmp_path / "tipping_point.png").stat().st_size > 1000
    assert json.loads((tmp_path / "validation.json").read_text())["seed"] == 3
    assert np.isfinite(results[0].seconds)
