"""Commands called in this process."""

import json
from typing import Any

from typer.testing import CliRunner, Result

from engagesim.cli import app


def run(*arguments: str) -> Result:
    """What a command came to."""
    return CliRunner().invoke(app, list(arguments))


def document(*arguments: str, code: int = 0) -> Any:
    """The JSON document of a command that ends with `code` and has nothing to complain of."""
    result = run(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (code, ""), result.output
    return json.loads(result.stdout)
