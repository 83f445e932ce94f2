"""The store: replaces one file at a time, atomically (the output folder has its own way, see write/)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

from claimdeck.model.problems import RefusedError

SETTLED = 2_000_000_000  # nanoseconds; a younger change may be followed by one with the same time
ROOM, RIGHTS, OTHER = "Make room on its disk.", "Let yourself write there.", "Move away what stands there."
WHAT_TO_DO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), RIGHTS),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY), OTHER),
    errno.EXDEV: "Choose a folder that is on the same disk as what stands beside it.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


def replace_file(path: Path, content: bytes) -> bool:
    """Make *content* the content of the file at *path*; return False, touching nothing, where it is already.

    OSError where the system refuses: then the file is as it was.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")  # the preview may write the same file at this moment
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    return True


@contextmanager
def telling(path: Path, outcome: str) -> Iterator[None]:
    """Raise RefusedError, with what to do and the *outcome*, where the system refuses to write at or below *path*."""
    try:
        yield
    except OSError as fault:
        name = str(fault.filename)
        where = name if Path(name).is_absolute() else path
        hint = WHAT_TO_DO.get(fault.errno or 0, "See what keeps it from being written.")
        raise RefusedError(f"{where} cannot be written ({fault.strerror or fault}). {hint} {outcome}") from fault


def leads_elsewhere(cache: Path) -> bool:
    """Whether the folder *cache* is a link or holds one: a stranger may have committed it, and what it leads to."""
    try:
        return cache.is_symlink() or any(path.is_symlink() for path in cache.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True


def open_database(path: Path, tables: set[str]) -> Connection:
    """Return the SQLite file at *path*; DatabaseError where it holds other than *tables*, as a CREATE makes them.

    A view, a trigger or a column that is reckoned may take all time and memory, and a stranger may have committed it.
    """
    import sqlite3  # not asked for by a build that has nothing to do

    file = sqlite3.connect(path, timeout=1)
    try:
        if not {made for (made,) in file.execute("SELECT sql FROM sqlite_master")} <= tables:
            raise sqlite3.DatabaseError("not a cache of ours")
    except sqlite3.Error:
        file.close()
        raise
    return file
