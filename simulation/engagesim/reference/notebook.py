"""The example notebook as a page, with the outputs that are kept in it; a test runs it and compares them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .writing import write_page

NOTEBOOK = Path("..", "examples", "first_hour.ipynb")
"""The notebook, from the folder of the documentation."""

TEXT, PICTURE = "text/plain", "image/png"
Cell = dict[str, Any]


def read_cells(path: Path) -> list[Cell]:
    """The cells of a notebook."""
    cells: list[Cell] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def shown(cell: Cell) -> list[str]:
    """What a cell printed or came to, as text; pictures and warnings are left out."""
    texts = []
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream" and output["name"] == "stdout":
            texts.append("".join(output["text"]).rstrip())
        elif PICTURE not in output.get("data", {PICTURE: ""}):
            texts.append("".join(output["data"][TEXT]).rstrip())
    return texts


def pictures(cell: Cell) -> list[bytes]:
    """The pictures that a cell drew, as PNG."""
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    return [base64.b64decode(found[PICTURE]) for found in data if PICTURE in found]


def write_notebook(docs: Path, folder: Path) -> list[Path]:
    """Write the page of the notebook of `docs` and its pictures into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made, parts = [folder / "index.md"], list[str]()
    for number, cell in enumerate(read_cells(docs / NOTEBOOK)):
        drawn = pictures(cell)
        for k, picture in enumerate(drawn):
            made.append(folder / f"cell_{number}_{k}.png")
            made[-1].write_bytes(picture)
        parts += _cell(cell, [path.name for path in made[len(made) - len(drawn) :]])
    write_page(made[0], "\n\n".join(parts))
    return made


def _cell(cell: Cell, files: list[str]) -> Iterator[str]:
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield text.replace("](../docs/", "](../")
        return
    yield f"```python\n{text}\n```"
    yield from (f"```text\n{output}\n```" for output in shown(cell))
    yield from (f"![What the lines above draw.]({name})" for name in files)
