"""Sweeps whose disk is full, or whose files were torn, edited or exchanged: told, and nothing that is whole is lost."""

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from engagesim import InputError
from engagesim.experiments.findings import findings_of
from engagesim.experiments.runner.again import run_again
from engagesim.experiments.runner.carrier import Here
from engagesim.experiments.runner.folder import SweepFolder
from engagesim.experiments.runner.sweep import state_of, sweep
from engagesim.store.provenance import sha256
from tests.experiments.asked import (
    LEVER,
    DiesAfter,
    DiesError,
    asked,
    cut,
)


def test_a_full_disk_stops_with_a_message_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cut(monkeypatch)
    full = Path.write_bytes
    written = []

    def writes(self: Path, data: bytes) -> int:
        if self.parent.name == "shards":
            written.append(self)
            if len(written) > 3:
                raise OSError(28, "No space left on device")
        return full(self, data)

    monkeypatch.setattr(Path, "write_bytes", writes)
    with pytest.raises(InputError, match="No space left on device"):
        sweep(asked(**LEVER), tmp_path / "out")
    monkeypatch.setattr(Path, "write_bytes", full)
    assert state_of(SweepFolder.open(tmp_path / "out")).done == 3
    assert not list((tmp_path / "out" / "shards").glob("*.tmp"))
    assert sweep(asked(**LEVER), tmp_path / "out").finished


def test_a_disk_that_is_full_when_shards_are_merged_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engagesim.experiments.runner.merge._append", full)
    with pytest.raises(InputError, match="No space left on device"):
        sweep(asked(**LEVER), tmp_path / "out")
    monkeypatch.undo()
    assert not list((tmp_path / "out").glob("*.tmp"))
    assert state_of(SweepFolder.open(tmp_path / "out")).done == 12
    monkeypatch.setattr("engagesim.experiments.runner.work.table_of", lambda *_: pytest.fail("done again"))
    assert sweep(asked(**LEVER), tmp_path / "out").finished


@pytest.mark.parametrize("keep", [0, 200], ids=["empty", "half"])
def test_a_shard_that_a_power_cut_left_torn_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: int):
    cut(monkeypatch)
    sweep(asked(**LEVER), tmp_path / "whole")
    with pytest.raises(DiesError):
        sweep(asked(**LEVER), tmp_path / "torn", carrier=DiesAfter(4))
    torn = tmp_path / "torn" / "shards" / "0000-000002.parquet"
    torn.write_bytes(torn.read_bytes()[:keep])
    assert sweep(asked(**LEVER), tmp_path / "torn").finished
    assert sha256(tmp_path / "torn" / "runs.parquet") == sha256(tmp_path / "whole" / "runs.parquet")
    assert '"torn": "0000-000002.parquet"' in (tmp_path / "torn" / "log.jsonl").read_text()


def test_a_table_of_runs_that_was_torn_is_told_by_all_that_read_it_and_made_anew(tmp_path: Path):
    place = tmp_path / "out"
    table = place / "runs.parquet"
    sweep(asked(**LEVER), place)
    before = table.read_bytes()
    table.write_bytes(before[:100])
    folder = SweepFolder.open(place)
    for reads in (state_of, lambda f: run_again(f, 0, Here()), lambda f: findings_of(f.place)):
        with pytest.raises(InputError, match=r"runs\.parquet(.*\n)+.*engagesim sweep --fresh makes it anew"):
            reads(folder)
    with pytest.raises(InputError, match="--fresh"):
        sweep(asked(**LEVER), place)
    sweep(asked(**LEVER), place, fresh=True)
    assert table.read_bytes() == before


def test_a_table_of_runs_that_was_edited_or_exchanged_is_told(tmp_path: Path):
    sweep(asked(**LEVER), tmp_path)
    table = tmp_path / "runs.parquet"
    found, folder = pq.read_table(table), SweepFolder.open(tmp_path)
    names = ["t" if name == "trust_late" else name for name in found.column_names]
    pq.write_table(found.rename_columns(names).replace_schema_metadata(found.schema.metadata), table)
    with pytest.raises(InputError, match="trust_late   lacks a column that the sweep wrote"):
        findings_of(tmp_path)
    with pytest.raises(InputError, match="t, trust_late   is not a column both"):
        run_again(folder, 0, Here())
    pd.DataFrame({"row": [0]}).to_parquet(table)
    with pytest.raises(InputError, match=r"was changed or put there since the sweep wrote it; .*--fresh"):
        state_of(folder)


@pytest.mark.parametrize("key", ["design_id", "code", "name", "asked", "format"])
def test_a_manifest_that_was_damaged_is_told(tmp_path: Path, key: str):
    sweep(asked(), tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, key: None}))
    with pytest.raises(InputError, match=r"its manifest\.json is damaged, or not of engagesim; choose another place"):
        SweepFolder.open(tmp_path)
