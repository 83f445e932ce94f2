"""Draw static/favicon.svg as the icons that phones ask for, by the browser of the tests.  Run by `make icons`."""

import sys
from pathlib import Path

from find_browser import find_browser
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parents[1] / "static"
SIZES = (180, 192, 512)
PAPER, EDGE = "#f4f1ea", 0.1  # the ground, and the free edge that a round mask may cut off


def main() -> int:
    """Write static/icon-<size>.png; 1 where there is no browser."""
    executable = find_browser()
    if executable is None:
        print("No Chrome or Chromium: `python .ci/find_browser.py` gets one or says how.", file=sys.stderr)
        return 1
    svg = (STATIC / "favicon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            inner = round(size * (1 - 2 * EDGE))
            page.set_content(
                f'<body style="margin:0;background:{PAPER};display:grid;place-items:center;height:100vh">'
                f'<div style="width:{inner}px;height:{inner}px">{svg}</div>'
            )
            page.screenshot(path=STATIC / f"icon-{size}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
