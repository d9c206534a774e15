"""How the server starts, stops and stays within its bounds: the command, its port, the processes of sessions."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psutil
import pytest

from engagesim.web import places, wire
from engagesim.web.server import application, life
from engagesim.web.serving import free_port, is_local
from engagesim.web.starting import Forking, Spawning, Starter

from .page import SEED, A, asked
from .visitor import MAIN, run, wait_for


def in_a_thread(coroutine: Any) -> Any:
    """Run it in a thread of its own: a browser that other tests drive keeps this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def test_a_port_that_is_taken_is_said_with_one_that_is_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = subprocess.run(
            [sys.executable, *MAIN, "app", "--no-open", "--port", str(port)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 2
    assert "is taken by another program; try --port" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_command_serves_says_where_and_stops_clean():
    port = free_port("127.0.0.1")
    process = subprocess.Popen(
        [sys.executable, *MAIN, "app", "--no-open", "--json", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    progress: list[str] = []
    threading.Thread(target=lambda: progress.extend(iter(process.stderr.readline, "")), daemon=True).start()  # type: ignore[union-attr]
    try:
        said = json.loads(process.stdout.readline())  # type: ignore[union-attr]
        assert said["url"] == f"http://127.0.0.1:{port}/"
        assert said["local"] is True
        assert wait_for(lambda: answers(said["url"]))
        assert wait_for(lambda: progress[-1:] == ["The page is ready.\n"], 300.0)  # it may have to compile first
        left = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.terminate()
        process.wait(30.0)
    assert wait_for(lambda: not any(p.is_running() for p in left))


def answers(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(url).status_code == 200
    return False


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.2", False),
        ("x.org", False),
    ],
)
def test_only_loopback_is_local(host: str, local: bool):
    assert is_local(host) == local


def test_a_session_cannot_take_all_memory():
    script = (
        "from engagesim.web.worker import bound_memory\nfrom engagesim.web import limits\nimport numpy as np\n"
        "limits.MEMORY = 100_000_000\nbound_memory()\n"
        "try:\n    np.ones(50_000_000)\nexcept MemoryError:\n    print('bounded')\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "bounded" or os.name != "posix"


def talk_through(made: Starter) -> str:
    """Digest of a run in a session that a starter starts."""

    async def talk() -> str:
        sock, number = await made.start()
        reader, writer = await asyncio.open_connection(sock=sock)
        opening = {"cmd": "open", "a": asked(A), "b": None, "seed": SEED, "weeks": 6}
        for command in ({"folder": "."}, opening, {"cmd": "seek", "week": 6}, {"cmd": "ack", "frame": 1}):
            writer.write(wire.pack(wire.COMMAND, json.dumps(command).encode()))
        while True:
            kind, body = await wire.receive(reader)
            if kind == wire.TEXT and json.loads(body)["type"] == "finished":
                writer.close()
                made.end(number)
                return str(json.loads(body)["digest"]["a"])

    return in_a_thread(talk())


def test_where_nothing_can_be_split_off_a_session_is_a_fresh_process():
    made = Spawning()
    assert talk_through(made) == run(A).digest
    made.close()
    assert wait_for(lambda: not any(p.is_alive() for p in made.processes.values()))


def test_sessions_start_again_after_their_fork_server_has_died():
    made = Forking()
    assert talk_through(made) == run(A).digest
    made.process.kill()
    made.process.wait()
    made.lock = asyncio.Lock()  # of the next event loop
    assert talk_through(made) == run(A).digest
    made.close()
    assert made.process.poll() is not None


def modules_of(code: str) -> set[str]:
    """What a fresh Python has loaded after some code."""
    script = f"import sys\n{code}\nprint(*sorted(name for name in sys.modules if '.' not in name))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(said.stdout.split())


def test_sessions_load_the_engine_and_little_else_and_the_server_not_even_that():
    heavy = {"mesa", "pandas", "matplotlib", "seaborn", "sklearn", "networkx", "pyarrow"}
    session = modules_of("import engagesim.web.fork_server as f; f.prepare()")
    assert "numba" in session
    assert session & heavy == set()
    assert (
        modules_of("import engagesim.web.serving, engagesim.web.menu as m; m.catalogue(8)") & (heavy | {"numba"})
        == set()
    )


def test_that_the_page_is_ready_is_told_when_sessions_can_start_and_not_before():
    said: list[str] = []

    class Slow(Forking):
        def __init__(self) -> None:
            self.prepared = asyncio.Event()

        async def ready(self) -> None:
            await self.prepared.wait()

        def close(self) -> None: ...

    async def start() -> None:
        slow = Slow()
        app = application(slow, told=lambda: said.append("ready"))
        async with life(app):
            await asyncio.sleep(0)
            assert said == []
            slow.prepared.set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert said == ["ready"]

    in_a_thread(start())


def test_places_are_given_back_when_a_session_cannot_start():
    class Broken:
        async def ready(self) -> None:
            raise ConnectionError("no")

        async def start(self) -> tuple[socket.socket, int]:
            raise ConnectionError("no")

        def end(self, number: int) -> None: ...

        def close(self) -> None: ...

    class Socket:
        async def accept(self) -> None: ...

        async def send_text(self, text: str) -> None: ...

    rooms = places.Places(Broken(), 2)
    in_a_thread(rooms.welcome(Socket()))  # type: ignore[arg-type]
    assert rooms.taken == 0
    assert rooms.guests == {}
