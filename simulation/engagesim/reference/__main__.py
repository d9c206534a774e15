"""`python -m engagesim.reference`: write all pages that are made from the code."""

from __future__ import annotations

from pathlib import Path

from ..validation.page import write_list
from .claims import FINDINGS, write_claims
from .gallery import write_gallery
from .notebook import write_notebook
from .pages import PAGES
from .side_by_side import MEASURED, write_side_by_side
from .verdicts import VERDICTS, write_verdicts
from .writing import write_page


def write(docs: Path) -> list[Path]:
    """Write the reference pages, the gallery and what was kept of claims, verdicts and speed; their paths.

    The page of published results is made by `engagesim validate --out`; without it the results are only listed.
    """
    paths = [write_page(docs / "reference" / f"{name}.md", page()) for name, page in PAGES.items()]
    claims = write_claims(docs) if (docs / FINDINGS).exists() else []
    verdicts = write_verdicts(docs) if (docs / VERDICTS).exists() else []
    speed = write_side_by_side(docs) if (docs / MEASURED).exists() else []
    example = write_notebook(docs, docs / "first_hour")
    found = docs / "validation"
    results = [] if (found / "index.md").exists() else [write_list(found)]
    return [*paths, *claims, *verdicts, *speed, *example, *results, *write_gallery(docs / "gallery")]


if __name__ == "__main__":
    for made in write(Path("docs")):
        print(made)
