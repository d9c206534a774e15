"""What a page may say: commands as JSON, checked strictly before anything is done with them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from . import limits


class WrongError(ValueError):
    """A command that cannot be carried out; the text says why, in plain words."""


Check = Callable[[Any], bool]


def _whole(low: int, high: int) -> Check:
    return lambda v: isinstance(v, int) and not isinstance(v, bool) and low <= v <= high


def _number(low: float, high: float) -> Check:
    return lambda v: isinstance(v, int | float) and not isinstance(v, bool) and low <= v <= high


def _text(longest: int) -> Check:
    return lambda v: isinstance(v, str) and 0 < len(v) <= longest and "\0" not in v


def _one_of(*words: str) -> Check:
    return lambda v: isinstance(v, str) and v in words


def _value(v: Any) -> bool:
    return _text(80)(v) or _number(-1e12, 1e12)(v)


def _nothing_or(check: Check) -> Check:
    return lambda v: v is None or check(v)


def _settings(v: Any) -> bool:
    return isinstance(v, dict) and all(_text(120)(key) and _value(value) for key, value in v.items())


def _names(most: int) -> Check:
    return lambda v: isinstance(v, list) and 0 < len(v) <= most and all(_text(80)(name) for name in v)


SEED = _whole(0, 2**53)
"""Seeds that a browser can hold exactly."""
WEEK = _whole(0, limits.WEEKS)
DESIGN = _one_of("a", "b")
CHANGE = {"at": WEEK, "key": _text(120), "value": _value}

Shape = dict[str, Check]

CHANGES_OF_DESIGN: Check = lambda v: (  # noqa: E731  # one of many checks of one form
    isinstance(v, list) and len(v) <= limits.CHANGES and all(_fits(c, CHANGE, {"until": _nothing_or(WEEK)}) for c in v)
)
DESIGN_KEYS: Shape = {
    "scenario": _nothing_or(_text(120)), "upload": _nothing_or(_text(40)), "network": _nothing_or(_text(40)),
    "roster": _nothing_or(_text(40)), "set": _settings, "schedule": CHANGES_OF_DESIGN,
}  # fmt: skip


def _design(v: Any) -> bool:
    return _fits(v, {}, DESIGN_KEYS) and (v.get("scenario") is None) != (v.get("upload") is None)


def _fits(message: Any, needed: Shape, allowed: Shape) -> bool:
    if not isinstance(message, dict) or not needed.keys() <= message.keys() <= needed.keys() | allowed.keys():
        return False
    checks = {**needed, **allowed}
    return all(checks[key](value) for key, value in message.items())


COMMANDS: dict[str, tuple[Shape, Shape]] = {
    "open": ({"a": _design, "b": _nothing_or(_design), "seed": SEED}, {"weeks": _nothing_or(_whole(1, limits.WEEKS))}),
    "play": ({"speed": _number(0.1, limits.SPEED)}, {}),
    "pause": ({}, {}),
    "step": ({}, {"weeks": _whole(1, limits.WEEKS)}),
    "seek": ({"week": WEEK}, {}),
    "reset": ({}, {}),
    "luck": ({"seed": SEED}, {}),
    "set": ({"design": DESIGN, "key": _text(120), "value": _value}, {}),
    "schedule": ({"design": DESIGN, **CHANGE}, {"until": _nothing_or(WEEK)}),
    "unschedule": ({"design": DESIGN, "at": WEEK, "key": _text(120)}, {}),
    "member": ({"id": _whole(0, limits.MEMBERS)}, {}),
    "tie": ({"i": _whole(0, limits.MEMBERS), "j": _whole(0, limits.MEMBERS)}, {}),
    "find": ({"text": _text(80)}, {}),
    "many": ({"replicates": _whole(1, limits.REPLICATES), "measures": _names(limits.BAND_MEASURES)}, {}),
    "stop_many": ({}, {}),
    "curves": ({}, {}),
    "export": ({"what": _one_of("toml", "csv", "replay"), "design": DESIGN}, {}),
    "ack": ({"frame": _whole(0, 2**32)}, {}),
}
"""Keys that each command needs, and those that it may have besides."""


def read(raw: str) -> dict[str, Any]:
    """The command that a page's message holds; raises WrongError."""
    size = len(raw.encode("utf-8", "surrogatepass"))
    _refuse_long(size, limits.OPENING)
    try:
        message = json.loads(raw, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise WrongError("The message is not valid JSON.") from error
    name = message.get("cmd") if isinstance(message, dict) else None
    if not isinstance(name, str) or name not in COMMANDS:
        raise WrongError(f"Unknown command; known are {', '.join(COMMANDS)}.")
    if name != "open":
        _refuse_long(size, limits.MESSAGE)
    needed, allowed = COMMANDS[name]
    said = {key: value for key, value in message.items() if key != "cmd"}
    if not _fits(said, needed, allowed):
        raise WrongError(_complaint(name, said, needed, allowed))
    return {"cmd": name, **said}


def _refuse_long(size: int, most: int) -> None:
    if size > most:
        raise WrongError(f"The message is longer than {most:,} bytes.")


def _complaint(name: str, said: dict[str, Any], needed: Shape, allowed: Shape) -> str:
    checks = {**needed, **allowed}
    for key in needed:
        if key not in said:
            return f"The command {name} lacks {key}."
    for key, value in said.items():
        if key not in checks:
            return f"The command {name} has no {key[:40]}."
        if not checks[key](value):
            return f"{key} of the command {name} is not of the right kind or out of range."
    return f"The command {name} is not complete."


def _no_constant(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
