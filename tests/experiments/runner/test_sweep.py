import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import engagesim
from engagesim import InputError, simulate
from engagesim.experiments.findings import findings_of
from engagesim.experiments.question.factors import placed
from engagesim.experiments.question.plan import Plan
from engagesim.experiments.runner.carrier import Here
from engagesim.experiments.runner.cluster import Cluster
from engagesim.experiments.runner.folder import SweepFolder, code
from engagesim.experiments.runner.merge import runs_frame
from engagesim.experiments.runner.pilot import pilot
from engagesim.experiments.runner.pool import Processes
from engagesim.experiments.runner.sweep import StoppedError, state_of, sweep, sweep_frame
from engagesim.experiments.runner.work import Task
from engagesim.report.sweeping import write_sweep_report
from engagesim.store.provenance import sha256
from tests.experiments.asked import (
    LEVER,
    PAIR,
    WORLDS,
    DiesAfter,
    DiesError,
    asked,
    cut,
    fails_at_high_capture,
    kills_its_worker,
    slow_at_low_capture,
)


def test_the_plan_is_arm_by_arm_point_by_point_world_by_world():
    plan = Plan.of(asked(**LEVER, **WORLDS))
    assert plan.cells == 2 * 3 * 4
    assert [plan.parts(cell) for cell in (0, 3, 4, 12, 23)] == [
        (0, 1, 1), (0, 1, 4), (0, 2, 1), (1, 1, 1), (1, 3, 4),
    ]  # fmt: skip
    assert plan.settings(4)["capture_share"] == 0.5
    assert plan.settings(4)["help_value"] == plan.settings(0)["help_value"]


def test_every_run_is_in_one_chunk_whatever_their_size(monkeypatch: pytest.MonkeyPatch):
    for seconds in (0.0, 1.0):
        monkeypatch.setattr("engagesim.experiments.question.plan.LEAST_SECONDS", seconds)
        plan = Plan.of(asked(**LEVER, **WORLDS))
        chunks = list(plan.chunks(plan.opening()))
        assert [run for chunk in chunks for run in chunk.runs()] == [(row, *divmod(row, 2)) for row in range(48)]


def test_a_row_is_what_the_same_design_and_seed_give_elsewhere():
    question = asked(**LEVER, **WORLDS)
    frame = sweep_frame(question)
    assert list(frame["row"]) == list(range(48))
    row = frame.iloc[29]
    plan = Plan.of(question)
    design = placed(question.arms[1], plan.settings(14), "")
    run = simulate(design, seed=int(row["seed"]))
    late = run.weeks.query("group == 'everyone'").tail(2)
    assert (row["arm"], row["capture_share"], row["point"]) == ("badges_on_top", design.values["capture_share"], 1)
    assert row["trust_late"] == pytest.approx(late["trust"].mean(), abs=0)
    assert row["effort_late"] == pytest.approx(late["effort"].mean(), abs=1e-15)


def test_the_seed_of_a_replicate_is_the_same_in_every_arm_point_and_world():
    frame = sweep_frame(asked(**LEVER, **WORLDS), evaluate=nothing)
    assert (frame.groupby("replicate")["seed"].nunique() == 1).all()
    assert frame["seed"].nunique() == 2


def nothing(design, columns, seed, network):
    return np.zeros(len(columns))


def test_whatever_was_interrupted_goes_on_and_ends_in_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cut(monkeypatch)
    question = asked(**LEVER, **WORLDS)
    sweep(question, tmp_path / "whole")
    done = []
    for turn in range(6):
        with pytest.raises(DiesError):
            sweep(question, tmp_path / "torn", carrier=DiesAfter(5))
        folder = SweepFolder.open(tmp_path / "torn")
        (folder.place / "shards" / "0000-000047.parquet.tmp").write_bytes(b"half")
        (folder.place / "runs.parquet.tmp").write_bytes(b"half")
        done.append(state_of(folder).done)
        assert not folder.finished, turn
    assert done == [5, 10, 15, 20, 25, 30]
    state = sweep(question, tmp_path / "torn")
    assert (state.done, state.failed, state.finished) == (48, 0, True)
    assert sha256(tmp_path / "torn" / "runs.parquet") == sha256(tmp_path / "whole" / "runs.parquet")
    assert not (tmp_path / "torn" / "shards").exists()
    assert sweep(question, tmp_path / "torn", carrier=DiesAfter(0)).finished


