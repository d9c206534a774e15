"""Break every rule on purpose and see whether a test notices: `python -m tests.mutation [--every] [MODULE ...]`.

A rule is a plain function, so with compilation off its code can be exchanged in place and every caller meets the broken
one. Without `--every`, one break per rule: the first operator or comparison of its formula (or a constant, or what it
returns). The tests asked are those that carry the name of the rule's module. A break that none of them notices is
listed, and the exit code is 1; one that makes a test go on for ever is noticed too.
"""

from __future__ import annotations

import os

os.environ["NUMBA_DISABLE_JIT"] = "1"

import ast
import contextlib
import copy
import inspect
import io
import re
import signal
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

import engagesim.engine.run  # noqa: F401  # marks every rule
from engagesim.rule import RULES

HERE = Path(__file__).parent
OTHER: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.GtE, ast.GtE: ast.Lt,
    ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitXor: ast.BitOr, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
}  # fmt: skip
"""What each operator is exchanged for."""


def places(tree: ast.AST) -> list[tuple[int, str]]:
    """Positions, in the order of a walk, of what can be broken."""
    found = []
    for k, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in OTHER:
            found.append((k, "operator"))
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
            found.append((k, "comparison"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            found.append((k, "constant"))
        elif isinstance(node, ast.Return) and node.value is not None:
            found.append((k, "return"))
    order = ["operator", "comparison", "constant", "return"]
    return sorted(found, key=lambda place: order.index(place[1]))


def broken(tree: ast.FunctionDef, place: int) -> tuple[ast.FunctionDef, str]:
    """The function with one thing changed, and what was changed."""
    other = copy.deepcopy(tree)
    node: Any = list(ast.walk(other))[place]
    before = ast.unparse(node)
    if isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = OTHER[type(node.op)]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = OTHER[type(node.ops[0])]()
    elif isinstance(node, ast.Constant):
        node.value = node.value + 1
    else:
        node.value = ast.BinOp(node.value, ast.Add(), ast.Constant(1))
    return other, f"{before}  ->  {ast.unparse(node)}"


def code_of(tree: ast.FunctionDef, function: FunctionType) -> CodeType:
    """Compiled code of a changed function."""
    bare = copy.deepcopy(tree)
    bare.decorator_list = []
    module = ast.fix_missing_locations(ast.Module([bare], []))
    space: dict[str, Any] = {}
    exec(compile(module, "<broken>", "exec"), dict(function.__globals__), space)  # our own source
    code: CodeType = space[tree.name].__code__
    return code


def mutants(function: FunctionType, every: bool) -> Iterator[tuple[CodeType, str]]:
    """Broken versions of a rule, without the docstring's and the signature's constants."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    if ast.get_docstring(tree):
        tree.body = tree.body[1:]
    found = places(tree)
    for place, _ in found if every else found[:1]:
        changed, what = broken(tree, place)
        yield code_of(changed, function), what


def tests_of(module: str) -> list[str]:
    """Test files that carry the name of a module of rules; where there is none, those that import from it."""
    if named := sorted(HERE.rglob(f"test_{module}.py")):
        return [str(p) for p in named]
    imports = re.compile(rf"engagesim(\.rules)?(\.{module} import | import .*\b{module}\b)|rules\.{module}\b")
    return [str(p) for p in sorted(HERE.rglob("test_*.py")) if imports.search(p.read_text())]


def hang(*_: object) -> None:
    """What a broken rule makes of a loop that it should end."""
    raise TimeoutError("a broken rule goes on for ever")


def noticed(files: list[str], patience: float) -> bool:
    """Whether any of the tests fails, or takes longer than `patience` seconds."""
    signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header"]
            return pytest.main([*files, *options]) != pytest.ExitCode.OK
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def survives(function: FunctionType, code: CodeType, files: list[str], patience: float) -> bool:
    """Whether no test notices that `function` runs `code`."""
    right = function.__code__
    function.__code__ = code
    try:
        return not noticed(files, patience)
    finally:
        function.__code__ = right


def survivors(module: str, every: bool) -> Iterator[tuple[str, bool]]:
    """Every break of a module's rules, and whether no test notices it.

    Raises:
        AssertionError: the tests fail before anything is broken.
    """
    files, began = tests_of(module), time.monotonic()
    assert files, f"no test imports {module}"
    assert not noticed(files, 3600.0), f"the tests of {module} fail as they are"
    patience = 20.0 + 4.0 * (time.monotonic() - began)
    for function in RULES:
        if function.__module__.rpartition(".")[2] == module:
            for code, what in mutants(function, every):
                yield f"{module}.{function.__name__}: {what}", survives(function, code, files, patience)


def main(arguments: list[str]) -> int:
    """Break the rules of the modules named, or all of them; returns the exit code."""
    every = "--every" in arguments
    modules = dict.fromkeys(f.__module__.rpartition(".")[2] for f in RULES)
    named = [a for a in arguments if not a.startswith("--")] or list(modules)
    unnoticed = count = 0
    for module in named:
        for what, survived in survivors(module, every):
            count += 1
            unnoticed += survived
            if survived:
                print(f"nobody notices: {what}", flush=True)
    print(f"{count} breaks, {unnoticed} unnoticed")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
