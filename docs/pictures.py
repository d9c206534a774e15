"""Make the picture of the page that README.md and the student's tutorial show; it needs Debian's chromium.

`make picture` runs it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHOWN = "#v=1&a=the_suggestion_machine&b=neighbours_helping_neighbours&seed=1&week=104"
"""Two designs, luck and week, as a link of the page says them."""

PICTURE = Path(__file__).parent / "images" / "page.png"


def main() -> None:
    """Serve the page, open it as the link says, and keep what is seen."""
    command = [str(Path(sys.executable).with_name("engagesim")), "app", "--no-open", "--json", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        url = json.loads(server.stdout.readline())["url"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1400, "height": 900}, color_scheme="light")
            page.goto(url + SHOWN, timeout=120_000)
            while not page.evaluate("Boolean(window.engagesim && engagesim.store.week === 104)"):
                page.wait_for_timeout(250)  # the page's own rules forbid that Playwright waits in it
            page.wait_for_timeout(3_000)
            page.screenshot(path=PICTURE)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
