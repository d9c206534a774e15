"""Show a recipe of CONTRIBUTING.md on a page of its own; `tests/test_recipes.py` follows the same text to the letter.

Directive: `recipe`, with the title of a section.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

BLOCK = re.compile(r"^```(new|edit|check) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(text: str, title: str) -> str:
    """What stands below a heading of the second level, up to the next one.

    Raises:
        KeyError: there is no such heading.
    """
    parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return str(parts[title])


def plain(match: re.Match[str]) -> str:
    """One block of a recipe in words and ordinary code."""
    what, where, text = match.groups()
    language = "toml" if where.endswith(".toml") else "python"
    if what == "check":
        return f"Then this holds:\n\n```python\n{text}```"
    if what == "new":
        return f"New file `{where}`:\n\n```{language}\n{text}```"
    before, after = text.split("=>\n")
    return f"In `{where}`, in place of\n\n```text\n{before}```\n\nwrite\n\n```text\n{after}```"


class Recipe(SphinxDirective):
    """One section of CONTRIBUTING.md."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Read and show it; a missing section is a warning."""
        path = Path(self.env.srcdir).parent / "CONTRIBUTING.md"
        self.env.note_dependency(str(path))
        try:
            text = section(path.read_text(encoding="utf-8"), self.arguments[0])
        except KeyError as error:
            return [self.state_machine.reporter.warning(f"CONTRIBUTING.md has no section {error}", line=self.lineno)]
        return self.parse_text_to_nodes(BLOCK.sub(plain, text))


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx the word."""
    app.add_directive("recipe", Recipe)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
