"""Verdicts of several root seeds side by side: `python -m engagesim.validation.seeds FOLDER FILE`.

FOLDER holds what `engagesim validate --out FOLDER/full/SEED` and, with `--quick`, `FOLDER/quick/SEED` wrote, or in
place of one folder for all results one for each. FILE gets what is kept of it for the documentation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

Document = dict[str, Any]

SIZES = ("full", "quick")
DIGITS = 4


def kept(folder: Path) -> Document:
    """What is kept of all documents under a folder, by size."""
    return {size: side_by_side(documents(folder / size)) for size in SIZES}


def documents(folder: Path) -> list[Document]:
    """The documents of one size, one per root seed in ascending order, results in the order of their numbers."""
    read = [json.loads(path.read_text(encoding="utf-8")) for path in folder.rglob("validation.json")]
    read.sort(key=lambda one: (one["seed"], one["results"][0]["number"]))
    return [together(list(same)) for _, same in groupby(read, key=lambda one: one["seed"])]


def together(same: Sequence[Document]) -> Document:
    """The documents of one seed as one."""
    merged = {key: [row for one in same for row in one[key]] for key in ("checks", "results")}
    return {"seed": same[0]["seed"], **merged}


def side_by_side(of_seeds: Sequence[Document]) -> Document:
    """Seeds, and by result and by part what each seed gave, in their order; None where a result was not run."""
    results = _lined_up(of_seeds, "results", lambda row: (row["number"], row["name"]))
    parts = _lined_up(of_seeds, "checks", lambda row: (row["name"], row["part"]))
    heads = {rows[0]["name"]: rows[0]["number"] for rows in map(_there, results)}
    results.sort(key=lambda rows: int(_there(rows)[0]["number"]))
    parts.sort(key=lambda rows: int(heads[_there(rows)[0]["name"]]))
    return {
        "seeds": [one["seed"] for one in of_seeds],
        "results": [
            {**{key: _there(rows)[0][key] for key in ("name", "number", "title", "kind")}, **_columns(rows, "verdict"),
             **_columns(rows, "looks")}
            for rows in results
        ],
        "parts": [
            {**{key: _there(rows)[0][key] for key in ("name", "part", "kind", "role", "control", "target")},
             **_columns(rows, "low"), **_columns(rows, "high"), **_columns(rows, "ours"), **_columns(rows, "verdict")}
            for rows in parts
        ],
    }  # fmt: skip


def _lined_up(of_seeds: Sequence[Document], key: str, name: Any) -> list[list[Document | None]]:
    """The rows of one name of all seeds, by first mention."""
    by_name = [{name(row): row for row in one[key]} for one in of_seeds]
    names = dict.fromkeys(one for rows in by_name for one in rows)
    return [[rows.get(one) for rows in by_name] for one in names]


def _there(rows: Sequence[Document | None]) -> list[Document]:
    return [row for row in rows if row is not None]


def _columns(rows: Sequence[Document | None], key: str) -> Document:
    return {key: [None if row is None else _short(row[key]) for row in rows]}


def _short(number: Any) -> Any:
    return float(f"{number:.{DIGITS}g}") if isinstance(number, float) else number


def write(folder: Path, file: Path) -> None:
    """Keep the verdicts of all documents under a folder in a file: a line per result and per part."""
    blocks = []
    for size, found in kept(folder).items():
        rows = [
            f'  "{key}": [\n' + ",\n".join(f"   {json.dumps(row, ensure_ascii=False)}" for row in found[key]) + "\n  ]"
            for key in ("results", "parts")
        ]
        blocks.append(f' "{size}": {{\n  "seeds": {json.dumps(found["seeds"])},\n' + ",\n".join(rows) + "\n }")
    file.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
