"""A running `build.py serve`, and how long a page takes to show what was saved."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SHOWN_WITHIN = 5  # seconds; 0.3 is the aim at 100 claims, 1 at 10,000, but a busy machine must not fail the test
START_WITHIN = 120  # a dossier of 10,000 claims is read first


@dataclass
class Preview:
    """A running `serve`: its address, its process, and the file with what it printed."""

    address: str
    process: subprocess.Popen[bytes]
    printed: Path

    def output(self) -> str:
        return self.printed.read_text(encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(answer: Callable[[], bool], seconds: float) -> float:
    """Wait till *answer* says yes, and return how long that took."""
    start = time.monotonic()
    while not answer():
        assert time.monotonic() - start < seconds
        time.sleep(0.02)
    return time.monotonic() - start


def shows(page, text: str) -> float:
    """Return in how many seconds *page* showed *text*."""
    start = time.monotonic()
    page.locator("body").filter(has_text=text).wait_for(timeout=SHOWN_WITHIN * 1000)  # asks at every frame
    return time.monotonic() - start


def listen(page, address: str) -> None:
    """Open the page at *address* and wait until it hears of changes."""
    frames: list[object] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.goto(address)
    while not frames:  # the answer to its greeting
        page.wait_for_timeout(20)


def start_preview(root: Path, printed: Path) -> Preview:
    """Start a preview of the site in *root*; what it prints goes into the file *printed*."""
    port = free_port()
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--root", str(root), "--port", str(port)]
    with printed.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, cwd=root.parent)
    preview = Preview(f"http://127.0.0.1:{port}/", process, printed)
    wait_for(lambda: "Serving" in preview.output() or process.poll() is not None, START_WITHIN)
    assert process.poll() is None, preview.output()
    return preview
