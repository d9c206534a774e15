"""Break every rule on purpose and see whether a test notices.

`python -m tests.mutation [--every] [--known] [MODULE ...]`

A rule is a plain function, so with compilation off its code can be exchanged in place and every caller meets the broken
one. Without `--every`, one break per rule: the first operator or comparison of its formula (or a constant, or what it
returns). The tests asked are those that carry the name of the rule's module and those of rules that import from it:
first all that need no simulated run, which are its known answers; what they miss is shown to those with runs too,
unless `--known` is given. A break that none of them notices is listed, and the exit code is 1; one that makes a test
go on for ever is noticed too. A break that cannot change what a rule means stands in `SAME` with the reason, and must
go unnoticed.
"""

from __future__ import annotations

import os

os.environ["NUMBA_DISABLE_JIT"] = "1"

import ast
import contextlib
import copy
import gc
import inspect
import io
import re
import signal
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from hypothesis import Phase, settings

import engagesim.engine.world  # marks every rule
import engagesim.model
from engagesim.rule import RULES

HERE = Path(__file__).parent
OTHER: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.GtE, ast.GtE: ast.Lt,
    ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitXor: ast.BitOr, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
}  # fmt: skip
"""What each operator is exchanged for."""
MEANING = {
    "known": "noticed by known answers", "runs": "only by runs", "same": "change nothing", "nobody": "unnoticed",
}  # fmt: skip
"""What is counted, in words."""
SAME = {
    "draws.choice: chosen = 0  ->  chosen = 1": "The first position of a weight above 0 is always taken at first.",
    "media.fragmentation: return 1.0 - 1.0 / number if number > 0.0 else 0.0"
    "  ->  return 1.0 - 1.0 / number if number > 1.0 else 0.0": "The number is 0 or at least 1; at 1 both give 0.",
}
"""Breaks that cannot change what a rule means, with the reason."""
LONGEST = 3600.0
"""Seconds that the tests of a module may take while nothing is broken."""
FIRST = "first_failure"
settings.register_profile(
    FIRST, derandomize=True, deadline=None, database=None, phases=[Phase.explicit, Phase.generate]
)


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
    """The function with one thing changed, and the line of it that changed."""
    other = copy.deepcopy(tree)
    node: Any = list(ast.walk(other))[place]
    if isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = OTHER[type(node.op)]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = OTHER[type(node.ops[0])]()
    elif isinstance(node, ast.Constant):
        node.value = node.value + 1
    else:
        node.value = ast.BinOp(node.value, ast.Add(), ast.Constant(1))
    lines = zip(ast.unparse(tree).splitlines(), ast.unparse(other).splitlines(), strict=True)
    before, after = next((one.strip(), two.strip()) for one, two in lines if one != two)
    return other, f"{before}  ->  {after}"


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
    """Test files that carry the name of a module of rules, nearest first, then those of rules that import from it."""
    named = sorted(HERE.rglob(f"test_{module}.py"), key=lambda path: (len(path.parts), path))
    imports = re.compile(rf"engagesim\.rules(\.{module} import | import .*\b{module}\b)|rules\.{module}\b")
    users = sorted(p for p in (HERE / "rules").glob("test_*.py") if imports.search(p.read_text()))
    return [str(p) for p in dict.fromkeys([*named, *users])]


def hang(*_: object) -> None:
    """What a broken rule makes of a loop that it should end."""
    raise TimeoutError("a broken rule goes on for ever")


def left_out(*_: object, **__: object) -> None:
    """What a simulated run comes to where known answers are asked only."""
    pytest.skip("a simulated run")


@contextlib.contextmanager
def without_runs() -> Iterator[None]:
    """Skips each test as soon as it begins a simulated run, in either engine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engagesim.engine.world, "ensure_compiled", left_out)
        patch.setattr(engagesim.model.EngagementModel, "__init__", left_out)
        yield


def noticed(files: list[str], patience: float) -> bool:
    """Whether any of the tests fails, or takes longer than `patience` seconds."""
    options = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", f"--hypothesis-profile={FIRST}"]
    signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return pytest.main([*files, *options]) != pytest.ExitCode.OK
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Tests:
    """The tests of a module, and how long they take at most while nothing is broken."""

    def __init__(self, module: str, runs: bool) -> None:
        """Look for them; `runs` says whether those that need a simulated run are asked too.

        Raises:
            AssertionError: no test imports the module.
        """
        self.files, self.runs, self.patience = tests_of(module), runs, 0.0
        if not runs:
            self.files = [path for path in self.files if Path(path).parent.name != "statistical"]
        assert self.files, f"no test imports {module}"

    def notice(self) -> bool:
        """Whether one of them fails as things are; when first asked, nothing may be broken.

        Raises:
            AssertionError: they fail before anything is broken.
        """
        began = time.monotonic()
        with contextlib.nullcontext() if self.runs else without_runs():
            found = noticed(self.files, self.patience or LONGEST)
        if not self.patience:
            assert not found, f"tests fail as they are: {self.files}"
            gc.freeze()  # pytest collects garbage at its end, which would take longer than most tests
            self.patience = 20.0 + 4.0 * (time.monotonic() - began)
        return found


def notices(function: FunctionType, code: CodeType, tests: Tests) -> bool:
    """Whether a test notices that `function` runs `code`."""
    if not tests.patience:
        tests.notice()
    right = function.__code__
    function.__code__ = code
    try:
        return tests.notice()
    finally:
        function.__code__ = right


def breaks(module: str, every: bool, known: bool) -> Iterator[tuple[str, str]]:
    """Every break of a module's rules, and by what it is noticed: `known`, `runs` or `nobody`."""
    stages = {"known": Tests(module, False)} | ({} if known else {"runs": Tests(module, True)})
    for function in RULES:
        if function.__module__.rpartition(".")[2] == module:
            for code, what in mutants(function, every):
                by = next((by for by, tests in stages.items() if notices(function, code, tests)), "nobody")
                yield f"{module}.{function.__name__}: {what}", by


def told(module: str, every: bool, known: bool) -> Counter[str]:
    """Break a module, tell what is wrong, and count the breaks by what notices them."""
    count: Counter[str] = Counter()
    for what, by in breaks(module, every, known):
        same = what in SAME
        count["same" if same and by == "nobody" else by] += 1
        if same and by != "nobody":
            count["wrong"] += 1
            print(f"stands among those that change nothing, but is noticed: {what}", flush=True)
        elif by == "nobody" and not same:
            print(f"nobody notices: {what}", flush=True)
    print(f"{module}: {', '.join(f'{count[by]} {means}' for by, means in MEANING.items())}", flush=True)
    return count


def main(arguments: list[str]) -> int:
    """Break the rules of the modules named, or all of them; returns the exit code."""
    every, known = "--every" in arguments, "--known" in arguments
    modules = dict.fromkeys(f.__module__.rpartition(".")[2] for f in RULES)
    named = [a for a in arguments if not a.startswith("--")] or list(modules)
    if unknown := [m for m in named if m not in modules]:
        print(f"no rules in: {', '.join(unknown)}   must be of: {', '.join(modules)}", file=sys.stderr)
        return 2
    count = sum((told(module, every, known) for module in named), Counter())
    print(f"{count.total() - count['wrong']} breaks, {count['nobody']} unnoticed")
    return int(count["nobody"] + count["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
