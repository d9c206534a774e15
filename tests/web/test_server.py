"""The server as it runs: real sockets, real processes."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from engagesim.design.files import shipped
from engagesim.web import limits, server
from engagesim.web.server import STATIC

from .page import SEED, SMALL, A, B, asked
from .visitor import MAIN, PLACES, Running, run, wait_for


@pytest.fixture(scope="module")
def started() -> Iterator[Running]:
    made = Running()
    with made.page():
        pass  # the engine is ready from here on
    yield made
    fork_server = made.fork_server
    made.stop()
    assert not fork_server.is_running()


@pytest.fixture
def running(started: Running) -> Running:
    """The server, once the sessions of earlier pages have ended."""
    assert wait_for(lambda: not started.sessions())
    return started


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
            time.sleep(0.03)  # complaints that follow each other closer than 0.02 s are told once
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


def test_a_fork_server_whose_server_was_stopped_while_it_prepared_ends_without_a_traceback():
    here, there = socket.socketpair()
    here.close()
    done = subprocess.run(
        [sys.executable, "-m", "engagesim.web.fork_server", str(there.fileno())],
        pass_fds=[there.fileno()], capture_output=True, text=True, check=False,
    )  # fmt: skip
    there.close()
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
