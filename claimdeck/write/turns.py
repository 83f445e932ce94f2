"""Let builds of one output take turns: who comes later waits.  The system ends the turn of a process that dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimdeck.model.store import telling
from claimdeck.write.move import next_to

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "lock"  # made first in the folder of a build and removed last: a folder without it is somebody else's
PAUSE = 0.05  # seconds
NEVER_THROUGH_A_LINK = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def turn(output: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Keep other builds away from *output* and the folder next to it; *waiting* is called while one has its turn.

    What a build forks has its share of the turn, so that nobody comes in while it still writes.
    """
    folder = next_to(output)
    with telling(folder, f"{output} is as it was."):
        lock = _take(folder / LOCK, waiting)
    try:
        yield
    finally:
        _give_back(lock, folder)


def _take(path: Path, waiting: Callable[[], object]) -> int:
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            if path.parent.is_file():
                raise  # else it was there for a moment, and who made it took it away
        with suppress(FileNotFoundError):  # who had it took the folder away just now
            lock = os.open(path, os.O_RDWR | os.O_CREAT | NEVER_THROUGH_A_LINK)
            if _is_ours(lock) and _is_at(path, lock):
                return lock
            os.close(lock)
        waiting()
        time.sleep(PAUSE)


def _is_ours(lock: int) -> bool:
    """Whether the file *lock* could be locked."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # as the one system and the other tell that somebody has it
        return False
    return True


def _is_at(path: Path, lock: int) -> bool:
    """Whether the file *lock* is still the one at *path*: who had it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def _give_back(lock: int, folder: Path) -> None:
    """End a turn, and remove *folder* unless something is left in it for the next build."""
    if sys.platform == "win32":  # removes no file that is open, not even one that somebody else has by now
        os.close(lock)
    with suppress(OSError):
        if [*folder.iterdir()] == [folder / LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()
    if sys.platform != "win32":
        os.close(lock)
