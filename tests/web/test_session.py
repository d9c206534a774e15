"""The numbers on the page are those of `engagesim run`, wherever one has been on the time axis."""

from __future__ import annotations

import math

import numpy as np
import pytest

import engagesim as es
from engagesim.measures import measure
from engagesim.problems import InputError
from engagesim.web import limits
from engagesim.web.messages import WrongError

from .page import SEED, SMALL, A, B, Page, asked

DESIGNS = (
    A, B, "badges_on_top", "the_face_of_the_company_leaves", "say_one_thing_do_another", "let_it_change_us",
    "fans_bring_fans", "theory_exploration_and_exploitation", "theory_donation_game", "wirearchy",
)  # fmt: skip


def simulated(name: str, weeks: int, seed: int = SEED, **changes: object) -> es.Run:
    return es.simulate(es.Scenario.load(name).changed(**SMALL, steps=weeks, **changes), seed=seed)


@pytest.mark.parametrize("name", DESIGNS)
def test_every_week_is_that_of_a_run(name: str):
    page = Page().open(asked(name), weeks=12).go(12)
    run = simulated(name, 12)
    assert page.last("finished")["digest"] == {"a": run.digest}
    for measured in ("effort", "trust", "value_created", "exits", "reward_correlation"):
        expected = measure(measured, run.tallies)
        known = page.known("a", measured)
        assert sorted(known) == list(range(1, 13))
        for week, value in known.items():
            if math.isnan(expected[week - 1]):
                assert value is None or math.isnan(value)
            else:
                assert value == pytest.approx(expected[week - 1], rel=1e-6)


def test_a_frame_holds_the_measures_of_the_week_in_single_precision():
    page = Page().open(asked(A), asked(B), weeks=10)
    page.play(10)
    for k, name in enumerate((A, B)):
        run = simulated(name, 10)
        for frame in page.all("frame"):
            names = page.last("opened")["measures"]
            expected = [measure(m, run.tallies)[frame["week"] - 1] if frame["week"] else math.nan for m in names]
            np.testing.assert_array_equal(frame["measures"][k], np.array(expected, dtype=np.float32))


def test_playing_shows_every_week_once_and_in_order():
    page = Page().open(asked(A), asked(B), weeks=9)
    page.play(9)
    assert [f["week"] for f in page.all("frame")] == list(range(10))
    assert [f["frame"] for f in page.all("frame")] == list(range(1, 11))
    assert page.all("history") == []


def test_weeks_that_are_skipped_come_as_history():
    page = Page().open(asked(A), asked(B), weeks=20).go(7)
    (history,) = page.all("history")
    assert (history["from"], history["to"]) == (1, 6)
    assert len(history["a"]["effort"]) == len(history["states"]["b"]) == 6
    assert [sum(counts) for counts in history["states"]["a"]] == [35] * 6
    page.go(3).go(8)
    assert len(page.all("history")) == 1
    page.go(20)
    assert (page.last("history")["from"], page.last("history")["to"]) == (9, 19)


@pytest.mark.parametrize("path", [(30, 0, 30), (30, 17, 4, 29, 30), (5, 30, 12, 30), (8, 7, 6, 5, 30)])
def test_going_back_and_forth_changes_nothing(path: tuple[int, ...]):
    page = Page().open(asked(A), asked("wirearchy"), weeks=30)
    for week in path:
        page.go(week)
        page.session.curves()  # makes the world itself go there
    runs = {"a": simulated(A, 30), "b": simulated("wirearchy", 30)}
    assert page.last("finished")["digest"] == {letter: run.digest for letter, run in runs.items()}
    page.session.sides[0].track.go(11)
    snapshot = es.simulate(page.session.sides[0].track.scenario, seed=SEED, watch=[11]).snapshots[11]
    for name, column in page.session.sides[0].track.world.snapshot().items():
        np.testing.assert_array_equal(column, snapshot[name], err_msg=name)


def test_reset_shows_the_same_picture_again():
    page = Page().open(asked(A), asked(B), weeks=15)
    page.play(15)
    page.go(0)
    first = page.last("frame")
    page.play(15)
    frames = page.all("frame")
    again = frames[-15:]
    assert first["week"] == 0
    for before, after in zip(frames[1:16], again, strict=True):
        np.testing.assert_array_equal(before["nodes"], after["nodes"])
        np.testing.assert_array_equal(before["measures"], after["measures"])


@pytest.mark.parametrize("path", [(30,), (30, 0, 30), (12, 9, 10, 11, 30), (30, 10, 30, 21, 19, 30)])
def test_an_organization_can_be_reorganized_and_put_back(path: tuple[int, ...]):
    page = Page().open(asked("the_pyramid"), weeks=30)
    page.session.schedule("a", {"at": 10, "key": "lateral_tie_rate", "value": 2.0})
    page.session.schedule("a", {"at": 20, "key": "span_of_control", "value": 19})
    for week in path:
        page.go(week)
    changed = page.session.sides[0].track.scenario
    assert page.last("finished")["digest"]["a"] == es.simulate(changed, seed=SEED).digest
    assert page.last("levers")["levers"]["span_of_control"] == 19
    topologies = {t["week"]: t for t in page.all("topology")}
    assert not np.array_equal(topologies[0]["y"], topologies[30]["y"])
    assert len(topologies[30]["i"]) != len(topologies[0]["i"])
    page.go(5)
    page.session.unschedule("a", 10, "lateral_tie_rate")
    page.session.set("a", "span_of_control", 6)
    page.go(30)
    again = page.session.sides[0].track.scenario
    assert page.last("finished")["digest"]["a"] == es.simulate(again, seed=SEED).digest
    assert es.simulate(again, seed=SEED).digest != es.simulate(changed, seed=SEED).digest


