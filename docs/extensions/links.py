"""Look whether every link and anchor within the built pages leads somewhere; a dead one is a warning."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sphinx.application import Sphinx
from sphinx.util import logging


class Anchors(HTMLParser):
    """What a page points to, and what in it can be pointed to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down what an element points to and is called."""
        for key, value in attrs:
            if value and key in ("id", "name"):
                self.ids.add(value)
            elif value and key in ("href", "src"):
                self.targets.append(value)


def dead_links(folder: Path) -> list[str]:
    """Links between the pages of a folder that lead nowhere, as `page: target`; other sites are not asked."""
    pages = {path: Anchors(path.read_text(encoding="utf-8")) for path in sorted(folder.resolve().rglob("*.html"))}
    dead = []
    for path, page in pages.items():
        for target in page.targets:
            link = urlsplit(target)
            there = (path.parent / unquote(link.path)).resolve() if link.path else path
            missing = link.fragment and there in pages and unquote(link.fragment) not in pages[there].ids
            if not link.scheme and not link.netloc and (missing or not there.exists()):
                dead.append(f"{path.relative_to(folder.resolve())}: {target}")
    return dead


def look(app: Sphinx, error: Exception | None) -> None:
    """Warn of dead links of a finished build."""
    if error is None and app.builder.format == "html":
        for dead in dead_links(Path(app.outdir)):
            logging.getLogger(__name__).warning("leads nowhere: %s", dead)


def setup(app: Sphinx) -> dict[str, Any]:
    """Look when all pages are there."""
    app.connect("build-finished", look)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
