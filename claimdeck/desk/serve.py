"""Serve the preview: every edit shows at once, with what is wrong above the page.  Never touches dist/.

Library: livereload (its socket to the browser); watchfiles says what was saved.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.escape import json_decode
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler
from watchfiles import Change, watch

from claimdeck.desk.excerpts import shown
from claimdeck.desk.messages import count_problems
from claimdeck.desk.preview import Preview
from claimdeck.desk.worklist import WORKLIST_URL
from claimdeck.model.problems import Problem, Severity, UsageError
from claimdeck.model.urls import NOT_FOUND
from claimdeck.read.static import PROJECT

WATCHED = ("content", "templates", "static", "site.yaml")
SAVE_PAUSE = 30  # milliseconds without a change after which the files count as saved
LOOK_AGAIN = 1000  # milliseconds after which it is seen whether the folder itself is still the same
SHOWN_AT_MOST = 20
RECORD_LATER = {"CD060", "CD061", "CD062"}  # warnings that `lock` ends, when a card is done
ASSETS = Path(__file__).with_name("browser")  # what the preview adds to a page

Say = Callable[[str], None]


def shown_page(page: bytes, problems: Sequence[Problem], path: str, version: int) -> bytes:
    """Return *page*, made from the card at *path*, with the bar of the preview: its *problems*, the errors first."""
    problems = sorted(problems, key=lambda problem: problem.place.path != path)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    others = [problem for problem in problems if problem.severity is not Severity.ERROR]
    concerned = any(problem.place.path == path and problem.code not in RECORD_LATER for problem in others)
    told = {
        "concerned": concerned,
        "errors": errors[:SHOWN_AT_MOST],
        "others": others[:SHOWN_AT_MOST],
        "more": _more(errors, others),
    }
    counts, worklist = count_problems(problems), f"/{WORKLIST_URL}"
    bar = _bar_template().render(**told, counts=counts, version=version, worklist=worklist)
    head = '<link rel="stylesheet" href="/_preview/bar.css"><script src="/_preview/bar.js" defer></script></head>'
    text = (page.decode() or _empty_page()).replace("</head>", head, 1)
    before, end, after = text.rpartition("</body>")
    return f"{before}{bar}{end}{after}".encode()


@cache
def _empty_page() -> str:
    policy = (PROJECT / "templates" / "partials" / "policy.html").read_text(encoding="utf-8")
    return f"""<!doctype html>
<html lang="en"><head>
{policy}<title>Not built</title></head><body><main></main></body></html>"""


@cache
def _bar_template() -> Template:
    environment = Environment(loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("bar.html")


def _more(errors: Sequence[Problem], others: Sequence[Problem]) -> int:
    return max(0, len(errors) - SHOWN_AT_MOST) + max(0, len(others) - SHOWN_AT_MOST)


class PageHandler(RequestHandler):
    """Answers from a preview."""

    def initialize(self, preview: Preview) -> None:
        """Take the *preview* to answer from."""
        self.preview = preview

    def get(self, path: str) -> None:
        """Answer with the file at *path*."""
        name, content, problems = self.preview.answer(path)
        kind = guess_type(name)[0] or "application/octet-stream"
        self.set_status(404 if name == NOT_FOUND else 200)
        self.set_header("Content-Type", "text/html; charset=utf-8" if name.endswith(".html") else kind)
        self.set_header("Cache-Control", "no-cache")  # asked for anew, and sent only where it changed
        self.write(
            shown_page(content, problems, self.preview.path_of(name), self.preview.version)
            if name.endswith(".html")
            else content
        )


class AssetHandler(RequestHandler):
    """Answers with what the preview adds to a page."""

    def get(self, name: str) -> None:
        """Answer with the asset *name*."""
        self.set_header("Content-Type", guess_type(name)[0] or "text/plain")
        self.set_header("Cache-Control", "no-cache")
        self.write((ASSETS / name).read_bytes())


class SocketHandler(LiveReloadHandler):  # type: ignore[misc]  # livereload brings no types
    """Tells a browser to load anew; one that shows an older state than there is, at once."""

    def initialize(self, preview: Preview) -> None:
        """Take the *preview* whose states the browser shows."""
        self.preview = preview

    def check_origin(self, origin: str) -> bool:
        """Whether *origin* is the preview itself: no other site may listen."""
        return WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        """Answer a *message* of the browser: it was sent the page of a state, and another may have come since."""
        super().on_message(message)
        told = json_decode(message)
        if told.get("command") == "info" and told.get("version") != self.preview.version:
            self.send_message({"command": "reload", "path": self.preview.saved or "*"})


def serve_site(root: Path, host: str, port: int, say: Say) -> None:
    """Serve a preview of the site in *root* until Ctrl-C; UsageError where *port* cannot be had."""
    address = f"http://{host}:{port}/"
    preview = Preview(root, address)
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.ERROR)
    LiveReloadHandler.watcher = Watcher()  # reload_waiters() asks it which file changed
    routes: list[Any] = [
        ("/livereload", SocketHandler, {"preview": preview}),
        (r"/_preview/(bar\.(?:js|css))", AssetHandler),
        ("/(.*)", PageHandler, {"preview": preview}),
    ]
    try:
        Application(routes).listen(port, address=host)
    except OSError as fault:
        raise UsageError(f"port {port} of {host} cannot be had ({fault.strerror}). Try --port {port + 1}.") from fault
    preview.refresh()
    preview.refresh_schemas()
    _tell(preview, say)
    gc.collect()
    gc.freeze()  # a large dossier would otherwise be looked through again and again
    say(f"Serving {address} (Ctrl-C ends it).")
    loop = IOLoop.current()
    changed = partial(loop.add_callback, _reload, preview, say)
    Thread(target=_watch, args=(root.resolve(), changed), daemon=True).start()
    loop.start()


def _watch(root: Path, changed: Callable[[list[Path]], object]) -> None:
    """Call *changed* after each save with the files that were, for ever; with none where all may have changed."""

    def is_watched(_change: Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts
        return bool(parts) and parts[0] in WATCHED and not any(part.startswith(".") for part in parts)

    while True:
        here = _identity(root)
        if here:
            try:
                for changes in watch(
                    root, watch_filter=is_watched, step=SAVE_PAUSE, rust_timeout=LOOK_AGAIN, yield_on_timeout=True
                ):
                    if changes:
                        changed([Path(path) for change, path in changes if change is not Change.deleted] or [root])
                    if _identity(root) != here:
                        break
            except FileNotFoundError:  # taken away just now
                pass
        time.sleep(LOOK_AGAIN / 1000)
        if here != _identity(root):
            changed([])


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another one that was put in its place; None where there is none."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _reload(preview: Preview, say: Say, paths: list[Path]) -> None:
    cards_only = bool(paths) and all("content" in path.parts for path in paths)
    preview.refresh(cards_only)
    preview.saved = preview.page_of(paths)
    LiveReloadHandler.reload_waiters(preview.saved or "*")
    preview.refresh_schemas()
    _tell(preview, say)


def _tell(preview: Preview, say: Say) -> None:
    for problem in preview.problems:
        if problem.severity is Severity.ERROR:
            say(shown(str(problem)))
