"""The example notebook runs, and comes to what is kept in it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from engagesim.reference.notebook import pictures, read_cells, shown, write_notebook

DOCS = Path(__file__).parents[1] / "docs"
NOTEBOOK = DOCS.parent / "examples" / "first_hour.ipynb"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    book = nbformat.read(NOTEBOOK, as_version=4)
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MPLBACKEND", raising=False)  # a kernel draws into the notebook unless told otherwise
        NotebookClient(
            book, kernel_name="python3", timeout=600, resources={"metadata": {"path": str(folder)}}
        ).execute()
    return book.cells


def test_it_comes_to_what_is_kept(run):
    kept = read_cells(NOTEBOOK)
    assert [shown(cell) for cell in run] == [shown(cell) for cell in kept]
    assert [len(pictures(cell)) for cell in run] == [len(pictures(cell)) for cell in kept]
    assert sum(len(shown(cell)) for cell in kept) >= 5


def test_it_leaves_nothing_on_stderr(run):
    streams = [output["text"] for cell in run for output in cell.get("outputs", []) if output["output_type"] == "stream"
               and output["name"] == "stderr"]  # fmt: skip
    assert streams == []


def test_what_is_kept_is_small():
    assert NOTEBOOK.stat().st_size < 120_000
    assert not any(
        "text/html" in output.get("data", {}) for c in read_cells(NOTEBOOK) for output in c.get("outputs", [])
    )


def test_its_page_has_every_cell_and_picture(tmp_path):
    page, *drawn = write_notebook(DOCS, tmp_path)
    text = page.read_text(encoding="utf-8")
    cells = read_cells(NOTEBOOK)
    assert text.count("```python") == sum(cell["cell_type"] == "code" for cell in cells)
    assert [path.read_bytes() for path in drawn] == [picture for cell in cells for picture in pictures(cell)]
    assert all(f"]({path.name})" in text for path in drawn)
