"""What is kept runs to the same numbers, and a replay holds the whole picture in one file."""

from __future__ import annotations

import base64
import io
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import engagesim as es
from engagesim.web import limits, replay
from engagesim.web.exports import export
from engagesim.web.messages import WrongError

from .page import SEED, SMALL, A, B, Page, asked

CHOSEN = {**SMALL, "capture_share": 0.45}


def kept(page: Page, what: str, letter: str = "a") -> dict[str, str]:
    return export(what, page.session.side(letter), page.session.sides, page.session.seed)


def changed_page() -> Page:
    page = Page().open(asked("badges_on_top", set={"capture_share": 0.45}), asked(B), weeks=16)
    page.go(5)
    page.session.set("a", "badges.value", 0.01)
    page.session.set("a", "demand", 0.5)
    page.session.schedule("a", {"at": 9, "key": "sharing_rule", "value": "equal"})
    page.session.schedule("a", {"at": 10, "key": "return_share", "value": 0.3, "until": 14})
    return page.go(16)


def test_a_kept_design_runs_to_the_same_trajectory(tmp_path: Path):
    page = changed_page()
    file = kept(page, "toml")
    assert file["name"] == f"badges_on_top-a-seed-{SEED}.toml"
    path = tmp_path / file["name"]
    path.write_text(file["text"])
    said = ", ".join(f"{key} = {value}" for key, value in CHOSEN.items())
    assert file["text"].splitlines()[:2] == [
        f"# Kept from the page. The same numbers: engagesim run {file['name']} --seed {SEED}",
        f"# Set on the page before the start: {said}",
    ]
    assert es.Scenario.load(path).digest == page.session.sides[0].track.scenario.digest
    assert es.simulate(path, seed=SEED).digest == page.last("finished")["digest"]["a"]


def test_files_of_one_scenario_on_both_sides_do_not_overwrite_each_other():
    page = Page().open(asked(A), asked(A), weeks=4)
    page.go(2)
    names = [kept(page, what, letter)["name"] for what in ("toml", "csv") for letter in "ab"]
    assert len(set(names)) == 4
    assert kept(page, "replay")["name"] == f"{A}-seed-{SEED}-replay.html"
    alone = Page().open(asked(A), weeks=4)
    alone.go(2)
    assert kept(alone, "toml")["name"] == f"{A}-seed-{SEED}.toml"


def test_kept_weeks_are_those_of_the_run():
    page = changed_page()
    frame = pd.read_csv(io.StringIO(kept(page, "csv")["text"]))
    expected = es.simulate(page.session.sides[0].track.scenario, seed=SEED).weeks
    pd.testing.assert_frame_equal(frame, expected, check_exact=True, check_dtype=False)
    assert len(pd.read_csv(io.StringIO(kept(page, "csv", "b")["text"]))) == 4 * 16


class Links(HTMLParser):
    """Everything that an HTML file would load, and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.texts: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [v or "" for k, v in attrs if k in ("src", "href", "data", "action", "srcset")]
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def unpacked(text: str) -> tuple[dict, np.ndarray]:
    links = Links()
    links.feed(text)
    assert links.loads == []
    data = json.loads(next(t for t in links.texts if t.lstrip().startswith("{")))
    nodes = np.frombuffer(zlib.decompress(base64.b64decode(data["nodes"])), np.uint8)
    return data, nodes.reshape(len(data["weeks"]), len(data["designs"]), data["n"])


def test_a_replay_is_one_file_that_loads_nothing_and_holds_every_week():
    page = changed_page()
    text = kept(page, "replay")["text"]
    assert "{{" not in re.sub(r"<script type=\"application/json\".*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert "url(" not in text
    data, nodes = unpacked(text)
    assert data["weeks"] == list(range(17))
    for k, side in enumerate(page.session.sides):
        np.testing.assert_array_equal(nodes[:, k], side.track.nodes)
        run = es.simulate(side.track.scenario, seed=SEED)
        effort = run.weeks.query("group == 'everyone'")["effort"].to_numpy()
        np.testing.assert_allclose(data["measures"][side.letter]["effort"], effort, rtol=1e-4)
    x = np.frombuffer(base64.b64decode(data["x"]), "<f4")
    np.testing.assert_array_equal(x, page.session.sides[0].place[0])
    ends = np.frombuffer(base64.b64decode(data["ties"]["b"]["i"]), "<u4")
    assert len(ends) == len(page.session.sides[1].drawn(16)[1].i)
    assert [c["at"] for c in data["schedule"]["a"] if c["key"] == "badges.value"] == [5]


def test_a_replay_says_what_was_set_before_the_start_also_with_other_luck():
    page = changed_page()
    assert unpacked(kept(page, "replay")["text"])[0]["chosen"] == {"a": CHOSEN, "b": SMALL}
    page.session.luck(SEED + 1)
    page.go(2)
    assert unpacked(kept(page, "replay")["text"])[0]["chosen"]["a"] == CHOSEN


def test_a_replay_is_bounded(monkeypatch):
    page = Page().open(asked(A), asked(A), weeks=30).go(30)
    whole = len(kept(page, "replay")["text"])
    monkeypatch.setattr(limits, "REPLAY", 35 * 2 * 10)
    data, nodes = unpacked(kept(page, "replay")["text"])
    assert data["weeks"][0] == 0
    assert data["weeks"][-1] == 30
    assert nodes.size <= limits.REPLAY + 70
    assert len(kept(page, "replay")["text"]) < whole


def test_words_in_a_design_cannot_leave_their_place_in_a_replay(tmp_path: Path):
    path = tmp_path / "x.toml"
    path.write_text('title = "</script><script>alert(1)</script>"\nextends = "plain_organization"\n')
    page = Page({"t": path}).open({"upload": "t"}, weeks=2).go(2)
    text = kept(page, "replay")["text"]
    assert "alert(1)</script>" not in text
    assert unpacked(text)[0]["title"] == "</script><script>alert(1)</script>"


def test_there_is_nothing_to_replay_before_the_first_week():
    with pytest.raises(WrongError, match="Nothing has happened"):
        kept(Page().open(asked(A), weeks=3), "replay")


def test_a_template_takes_only_files_of_the_page(tmp_path: Path, monkeypatch):
    template = tmp_path / "replay.html"
    template.write_text("{{module:../server.py}}")
    monkeypatch.setattr(replay, "TEMPLATE", template)
    with pytest.raises(ValueError, match="not one of the page's files"):
        kept(Page().open(asked(A), weeks=3).go(3), "replay")