def test_a_sweep_that_was_killed_before_its_manifest_or_after_its_merge_goes_on(tmp_path: Path):
    sweep(asked(), tmp_path / "out")
    expected = sha256(tmp_path / "out" / "runs.parquet")
    (tmp_path / "out" / "shards").mkdir()
    (tmp_path / "out" / "shards" / "0000-000000.parquet").touch()
    assert sweep(asked(), tmp_path / "out").finished
    assert not (tmp_path / "out" / "shards").exists()
    for name in ("manifest.json", "runs.parquet"):
        (tmp_path / "out" / name).unlink()
    (tmp_path / "out" / "manifest.json.tmp").write_bytes(b"{")
    assert sweep(asked(), tmp_path / "out").finished
    assert sha256(tmp_path / "out" / "runs.parquet") == expected


def test_parts_leave_each_others_drafts_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cut(monkeypatch)
    question = asked(**LEVER)
    with pytest.raises(DiesError):
        sweep(question, tmp_path / "out", carrier=DiesAfter(0))
    drafts = [tmp_path / "out" / "shards" / f"0000-00000{k}.parquet.tmp" for k in (0, 1)]
    for draft in drafts:
        draft.write_bytes(b"half")
    with pytest.raises(DiesError):
        sweep(question, tmp_path / "out", part=(2, 2), carrier=DiesAfter(0))
    assert [draft.exists() for draft in drafts] == [True, False]


def test_processes_and_parts_give_the_same_bytes_as_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cut(monkeypatch)
    question = asked(**LEVER, **WORLDS)
    sweep(question, tmp_path / "here")
    sweep(question, tmp_path / "processes", carrier=Processes(2))
    first = sweep(question, tmp_path / "parts", part=(1, 2))
    assert (first.done, first.finished) == (24, False)
    assert sweep(question, tmp_path / "parts", part=(2, 2)).finished
    expected = sha256(tmp_path / "here" / "runs.parquet")
    assert {sha256(tmp_path / name / "runs.parquet") for name in ("processes", "parts")} == {expected}


def test_how_the_plan_was_cut_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    question = asked(**LEVER)
    sweep(question, tmp_path / "one")
    cut(monkeypatch)
    sweep(question, tmp_path / "many")
    assert sha256(tmp_path / "one" / "runs.parquet") == sha256(tmp_path / "many" / "runs.parquet")


def test_a_run_that_fails_is_a_row_with_what_is_needed_to_replay_it(tmp_path: Path):
    state = sweep(asked(**LEVER), tmp_path / "out", evaluate=fails_at_high_capture)
    assert (state.runs, state.failed, state.finished) == (12, 4, True)
    frame = runs_frame(tmp_path / "out")
    failed = frame[frame["status"] == "failed"]
    assert (failed["capture_share"] == 0.7).all()
    assert failed[["trust_late", "effort_late"]].isna().all().all()
    assert frame[frame["status"] == "done"]["trust_late"].notna().all()
    failures = pd.read_parquet(tmp_path / "out" / "failures.parquet")
    assert list(failures["row"]) == list(failed["row"])
    first = failures.iloc[0]
    assert (first["stage"], first["type"], first["message"]) == ("run", "ZeroDivisionError", "too much is taken")
    assert "fails_at_high_capture" in first["traceback"]
    assert first["replay"].endswith(f"--seed {failed.iloc[0]['seed']} --set capture_share=0.7")


def test_fail_fast_stops_at_the_first_failure_and_keeps_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cut(monkeypatch)
    with pytest.raises(StoppedError):
        sweep(asked(**LEVER), tmp_path / "out", evaluate=fails_at_high_capture, fail_fast=True)
    state = state_of(SweepFolder.open(tmp_path / "out"))
    assert (state.done, state.failed, state.finished) == (5, 1, False)


