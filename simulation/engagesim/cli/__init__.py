"""The command line: one thin file per command, loaded only when it is called."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from .. import __version__
from ..problems import InputError, Problem
from .output import BAD_INPUT, INTERRUPTED, fail

COMMANDS = {
    "run": "Run one scenario once.",
    "compare": "Compare scenarios pair by pair: the same people, the same luck, different rules.",
    "design": "Search for schemes that serve your goals under your conditions.",
    "sweep": "Run every combination of an experiment file; resumes by itself, survives kills.",
    "status": "Say how far a sweep is.",
    "query": "Ask the results of a sweep in SQL.",
    "hypotheses": "Try the claims of the essays: a verdict each, and where it turns.",
    "report": "Write what a finished sweep says, as one page with tables and figures.",
    "calibrate": "Fit parameters to one's own summary statistics.",
    "demo": "Compare an extractive with a contributive design on a real network, from files.",
    "example": "Write a published network or a commented scheme as files, to try things on.",
    "rerun": "Do what a results folder did once more and compare every byte.",
    "structure": "Describe a network: critical ratio, congestion, robustness, influence, brokers.",
    "validate": "Reproduce published results and exact theory: target, ours, verdict.",
    "show": "Print a scenario as it resolves: every value, its basis, and what differs from its parent.",
    "check": "Print every problem of files of scenarios, experiments and claims.",
    "list": "List scenarios, experiments, hypotheses, mechanisms, parameters, instruments or measures.",
    "steps": "Print the order of one week.",
    "app": "Serve the browser application: two designs side by side, live.",
    "bench": "Measure speed and memory, against Mesa and against the memory traffic of a week.",
}
"""Every command with its help line. Its module has the same name here, and a function `command`."""


DECIMAL_COMMA = re.compile(r"(?:--[a-z-]+=)?[-+]?\d+,\d+")


class Command(TyperCommand):
    """One command; a number with a decimal comma is told what it needs."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments as the command takes them; raises what the parser raises."""
        typed = [*args]
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            if any(DECIMAL_COMMA.fullmatch(word) for word in typed):
                error.message += "; a number has a decimal point, such as 0.02"
            raise


class Commands(TyperGroup):
    """The group of all commands; each is imported when it is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: TyperCommand(name) for name in COMMANDS}

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002
        """The command called `cmd_name`, or None."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Help lines from the table, so that help imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def load(name: str) -> TyperCommand:
    """Import one command."""
    module = importlib.import_module(f".{name}", __name__)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=Command)(_guarded(module.command))
    command = typer.main.get_command(alone)
    if not isinstance(command, TyperCommand):
        raise TypeError(f"{name} is not a single command")
    return command


def _guarded(function: Callable[..., None]) -> Callable[..., None]:
    """The command with bad input and interruption turned into messages and exit codes."""

    @functools.wraps(function)
    def guarded(*args: Any, **options: Any) -> None:
        try:
            function(*args, **options)
        except InputError as error:
            fail(error, as_json=bool(options.get("as_json")))
            raise typer.Exit(BAD_INPUT) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            fail(_unusable(error), as_json=bool(options.get("as_json")))
            raise typer.Exit(BAD_INPUT) from error
        except KeyboardInterrupt as interruption:
            typer.echo("interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from interruption

    return guarded


def _unusable(error: OSError) -> InputError:
    """What the system says of a file or folder (read-only, full, gone) as a problem of it."""
    what = f"cannot be used: {error.strerror}" if error.strerror else str(error)
    return InputError([Problem(str(error.filename or "files"), None, "", what)])


app = typer.Typer(
    name="engagesim", cls=Commands, add_completion=False, rich_markup_mode=None, no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"engagesim {__version__}")
        raise typer.Exit


@app.callback()
def engagesim(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Simulate engagement in organizations: two designs, the same people, the same luck.

    Start with: engagesim list scenarios
    """


def main() -> None:
    """Entry point of the command `engagesim`."""
    app()
