"""Run what the pages show, while they are built, and put what came out beside it.

A page that shows a command without running it goes stale unseen. Here every block of a page runs in the order in which
it stands, in one folder and one Python namespace that belong to the page, and what it printed or drew stands below it.
A block that fails, and a sentence whose numbers no longer hold, is a warning, and the build takes warnings as errors.

Directives: `shell`, `python`, `file` (written into the page's folder), `picture` (made by an earlier block), `holds`
(what the words around it claim, as assertions; not shown), `unrun` (a command that would never end, with the reason).
"""

from __future__ import annotations

import ast
import contextlib
import io
import logging
import os
import shutil
import subprocess
import sys
import textwrap
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import matplotlib
import matplotlib.pyplot as plt
import pandas
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

WIDTH = "118"
"""Columns of what commands and tables print."""

MOST_LINES = 40
"""Lines of output shown unless a block says otherwise."""

BAD_INPUT = 2
"""Exit code of commands that say on stderr what is wrong; otherwise only progress stands there."""

ENVIRONMENT = {"COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "MPLBACKEND": "Agg"}
"""Of commands."""


class Page:
    """What the blocks of one page share: a folder, and the names that its Python blocks have made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.pictures = 0
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def python(self, code: str, picture: Path | None = None) -> str:
        """Run code in the page's folder and namespace; what it prints, and the value of a last expression.

        With `picture`, the figure that it draws is kept there. Settings of libraries are as before afterwards.
        """
        tree = ast.parse(code)
        last = tree.body[-1] if tree.body else None
        shown = ast.Expression(last.value) if isinstance(last, ast.Expr) else None
        if shown:
            tree.body.pop()
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed), as_found():
            exec(compile(tree, "<page>", "exec"), self.names)
            value = shown and eval(compile(shown, "<page>", "eval"), self.names)
            if value is not None and picture is None:
                print(value)
            if picture is not None:
                plt.savefig(picture, bbox_inches="tight", metadata={"Date": None})
        return printed.getvalue()

    def shell(self, commands: str, expected: int) -> str:
        """Run commands in the page's folder; what they print.

        Raises:
            RuntimeError: they end with another exit code than expected.
        """
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, **ENVIRONMENT, "PATH": path}
        done = subprocess.run(
            ["sh", "-ec", commands], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != expected:
            raise RuntimeError(f"exit code {done.returncode}, expected {expected}: {done.stderr[-1500:]}")
        said = done.stdout + (done.stderr if expected == BAD_INPUT else "")
        return said.replace(f"{self.folder}{os.sep}", "")

    def next_picture(self) -> Path:
        """Where the next figure is kept."""
        self.pictures += 1
        return self.folder / f"drawn-{self.pictures}.svg"


@contextlib.contextmanager
def as_found() -> Iterator[None]:
    """Wide tables and figures without a window; whatever a block sets in pandas and Matplotlib goes with it."""
    matplotlib.use("Agg")
    logging.getLogger("MESA").setLevel(logging.WARNING)
    with pandas.option_context("display.width", int(WIDTH), "display.max_columns", None), matplotlib.rc_context():
        yield
        plt.close("all")


def page_of(env: Any) -> Page:
    """The page that is being read; it starts anew whenever it is read anew."""
    if "executed" not in env.temp_data:
        env.temp_data["executed"] = Page(Path(env.doctreedir) / "executed" / env.docname.replace("/", "-"))
    page: Page = env.temp_data["executed"]
    return page


class Block(SphinxDirective):
    """What all blocks share."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "lines": directives.nonnegative_int,
        "exit": directives.nonnegative_int,
        "figure": directives.unchanged_required,
    }

    @property
    def text(self) -> str:
        """The block as written."""
        return "\n".join(self.content)

    def shown(self, language: str) -> nodes.Node:
        """The block as readers see and copy it."""
        literal = nodes.literal_block(self.text, self.text, language=language)
        self.set_source_info(literal)
        return literal

    def output(self, text: str) -> list[nodes.Node]:
        """What came out, cut to the lines asked for."""
        lines = [line.rstrip() for line in textwrap.dedent(text.strip("\n")).splitlines()]
        most = self.options.get("lines", MOST_LINES)
        if not lines or not most:
            return []
        rest = len(lines) - most
        cut = "\n".join(lines[:most] + ([f"... and {rest} more lines"] if rest > 0 else []))
        return [nodes.literal_block(cut, cut, language="none", classes=["output"])]

    def failed(self, error: BaseException) -> list[nodes.Node]:
        """Report a block that does not do what the page says."""
        told = "".join(traceback.format_exception_only(error)).strip()
        return [self.state_machine.reporter.warning(f"the block does not run: {told}", line=self.lineno)]

    def image(self, path: Path, alt: str) -> nodes.Node:
        """A picture that lies outside the sources."""
        uri = os.path.relpath(path, Path(self.env.doc2path(self.env.docname)).parent)
        return nodes.image(uri=uri, alt=alt)


class Shell(Block):
    """Commands and what they print."""

    def run(self) -> list[nodes.Node]:
        """Run them."""
        try:
            said = page_of(self.env).shell(self.text, self.options.get("exit", 0))
        except RuntimeError as error:
            return self.failed(error)
        return [self.shown("sh"), *self.output(said)]


class Python(Block):
    """Code, what it prints, and with `figure` (what the picture shows, for who cannot see it) what it draws."""

    def run(self) -> list[nodes.Node]:
        """Run it."""
        page = page_of(self.env)
        picture = page.next_picture() if "figure" in self.options else None
        try:
            said = page.python(self.text, picture)
        except Exception as error:  # noqa: BLE001, whatever a snippet raises is what its author has to read
            return self.failed(error)
        drawn = [self.image(picture, self.options["figure"])] if picture else []
        return [self.shown("python"), *self.output(said), *drawn]


class Holds(Block):
    """Assertions of what the words say; readers do not see them."""

    def run(self) -> list[nodes.Node]:
        """Check them, one by one."""
        for statement in ast.parse(self.text).body:
            code = ast.unparse(statement)
            try:
                page_of(self.env).python(code)
            except Exception as error:  # noqa: BLE001, whatever a check raises, the words do not hold
                return self.failed(AssertionError(f"{code} ({error})"))
        return []


class File(Block):
    """A file of the page's folder, for the blocks that follow."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write it."""
        path = page_of(self.env).folder / self.arguments[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text + "\n", encoding="utf-8")
        language = {"toml": "toml", "py": "python"}.get(path.suffix[1:], "text")
        caption = nodes.caption("", "", nodes.literal("", self.arguments[0]))
        return [
            nodes.container("", caption, self.shown(language), literal_block=True, classes=["literal-block-wrapper"])
        ]


class Picture(Block):
    """A picture that an earlier block has written."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Show it."""
        path = page_of(self.env).folder / self.arguments[0]
        if not path.exists():
            return self.failed(FileNotFoundError(self.arguments[0]))
        return [self.image(path, self.options["alt"])]


class Unrun(Block):
    """Commands that are shown and not run; `why` says what keeps them from it."""

    option_spec: ClassVar[dict[str, Any]] = {"why": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Show them."""
        if "why" not in self.options:
            return self.failed(ValueError("say why it is not run"))
        return [self.shown("sh")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx the words."""
    blocks = {"shell": Shell, "python": Python, "holds": Holds, "file": File, "picture": Picture, "unrun": Unrun}
    for name, directive in blocks.items():
        app.add_directive(name, directive)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
