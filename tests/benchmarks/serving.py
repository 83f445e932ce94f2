"""Measures previews: how long after a card is saved its page has the new words."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_WITHIN = 900.0  # seconds
SHOWN_WITHIN = 120.0
PAUSE = 0.003  # seconds between two looks
REST = 1.0  # seconds between two edits, in which a server finishes what it still does


class NotShownError(Exception):
    """A server did not show in time what it should."""


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(command: Sequence[str], folder: Path, url: str) -> Iterator[None]:
    """Run the server *command* in *folder* until the block ends, beginning when *url* answers."""
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(lambda: server.poll() is not None or bool(_page(url)), START_WITHIN, url)
            if server.poll() is not None:
                raise NotShownError(f"{' '.join(command)} ended at once.")
            yield
        finally:
            server.terminate()  # not Ctrl-C, to which a bench that runs in the background is deaf
            server.wait(timeout=60)


def event_to_bytes(edit: Callable[[], str], url: str, edits: int) -> list[float]:
    """Return the seconds from each of *edits* calls of *edit* until the page at *url* has the words it returned.

    One more comes first and does not count: it finds out that somebody looks at the page.
    """
    found = []
    for _ in range(edits + 1):
        time.sleep(REST)
        start = time.perf_counter()
        words = edit().encode()
        _wait(lambda: words in _page(url), SHOWN_WITHIN, url)  # noqa: B023  # it is over before the next round
        found.append(time.perf_counter() - start)
    return found[1:]


def _page(url: str) -> bytes:
    try:
        with urlopen(url, timeout=SHOWN_WITHIN) as answer:
            page: bytes = answer.read()
            return page
    except (URLError, ConnectionError, HTTPException):  # not there yet, or cut short while it was written
        return b""


def _wait(is_there: Callable[[], bool], seconds: float, url: str) -> None:
    end = time.perf_counter() + seconds
    while not is_there():
        if time.perf_counter() > end:
            raise NotShownError(f"{url} did not show in {seconds:.0f} s what it should.")
        time.sleep(PAUSE)
