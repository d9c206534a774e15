"""The server as it runs: real sockets, real processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

import engagesim as es
from engagesim.design.files import shipped
from engagesim.web import limits, places, server, wire
from engagesim.web.breeding import Breeder, Forking, Spawning, breeder
from engagesim.web.server import STATIC, application
from engagesim.web.serving import bind, configured, free_port, is_local

from .page import SEED, SMALL, A, B, asked

PLACES = 3
MAIN = ("-c", "from engagesim.cli import main; main()")
"""The command `engagesim`, for this Python."""


class Running:
    """A server on a free port, in a thread."""

    def __init__(self) -> None:
        self.socket = bind("127.0.0.1", 0)
        self.port = self.socket.getsockname()[1]
        self.url, self.breeder = f"http://127.0.0.1:{self.port}", breeder()
        self.app = application(self.breeder, places=PLACES)
        self.server = uvicorn.Server(configured(self.app))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()

    @property
    def nursery(self) -> psutil.Process:
        return psutil.Process(self.breeder.process.pid)  # type: ignore[attr-defined]

    def sessions(self) -> list[psutil.Process]:
        """Processes of sessions that are there now."""
        return [p for p in self.nursery.children() if p.status() != psutil.STATUS_ZOMBIE]

    def page(self, **settings: Any) -> Visitor:
        return Visitor(connect(f"ws://127.0.0.1:{self.port}/ws", max_size=None, **settings))

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(20.0)
        self.socket.close()


class Visitor:
    """One page at the other end of a websocket."""

    def __init__(self, connecting: connect) -> None:
        self.connecting = connecting
        self.hello: dict[str, Any] = {}

    def __enter__(self) -> Visitor:
        self.socket: ClientConnection = self.connecting.__enter__()
        self.hello = self.hear("hello", "busy")
        return self

    def __exit__(self, *_: object) -> None:
        self.connecting.__exit__(None, None, None)

    def say(self, cmd: str, **more: Any) -> None:
        self.socket.send(json.dumps({"cmd": cmd, **more}))

    def hear(self, *kinds: str, seconds: float = 60.0) -> dict[str, Any]:
        """The next message of one of these types; frames on the way are acknowledged."""
        until = time.monotonic() + seconds
        while True:
            message = self.socket.recv(max(0.0, until - time.monotonic()))
            if isinstance(message, bytes):
                if message[0] == 2:
                    with contextlib.suppress(ConnectionClosed):  # what was sent before the end can still be read
                        self.say("ack", frame=int.from_bytes(message[4:8], "little"))
                continue
            found = json.loads(message)
            if found["type"] in kinds:
                return found

    def is_cut_off(self) -> bool:
        """Whether the connection ends; whatever is still on the way is read."""
        try:
            while True:
                self.socket.recv(10.0)
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False

    def open(self, name: str = A, weeks: int = 6, **more: Any) -> dict[str, Any]:
        self.say("open", **{"a": asked(name), "b": None, "seed": SEED, "weeks": weeks, **more})
        return self.hear("opened", "problem")

    def digest(self, week: int = 6) -> dict[str, str]:
        self.say("seek", week=week)
        return self.hear("finished")["digest"]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    made = Running()
    with made.page():
        pass  # the engine is ready from here on
    yield made
    nursery = made.nursery
    made.stop()
    assert not nursery.is_running()


def wait_for(true: Any, seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(true())


def test_numbers_are_those_of_the_command_line(running: Running, tmp_path: Path):
    command = [
        sys.executable,
        *MAIN,
        "run",
        A,
        "--seed",
        str(SEED),
        "--steps",
        "6",
        "--json",
        "--no-figures",
    ]
    sets = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
    said = subprocess.run([*command, *sets, "--out", str(tmp_path / "x")], capture_output=True, check=True, text=True)
    with running.page() as page:
        page.open()
        assert page.digest()["a"] == json.loads(said.stdout)["digest"]


def test_pages_do_not_see_each_other(running: Running):
    with running.page() as one, running.page() as other:
        one.open(A, b=asked(B))
        other.open("wirearchy")
        one.say("set", design="a", key="capture_share", value=0.1)
        one.hear("levers")
        assert other.digest()["a"] == run("wirearchy").digest
        assert one.digest()["a"] == run(A, capture_share=0.1).digest
        assert one.hello["session"] != other.hello["session"]
        assert len(running.sessions()) == 2


def run(name: str, **changes: object) -> es.Run:
    return es.simulate(es.Scenario.load(name).changed(**SMALL, steps=6, **changes), seed=SEED)


def test_when_all_places_are_taken_one_more_is_told_so(running: Running):
    with contextlib.ExitStack() as stack:
        for _ in range(PLACES):
            assert stack.enter_context(running.page()).hello["type"] == "hello"
        with running.page() as late:
            assert late.hello["type"] == "busy"
            assert f"All {PLACES} places are taken" in late.hello["message"]
            with pytest.raises(ConnectionClosed):
                late.socket.recv(5.0)
    assert wait_for(lambda: running.app.state.places.taken == 0)
    with running.page() as again:
        assert again.hello["type"] == "hello"


def test_a_page_that_goes_leaves_no_process_and_no_file(running: Running):
    with running.page() as page:
        page.open(weeks=500)
        page.say("play", speed=100)
        page.say("many", replicates=300, measures=["effort"])
        folder = running.app.state.places.guests[page.hello["session"]].folder
        (process,) = running.sessions()
        assert folder.is_dir()
        assert folder.stat().st_mode & 0o077 == 0
    assert wait_for(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)
    assert wait_for(lambda: not folder.exists())
    assert wait_for(lambda: not running.sessions())


def test_a_session_that_dies_is_told_to_its_page_alone(running: Running):
    with running.page() as one, running.page() as other:
        one.open()
        min(running.sessions(), key=lambda p: p.create_time()).kill()
        assert "ended unexpectedly" in one.hear("bye")["message"]
        other.open("wirearchy")
        assert other.digest()["a"] == run("wirearchy").digest


def test_whoever_does_nothing_for_long_is_let_go(running: Running, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "IDLE", 0.6)
    with running.page() as page:
        assert "Nobody has touched this page" in page.hear("bye", seconds=10.0)["message"]
    assert wait_for(lambda: not running.sessions())


def test_a_flood_is_cut_off_and_others_go_on(running: Running, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PATIENCE", 300)
    monkeypatch.setattr(limits, "RATE", 5.0)
    with running.page() as calm, running.page() as flood:
        calm.open()
        with contextlib.suppress(ConnectionClosed):
            for _ in range(3_000):
                flood.say("curves")
        assert flood.is_cut_off()
        assert calm.digest()["a"] == run(A).digest


def test_hostile_messages_are_answered_and_change_nothing(running: Running):
    with running.page() as page:
        page.open()
        for raw in ("", "{", "[]", '{"cmd":"no"}', '{"cmd":"seek","week":-1}', "x" * 3_000, b"\x00\x01", b"\xff" * 100):
            page.socket.send(raw)
            assert page.hear("problem")["message"]
            time.sleep(0.03)
        assert page.digest()["a"] == run(A).digest
        page.socket.send("y" * (limits.FRAME + 1))
        assert page.is_cut_off()


def test_files_come_to_their_own_session_only(running: Running):
    toml = b'title = "Mine"\nextends = "plain_organization"\n'
    with running.page() as one, running.page() as other:
        asked_ = {"session": one.hello["session"], "kind": "scenario", "name": "mine.toml"}
        answer = httpx.post(f"{running.url}/api/upload", params=asked_, content=toml).json()
        assert answer["problems"] == []
        own = {"upload": answer["upload"], "set": SMALL}
        assert one.open(a=own)["designs"]["a"]["title"] == "Mine"
        assert "not here any more" in other.open(a=own)["message"]


@pytest.mark.parametrize(
    ("params", "size", "status"),
    [
        ({"session": "no", "kind": "scenario", "name": "x.toml"}, 10, 404),
        ({"kind": "scenario", "name": "x.toml"}, 10, 404),
        ({"session": "own", "kind": "program", "name": "x.toml"}, 10, 400),
        ({"session": "own", "kind": "scenario", "name": ""}, 10, 400),
        ({"session": "own", "kind": "scenario", "name": "x.toml"}, limits.UPLOAD + 1, 413),
    ],
)
def test_uploads_are_bounded(running: Running, params: dict[str, str], size: int, status: int):
    with running.page() as page:
        own = page.hello["session"]
        asked_ = {key: own if value == "own" else value for key, value in params.items()}
        answer = httpx.post(f"{running.url}/api/upload", params=asked_, content=b"x" * size)
        assert answer.status_code == status
        assert answer.json()["problems"]


@pytest.mark.parametrize("path", ["/", "/api/catalogue", "/static/index.html", "/no/such", "/api/lessons/no_such"])
def test_every_answer_has_the_strict_headers(running: Running, path: str):
    headers = httpx.get(running.url + path).headers
    for name, value in server.HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["content-security-policy"]
    assert "http:" not in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py", "/static/..%2fserver.py", "/static/%2e%2e/server.py", "/static/%2e%2e%2fserver.py",
        "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/..\\server.py", "/static/js/../../server.py",
        "/static/", "/static", "/static/js", "/lessons", "/api/lessons/..%2f..%2fserver", "/api/lessons/%2e%2e",
        "/../../../etc/passwd", "/static/%00", "/api", "/docs", "/.git/config", "/static/....//server.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_page(running: Running, path: str):
    with socket.create_connection(("127.0.0.1", running.port)) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := raw.recv(65_536):
            answer += piece
    assert answer.split(b" ", 2)[1] in (b"404", b"400", b"307", b"405")
    assert b"def application" not in answer
    assert b"root:" not in answer


def test_the_page_and_its_files_are_served_as_what_they_are(running: Running):
    page = httpx.get(running.url)
    assert page.headers["content-type"].startswith("text/html")
    for path in STATIC.rglob("*.js"):
        answer = httpx.get(f"{running.url}/static/{path.relative_to(STATIC).as_posix()}")
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.text == path.read_text("utf-8")


def test_other_sites_and_other_names_are_turned_away(running: Running):
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert httpx.get(running.url, headers=headers).status_code == 403
        assert httpx.post(f"{running.url}/api/upload", headers=headers).status_code == 403
    for origin in ("https://evil.example", f"http://127.0.0.1:{running.port + 1}", "null"):
        with pytest.raises((InvalidStatus, ConnectionClosed)), running.page(origin=origin):
            pass
    with running.page(origin=running.url) as page:
        assert page.hello["type"] == "hello"


def test_the_catalogue_holds_everything_that_can_be_chosen(running: Running):
    found = httpx.get(f"{running.url}/api/catalogue").json()
    assert [s["name"] for s in found["scenarios"] if s["name"] not in shipped("scenarios")] == []
    assert len(found["scenarios"]) == len(shipped("scenarios"))
    levers = {lever["key"]: lever for group in found["groups"] for lever in group["levers"]}
    assert "network_file" not in levers
    assert levers["demand"]["roles"] == ["employee", "customer", "partner"]
    assert all(lever["help"] and (lever["why"] or lever["source"]) for lever in levers.values())
    for lever in levers.values():
        if lever["kind"] in ("number", "integer"):
            assert lever["low"] < lever["high"]
            assert 0.0 < lever["step"] <= lever["high"] - lever["low"]
    assert found["limits"]["sessions"] == PLACES
    for lesson in found["lessons"]:
        assert httpx.get(f"{running.url}/api/lessons/{lesson['id']}").json()["title"] == lesson["title"]


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
    try:
        said = json.loads(process.stdout.readline())  # type: ignore[union-attr]
        assert said["url"] == f"http://127.0.0.1:{port}/"
        assert said["local"] is True
        assert wait_for(lambda: answers(said["url"]))
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


def talk_through(made: Breeder) -> str:
    """Digest of a run in a session that a breeder starts."""

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

    return asyncio.run(talk())


def test_where_nothing_can_be_split_off_a_session_is_a_fresh_process():
    made = Spawning()
    assert talk_through(made) == run(A).digest
    made.close()
    assert wait_for(lambda: not any(p.is_alive() for p in made.processes.values()))


def test_sessions_start_again_after_their_nursery_has_died():
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
    session = modules_of("import engagesim.web.nursery as n; n.prepare()")
    assert "numba" in session
    assert session & heavy == set()
    assert (
        modules_of("import engagesim.web.serving, engagesim.web.menu as m; m.catalogue(8)") & (heavy | {"numba"})
        == set()
    )


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
    asyncio.run(rooms.welcome(Socket()))  # type: ignore[arg-type]
    assert rooms.taken == 0
    assert rooms.guests == {}
