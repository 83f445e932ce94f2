"""Tell on a terminal how far a long piece of work is; work that is done in a second is not told of."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 1.0  # seconds before anything is told
PAUSE = 0.1  # seconds between two words


class Progress:
    """One line that is written over itself by *write*, and taken away at the end."""

    def __init__(self, write: Callable[[str], object], patience: float = PATIENCE) -> None:
        self.write = write
        self.next = time.monotonic() + patience
        self.length = 0

    def tell(self, what: str, done: int, of: int) -> None:
        """Say that *done* of *of* are *what* (“files made”); without a number of all, only what is done."""
        now = time.monotonic()
        if now >= self.next:
            self.next = now + PAUSE
            self._show(f"{done:,} of {of:,} {what}" if of else f"{done:,} {what}")

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self.tell

    def __exit__(self, *_: object) -> None:
        if self.length:
            self._show("")
            self.write("\r")

    def _show(self, line: str) -> None:
        self.write(f"\r{line.ljust(self.length)}")
        self.length = len(line)
