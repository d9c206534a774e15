"""Ten thousand messages and two hundred files, most of them hostile: every one is answered, none does harm."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import engagesim as es
from engagesim.web import limits
from engagesim.web.messages import COMMANDS, WrongError, read
from engagesim.web.uploads import ENDINGS
from engagesim.web.wire import COMMAND, FILE, file_body
from engagesim.web.worker import Worker

from .page import SEED, A, B, asked

KEYS = (
    "capture_share",
    "demand.employee",
    "demand",
    "sharing_rule",
    "employees",
    "network_file",
    "badges.value",
    "x",
    "",
)
VALUES: tuple[Any, ...] = (0, 1, 0.3, -1, 1e9, "equal", "x", "", None, True, [], {}, "/etc/passwd", "../../etc/passwd")
WEEKS: tuple[Any, ...] = (0, 1, 5, 11, 12, 13, 1_040, 1_041, -1, 2**40, 1.5, "3", None)
SCENARIOS = (A, B, "badges_on_top", "no_such", "../secret", "/etc/passwd", "", None, 3)


class Ear:
    """The other end of a worker's line."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.sent: list[tuple[bytes, bytes]] = []

    def say(self, message: dict[str, Any]) -> None:
        json.dumps(message, allow_nan=False)
        self.said.append(message)

    def send(self, kind: bytes, body: bytes) -> None:
        self.sent.append((kind, body))


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    made = Worker(Ear(), tmp_path)  # type: ignore[arg-type]
    tell(made, {"cmd": "open", "a": asked(A), "b": asked(B), "seed": SEED, "weeks": 12})
    return made


def tell(worker: Worker, message: dict[str, Any]) -> list[dict[str, Any]]:
    """Say one command as the server would pass it on; what was said in answer."""
    heard = len(worker.line.said)
    worker.take(COMMAND, json.dumps(message).encode())
    return worker.line.said[heard:]


def upload(worker: Worker, kind: str, name: str, content: bytes) -> dict[str, Any]:
    worker.take(FILE, file_body({"kind": kind, "name": name}, content))
    return json.loads(worker.line.sent[-1][1])


def settle(worker: Worker) -> None:
    s = worker.session
    while s.goal is not None or s.pending or s.look_due is not None:
        s.tick(1e12)
        s.ack(s.sent)


def random_design(luck: random.Random) -> Any:
    made = asked(luck.choice((A, B)), set={luck.choice(KEYS): luck.choice(VALUES)} if luck.random() < 0.5 else {})
    if luck.random() < 0.3:
        made["scenario"] = luck.choice(SCENARIOS)
    if luck.random() < 0.2:
        made[luck.choice(("upload", "network", "roster", "more"))] = luck.choice(("", "0" * 16, "../x", None))
    return luck.choice((made, made, made, None, [], "x"))


ANYTHING: dict[str, tuple[Any, ...]] = {
    "seed": (0, 7, -1),
    "design": ("a", "b", "c"),
    "key": KEYS,
    "value": VALUES,
    "week": WEEKS,
    "weeks": (1, 5, 12),
    "at": WEEKS,
    "until": WEEKS,
    "id": (0, 34, 35, -1, "1", 10**6),
    "i": (0, 5, 99_999),
    "j": (1, 0, "2"),
    "frame": (0, 1, 10**12),
    "text": ("3", "partner", "\0", "", "x" * 100),
    "speed": (1, 60, 1e9, -1),
    "replicates": (1, 2, 0, 10**9),
    "measures": (["effort"], [], ["x"], "effort"),
    "what": ("toml", "csv", "/etc/passwd"),
}
"""What a fuzzed command may hold."""


def random_command(luck: random.Random) -> dict[str, Any]:
    name = luck.choice([*COMMANDS, "no_such"])
    needed, allowed = COMMANDS.get(name, ({}, {}))
    message: dict[str, Any] = {"cmd": name}
    for key in (*needed, *allowed):
        message[key] = random_design(luck) if key in ("a", "b") else luck.choice(ANYTHING[key])
    if luck.random() < 0.05:
        message.pop(luck.choice(list(message)))
    return message