def test_a_shipped_reorganization_is_that_of_a_run():
    page = Page().open(asked("bridged_after_a_year"), weeks=60).go(60).go(40).go(60)
    assert page.last("finished")["digest"]["a"] == simulated("bridged_after_a_year", 60).digest


def test_two_designs_that_are_one_have_the_same_picture():
    page = Page().open(asked(A), asked(A), weeks=10)
    page.play(10)
    for frame in page.all("frame"):
        np.testing.assert_array_equal(frame["nodes"][0], frame["nodes"][1])
    a, b = page.all("topology")[:2]
    np.testing.assert_array_equal(a["x"], b["x"])
    np.testing.assert_array_equal(a["i"], b["i"])


def test_a_lever_acts_from_the_coming_week_on_and_on_its_design_only():
    page = Page().open(asked(A), asked(A), weeks=20)
    page.play(8)
    page.session.set("b", "capture_share", 0.1)
    page.play(12)
    for frame in page.all("frame"):
        same = np.array_equal(frame["measures"][0], frame["measures"][1], equal_nan=True)
        assert same == (frame["week"] <= 8)
    assert page.last("finished")["digest"]["a"] == simulated(A, 20).digest


def test_changes_made_while_it_runs_are_a_schedule():
    page = Page().open(asked("badges_on_top"), weeks=24)
    page.go(6)
    page.session.set("a", "demand.employee", 0.7)
    page.go(12)
    page.session.set("a", "badges.value", 0.0)
    page.session.schedule("a", {"at": 15, "key": "sharing_rule", "value": "equal"})
    page.session.schedule("a", {"at": 16, "key": "return_share", "value": 0.5, "until": 20})
    page.go(24)
    shown = page.last("levers")["schedule"]
    assert [(c["at"], c["key"], c["until"]) for c in shown] == [
        (6, "demand.employee", None), (12, "badges.value", None), (15, "sharing_rule", None), (16, "return_share", 20),
    ]  # fmt: skip
    assert page.last("finished")["digest"]["a"] == es.simulate(page.session.sides[0].track.scenario, seed=SEED).digest


def test_a_change_of_the_past_is_computed_anew():
    page = Page().open(asked(A), asked(B), weeks=20).go(20)
    before = page.last("finished")["digest"]
    page.go(5)
    page.session.set("a", "capture_share", 0.2)
    assert page.last("levers")["from"] == 5
    page.settle()
    page.go(20)
    after = page.last("finished")["digest"]
    assert after["a"] != before["a"]
    assert after["b"] == before["b"]
    changed = page.session.sides[0].track.scenario
    assert after["a"] == es.simulate(changed, seed=SEED).digest
    known = page.known("a", "value_captured")
    run = es.simulate(changed, seed=SEED)
    for week in range(6, 21):
        assert known[week] == pytest.approx(measure("value_captured", run.tallies)[week - 1], rel=1e-6)


def test_a_change_that_is_taken_back_has_never_been():
    page = Page().open(asked(A), weeks=16).go(10)
    page.session.schedule("a", {"at": 4, "key": "return_share", "value": 0.9})
    page.settle()
    assert page.session.week == 10
    page.session.unschedule("a", 4, "return_share")
    page.settle()
    page.go(16)
    assert page.last("finished")["digest"]["a"] == simulated(A, 16).digest


def test_levers_told_are_those_in_force():
    page = Page().open(asked(A), weeks=16)
    page.session.schedule("a", {"at": 4, "key": "return_share", "value": 0.8, "until": 8})
    page.go(6)
    told = page.last("levers")["levers"]
    track = page.session.sides[0].track
    start = es.Scenario.load(A).values["return_share"]
    assert told["return_share"] == pytest.approx(start + (0.8 - start) / 2)
    page.go(12)
    assert page.last("levers")["levers"]["return_share"] == 0.8
    assert told["sharing_rule"] in ("none", "equal", "proportional", "ownership")
    assert set(told) >= {"demand.employee", "capture_share"}
    assert track.scenario.values["return_share"] == start


