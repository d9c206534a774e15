"""From shards to one table in plan order: whole or not at all, the same bytes whoever did the work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...problems import InputError, Problem
from ..question.plan import Chunk
from .durable import DRAFT, replacing
from .folder import FAILURES, RUNS, SHARD, SHARDS, SweepFolder
from .work import ERROR, FAILED

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

ROWS = 65_536
"""Rows of one group of the merged file: whatever the shards were, the groups are the same."""

WHERE = ("row", "arm", "point", "world", "replicate", "seed")
"""Columns that say which run a row is."""

FAILURE = ("stage", "type", "message", "traceback", "replay")
"""What is known of a failed run, as `work.known_failure` says it."""


def merge(folder: SweepFolder, chunks: Sequence[Chunk], rounds: int) -> None:
    """Write the table of all runs and, where there are any, that of failures; then the shards are not needed any more.

    Memory: one group of rows. The table of runs comes last: once it is there, everything is.

    Raises:
        InputError: a shard that cannot be read, or a full disk.
    """
    shards = [folder.shard(chunk) for chunk in chunks]
    with_failures = [path for path in shards if failed_in(path)]
    failed = sum(failed_in(path) for path in with_failures)
    labels = {
        "design_id": folder.manifest["design_id"], "code": folder.manifest["code"], "rounds": str(rounds),
        "failed": str(failed),
    }  # fmt: skip
    if failed:
        with replacing(folder.place / FAILURES) as draft:
            _write(draft, (_failures(_read(path, [*WHERE, ERROR])) for path in with_failures), labels)
    with replacing(folder.place / RUNS) as draft:
        _write(draft, (_read(path).drop_columns([ERROR]) for path in shards), labels)
    drop_shards(folder)
    folder.note(merged=len(chunks))


def drop_shards(folder: SweepFolder) -> None:
    """Remove the shards, which are in the merged table, and their folder if nobody has put anything into it."""
    shards = folder.place / SHARDS
    with suppress(OSError):  # already gone, or not empty
        for path in list(shards.iterdir()):
            if SHARD.fullmatch(path.name.removesuffix(DRAFT)):
                path.unlink(missing_ok=True)
        shards.rmdir()


def drop_torn(folder: SweepFolder) -> None:
    """Remove shards that cannot be read, which a disk may leave that lost power or its cable: they are made anew."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in folder.there():
        path = folder.place / SHARDS / name
        try:
            pq.ParquetFile(path).close()
        except pa.ArrowInvalid:
            path.unlink(missing_ok=True)
            folder.note(torn=name)
        except FileNotFoundError:  # merged by another part meanwhile
            continue


def failed_in(path: Path) -> int:
    """How many runs of a shard failed."""
    import pyarrow.compute as pc

    return int(pc.sum(pc.equal(_read(path, ["status"])["status"], FAILED)).as_py() or 0)


def runs_file(folder: SweepFolder) -> pq.ParquetFile:
    """The merged table of a finished sweep, unread.

    Raises:
        InputError: it cannot be read, or is not what the sweep wrote.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder.place / RUNS
    try:
        found = pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise InputError([Problem(str(path), None, "", f"cannot be read ({error}); {_remedy(path)}")]) from error
    labels = found.schema_arrow.metadata or {}
    if labels.get(b"design_id") != folder.manifest["design_id"].encode() or not {b"failed", b"rounds"} <= set(labels):
        message = f"was changed or put there since the sweep wrote it; {_remedy(path)}"
        raise InputError([Problem(str(path), None, "", message)])
    return found


def runs_frame(place: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The merged table of a folder, or some of its columns, as pandas.

    Raises:
        InputError: it is not there.
    """
    if not (place / RUNS).exists():
        raise InputError([Problem(str(place), None, "", "is not finished: engagesim status says how far it is")])
    frame: pd.DataFrame = _read(place / RUNS, list(columns) if columns else None).to_pandas()
    return frame


def samples(paths: Iterable[Path], column: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Values of one outcome by row, and the rows, of shards in plan order; nan where a run failed."""
    values, rows = [], []
    for path in paths:
        table = _read(path, ["row", column])
        values.append(table[column].to_numpy(zero_copy_only=False))
        rows.append(table["row"].to_numpy())
    return np.concatenate(values).astype(np.float64), np.concatenate(rows)


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pq.ParquetFile(path).read(columns=columns)
    except (OSError, pa.ArrowException) as error:
        raise InputError([Problem(str(path), None, "", f"cannot be read ({error}); {_remedy(path)}")]) from error
    if lacking := [name for name in columns or () if name not in found.column_names]:
        message = f"lacks a column that the sweep wrote; {_remedy(path)}"
        raise InputError([Problem(str(path), None, ", ".join(lacking), message)])
    return found


def _remedy(path: Path) -> str:
    """What makes a table anew: a shard is only missing; without the merged table all runs are."""
    return "the same command makes it anew" if path.parent.name == SHARDS else "engagesim sweep --fresh makes it anew"


def _failures(table: pa.Table) -> pa.Table:
    """Of a shard's rows those that failed, with what is known of each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    failed = table.filter(pc.is_valid(table[ERROR]))
    known = [json.loads(text) for text in failed[ERROR].to_pylist()]
    columns = {name: failed[name] for name in WHERE}
    for name in FAILURE:
        columns[name] = pa.array([one[name] for one in known], pa.string())
    return pa.table(columns)


def _write(path: Path, tables: Iterable[pa.Table], labels: dict[str, str]) -> None:
    """Write tables as one, in groups of `ROWS` rows: how the rows were cut into shards does not show."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer: Any = None
    waiting: list[Any] = []
    try:
        for table in tables:
            waiting.append(table)
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema.with_metadata(labels), compression="zstd")
            while sum(map(len, waiting)) >= ROWS:
                whole = pa.concat_tables(waiting)
                _append(writer, whole.slice(0, ROWS), labels)
                waiting = [whole.slice(ROWS)]
        if writer is not None and sum(map(len, waiting)) > 0:
            _append(writer, pa.concat_tables(waiting), labels)
    finally:
        if writer is not None:
            writer.close()


def _append(writer: Any, table: pa.Table, labels: dict[str, str]) -> None:
    writer.write_table(table.combine_chunks().replace_schema_metadata(labels), row_group_size=ROWS)
