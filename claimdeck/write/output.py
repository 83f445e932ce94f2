"""WRITE the site: dist/ changes whole, or not at all.

What differs is staged in `<output>.next/files/` and listed in `<output>.next/journal`; from then on the
move can be finished at any time.  Unchanged files are not touched.  `digests.json` in the output lists
every file that Claimdeck made: only those are ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claimdeck.model.problems import Problem, UsageError

DIGESTS = "digests.json"


@dataclass(frozen=True)
class Written:
    """How many files of the output were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


@dataclass(frozen=True)
class Report:
    """What a build did, and the warnings and notes that did not stop it."""

    claims: int
    sources: int
    output: Written
    problems: list[Problem]


@dataclass(frozen=True)
class Staged:
    """A file of the new site: the SHA-256 of its content, and whether the output has to change for it."""

    digest: str
    is_new: bool


class Staging:
    """What a build puts beside *output*, file by file, until all of it is known to be right.

    UsageError where *output* holds files that Claimdeck did not make, unless *force*.
    """

    def __init__(self, output: Path, force: bool = False) -> None:
        self.output, self.folder = output, _next(output)
        self.signatures = signatures_in(output)
        self.mine = _listed(output) & self.signatures.keys()
        self.foreign = self.signatures.keys() - self.mine
        if self.foreign and not force:
            some = sorted(self.foreign)
            shown = ", ".join(some[:3]) + (" …" if len(some) > 3 else "")
            raise UsageError(
                f"{output} holds files that Claimdeck did not make ({shown}). "
                "Choose another folder, or add --force to replace them."
            )
        self.drop()

    def put(self, path: str, content: bytes) -> Staged:
        """Stage *content* as the file at *path*, unless the output holds it already; several processes may do so."""
        is_new = not _holds(self.output / path, content)
        if is_new:
            staged = self.folder / "files" / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(content)
        return Staged(hashlib.sha256(content).hexdigest(), is_new)

    def finish(self, files: Mapping[str, Staged]) -> Written:
        """Make the output hold exactly *files* (by path), and return what that took."""
        whole = {**files, DIGESTS: self.put(DIGESTS, _digests(files))}
        changed = [path for path, staged in whole.items() if staged.is_new]
        stale = sorted((self.mine | self.foreign) - set(whole))
        if changed or stale:
            self._write_journal(changed, stale)
            finish_move(self.output)
        return Written(len(changed), len(whole) - len(changed), len(stale))

    def signature(self, path: str) -> str:
        """Return what tells whether the file at *path* in the output changes from now on."""
        return signature_of((self.output / path).lstat())

    def drop(self) -> None:
        """Forget what was staged, unless its move has begun."""
        if self.folder.exists() and not move_is_unfinished(self.output):
            shutil.rmtree(self.folder)

    def _write_journal(self, changed: list[str], stale: list[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / "journal.half"
        with half.open("w", encoding="utf-8") as file:
            json.dump({"write": sorted(changed), "remove": stale}, file)
            file.flush()
            os.fsync(file.fileno())
        half.replace(self.folder / "journal")


def _listed(output: Path) -> set[str]:
    """Return the paths in *output* that an earlier build listed as its own."""
    try:
        listed = json.loads((output / DIGESTS).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        listed = None
    return {DIGESTS, *listed} if isinstance(listed, dict) else set()


def move_is_unfinished(output: Path) -> bool:
    """Whether an earlier build was stopped while it moved its files into *output*."""
    return (_next(output) / "journal").is_file()


def finish_move(output: Path) -> bool:
    """Finish the move of an earlier build, or forget what it only staged; return whether there was one."""
    staging = _next(output)
    finished = move_is_unfinished(output)
    if finished:
        journal = _read_journal(staging)
        for path in journal["remove"]:
            if _stands_in_the_way(path, journal["write"]):
                _remove(path, output)
        for path in journal["write"]:
            staged = staging / "files" / path
            if staged.exists():
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                staged.replace(output / path)
        for path in journal["remove"]:
            _remove(path, output)
        (staging / "journal").unlink()
    if staging.exists():
        shutil.rmtree(staging)
    return finished


def refuse_unsafe(output: Path, root: Path) -> None:
    """Raise UsageError where *output* is, holds or lies in what the site in *root* is made from."""
    place, home = output.resolve(), _home()
    sources = [root.resolve() / name for name in ("content", "templates", "static")]
    inside = next((source for source in sources if place == source or source in place.parents), None)
    if place in {Path(place.anchor), home, root.resolve()} or place in root.resolve().parents or inside:
        raise UsageError(
            f"the output cannot be {output}: it would overwrite what the site is made from. Choose another folder."
        )
    if output.exists() and not output.is_dir():
        raise UsageError(f"the output {output} is a file. Choose a folder.")
    if _next(output).is_symlink():
        raise UsageError(f"{_next(output)} is a link; a build stages its pages there. Remove it.")


def _home() -> Path | None:
    """Return the home folder; None for a user who has none, as in a container that was given a number."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None


def _read_journal(staging: Path) -> dict[str, list[str]]:
    """Return what is still to be moved and removed; nothing where the journal was damaged after it was made."""
    try:
        journal = json.loads((staging / "journal").read_text(encoding="utf-8"))
        return {name: [str(path) for path in journal[name]] for name in ("write", "remove")}
    except (ValueError, KeyError, TypeError):
        return {"write": [], "remove": []}


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


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _stands_in_the_way(stale: str, written: list[str]) -> bool:
    """Whether the file *stale* must go before one of *written*: it is a folder there, or lies in a file's place."""
    return any(path.startswith(f"{stale}/") or stale.startswith(f"{path}/") for path in written)


def _remove(path: str, output: Path) -> None:
    stale = output / path
    if (
        stale.is_file() or stale.is_symlink()
    ):  # a folder of the new site may have its name by now, or a file its folder's
        stale.unlink()
    folder = (output / path).parent
    while folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _digests(files: Mapping[str, Staged]) -> bytes:
    digests = {path: files[path].digest for path in sorted(files)}
    return (json.dumps({"algorithm": "sha256", "files": digests}, ensure_ascii=False, indent=1) + "\n").encode()


def _next(output: Path) -> Path:
    return output.with_name(output.name + ".next")
