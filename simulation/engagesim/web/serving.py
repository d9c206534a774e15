"""Bring the server up at an address, say where, and take it down again."""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import socket
import sys
import webbrowser
from contextlib import suppress
from threading import Timer

import uvicorn
from starlette.applications import Starlette

from ..problems import InputError, Problem
from . import limits
from .server import application
from .starting import starter

OPEN_WARNING = (
    "Warning: the page is reachable from other machines at {host}. It has no passwords: whoever can reach it can use "
    "this machine's processor. Use the default address unless that is what you want."
)


def bind(host: str, port: int) -> socket.socket:
    """A socket at an address.

    Raises:
        InputError: the port is taken (with one that is free), or there is no such address here.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise InputError([Problem("--host", None, host, "is not an address of this machine")]) from error
    family, _, _, _, address = found[0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere this would let two programs serve at one port
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(address)
        sock.listen(128)  # whoever comes before the server is up waits
    except OSError as error:
        sock.close()
        raise InputError([Problem("--port", None, f"{port}", _why(error, host, port))]) from error
    return sock


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"is taken by another program; try --port {free_port(host)}, or --port 0 for any that is free"
    if error.errno == errno.EACCES:
        return f"needs special rights; try --port {max(port + 8000, 8400)}"
    return f"cannot be served at {host}: {error.strerror or error}"


def free_port(host: str) -> int:
    """A port that is free now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_local(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def configured(app: Starlette) -> uvicorn.Config:
    """How the application is served: quietly, with bounded messages and connections, and soon at its end."""
    return uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, date_header=False, ws="websockets-sansio",
        ws_max_size=limits.FRAME, ws_per_message_deflate=False, limit_concurrency=limits.CONNECTIONS,
        timeout_graceful_shutdown=limits.FAREWELL,
    )  # fmt: skip


def _ready() -> None:
    """Say on stderr, as other progress, that the page can be used."""
    print("The page is ready.", file=sys.stderr, flush=True)


def serve(host: str, port: int, *, sessions: int, open_page: bool, as_json: bool) -> None:
    """Serve until somebody stops it; raises InputError."""
    sock = bind(host, port)
    local = is_local(host)
    if not local:
        print(OPEN_WARNING.format(host=host), file=sys.stderr)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{sock.getsockname()[1]}/"
    app = application(starter(), places=sessions, local=local, told=_ready)
    server = uvicorn.Server(configured(app))
    if as_json:
        print(json.dumps({"url": url, "sessions": sessions, "local": local}), flush=True)
    else:
        print(f"The page is at {url}   (Ctrl-C stops it)", flush=True)
    if open_page:
        Timer(0.3, webbrowser.open, (url,)).start()
    with suppress(KeyboardInterrupt):  # the usual way to end it
        server.run(sockets=[sock])
