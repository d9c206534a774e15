"""`engagesim query`: ask the results of a sweep in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path


def command(
    folder: Annotated[str, typer.Argument(help="The folder of a sweep, finished or not.")],
    sql: Annotated[str, typer.Argument(help="A question in SQL to the tables `runs` and `failures`.")],
    as_json: AsJson = False,
) -> None:
    """Ask the results of a sweep in SQL (DuckDB). Of an unfinished sweep, `runs` holds what is done.

    Example: engagesim query results/sharing "select arm, avg(trust_late) from runs group by arm"
    """
    from pathlib import Path

    from ..experiments.runner.folder import SweepFolder

    columns, rows = _asked(SweepFolder.open(Path(folder)).place, sql)
    if as_json:
        print_json({"columns": columns, "rows": [[_plain(cell) for cell in row] for row in rows]})
    else:
        print_table("", columns, [[_text(cell) for cell in row] for row in rows])


def _asked(place: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns, and rows.

    Raises:
        InputError: DuckDB is not installed, or says what is wrong with the question.
    """
    from ..experiments.runner.folder import FAILURES, RUNS, SHARD, SHARDS
    from ..problems import InputError, Problem

    try:
        import duckdb
    except ImportError as error:
        raise InputError([Problem("query", None, "", "needs DuckDB: pip install 'engagesim[query]'")]) from error
    shards = sorted(path for path in (place / SHARDS).glob("*") if SHARD.fullmatch(path.name))
    runs = [place / RUNS] if (place / RUNS).exists() else shards
    if not runs:
        raise InputError([Problem(str(place), None, "", "no run is done yet")])
    try:
        with duckdb.connect() as base:
            base.from_parquet([str(path) for path in runs]).create_view("runs")
            if (place / FAILURES).exists():
                base.from_parquet(str(place / FAILURES)).create_view("failures")
            found = base.sql(sql)
            if found is None:
                raise InputError([Problem("query", None, sql, "asks for nothing; a question begins with select")])
            return list(found.columns), found.fetchall()
    except duckdb.Error as error:
        raise InputError([Problem("query", None, "", _said(error))]) from error


def _said(error: Exception) -> str:
    """What DuckDB says; of a table it does not know it may guess at one of its own, so ours are named."""
    said = str(error).strip()
    if "Table with name" not in said:
        return said
    return f"{said.partition(chr(10))[0]} There are `runs` and, where a run failed, `failures`."


def _plain(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, bool | int | float | str) else str(cell)


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return "" if cell is None else str(cell)
