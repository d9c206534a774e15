"""Messages between the server and the process of a session: a length, a letter, and bytes."""

from __future__ import annotations

import asyncio
import json
import select
import socket
import struct
from typing import Any

HEAD = struct.Struct("<Ic")
LARGEST = 64_000_000
"""Bytes of a message at most; a longer one can only be a mistake."""

TEXT, BINARY, COMMAND, FILE, ANSWER = b"T", b"B", b"C", b"F", b"A"
"""To the page as text or as bytes; from the page; a file from the page, and what the session says of it."""

REQUEST = struct.Struct("<cI")
NUMBER = struct.Struct("<I")
START, KILL = b"S", b"K"
"""What the server asks of the fork server: a session, or the end of one; and the number of a session's process."""


class GoneError(ConnectionError):
    """The other end is not there any more."""


def pack(kind: bytes, body: bytes) -> bytes:
    """One message as it goes over the wire."""
    return HEAD.pack(len(body), kind) + body


def file_body(about: dict[str, str], content: bytes) -> bytes:
    """A file with what is known about it."""
    said = json.dumps(about).encode()
    return NUMBER.pack(len(said)) + said + content


def read_file_body(body: bytes) -> tuple[dict[str, str], bytes]:
    """What `file_body` packed."""
    (length,) = NUMBER.unpack_from(body)
    about: dict[str, str] = json.loads(body[NUMBER.size : NUMBER.size + length])
    return about, body[NUMBER.size + length :]


async def receive(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next message, on the side of the server; raises GoneError."""
    try:
        length, kind = HEAD.unpack(await reader.readexactly(HEAD.size))
        if length > LARGEST:
            raise GoneError
        return kind, await reader.readexactly(length)
    except (asyncio.IncompleteReadError, OSError) as error:
        raise GoneError from error


class Line:
    """The session's end of the wire: blocking, one message after the other."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(True)
        self.sock = sock
        self.buffer = bytearray()
        self.whole: list[tuple[bytes, bytes]] = []

    def send(self, kind: bytes, body: bytes) -> None:
        """Send one message; raises GoneError."""
        try:
            self.sock.sendall(pack(kind, body))
        except OSError as error:
            raise GoneError from error

    def say(self, message: dict[str, Any]) -> None:
        """Send a text to the page."""
        self.send(TEXT, json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode())

    def waiting(self, seconds: float | None) -> list[tuple[bytes, bytes]]:
        """Messages that are there, or come within `seconds` (None: however long it takes); raises GoneError."""
        if self.whole:
            seconds = 0.0
        if select.select([self.sock], [], [], seconds)[0]:
            try:
                received = self.sock.recv(1 << 18)
            except OSError as error:
                raise GoneError from error
            if not received:
                raise GoneError
            self.buffer += received
            self._cut()
        found, self.whole = self.whole, []
        return found

    def first(self) -> tuple[bytes, bytes]:
        """The next message; raises GoneError."""
        while not self.whole:
            self.whole = self.waiting(None)
        return self.whole.pop(0)

    def _cut(self) -> None:
        """Take whole messages out of what was received."""
        while len(self.buffer) >= HEAD.size:
            length, kind = HEAD.unpack_from(self.buffer)
            if length > LARGEST:
                raise GoneError
            if len(self.buffer) < HEAD.size + length:
                return
            self.whole.append((kind, bytes(self.buffer[HEAD.size : HEAD.size + length])))
            del self.buffer[: HEAD.size + length]
