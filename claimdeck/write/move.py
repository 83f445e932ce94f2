"""MOVE what is staged beside the output into it: a journal lists what, so that the move can be finished at any time.

What differs is staged in `<output>.next/files/`, without folders, and listed in `<output>.next/journal`.  Nothing is
moved or removed through a link, or outside the two folders, whatever a journal says.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

from claimdeck.model.problems import RefusedError, UsageError
from claimdeck.model.store import telling

FILES, JOURNAL, HALF = "files", "journal", "journal.half"


def next_to(output: Path) -> Path:
    """Return the folder beside *output*, links followed, in which a build stages its files; UsageError for no end."""
    try:
        place = output.resolve()
    except RuntimeError as loop:
        raise UsageError(f"{output} is a link that leads to itself. Remove it.") from loop
    return place.parent / f"{place.name}.next"


def staged_at(staging: Path, path: str) -> Path:
    """Return where in the folder *staging* the file *path* of the output is staged."""
    return staging / FILES / hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()


def move_is_unfinished(output: Path) -> bool:
    """Whether an earlier build was stopped while it moved its files into *output*."""
    return (next_to(output) / JOURNAL).is_file()


def write_journal(staging: Path, write: list[str], remove: list[str]) -> None:
    """Note in the folder *staging* what is to be written and removed: from now on the move can be finished.

    All that was staged is on the disk before the journal has its name, so that no loss of power can empty it.
    """
    half = staging / HALF
    half.write_bytes(json.dumps({"write": write, "remove": remove}).encode())
    if sys.platform != "win32":
        os.sync()
    half.replace(staging / JOURNAL)


def finish_move(output: Path) -> bool:
    """Finish the move of an earlier build, or forget what it only staged; return whether there was one.

    RefusedError where the system refuses; it can be called again.
    """
    output = output.resolve()
    staging, is_unfinished = next_to(output), move_is_unfinished(output)
    with telling(output, f"{output} may be half old, half new; the next `build` finishes it."):
        if is_unfinished:
            _move(*_read_journal(staging / JOURNAL), staging, output)
            (staging / JOURNAL).unlink()
        forget_staged(staging)
    return is_unfinished


def forget_staged(staging: Path) -> None:
    """Remove what lies in the folder *staging*, where no move has begun."""
    files = staging / FILES
    if files.is_symlink() or files.is_file():
        files.unlink()
    elif files.exists():
        shutil.rmtree(files)
    (staging / HALF).unlink(missing_ok=True)


def _read_journal(path: Path) -> tuple[list[str], list[str]]:
    """Return what is to be written, and what removed; nothing where the journal was damaged after it was made."""
    try:
        journal = json.loads(path.read_text(encoding="utf-8"))
        lists = [[str(name) for name in journal[key]] for key in ("write", "remove")]
    except (ValueError, LookupError, TypeError, RecursionError):
        return [], []
    return (lists[0], lists[1]) if all(map(_is_plain, [*lists[0], *lists[1]])) else ([], [])


def _is_plain(path: str) -> bool:
    """Whether *path* leads downwards, on any system."""
    return not {"", ".", ".."} & set(path.split("/")) and not set("\0\\") & set(path) and not Path(path).drive


def _move(write: list[str], remove: list[str], staging: Path, output: Path) -> None:
    """Move into *output* what is still staged of the files to *write*; stale ones go last, unless in the way."""
    there = _files_in(staging / FILES)
    left = {path: staged for path in write if (staged := staged_at(staging, path)).name in there}
    linked = _links_among(output, remove)
    remove = [path for path in remove if linked.isdisjoint(_folders(path))]
    for path in _in_the_way(remove, left):
        _remove(path, output)
    if linked := _links_among(output, left):
        raise RefusedError(f"{output / min(linked)} is a link where a folder has to be. Remove it.")
    for path, staged in left.items():
        place = output / path
        _clear(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(place)
    kept = set(_in_the_way(remove, write))  # gone by now; what has such a name is new
    for path in remove:
        if path not in kept:
            _remove(path, output)


def _files_in(folder: Path) -> set[str]:
    """Return the names of the files in *folder*, links and folders left out; none where it is a link itself."""
    if folder.is_symlink() or not folder.is_dir():
        return set()
    with os.scandir(folder) as entries:
        return {entry.name for entry in entries if entry.is_file(follow_symlinks=False)}


def _folders(path: str) -> list[str]:
    """Return the folders that *path* leads through: of “a/b/c”, “a” and “a/b”."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _links_among(base: Path, paths: Iterable[str]) -> set[str]:
    """Return which folders that *paths* lead through are links in *base*."""
    folders = {folder for path in paths for folder in _folders(path)}
    return {folder for folder in folders if (base / folder).is_symlink()}


def _in_the_way(stale: list[str], written: Collection[str]) -> list[str]:
    """Return what of *stale* must go before *written* can come.

    It is a folder there, lies in a file's place, or differs by what some file systems do not tell apart.
    """
    if not stale:
        return []
    files = set(map(_alike, written))
    names = files | set(map(_alike, (folder for path in written for folder in _folders(path))))
    return [path for path in stale if _alike(path) in names or not files.isdisjoint(map(_alike, _folders(path)))]


def _alike(path: str) -> str:
    return normalize("NFC", path).casefold()


def _clear(path: Path) -> None:
    """Remove the empty folder at *path* with those in it, where there is one: a file has to stand there."""
    if path.is_dir() and not path.is_symlink():
        for folder, _, _ in os.walk(path, topdown=False):
            Path(folder).rmdir()


def _remove(path: str, output: Path) -> None:
    stale = output / path
    if stale.is_symlink() or (stale.exists() and not stale.is_dir()):
        stale.unlink()
    with suppress(OSError):  # ends at the first folder that is not empty
        for folder in reversed(_folders(path)):
            (output / folder).rmdir()