def test_the_run_that_kills_its_worker_is_named_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engagesim.experiments.runner.pool.get_context", _fork)
    question = asked(**LEVER, replicates=3)
    state = sweep(question, tmp_path / "out", carrier=Processes(2), evaluate=kills_its_worker)
    frame = runs_frame(tmp_path / "out")
    culprits = frame.query("arm == 'badges_on_top' and capture_share == 0.7 and seed % 2 == 1")
    assert 0 < len(culprits) < 3
    assert state.failed == len(culprits)
    failures = pd.read_parquet(tmp_path / "out" / "failures.parquet")
    assert list(failures["row"]) == list(culprits["row"])
    assert set(failures["stage"]) == {"worker"}
    assert set(failures["type"]) == {"SIGKILL"}


def _fork(_method: str):
    """Forked workers start at once and know this file; spawned ones are tested with kills from outside."""
    from multiprocessing import get_context

    return get_context("fork")


def test_what_others_put_into_the_folders_of_a_sweep_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Through an interruption, the end, a repetition and a report that is written twice."""
    cut(monkeypatch)
    out = tmp_path / "out"
    with pytest.raises(DiesError):
        sweep(asked(**LEVER), out, carrier=DiesAfter(4))
    names = ("shards/mine.parquet", "arms/mine.txt", "report/figures/mine.png", "report/deep/mine.txt")
    for name in names[:2]:
        (out / name).write_text("years of work")
    sweep(asked(**LEVER), out)
    write_sweep_report(findings_of(out))
    for name in names[2:]:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("years of work")
    sweep(asked(**LEVER), out)
    write_sweep_report(findings_of(out))
    assert [(out / name).read_text() for name in names] == ["years of work"] * len(names)
    assert [path.name for path in (out / "shards").iterdir()] == ["mine.parquet"]


def test_a_folder_of_another_experiment_is_refused_and_fresh_starts_anew(tmp_path: Path):
    sweep(asked(), tmp_path / "out")
    with pytest.raises(InputError, match="another experiment"):
        sweep(asked(seed=1), tmp_path / "out")
    assert sweep(asked(seed=1), tmp_path / "out", fresh=True).finished
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.docx").touch()
    with pytest.raises(InputError, match="holds other files"):
        sweep(asked(), tmp_path / "other", fresh=True)
    assert (tmp_path / "other" / "thesis.docx").exists()


def test_results_of_another_version_of_the_model_are_not_mixed(tmp_path: Path):
    place = tmp_path / "out"
    sweep(asked(), place)
    manifest = json.loads((place / "manifest.json").read_text())
    (place / "manifest.json").write_text(json.dumps({**manifest, "code": "another"}))
    with pytest.raises(InputError, match="another version of the model"):
        sweep(asked(), place)


@pytest.mark.parametrize(("source", "decides"), [
    ("structures/hierarchy.py", True),
    ("experiments/reduction.py", True),
    ("experiments/claims/judging.py", True),
    ("report/style.py", False),
])  # fmt: skip
def test_the_version_of_the_model_is_that_of_its_sources_wherever_they_lie(tmp_path: Path, source: str, decides: bool):
    package = tmp_path / "engagesim"
    ignored = shutil.ignore_patterns("__pycache__", "shipped")
    shutil.copytree(Path(engagesim.__file__).parent, package, ignore=ignored)
    assert code(package) == code()
    edited = package / source
    edited.write_text(edited.read_text() + "\n")
    assert (code(package) != code()) == decides


def test_two_at_a_time_are_refused(tmp_path: Path):
    sweep(asked(), tmp_path / "out")
    with SweepFolder.open(tmp_path / "out").alone((1, 1)), pytest.raises(InputError, match="another process"):
        sweep(asked(), tmp_path / "out")


@pytest.mark.parametrize("address", ["nowhere", "", "tcp://nowhere", "tcp://:x"])
def test_an_address_without_a_port_is_refused_at_once(address: str):
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match=r"with its port, such as tcp://10\.0\.0\.1:8786"):
        Cluster(address).carry(iter([]), lambda *_: None, lambda _: None)


def test_the_folder_holds_all_that_is_needed_to_read_its_plan_again(tmp_path: Path):
    question = asked(**LEVER, **WORLDS)
    sweep(question, tmp_path / "out")
    moved = (tmp_path / "out").rename(tmp_path / "moved")
    again = SweepFolder.open(moved).plan
    assert again.design_id == Plan.of(question).design_id
    assert again.document() == Plan.of(question).document()


def test_replicates_are_added_where_the_difference_is_not_known_well_enough(tmp_path: Path):
    wanted = {"measure": "trust", "window": "late", "half_width": 0.3, "batch": 5, "most": 40}
    question = asked(**LEVER, replicates=5, precision=wanted)
    state = sweep(question, tmp_path / "out", evaluate=noisier_with_capture)
    frame = runs_frame(tmp_path / "out")
    counts = frame.groupby(["arm", "capture_share"])["replicate"].count().unstack()
    assert counts.loc["the_suggestion_machine", 0.3] == counts.to_numpy().max()
    assert counts.loc["badges_on_top", 0.3] == 5
    assert counts.loc["badges_on_top", 0.7] > 5
    assert counts.to_numpy().max() < 40
    assert state.rounds > 1
    assert list(frame["row"]) == list(range(len(frame)))
    sweep(question, tmp_path / "again", carrier=Backwards(), evaluate=noisier_with_capture)
    assert sha256(tmp_path / "again" / "runs.parquet") == sha256(tmp_path / "out" / "runs.parquet")


class Backwards(Here):
    """Tasks in any order: results do not depend on it."""

    def carry(self, tasks, done, progress):
        super().carry(iter(reversed(list(tasks))), done, progress)


def noisier_with_capture(design, columns, seed, network):
    """The pair's difference varies with what is captured above .3; the arms have common luck."""
    noise = np.random.default_rng(seed + (design.name == "badges_on_top")).normal()
    return np.full(len(columns), (float(str(design.values["capture_share"])) - 0.3) * noise)


