"""`engagesim steps`: the order of one week."""

from __future__ import annotations

import typer

from .output import AsJson, print_json, print_table


def command(as_json: AsJson = False) -> None:
    """Print the order of one week: what happens, and which mechanisms act.

    Example: engagesim steps
    """
    from ..steps import STEPS

    items = [{"name": step.name, "what": step.what, "mechanisms": list(step.mechanisms)} for step in STEPS]
    if as_json:
        print_json(items)
    else:
        rows = [(n, step.name, step.what, ", ".join(step.mechanisms)) for n, step in enumerate(STEPS, start=1)]
        print_table("", ("", "step", "what happens", "mechanisms"), rows)
        typer.echo("What a code stands for: engagesim list mechanisms M7")
