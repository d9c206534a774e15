import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engagesim.cli.progress import progress
from engagesim.experiments.runner.carrier import Here
from engagesim.experiments.runner.sweep import sweep
from tests.experiments.asked import fails_at_high_capture

from .calling import document, run

FILE = """
title = "Small"
arms = ["the_suggestion_machine", "badges_on_top"]
replicates = 3
measures = ["trust", "effort", "exhaustion"]
windows = ["late"]
[set]
employees = 12
customers = 6
partners = 2
steps = 8
[levers]
capture_share = [0.3, 0.5]
[uncertainties]
help_value = { low = 0.0, high = 1.0 }
norm_weight = { low = 0.0, high = 1.0 }
[design.uncertainties]
kind = "latin_hypercube"
points = 20
[matters]
trust = 0.05
[acceptable]
trust = { at_least = 0.72 }
"""


@pytest.fixture(autouse=True)
def _small_sweep(compiled: None, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file to sweep, in this process: worker processes have tests of their own."""
    monkeypatch.setattr("engagesim.cli.sweep.carrier_of", lambda jobs, dask: Here())
    monkeypatch.setattr("engagesim.experiments.runner.pool.Processes", lambda jobs: Here())
    Path("small.toml").write_text(FILE)


def test_a_sweep_prints_one_document_and_leaves_a_table_that_pandas_reads():
    found = document("sweep", "small.toml", "--out", "out")
    assert (found["runs"], found["done"], found["failed"], found["finished"], found["out"]) == (
        240,
        240,
        0,
        True,
        "out",
    )
    frame = pd.read_parquet("out/runs.parquet")
    assert len(frame) == 240
    assert {"row", "arm", "seed", "capture_share", "help_value", "trust_late"} <= set(frame)
    labels = pq.read_schema("out/runs.parquet").metadata
    assert labels[b"design_id"].decode() == found["design_id"]
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert {"design_id", "code", "command", "engagesim", "libraries", "machine"} <= set(manifest)
    assert document("sweep", "small.toml", "--out", "out") == found
    assert document("status", "out") == found


def test_a_dry_run_says_how_many_how_long_how_large_and_leaves_nothing():
    found = document("sweep", "small.toml", "--dry-run", "--jobs", "2")
    assert (found["runs"], found["arms"], found["points"], found["worlds"]) == (240, 2, 2, 20)
    assert found["seconds"] == pytest.approx(240 * found["seconds_per_run"] / 2)
    assert 0 < found["disk_bytes"] < found["free_bytes"]
    assert [path.name for path in Path().iterdir()] == ["small.toml"]
    assert "2 arms x 2 points x 20 worlds x 3 replicates = 240" in run("sweep", "small.toml", "--dry-run").stdout


def test_results_are_asked_in_sql_also_before_the_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engagesim.experiments.question.plan.LEAST_SECONDS", 0.0)
    document("sweep", "small.toml", "--out", "out", "--shard", "1/2")
    found = document(
        "query", "out", "select count(*) as n, min(trust_late) as least from runs where arm = 'badges_on_top'"
    )
    assert found["columns"] == ["n", "least"]
    assert document("status", "out")["finished"] is False
    document("sweep", "small.toml", "--out", "out", "--shard", "2/2")
    text = run("query", "out", "select arm, count(*) from runs group by arm order by arm").stdout
    assert [line.split() for line in text.splitlines()[2:]] == [
        ["badges_on_top", "120"],
        ["the_suggestion_machine", "120"],
    ]
    result = run("query", "out", "select trust from runs")
    assert (result.exit_code, "trust_late" in result.stderr) == (2, True)
    assert run("query", "nowhere", "select 1").exit_code == 2
    assert "There are `runs` and, where a run failed, `failures`" in run("query", "out", "select * from nope").stderr


def test_any_row_comes_out_the_same_once_more_and_a_changed_one_is_named():
    document("sweep", "small.toml", "--out", "out")
    assert document("rerun", "out", "--row", "201") == {
        "out": "out", "identical": True, "rows": 1, "same_code": True, "differing": [],
    }  # fmt: skip
    assert document("rerun", "out")["rows"] == 240
    table = pq.read_table("out/runs.parquet")
    values = table["trust_late"].to_numpy().copy()
    values[17] = np.nextafter(values[17], 1.0)
    place = table.schema.get_field_index("trust_late")
    pq.write_table(table.set_column(place, "trust_late", pa.array(values)), "out/runs.parquet")
    assert document("rerun", "out", code=1)["differing"] == [17]
    assert "row 17: trust_late" in run("rerun", "out", "--row", "17").stdout
    assert run("rerun", "out", "--row", "1000").exit_code == 2


def test_a_report_says_what_came_out_in_sentences_tables_and_figures():
    document("sweep", "small.toml", "--out", "out")
    found = document("report", "out")
    assert found["main"] == "trust_late"
    assert {"differences", "rankings", "regrets", "front"} <= set(found)
    assert len(found["differences"]) == 3 * 3
    best = [row for row in found["rankings"] if row["outcome"] == "trust_late"]
    assert sum(row["chance_best_mean"] for row in best) == pytest.approx(1.0)
    text = Path("out/report.html").read_text()
    assert text.count("<figure>") >= 4
    assert all(sentence.split(" (")[0] in text for sentence in found["answer"])
    frame = pd.read_parquet("out/report/differences.parquet")
    row = frame[(frame["outcome"] == "trust_late")].iloc[0]
    runs = pd.read_parquet("out/runs.parquet")
    means = runs.groupby(["arm", "capture_share"])["trust_late"].mean()
    assert row["policy"] == "The suggestion machine (capture_share = 0.5)"
    expected = means["the_suggestion_machine", 0.5] - means["the_suggestion_machine", 0.3]
    assert row["mean"] == pytest.approx(expected)
    assert Path("out/report/figures/responses.png").stat().st_size > 5_000


def test_failed_runs_end_with_code_3_and_nothing_but_failed_ones_with_4(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        raise ZeroDivisionError("nothing goes")

    Path("small.toml").write_text(FILE.replace("[0.3, 0.5]", "[0.3, 0.7]"))
    for name, evaluate, code in (("some", fails_at_high_capture, 3), ("all", fails, 4)):
        monkeypatch.setattr("engagesim.experiments.runner.sweep.sweep", partial(sweep, evaluate=evaluate))
        assert run("sweep", "small.toml", "--out", name).exit_code == code
    assert document("query", "some", "select count(*) from failures")["rows"] == [[120]]


def test_interruption_exits_130_and_what_is_done_is_kept(monkeypatch: pytest.MonkeyPatch):
    class Interrupted(Here):
        def carry(self, tasks, done, progress):
            super().carry(iter([next(tasks)]), done, progress)
            raise KeyboardInterrupt

    monkeypatch.setattr("engagesim.cli.sweep.carrier_of", lambda jobs, dask: Interrupted())
    monkeypatch.setattr("engagesim.experiments.question.plan.LEAST_SECONDS", 0.0)
    result = run("sweep", "small.toml", "--out", "out")
    assert (result.exit_code, "the same command goes on" in result.stderr) == (130, True)
    assert document("status", "out")["done"] == 4


@pytest.mark.parametrize(
    ("command", "stopped"),
    [
        (["calibrate", "a_fine_is_a_price"], "engagesim.experiments.runner.sweep.sweep"),
        (["hypotheses", "H10"], "engagesim.experiments.claims.keeping.find_out"),
    ],
)
def test_what_goes_on_by_itself_says_so_when_it_is_interrupted(command, stopped, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stopped, interrupted)
    result = run(*command, "--out", "out")
    assert (result.exit_code, "the same command goes on" in result.stderr) == (130, True)


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        (["sweep", "how_much_to_shar"], ["did you mean how_much_to_share?"]),
        (["sweep", "small.toml", "--shard", "3/2"], ["must be I/N"]),
        (["sweep", "small.toml", "--out", "."], ["holds other files"]),
        (["sweep", "small.toml", "--jobs", "0"], ["--jobs"]),
        (["compare", "small.toml"], ["engagesim sweep"]),
        (["calibrate", "small.toml"], ["needs [[targets]]", "varies uncertainties only"]),
        (["status", "nowhere"], ["is not the folder of a sweep: there is no such folder"]),
        (["report", "nowhere"], ["is not the folder of a sweep"]),
        (["rerun", "nowhere", "--row", "3"], ["is for the folder of a sweep"]),
    ],
)
def test_bad_input_exits_2_with_what_would_be_valid(arguments: list[str], messages: list[str]):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(message in " ".join(result.stderr.split()) for message in messages), result.stderr
    assert [path.name for path in Path().iterdir()] == ["small.toml"]


def test_a_report_of_an_unfinished_sweep_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engagesim.experiments.question.plan.LEAST_SECONDS", 0.0)
    document("sweep", "small.toml", "--out", "out", "--shard", "1/2")
    result = run("report", "out")
    assert (result.exit_code, "is not finished" in result.stderr) == (2, True)


def test_worker_processes_and_a_cluster_that_does_not_answer_from_the_command_line():
    environment_free = [sys.executable, "-c", "from engagesim.cli import main; main()", "sweep", "small.toml"]
    done = subprocess.run([*environment_free, "--jobs", "2", "--out", "a", "--json"], capture_output=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["done"]) == (0, 240)
    document("sweep", "small.toml", "--out", "b")
    assert Path("a/runs.parquet").read_bytes() == Path("b/runs.parquet").read_bytes()


def test_commands_to_type_are_quoted_and_sweeps_below_a_folder_are_named():
    place = str(Path("all mine") / "first sweep")
    assert f"engagesim report '{place}'\n" in run("sweep", "small.toml", "--replicates", "1", "--out", place).stdout
    result = run("query", "all mine", "select 1")
    assert (result.exit_code, f"sweeps below it: {place}" in result.stderr) == (2, True)


def test_a_line_of_progress_is_due_after_long_silence(monkeypatch: pytest.MonkeyPatch, capsys):
    clock = iter([5.0, 5.0, 15.0, 36.0, 45.0, 105.0, 110.0, 205.0])
    monkeypatch.setattr("engagesim.cli.progress.time.monotonic", lambda: next(clock))
    with progress("runs", 1000, as_json=False) as told:
        assert told is not None
        for done in (1, 2, 3, 100, 150, 1000):
            told(done)
    assert capsys.readouterr().err.splitlines() == [
        "2 of 1000 runs, about 15469 s left", "100 of 1000 runs, about 900 s left", "1000 of 1000 runs",
    ]  # fmt: skip


def test_what_comes_after_the_last_run_is_told(capsys):
    with progress("runs", 2, as_json=False, then="now the tables and figures") as told:
        assert told is not None
        told(1)
        told(2)
    first, last = capsys.readouterr().err.splitlines()
    assert "now the tables" not in first
    assert last == "2 of 2 runs; now the tables and figures"


def test_policies_of_one_arm_go_by_their_levers_and_titles_are_whole():
    Path("one.toml").write_text(FILE.replace(', "badges_on_top"', "").replace("points = 20", "points = 2"))
    document("sweep", "one.toml", "--out", "one two")
    found = document("report", "one two")
    assert {row["policy"] for row in found["differences"]} == {"capture_share = 0.5"}
    text = Path("one two/report.html").read_text()
    assert "1 design x 2 points" in text
    assert "<strong>The suggestion machine.</strong>" in text
    assert "engagesim rerun &#39;one two&#39;" in text
