"""A real browser, a server for a built folder, and the built default site."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NoReturn

import pytest
from find_browser import find_browser
from playwright.sync_api import Browser, Page, sync_playwright

from claimdeck.pipeline import build_site
from tests.browser.running_preview import Preview, start_preview

PROJECT = Path(__file__).resolve().parents[2]

# Chromium as root, in a container, without a screen; and quiet: it asks no host but the one under test.
LAUNCH_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this folder; without one they fail where CI is set, else are skipped.

    Not for the whole session: while Playwright is open its thread has a running event loop, and the tests
    of other folders could start none.
    """
    executable = find_browser()
    if executable is None:
        _report_missing_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=LAUNCH_ARGUMENTS)
        yield chromium
        chromium.close()


def _report_missing_browser() -> NoReturn:
    reason = "NOT RUN, for want of a Chrome or Chromium: `python .ci/find_browser.py` gets one or says how"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def page_messages() -> list[str]:
    """What the pages of this test said on the console, and the errors of their scripts: `type: text`."""
    return []


@pytest.fixture
def new_page(browser: Browser, page_messages: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own, with Playwright's options: `new_page(color_scheme="dark")`."""
    with ExitStack() as contexts:

        def open_page(**options: object) -> Page:
            context = contexts.enter_context(browser.new_context(**options))
            page = context.new_page()
            page.on("console", lambda message: page_messages.append(f"{message.type}: {message.text}"))
            page.on("pageerror", lambda error: page_messages.append(f"pageerror: {error}"))
            return page

        yield open_page


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """An empty page in a new context; `page_messages` holds what it says."""
    return new_page()


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., str]]:
    """Serve a built folder till the tests end: `served(folder, base="/kursk-claims/")` is its address."""
    with ExitStack() as servers:
        yield lambda folder, base="/": servers.enter_context(serve_folder(folder, base))


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built default site."""
    output = tmp_path_factory.mktemp("browser") / "dist"
    build_site(PROJECT, output)
    return output


@pytest.fixture(scope="session")
def address(dossier: Path, served: Callable[..., str]) -> str:
    """The address of the default site, as served under its base path; one server for all tests."""
    return served(dossier, "/kursk-claims/")


@contextmanager
def serve_folder(folder: Path, base: str) -> Iterator[str]:
    """Serve *folder* on a free port of 127.0.0.1 under the path *base*; yield the address, slash included."""
    if not (base.startswith("/") and base.endswith("/")):
        raise ValueError(f"a base path begins and ends with a slash: {base!r}")
    handler = partial(PagesHandler, base=base, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()
        thread.join()


class PagesHandler(SimpleHTTPRequestHandler):
    """Answers as GitHub Pages does: under a base path, and with 404.html for what is not there."""

    # The system's own table of types differs from machine to machine.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *args: object, base: str, **kwargs: object) -> None:
        self.base = base
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        """Return the file at *path*; for one outside the base path, a name that no file has."""
        if not path.startswith(self.base):
            return str(Path(self.directory, "\N{REPLACEMENT CHARACTER}"))
        return super().translate_path(path.removeprefix(self.base.rstrip("/")))

    def list_directory(self, path: str) -> None:  # noqa: ARG002  (the signature that http.server gives)
        """List nothing: a folder without index.html is not there."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send 404.html, with status 404, for an address under the base path that is not there."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not self.path.startswith(self.base) or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what went wrong shows in the test."""


@pytest.fixture
def serve(site, tmp_path) -> Iterator[Callable[[], Preview]]:
    """Return a function that starts a preview of the small site as it stands."""
    started: list[Preview] = []

    def start() -> Preview:
        started.append(start_preview(site.root, tmp_path / "printed.txt"))
        return started[-1]

    yield start
    for preview in started:
        preview.process.kill()
        preview.process.wait()
