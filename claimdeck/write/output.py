"""WRITE the site: dist/ changes whole, or not at all.

What differs is staged beside it, then moved.  Unchanged files are not touched.  `digests.json` in the output lists
every file that Claimdeck made: only those are ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from claimdeck.model.problems import UsageError
from claimdeck.model.store import telling
from claimdeck.write.move import (
    FILES,
    finish_move,
    forget_staged,
    move_is_unfinished,
    next_to,
    staged_at,
    write_journal,
)
from claimdeck.write.standing import Written
from claimdeck.write.turns import turn

DIGESTS = "digests.json"


@dataclass(frozen=True)
class Staged:
    """A file of the new site: the SHA-256 of its content, and whether the output has to change for it."""

    digest: str
    is_new: bool


class Staging:
    """What a build puts beside *output*, file by file, until all of it is known to be right.

    UsageError where *output* holds files that Claimdeck did not make, unless *force*.  RefusedError, here and in all
    that follows, where the system refuses: then *output* is as it was, unless the move has begun.
    """

    def __init__(self, output: Path, force: bool = False) -> None:
        self.output, self.folder = output.resolve(), next_to(output)
        self.unharmed = f"{output} is as it was."
        with telling(output, self.unharmed):
            self.signatures = signatures_in(self.output)
        self.mine = _listed(self.output) & self.signatures.keys()
        self.foreign = self.signatures.keys() - self.mine
        if self.foreign and not force:
            some = sorted(self.foreign)
            shown = ", ".join(some[:3]) + (" …" if len(some) > 3 else "")
            raise UsageError(
                f"{output} holds files that Claimdeck did not make ({shown}). "
                "Choose another folder, or add --force to replace them."
            )
        with telling(self.folder, self.unharmed):
            (self.folder / FILES).mkdir(exist_ok=True)

    def put(self, path: str, content: bytes) -> Staged:
        """Stage *content* as the file at *path*, unless the output holds it already; several processes may do so."""
        is_new = not self._holds(path, content)
        if is_new:
            with telling(self.output / path, self.unharmed):
                staged_at(self.folder, path).write_bytes(content)
        return Staged(hashlib.sha256(content).hexdigest(), is_new)

    def finish(self, files: Mapping[str, Staged]) -> Written:
        """Make the output hold exactly *files* (by path), and return what that took."""
        whole = {**files, DIGESTS: self.put(DIGESTS, _digests(files))}
        changed = sorted(path for path, staged in whole.items() if staged.is_new)
        stale = sorted((self.mine | self.foreign) - set(whole))
        if changed or stale:
            with telling(self.folder, self.unharmed):
                write_journal(self.folder, changed, stale)
            finish_move(self.output)
        return Written(len(changed), len(whole) - len(changed), len(stale))

    def signature(self, path: str) -> str:
        """Return what tells whether the file at *path* in the output changes from now on."""
        return signature_of((self.output / path).lstat())

    def drop(self) -> None:
        """Forget what was staged, unless its move has begun; what cannot be removed now, the next build removes."""
        with suppress(OSError):
            if not move_is_unfinished(self.output):
                forget_staged(self.folder)

    def _holds(self, path: str, content: bytes) -> bool:
        """Whether the output has *content* at *path*, in a file that is no link and can be read."""
        if path not in self.signatures:
            return False
        try:
            file = self.output / path
            stat = file.lstat()
            return S_ISREG(stat.st_mode) and stat.st_size == len(content) and file.read_bytes() == content
        except OSError:
            return False


@contextmanager
def staging_beside(
    output: Path, force: bool = False, waiting: Callable[[], object] = lambda: None
) -> Iterator[Staging]:
    """Give a new Staging for *output*, once other builds of it are done and what one of them began is finished.

    *waiting* is called while there is another one.
    """
    with turn(output, waiting):
        finish_move(output)
        staging = Staging(output, force)
        try:
            yield staging
        finally:
            staging.drop()


def _listed(output: Path) -> set[str]:
    """Return the paths in *output* that an earlier build listed as its own."""
    try:
        listed = json.loads((output / DIGESTS).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        listed = None
    return {DIGESTS, *listed} if isinstance(listed, dict) else set()


def signatures_in(output: Path) -> dict[str, str]:
    """Return what tells whether each file in *output* changed, by its path; links to folders are files too."""
    found: dict[str, str] = {}
    folders = [""] if output.exists() else []
    while folders:
        below = folders.pop()
        with os.scandir(output / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{below}{entry.name}/")
                else:
                    found[f"{below}{entry.name}"] = signature_of(entry.stat(follow_symlinks=False))
    return found


def signature_of(stat: os.stat_result) -> str:
    """Return what tells whether the file of *stat* changed."""
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _digests(files: Mapping[str, Staged]) -> bytes:
    digests = {path: files[path].digest for path in sorted(files)}
    return (json.dumps({"algorithm": "sha256", "files": digests}, ensure_ascii=False, indent=1) + "\n").encode()
