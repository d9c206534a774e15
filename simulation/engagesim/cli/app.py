"""`engagesim app`: the browser application."""

from __future__ import annotations

from typing import Annotated

import typer

from .output import AsJson


def command(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port to serve at; 0 picks a free one.")] = 8400,
    host: Annotated[str, typer.Option(help="Address to serve at. The default is this machine alone.")] = "127.0.0.1",
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    sessions: Annotated[int, typer.Option(min=1, max=64, help="Pages that may be open at the same time.")] = 8,
    as_json: AsJson = False,
) -> None:
    """Serve the browser application: two designs side by side, live, on the same people with the same luck.

    It needs no network. Each open page has a process of its own on this machine. Ctrl-C stops it.

    Example: engagesim app --port 8400
    """
    from ..web.serving import serve

    serve(host, port, sessions=sessions, open_page=open_page, as_json=as_json)
