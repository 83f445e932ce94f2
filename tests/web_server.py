"""A web server on this machine, for the checks of outside addresses: it answers as told and remembers who asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LONG_ENOUGH = 0.1  # seconds that each answer takes, so that requests at one time are seen as such


@dataclass
class Web:
    """The server: *answers* by path are a status, or one with a Location; others are 200 (“no-head”: HEAD is 405)."""

    port: int = 0
    answers: dict[str, int | tuple[int, str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # method, path
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of *path*."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serve_web() -> Iterator[Web]:
    """Serve until the block ends."""
    web = Web()
    lock = threading.Lock()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            with lock:
                web.asked.append((self.command, self.path))
                web.agents.add(self.headers["User-Agent"])
                web.times.append(time.monotonic())
                web.at_once += 1
                web.most_at_once = max(web.most_at_once, web.at_once)
            answer = web.answers.get(self.path, 200)
            if self.path.startswith("/slow"):
                ended.wait(2)
            time.sleep(LONG_ENOUGH)
            with lock:
                web.at_once -= 1
            if self.path.startswith("/hangs-up"):
                self.close_connection = True
                return
            if self.path.startswith("/no-head") and self.command == "HEAD":
                answer = int(self.path.rpartition("-")[2])
            status, location = answer if isinstance(answer, tuple) else (answer, "")
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