def test_other_luck_is_a_run_with_another_seed():
    page = Page().open(asked(A), asked(B), weeks=8)
    page.session.set("a", "capture_share", 0.3)
    page.session.luck(99)
    page.go(8)
    assert page.last("opened")["seed"] == 99
    assert page.last("finished")["digest"]["b"] == simulated(B, 8, seed=99).digest
    assert page.last("finished")["digest"]["a"] == simulated(A, 8, seed=99, capture_share=0.3).digest


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("capture_share", 2.0, "must be 0 to 1"),
        ("capture_share", "much", "must be a number"),
        ("capture_shar", 0.2, "did you mean capture_share"),
        ("employees", 30, "fixed for a whole run"),
        ("sharing_rule", "fairly", "unknown sharing_rule"),
        ("badges.value", 0.1, "this design has none"),
        ("own_share", 0.9, "must be at most 1"),
        ("network_file", "/etc/passwd", "fixed for a whole run"),
    ],
)
def test_a_wrong_change_says_what_is_wrong_and_changes_nothing(key: str, value: object, said: str):
    page = Page().open(asked(A), weeks=10).go(5)
    heard = len(page.said)
    with pytest.raises(InputError, match=said):
        page.session.set("a", key, value)
    page.settle()
    assert len(page.said) == heard
    page.go(10)
    assert page.last("finished")["digest"]["a"] == simulated(A, 10).digest


def test_what_cannot_be_opened_leaves_the_page_as_it_is():
    page = Page().open(asked(A), weeks=10).go(5)
    heard = len(page.said)
    for wrong in (asked("no_such"), {"scenario": A, "set": {"employees": limits.MEMBERS + 1}}, {"scenario": "../x"}):
        with pytest.raises((WrongError, InputError)):
            page.session.open({"a": wrong, "b": None, "seed": 1})
    with pytest.raises(WrongError, match="opening a file"):
        page.session.open({"a": {"scenario": A, "set": {"network_file": "/etc/passwd"}}, "b": None, "seed": 1})
    assert len(page.said) == heard
    assert page.session.week == 5
    assert page.go(10).last("finished")["digest"]["a"] == simulated(A, 10).digest


def test_after_the_end_there_is_nothing_to_change():
    page = Page().open(asked(A), weeks=4).go(4)
    with pytest.raises(WrongError, match="over"):
        page.session.set("a", "capture_share", 0.2)
    with pytest.raises(WrongError, match="after the end"):
        page.session.schedule("a", {"at": 4, "key": "capture_share", "value": 0.2})
    with pytest.raises(WrongError, match="no design B"):
        page.session.set("b", "capture_share", 0.2)


def test_a_design_with_other_numbers_of_members_is_adapted_and_says_so():
    page = Page().open(asked(A), {"scenario": "quiet_readers"}, weeks=3)
    opened = page.last("opened")
    assert opened["designs"]["b"]["fixed"]["customers"] == SMALL["customers"]
    assert "10 customers" in opened["designs"]["b"]["notes"][0]
    assert opened["designs"]["a"]["notes"] == []


def test_no_more_than_two_frames_are_on_the_way():
    page = Page()
    page.acks = False
    page.open(asked(A), weeks=40)
    page.session.play(60.0)
    for _ in range(50):
        page.session.next = 0.0
        page.session.tick(0.0)
    assert len(page.all("frame")) == limits.UNSEEN
    page.session.ack(10_000)  # a frame that was never sent
    page.session.tick(0.0)
    assert len(page.all("frame")) == limits.UNSEEN
    page.session.ack(1)
    page.session.next = 0.0
    page.session.tick(0.0)
    assert len(page.all("frame")) == limits.UNSEEN + 1


def test_large_designs_on_two_threads_are_those_of_a_run():
    sizes = {"employees": 600, "customers": 300, "partners": 200}
    page = Page().open({"scenario": A, "set": sizes}, {"scenario": B, "set": sizes}, weeks=6).go(6)
    found = page.last("finished")["digest"]
    for letter, name in (("a", A), ("b", B)):
        assert found[letter] == es.simulate(es.Scenario.load(name).changed(**sizes, steps=6), seed=SEED).digest


def test_curves_and_flow_are_the_measures_of_the_week():
    page = Page().open(asked(A), asked("thank_you_and_training"), weeks=12).go(9)
    curves = page.last("curves")
    assert curves["week"] == 9
    for letter, name in (("a", A), ("b", "thank_you_and_training")):
        run = es.simulate(es.Scenario.load(name).changed(**SMALL, steps=9), seed=SEED)
        flow = curves["flow"][letter]
        assert flow["created"] == measure("value_created", run.tallies)[-1]
        assert flow["kept"] + flow["spilled"] + flow["captured"] == flow["created"]
        assert flow["captured"] - flow["shared"] - flow["rewards"] - flow["signals"] == pytest.approx(flow["retained"])
        assert flow["retained"] == pytest.approx(np.diff(run.series[:, 0])[-1])
        assert curves["gini"][letter]["contribution"] == pytest.approx(run.measures["contribution_gini"], abs=1e-4)
        assert curves["gini"][letter]["power"] == pytest.approx(run.measures["influence_gini"], abs=1e-4)
        lorenz = np.array(curves["lorenz"][letter]["contribution"])
        assert lorenz[0] == 0.0
        assert lorenz[-1] == 1.0
        assert (np.diff(lorenz) >= 0.0).all()
        area = np.trapezoid(lorenz, dx=1.0 / (len(lorenz) - 1))
        assert 1.0 - 2.0 * area == pytest.approx(curves["gini"][letter]["contribution"], abs=0.01)
