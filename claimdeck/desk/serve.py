"""Serve a preview: drafts shown, problems in the page, every edit at once.  Never touches dist/.

The site lives in memory.  Library: livereload (its socket and script); watchfiles says what was saved.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import partial
from html import escape
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from watchfiles import watch

from claimdeck.model.problems import Problem, Severity, SiteError, UsageError
from claimdeck.model.urls import NOT_FOUND, file_of
from claimdeck.pipeline import judge_site, render_site
from claimdeck.present.render import Memo, template_environment

WATCHED = ("content", "templates", "static", "site.yaml")
SAVE_PAUSE = 30  # milliseconds without a change after which the files count as saved
SHOWN_AT_MOST = 20

EMPTY_PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not built</title></head><body><main></main></body></html>"""

Say = Callable[[str], None]


class Preview:
    """The site as its files stand now, as far as they can be read, and their problems."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.address = address
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self.memo: Memo = {}

    def refresh(self, cards_only: bool = False) -> None:
        """Read the site anew; where it has errors, keep the pages that are missing now.

        *cards_only*: nothing but cards changed, so that a page with the same context has the same text.
        """
        if not cards_only:
            self.memo.clear()
            template_environment.cache_clear()
        judged = judge_site(self.root)
        try:
            files, self.problems = render_site(judged, base_url=self.address, drafts=True, memo=self.memo)
        except SiteError as failure:  # a template is wrong
            files, self.problems = {}, [*judged.problems, *failure.problems]
        lost = self.files if self.errors else {}  # a card that cannot be read keeps its last good page
        self.files = {**lost, **files}

    @property
    def errors(self) -> list[Problem]:
        """The problems that would stop a build."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return the status, type and content of the file at *path*."""
        name = file_of(path)
        if name not in self.files and f"{name}/index.html" in self.files:
            name = f"{name}/index.html"
        status = 200 if name in self.files else 404
        name = name if status == 200 else NOT_FOUND
        kind = guess_type(name)[0] or "application/octet-stream"
        if not name.endswith(".html"):
            return status, kind, self.files.get(name, b"")
        return status, "text/html; charset=utf-8", self._page(name)

    def _page(self, name: str) -> bytes:
        page = self.files.get(name, EMPTY_PAGE).decode()
        page = page.replace("</head>", '<script src="/livereload.js"></script></head>', 1)
        panel = problem_panel(self.problems)
        return re.sub(r"<main\b[^>]*>", lambda main: main[0] + panel, page, count=1).encode()


def problem_panel(problems: list[Problem]) -> str:
    """Return HTML that shows *problems* above a page: errors at once, the rest behind a click; "" for none."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    others = [problem for problem in problems if problem.severity is not Severity.ERROR]
    panel = ""
    if errors:
        intro = "<p><strong>The site cannot be built.</strong> What could be read is shown below.</p>"
        panel = f'<section class="notice notice--withdrawn" role="alert">{intro}{_listed(errors)}</section>'
    if others:
        summary = f"<summary>{len(others)} warnings and notes</summary>"
        panel += f'<details class="notice">{summary}{_listed(others)}</details>'
    return panel


def _listed(problems: list[Problem]) -> str:
    entries = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems[:SHOWN_AT_MOST])
    more = f"<p>… and {len(problems) - SHOWN_AT_MOST} more.</p>" if len(problems) > SHOWN_AT_MOST else ""
    return f"<ul>{entries}</ul>{more}"


class PageHandler(RequestHandler):
    """Answers from a preview."""

    def initialize(self, preview: Preview) -> None:
        """Take the *preview* to answer from."""
        self.preview = preview

    def get(self, path: str) -> None:
        """Answer with the file at *path*."""
        status, kind, content = self.preview.answer(path)
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.write(content)


def serve_site(root: Path, host: str, port: int, say: Say) -> None:
    """Serve a preview of the site in *root* until Ctrl-C; UsageError where *port* cannot be had."""
    address = f"http://{host}:{port}/"
    preview = Preview(root, address)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    LiveReloadHandler.watcher = Watcher()  # reload_waiters() asks it which file changed
    routes: list[Any] = [
        ("/livereload", LiveReloadHandler),
        ("/livereload.js", LiveReloadJSHandler),
        ("/(.*)", PageHandler, {"preview": preview}),
    ]
    try:
        Application(routes).listen(port, address=host)
    except OSError as fault:
        raise UsageError(f"port {port} of {host} cannot be had ({fault.strerror}). Try --port {port + 1}.") from fault
    preview.refresh()
    _tell(preview, say)
    say(f"Serving {address} (Ctrl-C ends it).")
    loop = IOLoop.current()
    changed = partial(loop.add_callback, _reload, preview, say)
    Thread(target=_watch, args=(root.resolve(), changed), daemon=True).start()
    loop.start()


def _watch(root: Path, changed: Callable[[bool], object]) -> None:
    """Call *changed* after each save of a file that the site is made from, for ever; with True if all were cards."""

    def kind_of(path: str) -> str:
        return next(iter(Path(path).relative_to(root).parts), "")

    for changes in watch(root, watch_filter=lambda _, path: kind_of(path) in WATCHED, step=SAVE_PAUSE):
        changed(all(kind_of(path) == "content" for _, path in changes))


def _reload(preview: Preview, say: Say, cards_only: bool) -> None:
    preview.refresh(cards_only)
    _tell(preview, say)
    LiveReloadHandler.reload_waiters("*")


def _tell(preview: Preview, say: Say) -> None:
    for problem in preview.errors:
        say(str(problem))
