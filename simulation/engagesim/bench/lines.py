"""How long a model is: lines that say something, without blank ones, comments and docstrings."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
WORDS = ("title", "description", "source", "watch")
"""Keys of a scenario that say what it is, and change nothing."""


def code_lines(text: str) -> set[int]:
    """Numbers of the lines of Python code in `text`."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
            lines -= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return lines


def rule_lines(text: str) -> int:
    """Lines of code in the functions of a file of rules; the declarations of its parameters are left out."""
    inside: set[int] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            inside.update(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(code_lines(text) & inside)


def scenario_lines(text: str) -> int:
    """Lines of a scenario file that change the design."""
    kept = re.sub(r'"""(?:.|\n)*?"""', '""', text)
    lines = [line for line in kept.splitlines() if line.strip() and not line.startswith("#")]
    return sum(not line.startswith(tuple(f"{word} =" for word in WORDS)) for line in lines)


def model_lines(path: Path) -> int:
    """Lines of a model: Python code, or the numbers of a scenario."""
    text = path.read_text(encoding="utf-8")
    return scenario_lines(text) if path.suffix == ".toml" else len(code_lines(text))
