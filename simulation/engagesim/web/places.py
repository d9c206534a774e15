"""The sessions that a server keeps: who may have one, what goes back and forth, and when it ends."""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from . import limits
from .messages import WrongError, read
from .starting import Starter
from .wire import ANSWER, BINARY, COMMAND, FILE, GoneError, file_body, pack, receive

BUSY = (
    "All {places} places are taken: each page has its own simulation, and this server keeps {places} at a time. "
    "Close a page that is not needed any more, or try again later."
)
IDLE = "Nobody has touched this page for {minutes:.0f} minutes, so its simulation was ended. Reload it to go on."
FAST = "Too many messages; the simulation was ended. Reload the page to go on."
CRASHED = "The simulation has ended unexpectedly, perhaps for want of memory. Reload the page to begin anew."
NONE = "No simulation could be started; the server may be short of memory. Try again later."
WAIT = "The engine is being prepared; on a new machine this takes about a minute, once."
STOPS = "The server has stopped."


class Bucket:
    """How many commands a page may still send."""

    def __init__(self) -> None:
        self.left, self.at, self.excess = limits.BURST, time.monotonic(), 0

    def takes(self) -> bool:
        """Count a command; whether it is within the rate."""
        now = time.monotonic()
        self.left = min(limits.BURST, self.left + (now - self.at) * limits.RATE)
        self.at = now
        if self.left < 1.0:
            self.excess += 1
            return False
        self.left -= 1.0
        return True


class Guest:
    """One page with its session's process."""

    def __init__(self, socket: WebSocket, folder: Path) -> None:
        self.socket, self.folder = socket, folder
        self.name = secrets.token_urlsafe(18)
        self.bucket, self.heard = Bucket(), time.monotonic()
        self.answers: asyncio.Queue[bytes] = asyncio.Queue()
        self.uploading = asyncio.Lock()
        self.sending = asyncio.Lock()
        self.complained = 0.0
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def say(self, **message: Any) -> None:
        """Send a text to the page."""
        async with self.sending, asyncio.timeout(limits.SLOW):
            await self.socket.send_text(json.dumps(message))

    async def forward(self) -> str:
        """Pass on what the session says; returns why it ended."""
        while True:
            try:
                kind, body = await receive(self.reader)
            except GoneError:
                return CRASHED
            if kind == ANSWER:
                await self.answers.put(body)
                continue
            async with self.sending, asyncio.timeout(limits.SLOW):
                await (self.socket.send_bytes(body) if kind == BINARY else self.socket.send_text(body.decode()))

    async def listen(self) -> str:
        """Pass on what the page says, if it may; returns why it ended."""
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                return ""
            self.heard = time.monotonic()
            if not self.bucket.takes():
                if self.bucket.excess > limits.PATIENCE:
                    return FAST
                continue
            await self.command(message.get("text"))

    async def command(self, raw: str | None) -> None:
        """One message of the page."""
        try:
            command = read("" if raw is None else raw)
        except WrongError as wrong:
            await self.complain(str(wrong))
            return
        await self.write(pack(COMMAND, json.dumps(command).encode()))

    async def complain(self, message: str) -> None:
        """Say what is wrong with a message, but not a thousand times a second."""
        now = time.monotonic()
        if now - self.complained > 0.02:
            self.complained = now
            await self.say(type="problem", cmd=None, message=message)

    async def write(self, message: bytes) -> None:
        """Send to the session; raises TimeoutError if it takes nothing."""
        self.writer.write(message)
        async with asyncio.timeout(limits.SLOW):
            await self.writer.drain()

    def end(self) -> None:
        """Give the session up."""
        self.writer.close()

    async def watch(self) -> str:
        """Return when nobody has touched the page for long."""
        while (left := self.heard + limits.IDLE - time.monotonic()) > 0.0:
            await asyncio.sleep(left)
        return IDLE.format(minutes=limits.IDLE / 60.0)

    async def upload(self, about: dict[str, str], content: bytes) -> bytes:
        """Hand a file to the session; its answer as JSON."""
        async with self.uploading, asyncio.timeout(limits.SLOW):
            self.heard = time.monotonic()
            await self.write(pack(FILE, file_body(about, content)))
            return await self.answers.get()


class Places:
    """All sessions of a server."""

    def __init__(self, starter: Starter, most: int) -> None:
        self.starter, self.most = starter, most
        self.guests: dict[str, Guest] = {}
        self.taken = 0
        self.prepared = False

    async def welcome(self, socket: WebSocket) -> None:
        """Give a page its session, if there is a place, and see it through to its end."""
        await socket.accept()
        if self.taken >= self.most:
            await socket.send_json({"type": "busy", "message": BUSY.format(places=self.most)})
            await socket.close(1013)
            return
        self.taken += 1
        folder = Path(tempfile.mkdtemp(prefix="engagesim-page-"))
        try:
            with suppress(WebSocketDisconnect, TimeoutError, RuntimeError, ConnectionError):
                await self._host(Guest(socket, folder))
        finally:
            self.taken -= 1
            shutil.rmtree(folder, ignore_errors=True)

    async def _host(self, guest: Guest) -> None:
        if not self.prepared:
            await guest.say(type="wait", message=WAIT)
            await self.starter.ready()
            self.prepared = True
        try:
            sock, number = await self.starter.start()
        except OSError:
            await guest.say(type="bye", message=NONE)
            raise
        guest.reader, guest.writer = await asyncio.open_connection(sock=sock)
        self.guests[guest.name] = guest
        try:
            await guest.write(pack(COMMAND, json.dumps({"folder": str(guest.folder)}).encode()))
            await guest.say(type="hello", protocol=limits.PROTOCOL, session=guest.name, limits=limits.stated(self.most))
            why = await first_of(guest.forward(), guest.listen(), guest.watch())
            if why:
                await guest.say(type="bye", message=why)
                await guest.socket.close(1001)
        finally:
            del self.guests[guest.name]
            guest.end()
            self.starter.end(number)

    async def close(self) -> None:
        """End all sessions."""
        for guest in list(self.guests.values()):
            with suppress(WebSocketDisconnect, TimeoutError, RuntimeError, ConnectionError):
                await guest.say(type="bye", message=STOPS)
                await guest.socket.close(1001)
        self.starter.close()


async def first_of(*jobs: Any) -> str:
    """What the job says that ends first; the others are stopped. Its error, if it ends with one.

    Jobs must wait with `asyncio.timeout`: `wait_for` of Python 3.11 may swallow the stop.
    """
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return str(next(iter(done)).result())
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
