"""Whatever a page says is either a command in range or answered with a sentence."""

from __future__ import annotations

import json
import random

import pytest

from engagesim.web import limits
from engagesim.web.messages import COMMANDS, WrongError, read

from .page import A

CHANGE = {"at": 3, "key": "return_share", "value": 1, "until": None}
SETTINGS = {"capture_share": 0.2, "sharing_rule": "equal"}
GOOD = [
    {"cmd": "open", "a": {"scenario": A}, "b": None, "seed": 0},
    {"cmd": "open", "a": {"scenario": A, "set": SETTINGS, "schedule": [CHANGE]}, "b": {"upload": "0a"}, "seed": 2**53,
     "weeks": 9},
    {"cmd": "play", "speed": 10},
    {"cmd": "pause"},
    {"cmd": "step"},
    {"cmd": "step", "weeks": 4},
    {"cmd": "seek", "week": 0},
    {"cmd": "reset"},
    {"cmd": "luck", "seed": 5},
    {"cmd": "set", "design": "a", "key": "demand.employee", "value": 0.5},
    {"cmd": "schedule", "design": "b", "at": 1, "key": "sharing_rule", "value": "equal"},
    {"cmd": "unschedule", "design": "b", "at": 1, "key": "sharing_rule"},
    {"cmd": "member", "id": 3},
    {"cmd": "tie", "i": 1, "j": 2},
    {"cmd": "find", "text": "12"},
    {"cmd": "many", "replicates": 100, "measures": ["effort"]},
    {"cmd": "stop_many"},
    {"cmd": "curves"},
    {"cmd": "export", "what": "replay", "design": "a"},
    {"cmd": "ack", "frame": 9},
]  # fmt: skip
OPEN = '{"cmd":"open","b":null,"seed":1,"a":'
BAD = [
    "", "null", "[]", "1", "{}", '"play"', "{", "[" * 2000, '{"a":' * 300,
    '{"cmd":"play"}', '{"cmd":"play","speed":NaN}', '{"cmd":"play","speed":1e999}', '{"cmd":"play","speed":-1}',
    '{"cmd":"play","speed":true}', '{"cmd":"play","speed":"10"}', '{"cmd":"no_such"}', '{"cmd":["play"]}',
    '{"cmd":"__class__"}', '{"cmd":"pause","more":1}', '{"cmd":"seek","week":1.5}', '{"cmd":"seek","week":99999}',
    OPEN + "null}", OPEN + "{}}", OPEN + '{"scenario":"x","upload":"y"}}',
    OPEN + '{"scenario":"x","set":{"a":{"b":1}}}}',
    OPEN + '{"scenario":"x","schedule":[{"at":1}]}}', OPEN + '{"scenario":7}}',
    '{"cmd":"luck","seed":18446744073709551615}',
    '{"cmd":"find","text":"a\\u0000"}', '{"cmd":"set","design":"c","key":"x","value":1}',
    '{"cmd":"set","design":"a","key":"x","value":' + "9" * 1900 + "}", '{"cmd":"many","replicates":1,"measures":[]}',
    '{"cmd":"export","what":"../x","design":"a"}',
]  # fmt: skip


@pytest.mark.parametrize("message", GOOD, ids=lambda m: m["cmd"])
def test_commands_are_taken_as_they_are(message: dict):
    assert read(json.dumps(message)) == message


def test_every_command_is_tried():
    assert {m["cmd"] for m in GOOD} == set(COMMANDS)


@pytest.mark.parametrize("raw", BAD)
def test_anything_else_is_refused_in_words(raw: str):
    with pytest.raises(WrongError) as wrong:
        read(raw)
    assert str(wrong.value).endswith(".")


def test_the_longest_message_is_two_kilobytes():
    fits = json.dumps({"cmd": "find", "text": "x"})
    assert read(fits + " " * (limits.MESSAGE - len(fits)))["cmd"] == "find"
    with pytest.raises(WrongError, match="2,048 bytes"):
        read(fits + " " * (limits.MESSAGE - len(fits) + 1))
    with pytest.raises(WrongError, match="2,048 bytes"):
        read(json.dumps({"cmd": "find", "text": "é" * (limits.MESSAGE // 2)}, ensure_ascii=False))


def test_two_designs_with_all_the_changes_they_may_have_can_be_opened():
    changes = [{"at": at, "key": "motivation_mean.employee", "value": 0.123456789} for at in range(limits.CHANGES)]
    design = {"scenario": A, "schedule": changes}
    command = {"cmd": "open", "a": design, "b": design, "seed": 1}
    assert read(json.dumps(command)) == command
    with pytest.raises(WrongError, match="48,000 bytes"):
        read(json.dumps(command) + " " * limits.OPENING)


def test_a_thousand_broken_commands_are_refused_or_still_commands():
    luck = random.Random(1)
    for _ in range(1_000):
        raw = bytearray(json.dumps(luck.choice(GOOD)).encode())
        for _ in range(luck.randint(1, 4)):
            raw[luck.randrange(len(raw))] = luck.randrange(256)
        try:
            assert read(raw.decode("utf-8", "surrogateescape"))["cmd"] in COMMANDS
        except WrongError:
            continue
