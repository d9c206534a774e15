"""Claims tried from end to end, on a claim whose answer is plain; kept, resumed, controlled."""

import json

import numpy as np
import pytest

from engagesim import Scenario
from engagesim.experiments.claims import keeping, labels, trial
from engagesim.experiments.claims.claim import Outcome
from engagesim.experiments.claims.keeping import file_of, find_out, keep, kept, key_of_finding, summarize
from engagesim.experiments.claims.measuring import over, table, values_of
from engagesim.experiments.claims.reading import load_claim
from engagesim.experiments.claims.trial import runs_of, try_arms

from .small import TEXT, TINY, write


@pytest.fixture(scope="module")
def claim(tmp_path_factory):
    return load_claim(write(tmp_path_factory.mktemp("claim")))


@pytest.fixture(scope="module")
def heard():
    return []


@pytest.fixture(scope="module")
def finding(claim, heard):
    return try_arms(claim, TINY, 0, heard.append).document


def test_a_plain_claim_is_supported_in_all_parts(finding):
    assert (finding["verdict"], [t["verdict"] for t in finding["tests"]]) == ("supported", ["supported"] * 2)
    assert finding["tests"][0]["mean"] > 0.2
    assert (finding["share"], finding["flips_with"], finding["worlds_tried"]) == (1.0, None, 10)


def test_with_the_mechanism_off_nothing_is_left(finding):
    assert (finding["ablation"], finding["label_control"], finding["failures"]) == ("removed", "null", [])
    left = finding["tests"][0]["ablation"]
    assert (left["result"], left["mean"], left["high"]) == ("removed", 0.0, 0.0)


def test_rivals_are_judged_or_said_to_be_out_of_reach(finding):
    tested, untested = finding["rivals"]
    assert tested["verdict"] == "opposite"
    assert untested["untested"].startswith("Nobody")


def test_a_map_covers_its_ranges_and_knows_the_base(finding):
    found = finding["map"]
    assert (found["xs"], found["ys"]) == ([0.0, 0.05, 0.1], [0.0, 0.5, 1.0])
    assert found["base"] == [pytest.approx(0.06), 0.5]
    means = np.array(found["means"])
    assert (means > 0.0).all()
    # Where nothing wears people out, more is called out by imposing.
    assert means[2, 0] > means[0, 0] + 0.05


def test_every_run_is_counted(claim, finding, heard):
    assert finding["id"] == "H1"
    assert max(heard) == runs_of(claim, TINY)


def test_worlds_share_no_luck_and_arms_do(monkeypatch, claim):
    seen = []
    monkeypatch.setattr(trial, "table", lambda designs, seeds, count, outcomes, heard: seen.append(list(seeds))
                        or np.zeros((len(designs), count, len(outcomes))))  # fmt: skip
    trial._Trial(claim, TINY, 0, None).worlds()
    (seeds,) = seen
    assert seeds[::2] == seeds[1::2]
    assert len(set(seeds)) == TINY.worlds


def test_more_pairs_in_each_world_and_cell_are_counted(claim, tmp_path):
    many = load_claim(write(tmp_path, TEXT.replace("[set]", "pairs = 5\n[set]", 1)))
    places = 2 * (TINY.worlds * TINY.per_world + TINY.grid**2 * TINY.per_cell)
    assert runs_of(many, TINY) - runs_of(claim, TINY) == 4 * places
    heard = []
    try_arms(many, TINY, 0, heard.append)
    assert max(heard) == runs_of(many, TINY)


def test_a_finding_is_kept_and_not_made_again(claim, tmp_path, monkeypatch):
    first = find_out(claim, tmp_path, TINY, 0)
    monkeypatch.setattr(keeping, "try_arms", lambda *_: pytest.fail("tried again"))
    assert find_out(claim, tmp_path, TINY, 0).document == first.document
    assert json.loads(summarize(tmp_path, [first]).read_text())["hypotheses"][0]["id"] == "H1"


