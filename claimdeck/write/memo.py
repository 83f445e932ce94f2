"""Remember what each file of the output was made of, so that a build makes only those that would come out otherwise.

An SQLite file that can be deleted at any moment.  It counts only where everything that all files share is as it was,
and of a file of the output only while size, times and inode are those recorded.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from claimdeck.model.store import open_database
from claimdeck.present.traces import BASIS, digest

TABLES = {
    "shared": "CREATE TABLE shared (told TEXT)",
    "answers": "CREATE TABLE answers (number INTEGER PRIMARY KEY, question TEXT, answer BLOB)",
    "units": "CREATE TABLE units (name TEXT PRIMARY KEY, key BLOB, asked BLOB, files TEXT) WITHOUT ROWID",
}
NUMBERS = "q"  # of questions, as units have them: each is asked by hundreds
KEYS = ("claims", "templates", "colors")  # collections from whose bases the keys of all units are told
Rows = Iterable[tuple[Any, ...]]


def _collection_of(question: str) -> str:
    return question.partition(" ")[0]


@dataclass(frozen=True)
class Kept:
    """A file as a build left it: its path, the SHA-256 of its content, what tells whether it changed since.

    Of a page also its anchors, and the address that its review gives itself.
    """

    path: str
    digest: str
    signature: str = ""
    anchors: Sequence[str] = ()
    review: str = ""


@dataclass(frozen=True)
class Known:
    """What was made at once: the digest of what it was, the numbers of all that it asked, and its files."""

    key: bytes
    asked: bytes
    files: str  # JSON


class Memo:
    """What is known of the files of one output; in memory only, and empty, without a *path*.

    All of it counts only while what its files *shared* was told as it is now.
    """

    def __init__(self, path: Path | None = None, shared: str = "") -> None:
        self.path, self.shared = path, shared
        self.units: dict[str, Known] = {}
        self.answers: dict[str, bytes] = {}
        self.numbers: dict[str, int] = {}  # of questions
        self.same: set[int] = set()  # the numbers of those that are answered as they were
        self.is_alike = False  # all that keys are told from is as it was
        self.fresh: dict[str, Known] = {}
        self.fresh_questions: set[str] = set()
        if path and path.is_file():
            with suppress(sqlite3.Error), closing(open_database(path, {*TABLES.values()})) as file:
                self._read(file)

    def _read(self, file: sqlite3.Connection) -> None:
        if file.execute("SELECT told FROM shared").fetchall() == [(self.shared,)]:
            answers = file.execute("SELECT number, question, answer FROM answers").fetchall()
            units = {name: Known(*known) for name, *known in file.execute("SELECT * FROM units")}
            self.units = units  # all of it, or nothing
            self.answers = {question: answer for _, question, answer in answers}
            self.numbers = {question: number for number, question, _ in answers}

    def ask_again(self, answer: Callable[[str], bytes]) -> None:
        """Ask all that was asked, and note where the *answer* is the same now.

        Where all that a collection follows from is the same, its answers are.
        """
        names = {_collection_of(question) for question in self.answers}
        settled = {name for name in names if self.answers.get(f"{name} {BASIS}") == answer(f"{name} {BASIS}")}
        self.is_alike = set(KEYS) <= settled
        self.same = {
            self.numbers[question]
            for question, known in self.answers.items()
            if _collection_of(question) in settled or answer(question) == known
        }

    def find(self, name: str, key: Callable[[], bytes], signatures: Mapping[str, str]) -> list[Kept] | None:
        """Return the files of the unit *name*; None where they would come out otherwise, or one of them was touched.

        *signatures* has those of all files in the output, by path; *key* is called only where it may have changed.
        """
        known = self.units.get(name)
        if not known or (not self.is_alike and known.key != key()):
            return None
        if not self.same.issuperset(array(NUMBERS, known.asked)):
            return None
        files = self.files_of(name)
        return files if all(signatures.get(file.path) == file.signature for file in files) else None

    def files_of(self, name: str) -> list[Kept]:
        """Return the files of the unit *name* as they were kept last; none where it is unknown."""
        return [Kept(*told) for told in json.loads(self.units[name].files)] if name in self.units else []

    def keep(self, name: str, key: bytes, asked: Sequence[str], files: list[Kept]) -> None:
        """Remember that the unit *name*, which *asked* questions, became *files*, which stand in the output now."""
        told = json.dumps([astuple(file) for file in files], ensure_ascii=False)
        self.fresh[name] = Known(key, array(NUMBERS, map(self._number, asked)).tobytes(), told)
        self.fresh_questions.update(asked)

    def _number(self, question: str) -> int:
        """Return the number of *question*: of its digest, so that two builds at once give it the same."""
        if question not in self.numbers:
            self.numbers[question] = int.from_bytes(digest(question)[:8], "big", signed=True)
        return self.numbers[question]

    def save(self, names: set[str], answer: Callable[[str], bytes]) -> None:
        """Write what is new into the file; *names* has all units that there are now."""
        asked = {question for question in self.answers if self.numbers[question] not in self.same}
        asked |= self.fresh_questions
        asked |= {f"{name} {BASIS}" for name in (*KEYS, *map(_collection_of, asked))}
        answers = [
            (self._number(question), question, told)
            for question in sorted(asked)
            if (told := answer(question)) != self.answers.get(question)
        ]
        gone = [(name,) for name in self.units.keys() - names]
        rows = [(name, unit.key, unit.asked, unit.files) for name, unit in self.fresh.items()]
        if self.path and (answers or gone or rows):
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with closing(open_database(self.path, {*TABLES.values()})) as file, file:
                    self._write(file, answers, gone, rows)
            except sqlite3.OperationalError:  # another build has it, or the disk is full: kept next time
                pass
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)

    def _write(self, file: sqlite3.Connection, answers: Rows, gone: Rows, rows: Rows) -> None:
        if not self.units:
            for name in TABLES:
                file.execute(f"DROP TABLE IF EXISTS {name}")
            for made in TABLES.values():
                file.execute(made)
            file.execute("INSERT INTO shared VALUES (?)", (self.shared,))
        file.executemany("REPLACE INTO answers VALUES (?, ?, ?)", answers)
        file.executemany("DELETE FROM units WHERE name = ?", gone)
        file.executemany("REPLACE INTO units VALUES (?, ?, ?, ?)", rows)
