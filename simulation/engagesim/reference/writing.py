"""How pages and their pictures are written into the folder of the documentation."""

from __future__ import annotations

from pathlib import Path

from ..report.style import BYTES, Drawn, styled

NOTE = "Made from the code by `make docs`; do not edit.\n"


def made_from(file: str, target: str) -> str:
    """The note of a page that is made from what a target of the Makefile has kept."""
    return f"Made from `docs/{file}`, which `make {target}` writes, by `make docs`; do not edit.\n"


def write_page(path: Path, text: str) -> Path:
    """Write a page, which ends with one line break; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    return path


def write_picture(drawn: Drawn, folder: Path) -> Path:
    """Write a figure as PNG; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{drawn.name}.png"
    with styled():
        drawn.figure.savefig(path, metadata=BYTES["png"])
    return path
