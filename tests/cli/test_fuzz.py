"""Two hundred malformed files: no traceback, exit code 2, and a message that names the place."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from engagesim.design.files import shipped
from engagesim.structures.shipped import SHIPPED

from .calling import run

WANTED = {"scenario": 80, "edges": 70, "roster": 50}
JUNK = [
    b"\x00",
    b"\xff\xfe",
    b"=",
    b"[",
    b'"',
    b"nan",
    b"-1",
    b"1e999",
    b",,,,",
    b"true",
    b"{",
    b"\r",
    b"''",
    b"0x",
    b"#",
]


def mutated(text: bytes, chance: random.Random) -> bytes:
    """One to four random wounds: bytes changed, cut out, put in, lines doubled, dropped or swapped."""
    data = bytearray(text)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data)) if data else 0
        what = chance.randrange(6)
        if what == 0 and data:
            data[at] = chance.randrange(256)
        elif what == 1:
            del data[at : at + chance.randint(1, 20)]
        elif what == 2:
            data[at:at] = chance.choice(JUNK)
        else:
            lines = bytes(data).split(b"\n")
            i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
            if what == 3:
                lines.insert(i, lines[j])
            elif what == 4:
                del lines[i]
            else:
                lines[i] = lines[i].replace(b",", b";").replace(b"0.", b"7.").replace(b"1", b"x")
            data = bytearray(b"\n".join(lines))
    return bytes(data)


@pytest.fixture
def seeds(here):
    """Valid files to start from: every preset, and a network with a roster."""
    edges, roster = SHIPPED["karate"].write(Path("net"))
    return {
        "scenario": [p.read_bytes() for p in shipped("scenarios").values()],
        "edges": [edges.read_bytes()],
        "roster": [roster.read_bytes()],
    }


def command_for(kind: str, broken: Path) -> list[str]:
    if kind == "scenario":
        return ["check", str(broken)]
    files = {"edges": "net/edges.csv", "roster": "net/roster.csv", kind: str(broken)}
    network = ["--network", files["edges"], "--roster", files["roster"]]
    return ["run", "plain_organization", *network, "--steps", "1", "--no-figures", "--out", f"out-{broken.stem}"]


@pytest.mark.parametrize("kind", WANTED)
def test_malformed_files_are_refused_by_name(kind, seeds):
    chance = random.Random(2026 + len(kind))
    codes: Counter[int] = Counter()
    number = 0
    while codes[2] < WANTED[kind]:
        number += 1
        assert number < 60 * WANTED[kind], f"hardly any mutation is malformed: {codes}"
        broken = Path(f"broken{number}.{'toml' if kind == 'scenario' else 'csv'}")
        broken.write_bytes(mutated(chance.choice(seeds[kind]), chance))
        result = run(*command_for(kind, broken))
        codes[result.exit_code] += 1
        assert result.exit_code in ((0, 1, 2) if kind == "scenario" else (0, 2)), (
            f"{broken}: {result.output} {result.exception}"
        )
        assert isinstance(result.exception, SystemExit | None)
        if result.exit_code == 2:
            said = result.output
            assert broken.name in said
            assert "Traceback" not in said
            assert "problem" in said
            assert not Path(f"out-{broken.stem}").exists()
