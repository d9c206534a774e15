"""How fast the page is: frames, latencies, first picture. Figures are reported, never asserted; see `main`.

`python -m tests.e2e.frames` measures ten seconds of each case with only that page open, and eight pages at once.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.browser import ARGS, CHROMIUM

from .conftest import served, until

SIZES = {300: (120, 150, 30), 2_000: (800, 1_000, 200), 10_000: (4_000, 5_000, 1_000)}
PAIR = ("the_suggestion_machine", "neighbours_helping_neighbours")
TARGET = {300: 55, 2_000: 55, 10_000: 40}
WEEKS = 1_000
SECONDS = 10.0
SLIDES = 15
EIGHT = 8

COUNT = """(seconds) => new Promise((done) => {
  const { networks, store } = engagesim;
  const [drawn, week, since] = [networks.frames, store.week, performance.now()];
  setTimeout(() => {
    const passed = (performance.now() - since) / 1000;
    done({ drawn: (networks.frames - drawn) / passed, weeks: (store.week - week) / passed });
  }, seconds * 1000);
})"""
"""Pictures drawn, and weeks passed, per second."""

SLIDE = """(value) => new Promise((done) => {
  const slider = document.querySelector('input[aria-label="Return share, design A"]');
  const { store } = engagesim;
  const since = performance.now();
  let changed = false;
  const levers = (m) => { if (m.design === "a" && m.schedule.length) changed = true; };
  const frame = () => {
    if (!changed || done === null) return;
    requestAnimationFrame(() => { done?.(performance.now() - since); done = null; });
  };
  store.on("levers", levers);
  store.on("frame", frame);
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""
"""Milliseconds from a slider's move to the picture of the first week that knows of it."""


def fragment(members: int, weeks: int = WEEKS) -> str:
    """Address of a pair of designs of a size."""
    employees, customers, partners = SIZES[members]
    sets = json.dumps({"employees": employees, "customers": customers, "partners": partners})
    return f"#v=1&a={PAIR[0]}&b={PAIR[1]}&set_a={sets}&set_b={sets}&seed=1&weeks={weeks}&speed=60"


def opened(browser: Any, url: str, members: int) -> Any:
    """A page that shows a pair of designs."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(url + fragment(members))
    until(page, "globalThis.engagesim?.store.topologies.b && engagesim.store.nodes.b")
    until(page, "!engagesim.networks.pictures.b.pending")
    return page


def first_picture(browser: Any, url: str) -> float:
    """Seconds until both networks of the default page are drawn."""
    since = time.perf_counter()
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(url)
    until(page, "globalThis.engagesim?.networks.frames > 0 && engagesim.store.nodes.b")
    passed = time.perf_counter() - since
    page.context.close()
    return passed


def play(page: Any) -> None:
    """Let a page run as fast as it can draw."""
    page.evaluate("engagesim.session.send({cmd: 'play', speed: 60})")
    until(page, "engagesim.store.week > 3")


def rate(browser: Any, url: str, members: int, seconds: float) -> dict[str, float]:
    """Frames and weeks a second of one page."""
    page = opened(browser, url, members)
    play(page)
    found = page.evaluate(COUNT, seconds)
    page.context.close()
    return found


def latency(browser: Any, url: str, members: int, times: int) -> float:
    """Median milliseconds from slider to picture while it runs."""
    page = opened(browser, url, members)
    play(page)
    found = []
    for k in range(times):
        found.append(page.evaluate(SLIDE, 0.1 + 0.05 * (k % 10) + 0.01 * k))
        page.wait_for_timeout(150)
    page.context.close()
    return statistics.median(found)


def together(browser: Any, url: str, count: int, seconds: float) -> list[float]:
    """Frames a second of each of several pages at once, 300 members, A and B."""
    pages = [opened(browser, url, 300) for _ in range(count)]
    for page in pages:
        play(page)
    for page in pages:
        page.evaluate(f"(() => {{ globalThis.counted = ({COUNT})({seconds}); return 0; }})()")
    found = [page.evaluate("counted.then((c) => c.drawn)") for page in pages]
    for page in pages:
        page.context.close()
    return found


def report(browser: Any, url: str, seconds: float, tell: Callable[[str], None], sizes: list[int], slides: int) -> None:
    """Measure and tell everything but pages together."""
    tell(f"first picture: {first_picture(browser, url):.2f} s (target 2 s)")
    for members in sizes:
        found = rate(browser, url, members, seconds)
        tell(
            f"{members:>6} members, A and B: {found['drawn']:.0f} frames/s, {found['weeks']:.0f} weeks/s "
            f"(target {TARGET[members]} frames/s)"
        )
    tell(f"slider to picture at 2,000 members: median {latency(browser, url, 2_000, slides):.0f} ms (target 80 ms)")


def main() -> None:
    """The full measurement."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="seconds of each case")
    seconds = parser.parse_args().seconds
    with served("--sessions", str(EIGHT)) as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=ARGS)
        first_picture(browser, url)
        report(browser, url, seconds, print, list(SIZES), SLIDES)
        rates = together(browser, url, EIGHT, seconds)
        print(f"{EIGHT} pages at once: {', '.join(f'{r:.0f}' for r in sorted(rates))} frames/s each (target 8)")
        browser.close()


if __name__ == "__main__":
    main()