def test_ten_thousand_messages_are_answered_or_refused(worker: Worker):
    luck = random.Random(2)
    taken, refused = 0, 0
    for _ in range(10_000):
        raw = json.dumps(random_command(luck))
        if luck.random() < 0.1:
            raw = raw[: luck.randrange(len(raw))] + luck.choice(('"', "}", "\\", "\ud800", "[[[", "é"))
        try:
            command = read(raw)
        except WrongError:
            refused += 1
            continue
        for message in tell(worker, command):
            assert str(worker.folder) not in json.dumps(message)
        worker.session.tick(1e12)
        worker.session.ack(worker.session.sent)
        worker.line.said.clear()
        taken += 1
    worker.end_band()
    assert taken > 2_000
    assert refused > 2_000
    tell(worker, {"cmd": "open", "a": asked(A), "b": asked(B), "seed": SEED, "weeks": 12})
    tell(worker, {"cmd": "seek", "week": 12})
    settle(worker)
    digest = next(m["digest"] for m in worker.line.said if m["type"] == "finished")
    run = es.simulate(worker.session.sides[0].track.scenario, seed=SEED)
    assert digest["a"] == run.digest


def test_before_anything_is_open_commands_are_refused(tmp_path: Path):
    worker = Worker(Ear(), tmp_path)  # type: ignore[arg-type]
    (said,) = tell(worker, {"cmd": "play", "speed": 3})
    assert said["type"] == "problem"
    assert said["cmd"] == "play"
    assert worker.due(0.0) is None


TOML = (
    b'title = "Mine"\nextends = "the_suggestion_machine"\n[population]\nemployees = 20\ncustomers = 10\npartners = 5\n'
)
EDGES = b"source,target,weight\nann,bob,2\nbob,cleo,1\ncleo,ann,4\ndan,ann,1\n"
ROSTER = b"id,role,reports_to,colour\nann,employee,,red\nbob,employee,ann,red\ncleo,customer,,red\ndan,partner,,red\n"


def test_ones_own_scenario_runs(worker: Worker, tmp_path: Path):
    answer = upload(worker, "scenario", "my design.toml", TOML)
    assert answer["problems"] == []
    tell(worker, {"cmd": "open", "a": {"upload": answer["upload"]}, "b": None, "seed": 4, "weeks": 5})
    opened = next(m for m in worker.line.said[::-1] if m["type"] == "opened")
    assert opened["designs"]["a"]["title"] == "Mine"
    assert opened["members"] == 35
    tell(worker, {"cmd": "seek", "week": 5})
    settle(worker)
    digest = next(m["digest"] for m in worker.line.said[::-1] if m["type"] == "finished")
    (tmp_path / "mine.toml").write_bytes(TOML)
    assert digest["a"] == es.simulate(es.Scenario.load(tmp_path / "mine.toml").changed(steps=5), seed=4).digest


def test_ones_own_people_and_ties_run_and_keep_their_names(worker: Worker, tmp_path: Path):
    ties, people = upload(worker, "network", "ties.csv", EDGES), upload(worker, "roster", "people.csv", ROSTER)
    assert (ties["members"], ties["ties"], people["members"]) == (4, 4, 4)
    assert "colour" in people["notes"][0]
    mine = {"network": ties["upload"], "roster": people["upload"]}
    tell(worker, {"cmd": "open", "a": {"scenario": A, **mine}, "b": {"scenario": B, **mine}, "seed": 4, "weeks": 6})
    opened = next(m for m in worker.line.said[::-1] if m["type"] == "opened")
    assert opened["labels"] == ["ann", "bob", "cleo", "dan"]
    tell(worker, {"cmd": "seek", "week": 6})
    settle(worker)
    digest = next(m["digest"] for m in worker.line.said[::-1] if m["type"] == "finished")
    (tmp_path / "e.csv").write_bytes(EDGES)
    (tmp_path / "r.csv").write_bytes(ROSTER)
    files = {"form": "file", "network_file": str(tmp_path / "e.csv"), "roster_file": str(tmp_path / "r.csv")}
    assert digest["b"] == es.simulate(es.Scenario.load(B).changed(**files, steps=6), seed=4).digest
    (exported,) = tell(worker, {"cmd": "export", "what": "toml", "design": "a"})
    assert str(tmp_path) not in exported["text"]
    assert 'network_file = "ties.csv"' in exported["text"]
    again = upload(worker, "scenario", exported["name"], exported["text"].encode())
    assert again["problems"] == []
    assert "ties" in again["notes"][1]


