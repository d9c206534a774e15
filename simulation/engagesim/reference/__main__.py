"""`python -m engagesim.reference`: write all pages that are made from the code."""

from __future__ import annotations

from pathlib import Path

from ..validation.page import write_list
from .claims import FINDINGS, write_claims
from .gallery import write_gallery
from .pages import PAGES
from .verdicts import VERDICTS, write_verdicts


def write(docs: Path) -> list[Path]:
    """Write the reference pages, the gallery and, from what was kept, the pages of claims and verdicts; their paths.

    The page of published results is made by `engagesim validate --out`; without it the results are only listed.
    """
    folder = docs / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.md" for name in PAGES]
    for path, page in zip(paths, PAGES.values(), strict=True):
        path.write_text(page().rstrip() + "\n", encoding="utf-8")
    claims = write_claims(docs) if (docs / FINDINGS).exists() else []
    verdicts = write_verdicts(docs) if (docs / VERDICTS).exists() else []
    found = docs / "validation"
    results = [] if (found / "index.md").exists() else [write_list(found)]
    return [*paths, *claims, *verdicts, *results, *write_gallery(docs / "gallery")]


if __name__ == "__main__":
    for made in write(Path("docs")):
        print(made)
