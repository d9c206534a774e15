"""Claims tried from end to end, on a claim whose answer is plain; kept, resumed, controlled."""

import json

import numpy as np
import pytest

from engagesim import InputError, Scenario
from engagesim.experiments.claims import keeping, labels, trial
from engagesim.experiments.claims.keeping import file_of, find_out, keep, kept, key_of_finding, summarize
from engagesim.experiments.claims.reading import load_claim
from engagesim.experiments.claims.sweeping import Sweeps, fitting
from engagesim.experiments.claims.trial import outcomes_of, runs_of, try_arms
from engagesim.experiments.runner.again import run_again
from engagesim.experiments.runner.carrier import Here
from engagesim.experiments.runner.folder import SweepFolder
from engagesim.experiments.runner.merge import runs_frame

from .small import TEXT, TINY, write


@pytest.fixture(scope="module")
def claim(tmp_path_factory):
    return load_claim(write(tmp_path_factory.mktemp("claim")))


@pytest.fixture(scope="module")
def heard():
    return []


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("sweeps")


def tried(claim, place, heard=None):
    """The finding of a claim whose sweeps are in a folder."""
    return try_arms(claim, TINY, Sweeps(place, outcomes_of(claim), 0, heard=heard))


@pytest.fixture(scope="module")
def finding(claim, place, heard):
    return tried(claim, place, heard.append).document


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


@pytest.mark.usefixtures("finding")
def test_every_run_is_counted(claim, heard):
    assert max(heard) == runs_of(claim, TINY)


def test_worlds_share_no_luck_and_arms_do(finding, place):
    frame = runs_frame(place / "worlds")
    assert finding["worlds_tried"] == frame["world"].nunique() == TINY.worlds
    assert (frame.groupby(["world", "replicate"])["seed"].nunique() == 1).all()
    assert frame.groupby("world")["seed"].first().is_unique
    assert set(frame["arm"]) == {"little", "much"}
    base = runs_frame(place / "base")
    assert base["seed"].nunique() == TINY.replicates
    assert set(base["arm"]) == {"little", "much", "little.1", "much.1"}


def test_its_runs_are_those_of_a_sweep_and_come_out_again(finding, place):
    assert [p.name for p in sorted(place.iterdir())] == ["base", "map", "worlds"]
    for name in ("base", "worlds", "map"):
        folder = SweepFolder.open(place / name)
        assert run_again(folder, None, Here()).differing == []
    row = runs_frame(place / "worlds").query("world == 4").iloc[1]
    again = run_again(SweepFolder.open(place / "worlds"), int(row["row"]), Here())
    assert (again.rows, again.differing) == (1, [])


def test_a_trial_that_was_interrupted_goes_on(claim, finding, tmp_path, monkeypatch):
    sweeps = Sweeps(tmp_path, outcomes_of(claim), 0)
    monkeypatch.setattr(trial._Trial, "worlds", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        try_arms(claim, TINY, sweeps)
    monkeypatch.undo()
    monkeypatch.setattr("engagesim.experiments.claims.sweeping.Here", NotForBase)
    assert tried(claim, tmp_path).document == finding


class NotForBase(Here):
    """Does no run of the base world."""

    def carry(self, tasks, done, progress):
        tasks = list(tasks)
        assert not any(cell.world == 0 for task in tasks for cell in task.cells.values())
        super().carry(iter(tasks), done, progress)


def test_runs_of_another_seed_are_replaced(claim, tmp_path):
    arms = claim.arms
    first = Sweeps(tmp_path, outcomes_of(claim), 0).run("base", arms, 2)
    other = Sweeps(tmp_path, outcomes_of(claim), 1).run("base", arms, 2)
    assert (first != other).any()
    assert np.array_equal(Sweeps(tmp_path, outcomes_of(claim), 0).run("base", arms, 2), first)


def test_more_pairs_in_each_world_and_cell_are_counted(claim, tmp_path):
    many = load_claim(write(tmp_path, TEXT.replace("[set]", "pairs = 5\n[set]", 1)))
    places = 2 * (TINY.worlds * TINY.per_world + TINY.grid**2 * TINY.per_cell)
    assert runs_of(many, TINY) - runs_of(claim, TINY) == 4 * places
    heard = []
    tried(many, tmp_path / "sweeps", heard.append)
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


def test_the_same_seed_gives_the_same_finding(claim, finding, tmp_path):
    assert tried(claim, tmp_path).document == finding


def test_an_effect_that_stays_fails_the_control(tmp_path):
    text = TEXT.replace("set = { demand = 0.0 }", "set = { drain = 0.0 }")
    found = tried(load_claim(write(tmp_path, text)), tmp_path / "sweeps")
    assert found.document["ablation"] == "stays"
    assert found.failures == ["an effect stays when its mechanism is switched off"]
    other = tried(load_claim(write(tmp_path, text.replace('class = "E"', 'class = "R"'))), tmp_path / "sweeps")
    assert (other.document["ablation"], other.failures) == ("stays", [])


def test_a_label_changes_nothing_and_a_number_does(monkeypatch):
    design = Scenario.load("badges_taken_away").changed(steps=4, employees=9, customers=4, partners=2)
    other = labels.relabelled(design)
    assert (other.title, other.name) == (labels.LABEL, "a_thriving_community")
    assert labels.same_under_another_label({"a": design}, ["a"], 0)
    monkeypatch.setattr(labels, "relabelled", lambda d: d.changed(need_rate=0.051))
    assert not labels.same_under_another_label({"a": design}, ["a"], 0)


def test_an_arm_that_does_not_hold_together_in_a_world_has_no_value_there(claim, tmp_path):
    arms = {name: arm.changed(steps=3) for name, arm in claim.arms.items()}
    points = [{"capture_share": 0.2, "own_share": 0.5}, {"capture_share": 0.9, "own_share": 0.5}]
    found = Sweeps(tmp_path, outcomes_of(claim), 0).run("worlds", arms, 2, points, [1, 2])
    assert found.shape == (2, 2, 2, len(outcomes_of(claim)))
    assert np.isfinite(found[:, 0]).all()
    assert np.isnan(found[:, 1]).all()


def test_any_other_failure_is_told(claim, tmp_path, monkeypatch):
    def breaks(*_):
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr("engagesim.experiments.runner.work.build", breaks)
    monkeypatch.setattr("engagesim.engine.run.run", breaks)
    with pytest.raises(InputError, match="4 runs failed, the first with ZeroDivisionError: a slip"):
        Sweeps(tmp_path, outcomes_of(claim), 0).run("base", claim.arms, 2)


def test_points_fit_what_they_set(claim):
    arms = list(claim.arms.values())
    point = {"employees": 9.6, "drain": 0.25, "badges.value": 0.1}
    assert fitting([point], arms) == [{"employees": 10, "drain": 0.25}]
    badges = Scenario.load("badges_on_top")
    assert fitting([point], [*arms, badges]) == [{"employees": 10, "drain": 0.25, "badges.value": 0.1}]
