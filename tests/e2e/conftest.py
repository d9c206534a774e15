"""A real browser against a real server. Every page must stay on this machine and must not raise or log an error."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from engagesim.web.session import STILL

PAUSE = 25
"""Milliseconds between two looks at a page."""
SETTLED = 1_000 * STILL
"""Milliseconds after which the server has completed a picture that stands still."""
PATIENCE = 30_000
"""Milliseconds to wait for what must come; only a broken page waits so long."""


@contextmanager
def served(*options: str, at: str = "http://127.0.0.1:0/") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of the package, on a free port unless `at` is the address of one that has ended: address and process."""
    command = [
        str(Path(sys.executable).with_name("engagesim")),
        "app",
        "--no-open",
        "--json",
        "--port",
        str(urlsplit(at).port),
        *options,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"], process
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of the server that the tests share."""
    with served() as (url, _):
        yield url


class Watch:
    """What a page must not do: ask another machine, raise an error, log one."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.expected: list[str] = []

    def follow(self, page: Any) -> None:
        """Look at all that a page does."""
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("console", self._console)

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.faults.append(f"request to another machine: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def check(self) -> None:
        """Fail if there was a fault that the test did not expect."""
        assert [f for f in self.faults if not any(e in f for e in self.expected)] == []


Opener = Callable[..., Any]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Faults of all pages of a test."""
    found = Watch()
    yield found
    found.check()


@pytest.fixture
def opener(browser: Any, server: str, watch: Watch) -> Iterator[Opener]:
    """Opens pages in contexts of their own: `opener(fragment, url=..., ready=..., **context)`; calm unless said."""
    contexts = []

    def open_page(fragment: str = "", url: str | None = None, ready: bool = True, **options: Any) -> Any:
        wanted = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", "color_scheme": "light"}
        context = browser.new_context(**{**wanted, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch.follow(page)
        page.goto((server if url is None else url) + fragment)
        if ready:
            until(page, "globalThis.engagesim?.store.nodes.a && engagesim.store.topologies.a")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(opener: Opener) -> Any:
    """The page as a newcomer sees it, standing at week 0."""
    return opener()


def until(page: Any, condition: str) -> None:
    """Wait until something holds on the page; Playwright's own waiting evaluates text there, which is forbidden."""
    for _ in range(PATIENCE // PAUSE):
        if page.evaluate(f"Boolean({condition})"):
            return
        page.wait_for_timeout(PAUSE)
    said = page.inner_text("#notice") if page.locator("#notice").count() else ""
    raise AssertionError(f"never came: {condition}; the page says {said!r}")


def stands(page: Any, week: int) -> None:
    """Wait until the page shows a week and stands still."""
    until(page, f"engagesim.store.week === {week} && !engagesim.store.playing")


def seek(page: Any, week: int) -> None:
    """Go to a week as a lesson or the axis does, and wait for it."""
    page.evaluate(f"engagesim.session.send({{cmd: 'seek', week: {week}}})")
    stands(page, week)


def plan(page: Any, design: str, at: int, key: str, value: float) -> None:
    """Plan a change as the page's own form does, and wait until it is in force."""
    planned = f"design: '{design}', at: {at}, key: '{key}', value: {value}"
    page.evaluate(f"engagesim.session.send({{cmd: 'schedule', {planned}}})")
    there = f"(c) => c.at === {at} && c.key === '{key}' && c.value === {value}"
    until(page, f"engagesim.store.opened.designs.{design}.schedule.some({there})")


def look_at(page: Any, member: int) -> None:
    """Look at a member as a click on it does, and wait for its story."""
    page.evaluate(f"engagesim.store.selected = {member}; engagesim.session.send({{cmd: 'member', id: {member}}})")
    page.wait_for_selector("#story-body table.terms", state="attached")


def stop(page: Any, process: subprocess.Popen[str]) -> None:
    """End the server of a page and wait until the page says so."""
    process.terminate()
    process.wait(timeout=20)
    until(page, "document.getElementById('notice').textContent.startsWith('The server is gone')")


def series(page: Any, design: str, name: str) -> list[float | None]:
    """A measure by week as the page has it; None where it has none."""
    return page.evaluate(f"Array.from(engagesim.store.series.{design}.{name}, (v) => Number.isFinite(v) ? v : null)")


def drawn(page: Any, design: str) -> None:
    """Wait until a network shows all that there is to know: ties follow a week that stands."""
    until(page, f"!engagesim.networks.pictures.{design}.pending")
    page.wait_for_timeout(SETTLED)
    until(page, f"!engagesim.networks.pictures.{design}.pending && !engagesim.networks.pictures.{design}.dirty")


def picture(page: Any, design: str, ties: bool = False) -> str:
    """A digest of the pixels of a network, once it is drawn.

    Ties are drawn anew only when many look different, so that they depend a little on the way to a week; they are left
    out unless asked for.
    """
    shown = "engagesim.networks.shown" if ties else "{...engagesim.networks.shown, kinds: new Set()}"
    page.evaluate(f"engagesim.networks.pictures.{design}.show({shown})")
    drawn(page, design)
    return page.evaluate(
        """async (d) => {
          const canvas = document.getElementById(`network-${d}`);
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          const digest = await crypto.subtle.digest("SHA-256", data);
          return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
        }""",
        design,
    )


def pixels(page: Any, design: str, colour: str) -> int:
    """How many pixels of a network have exactly a colour "#rrggbb"."""
    drawn(page, design)
    return page.evaluate(
        """([d, colour]) => {
          const canvas = document.getElementById(`network-${d}`);
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          const n = parseInt(colour.slice(1), 16);
          let found = 0;
          for (let k = 0; k < data.length; k += 4)
            if (data[k] === n >> 16 && data[k + 1] === ((n >> 8) & 255) && data[k + 2] === (n & 255)) found += 1;
          return found;
        }""",
        [design, colour],
    )


def violations(page: Any) -> list[str]:
    """What axe finds, rule and place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['target']} {node.get('failureSummary', '')}" for v in found for node in v["nodes"]]