def test_another_seed_size_or_broken_file_is_tried_again(claim, tmp_path, finding):
    key = key_of_finding(claim, TINY, 0)
    from engagesim.experiments.claims.finding import QUICK, Finding

    keep(tmp_path, claim, key, Finding(finding))
    assert kept(tmp_path, claim, key) is not None
    assert kept(tmp_path, claim, key_of_finding(claim, TINY, 1)) is None
    assert kept(tmp_path, claim, key_of_finding(claim, QUICK, 0)) is None
    file_of(tmp_path, claim).write_text('{"key":')
    assert kept(tmp_path, claim, key) is None


def test_the_same_seed_gives_the_same_finding(claim, finding):
    assert try_arms(claim, TINY, 0).document == finding


def test_an_effect_that_stays_fails_the_control(tmp_path):
    text = TEXT.replace("set = { demand = 0.0 }", "set = { drain = 0.0 }")
    found = try_arms(load_claim(write(tmp_path, text)), TINY, 0)
    assert found.document["ablation"] == "stays"
    assert found.failures == ["an effect stays when its mechanism is switched off"]
    other = try_arms(load_claim(write(tmp_path, text.replace('class = "E"', 'class = "R"'))), TINY, 0)
    assert (other.document["ablation"], other.failures) == ("stays", [])


def test_a_label_changes_nothing_and_a_number_does(monkeypatch):
    design = Scenario.load("badges_taken_away").changed(steps=4, employees=9, customers=4, partners=2)
    other = labels.relabelled(design)
    assert (other.title, other.name) == (labels.LABEL, "a_thriving_community")
    assert labels.same_under_another_label({"a": design}, ["a"], 0)
    monkeypatch.setattr(labels, "relabelled", lambda d: d.changed(need_rate=0.051))
    assert not labels.same_under_another_label({"a": design}, ["a"], 0)


def test_values_agree_with_a_run():
    from engagesim import simulate
    from engagesim.draws import replicate_seed

    design = Scenario.load("say_one_thing_do_another").changed(steps=12, employees=12, customers=4, partners=2)
    outcomes = (
        Outcome("effort", "employee", (3, 5)), Outcome("effort", "employee", "end", less=(1, 1)),
        Outcome("contribution_gini"), Outcome("gap_found_week", never=True), Outcome("gap_found_week"),
    )  # fmt: skip
    found = values_of(design, 7, 2, outcomes)
    run = simulate(design, seed=replicate_seed(7, 1))
    weekly = run.weeks.query("group == 'employee'")["effort"].to_numpy()
    assert found[1, 0] == pytest.approx(weekly[2:5].mean())
    assert found[1, 1] == pytest.approx(weekly[-1] - weekly[0])
    assert found[1, 2] == pytest.approx(run.measures["contribution_gini"])
    assert found[1, 3] == (13.0 if np.isnan(found[1, 4]) else found[1, 4])


def test_weeks_beyond_the_run_have_no_value():
    series = np.array([1.0, 2.0, 3.0])
    assert over(series, (2, 9)) == 2.5
    assert np.isnan(over(series, (5, 9)))


def test_a_design_that_cannot_be_run_has_no_value():
    design = Scenario.load("plain_organization").changed(steps=3, employees=5, customers=2, partners=2)
    found = table([design, None], [0, 0], 2, (Outcome("effort"),))
    assert np.isfinite(found[0]).all()
    assert np.isnan(found[1]).all()


def test_worlds_without_a_value_do_not_count():
    from engagesim.experiments.claims.finding import Held, held_as_one

    one = Held(np.array([True, False, False, True]), np.array([True, True, False, True]))
    two = Held(np.array([True, True, True, False]), np.array([True, True, True, True]))
    assert (one.share, two.share) == (pytest.approx(2 / 3), 0.75)
    assert held_as_one([one, two], "all").share == pytest.approx(1 / 3)
    assert held_as_one([one, two], "any").share == 1.0
    assert Held(np.array([False]), np.array([False])).share is None
    assert held_as_one([], "all") is None
