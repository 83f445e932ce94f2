"""Remember cards whose files did not change, so that they are not parsed again.  Only sound ones; never a problem.

In memory for a preview; with a *path* from run to run too, in an SQLite file that can be deleted at any moment.
An entry of that file counts only where size, times and inode are those recorded: a copied or committed cache,
of which nobody can tell what it holds, knows no card.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any

from claimdeck.model.store import SETTLED, open_database

PACKAGE = Path(__file__).resolve().parents[1]
TABLE = "CREATE TABLE cards (name TEXT PRIMARY KEY, signature TEXT, digest BLOB, value TEXT) WITHOUT ROWID"


@dataclass
class Known:
    """What is remembered of a file: what tells that it did not change, and what it says (JSON, or the card itself)."""

    signature: str
    digest: bytes = b""
    value: str = ""
    file: Any = None


class CardCache:
    """The sound cards of one content folder, by the names of their files."""

    def __init__(self, path: Path | None = None, keeps_last: bool = False) -> None:
        self.path = path
        self.keeps_last = keeps_last  # a card that cannot be read is taken as it last could
        self.cards: dict[str, Known] = {}
        self.fresh: set[str] = set()  # not yet in the file
        self.gone: set[str] = set()  # still in the file
        self.now = 0
        if path and path.is_file():
            with suppress(sqlite3.Error), closing(_opened(path)) as file:
                rows = file.execute("SELECT name, signature, digest, value FROM cards")
                self.cards = {name: Known(*known) for name, *known in rows}

    def begin(self) -> None:
        """Begin a reading: the clock only tells which files changed too lately for their times to be trusted."""
        self.now = time.time_ns()

    def signature(self, entry: os.DirEntry[str]) -> str:
        """Return what tells whether the file of *entry* changed; "" where that cannot be told, as of a link."""
        try:
            stat = entry.stat(follow_symlinks=False)
        except OSError:  # told when it is read
            return ""
        if not S_ISREG(stat.st_mode) or self.now - max(stat.st_mtime_ns, stat.st_ctime_ns) < SETTLED:
            return ""
        return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"

    def find(self, name: str, signature: str) -> Known | None:
        """Return what is known of the file *name*; None where its *signature* is not the one recorded."""
        known = self.cards.get(name)
        return known if known and signature and known.signature == signature else None

    def find_by_content(self, name: str, signature: str, path: Path) -> Any:
        """Return the card that this run read from the file *name* at *path*; None where it reads otherwise now."""
        known = self.cards.get(name)
        if not known or not known.file:
            return None
        try:
            if path.is_symlink() or not path.is_file() or known.digest != content_digest(path.read_bytes()):
                return None
        except OSError:  # told when it is read
            return None
        known.signature = signature
        self.fresh.add(name)
        return known.file

    def keep(self, name: str, signature: str, value: Any, file: Any) -> None:
        """Remember that the file *name* holds *value*, which is the card *file*."""
        text = json.dumps(value, ensure_ascii=False) if self.path else ""
        self.cards[name] = Known(signature, file.digest, text, file)
        self.fresh.add(name)

    def end(self, names: set[str]) -> None:
        """End a reading that came upon the files *names*: forget all others."""
        self.gone |= self.cards.keys() - names
        for name in self.gone & self.cards.keys():
            del self.cards[name]

    def save(self) -> None:
        """Write what is new into the file."""
        new = [(name, self.cards[name]) for name in self.fresh & self.cards.keys()]
        settled = [(name, each.signature, each.digest, each.value) for name, each in new if each.signature]
        if self.path and (settled or self.gone):
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(sqlite3.Error), closing(_opened(self.path)) as file, file:
                file.executemany("DELETE FROM cards WHERE name = ?", [(name,) for name in self.gone])
                file.executemany("REPLACE INTO cards VALUES (?, ?, ?, ?)", settled)
        self.fresh.clear()
        self.gone.clear()


def content_digest(written: bytes) -> bytes:
    """Return the digest by which the content of a file is told from any other (BLAKE2b, 16 bytes)."""
    return hashlib.blake2b(written, digest_size=16).digest()


def _opened(path: Path) -> sqlite3.Connection:
    """Return the file at *path*, emptied where another generator wrote it or nobody can read it."""
    try:
        file = open_database(path, {TABLE})
    except sqlite3.DatabaseError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    version = _version()
    if file.execute("PRAGMA user_version").fetchone()[0] != version:
        with file:
            file.execute("DROP TABLE IF EXISTS cards")
            file.execute(f"PRAGMA user_version = {version}")
            file.execute(TABLE)
    return file


def _version() -> int:
    """Return a number that changes with the code that reads cards."""
    code = [path for folder in ("read", "model") for path in sorted((PACKAGE / folder).glob("*.py"))]
    told = [f"{path.name} {stat.st_size} {stat.st_mtime_ns}" for path in code for stat in [path.stat()]]
    return int.from_bytes(content_digest("\n".join(told).encode())[:3], "big")