def test_a_task_holds_only_its_own_designs(monkeypatch: pytest.MonkeyPatch):
    plan = Plan.of(asked(**LEVER, **WORLDS))
    (chunk,) = plan.chunks(plan.opening())
    assert [run[0] for run in Task.of(plan, chunk).only([0, 5]).runs] == [0, 5]
    cut(monkeypatch)
    first, *_, last = (Task.of(plan, chunk) for chunk in plan.chunks(plan.opening()))
    assert (set(first.arms), set(last.arms)) == ({0}, {1})
    assert set(first.cells) == {cell for _, cell, _ in first.runs} == {0}
    assert all(design.parent is None for task in (first, last) for design in task.arms.values())


def test_rows_keep_their_places_whoever_is_done_first(monkeypatch: pytest.MonkeyPatch):
    """Of two processes, one gets the slow first chunk while the other does the rest."""
    cut(monkeypatch)
    monkeypatch.setattr("engagesim.experiments.runner.pool.get_context", _fork)
    frame = sweep_frame(asked(**LEVER), Processes(2), evaluate=slow_at_low_capture)
    assert list(frame["row"]) == list(range(12))
    low, high = (frame.loc[frame["capture_share"] == share, "trust_late"].to_numpy() for share in (0.3, 0.5))
    assert high - low == pytest.approx(np.full(4, 0.2)), "the numbers of the run that the row is about"


def test_what_a_row_takes_on_the_disk_is_told_from_a_few(tmp_path: Path):
    question = asked(arms=PAIR[:1], replicates=3000)
    told = pilot(Plan.of(question), evaluate=noisier_with_capture).row_bytes
    runs = sweep(question, tmp_path / "out", evaluate=noisier_with_capture).runs
    taken = (tmp_path / "out" / "runs.parquet").stat().st_size / runs
    assert told == pytest.approx(taken, rel=0.25)
