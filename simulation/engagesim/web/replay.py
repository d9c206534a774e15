"""A run as one file that opens in a browser from disk, without a server or a network."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..measures import MEASURES
from ..rules.participation import STATES
from . import limits
from .frames import Drawn
from .layout import Place
from .messages import WrongError
from .numbers import rounded
from .side import Side

STATIC = Path(__file__).parent / "static"
TEMPLATE = STATIC / "replay.html"
MARK = re.compile(r"\{\{(style|module|data):?([\w./-]*)\}\}")
IMPORT = re.compile(r"^import\b[^;]*;[ \t]*$", re.MULTILINE)
EXPORT = re.compile(r"^export (?:default )?", re.MULTILINE)


def replay(sides: Sequence[Side], seed: int) -> str:
    """The file: template, style and scripts of the page's own, and the weeks lived so far; raises WrongError."""
    until = min(side.track.head for side in sides)
    if until == 0:
        raise WrongError("Nothing has happened yet. Let some weeks pass, and then keep the replay.")
    data = _script_safe(json.dumps(document(sides, seed, until), ensure_ascii=False, separators=(",", ":")))
    return MARK.sub(lambda m: _part(m[1], m[2], data), TEMPLATE.read_text("utf-8"))


def _part(kind: str, name: str, data: str) -> str:
    if kind == "data":
        return data
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()):
        raise ValueError(f"{name} is not one of the page's files")
    text = path.read_text("utf-8")
    return EXPORT.sub("", IMPORT.sub("", text)) if kind == "module" else text


def _script_safe(text: str) -> str:
    """JSON that cannot end the script element it stands in."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def document(sides: Sequence[Side], seed: int, until: int) -> dict[str, Any]:
    """Everything that is replayed, as docs/page.md has it."""
    tracks = {side.letter: side.track for side in sides}
    first = sides[0].track
    stride = max(1, -(-first.size * len(sides) * (until + 1) // limits.REPLAY))
    weeks = sorted({*range(0, until + 1, stride), until})
    drawn = [side.drawn(until) for side in sides]
    nodes = np.stack([track.nodes[weeks] for track in tracks.values()], axis=1)
    return {
        "title": " and ".join(track.scenario.title for track in tracks.values()),
        "seed": seed,
        "weeks": weeks,
        "n": first.size,
        "designs": list(tracks),
        "titles": {letter: track.scenario.title for letter, track in tracks.items()},
        "measures": {letter: _measures(side, until) for letter, side in zip(tracks, sides, strict=True)},
        "measure_titles": {m.name: {"title": m.title, "unit": m.unit, "low": m.low, "high": m.high} for m in MEASURES},
        "chosen": {side.letter: side.chosen for side in sides},
        "schedule": {side.letter: side.schedule() for side in sides},
        "states": list(STATES),
        **_place(drawn[0][0]),
        "layout_b": None if len(sides) == 1 else _place(drawn[1][0]),
        "role": _packed(first.network.role),
        "ties": {side.letter: _ties(ties) for side, (_, ties) in zip(sides, drawn, strict=True)},
        "nodes": base64.b64encode(zlib.compress(nodes.tobytes(), 9)).decode(),
    }


def _measures(side: Side, until: int) -> dict[str, list[float | None]]:
    """Weekly measures to five digits; those that never are anything are left out."""
    columns = {m.name: rounded(column, 5) for m, column in zip(MEASURES, side.track.measures(0, until).T, strict=True)}
    return {name: column for name, column in columns.items() if any(column)}


def _place(place: Place) -> dict[str, str]:
    return {"x": _packed(place[0]), "y": _packed(place[1])}


def _ties(ties: Drawn) -> dict[str, str]:
    grade = np.round(ties.strength * 255.0).astype(np.uint8)
    columns: dict[str, NDArray[Any]] = {
        "i": ties.i,
        "j": ties.j,
        "strength": grade,
        "kind": ties.kind,
        "order": ties.order,
    }
    return {name: _packed(column) for name, column in columns.items()}


def _packed(column: NDArray[Any]) -> str:
    return base64.b64encode(column.astype(column.dtype.newbyteorder("<")).tobytes()).decode()
