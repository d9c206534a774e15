"""The server: a page, its files, its catalogue, uploads, and a websocket for each page's session."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from . import limits, menu
from .places import Places
from .starting import Starter

STATIC = Path(__file__).parent / "static"

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cache-control": "no-cache",
}
"""Sent with every answer: nothing from outside, nothing inline, no frames."""

KINDS = ("scenario", "network", "roster")
LOCAL = ("localhost", "127.0.0.1", "[::1]")
"""Names under which a server on this machine alone is called; others are somebody's trick."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Guard:
    """Turns away requests for other hosts and from other pages, and puts `HEADERS` on every answer."""

    def __init__(self, app: Any, *, local: bool) -> None:
        self.app, self.local = app, local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not self.welcome(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await PlainTextResponse("This page is not for other sites.", 403, HEADERS)(scope, receive, send)
            return
        await self.app(scope, receive, headed(send))

    def welcome(self, scope: Scope) -> bool:
        """Whether the request is for this server, and comes from its own page or from no page."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if self.local and host.rpartition(":")[0] not in LOCAL and host not in LOCAL:
            return False
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == host


def headed(send: Send) -> Send:
    """`send` with the headers on every answer."""

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in own]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sending


async def page(_: Request) -> Response:
    """The page itself."""
    return FileResponse(STATIC / "index.html")


async def catalogue(request: Request) -> Response:
    """Everything that can be chosen."""
    return JSONResponse(menu.catalogue(request.app.state.places.most))


async def lesson(request: Request) -> Response:
    """One lesson."""
    found = menu.lessons().get(request.path_params["id"])
    return JSONResponse(found) if found else PlainTextResponse("There is no such lesson.", 404)


async def talk(socket: WebSocket) -> None:
    """A page and its session, from hello to the end."""
    await socket.app.state.places.welcome(socket)


async def upload(request: Request) -> Response:
    """One file of a page, handed to its session."""
    asked = request.query_params
    guest = request.app.state.places.guests.get(asked.get("session", ""))
    kind, name = asked.get("kind", ""), asked.get("name", "")
    if guest is None:
        return JSONResponse({"problems": ["This page has no session any more. Reload it."]}, 404)
    if kind not in KINDS or not 0 < len(name) <= 200:
        return JSONResponse({"problems": [f"A file needs a kind, one of {', '.join(KINDS)}, and a name."]}, 400)
    content = await body_of(request)
    if content is None:
        said = f"The file is larger than {limits.UPLOAD:,} bytes, or takes too long to come."
        return JSONResponse({"upload": None, "problems": [said]}, 413, {"connection": "close"})
    try:
        answer = await guest.upload({"kind": kind, "name": name}, content)
    except (TimeoutError, ConnectionError):
        guest.end()  # a late answer would be taken for that to the next file
        return JSONResponse({"upload": None, "problems": ["The file takes too long to read."]}, 503)
    return JSONResponse(json.loads(answer))


async def body_of(request: Request) -> bytes | None:
    """The body of a request; None if it is too large or too slow."""
    content = bytearray()
    try:
        async with asyncio.timeout(limits.SLOW):
            async for piece in request.stream():
                content += piece
                if len(content) > limits.UPLOAD:
                    return None
    except TimeoutError:
        return None
    return bytes(content)


@asynccontextmanager
async def life(app: Starlette) -> AsyncIterator[None]:
    """Who waits is told when sessions can start; sessions end with the server."""
    preparing = asyncio.create_task(_prepare(app))
    yield
    preparing.cancel()
    await app.state.places.close()


async def _prepare(app: Starlette) -> None:
    """Wait for the engine and say that it is there; if it fails, each page is told so."""
    with suppress(ConnectionError):
        await app.state.places.starter.ready()
        app.state.told()


def application(
    starter: Starter, *, places: int = limits.SESSIONS, local: bool = True, told: Callable[[], None] = lambda: None
) -> Starlette:
    """The web application.

    Args:
        starter: where sessions' processes come from; closed with the application.
        places: sessions at the same time.
        local: whether only this machine may ask.
        told: called once, when sessions can start.
    """
    mimetypes.add_type("text/javascript", ".js")  # some systems say otherwise, and then no module loads
    routes = [
        Route("/", page),
        Route("/api/catalogue", catalogue),
        Route("/api/lessons/{id}", lesson),
        Route("/api/upload", upload, methods=["POST"]),
        WebSocketRoute("/ws", talk),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app = Starlette(routes=routes, lifespan=life)
    app.add_middleware(Guard, local=local)
    app.state.places, app.state.told = Places(starter, places), told
    return app