@pytest.mark.parametrize(
    ("kind", "name", "content", "said"),
    [
        ("scenario", "x.toml", b'extends = "../../../etc/passwd"', "a shipped scenario only"),
        ("scenario", "x.toml", b'extends = "/etc/passwd"', "a shipped scenario only"),
        ("scenario", "x.toml", b'extends = "other.toml"', "a shipped scenario only"),
        (
            "scenario",
            "x.toml",
            b'[structure]\nnetwork_file = { value = "/etc/passwd", basis = "ASSUMED" }',
            "names no files",
        ),
        ("scenario", "x.toml", b'structure = { network_file = "/etc/passwd" }', "names no files"),
        ("scenario", "x.toml", b'structure.roster_file = "/etc/passwd"', "names no files"),
        ("scenario", "x.toml", b"[value]\ncapture_share = 2", "line 2"),
        ("scenario", "x.toml", b"\xff\xfe", "not UTF-8"),
        ("scenario", "x.toml", b"[" * 5_000, "x.toml"),
        ("network", "x.csv", b"", "empty"),
        ("network", "x.csv", b"a,b,weight\n1,2,-3\n", "at least 0"),
        ("network", "x.graphml", b'<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "entities"),
        ("network", "x.graphml", b"<graphml><node", "not valid XML"),
        (
            "network",
            "x.csv",
            b"a,b\n" + b"".join(b"%d,%d\n" % (i, i + 1) for i in range(limits.MEMBERS + 1)),
            "at most",
        ),
        ("roster", "x.csv", b"name\nann\n", "no column id"),
        ("roster", "x.csv", b"id,reports_to\nann,ann\n", "somebody else"),
    ],
)
def test_a_wrong_file_is_refused_in_words(
    worker: Worker, tmp_path: Path, kind: str, name: str, content: bytes, said: str
):
    answer = upload(worker, kind, name, content)
    assert answer["upload"] is None
    assert said in " ".join(answer["problems"])
    assert str(tmp_path) not in json.dumps(answer)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.toml", "x.toml"),
        ("/etc/passwd.toml", "passwd.toml"),
        ("...toml", "scenario.toml"),
        (".toml", "scenario.toml"),
        ("a\\..\\b.toml", "b.toml"),
        ("\0\n.toml", "_.toml"),
        ("x" * 200 + ".toml", "x" * 60 + ".toml"),
        ("~/x.TOML", "x.TOML"),
        ("Liste für 2024 (neu).toml", "Liste für 2024 (neu).toml"),
        ("u\u0308ber.toml", "über.toml"),
        ('a"<b>.toml', "a_b_.toml"),
    ],
)
def test_a_file_lies_in_the_folder_of_its_session_under_its_own_name(
    worker: Worker, tmp_path: Path, name: str, kept: str
):
    answer = upload(worker, "scenario", name, TOML)
    path = worker.uploads.files[answer["upload"]]
    assert path.resolve().is_relative_to(tmp_path.resolve())
    assert path.name == kept
    assert path.read_bytes() == TOML


@pytest.mark.parametrize("name", ["/etc/passwd", "..", "\0", "con", "edges.csv"])
def test_a_file_of_another_kind_is_refused_before_it_is_written(worker: Worker, tmp_path: Path, name: str):
    answer = upload(worker, "scenario", name, TOML)
    assert answer["upload"] is None
    assert answer["problems"] == [f"{name} is no such file; valid: .toml"]
    assert list(tmp_path.iterdir()) == []


def test_old_files_make_room(worker: Worker, tmp_path: Path):
    tokens = [upload(worker, "scenario", f"{i}.toml", TOML)["upload"] for i in range(limits.UPLOADS + 3)]
    assert list(worker.uploads.files) == tokens[3:]
    assert len(list(tmp_path.iterdir())) == limits.UPLOADS
    (said,) = tell(worker, {"cmd": "open", "a": {"upload": tokens[0]}, "b": None, "seed": 1})
    assert "not here any more" in said["message"]


def test_two_hundred_broken_files_are_refused_or_used(worker: Worker, tmp_path: Path):
    luck = random.Random(3)
    sources = {"scenario": TOML, "network": EDGES, "roster": ROSTER}
    refused = 0
    for k in range(200):
        kind = luck.choice(list(sources))
        content = bytearray(sources[kind])
        for _ in range(luck.randint(0, 3)):
            content[luck.randrange(len(content))] = luck.randrange(256)
        cut = luck.randrange(len(content)) if luck.random() < 0.2 else len(content)
        ending = luck.choice(ENDINGS[kind][:3])  # others are refused without a look, which has its own test
        answer = upload(worker, kind, f"{k}{ending}", bytes(content[:cut]))
        assert str(tmp_path) not in json.dumps(answer)
        assert (answer["upload"] is None) == bool(answer["problems"])
        refused += answer["upload"] is None
        if answer["upload"] is not None and kind != "roster":
            own = {"upload": answer["upload"]} if kind == "scenario" else {"scenario": A, "network": answer["upload"]}
            tell(worker, {"cmd": "open", "a": own, "b": None, "seed": 1, "weeks": 2})
            tell(worker, {"cmd": "step", "weeks": 2})
    assert 40 < refused < 160
