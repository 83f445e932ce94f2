"""Tell, before anything else is loaded, that a site stands as it was built and nothing it was built from has changed.

A file counts as unchanged if size, times and inode are; a state in which something was too young to tell is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from claimdeck.model.problems import Problem
from claimdeck.model.store import SETTLED, leads_elsewhere, replace_file
from claimdeck.write.move import next_to

PROJECT = Path(__file__).resolve().parents[2]
STATE = ".cache/standing.json"
SOURCES = ("content", "templates", "static", "site.yaml")


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


def standing(root: Path, output: Path, asked: str) -> Report | None:
    """Return what a build of *root*, *asked* alike, would do that leaves *output* as it is; None if one is needed."""
    try:
        if leads_elsewhere((root / STATE).parent):
            return None
        state = json.loads((root / STATE).read_text(encoding="utf-8"))
        if state["asked"] == asked and not next_to(output).exists():
            inputs_stand = state["inputs"] == _signature(_inputs(root))[0]
            if inputs_stand and state["outputs"] == _signature([output])[0]:
                problems = [Problem.from_json(told) for told in state["problems"]]
                return Report(state["claims"], state["sources"], Written(0, state["files"], 0), problems)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):  # none, or not all of one
        pass
    return None


def inputs_of(root: Path, now: int) -> str:
    """Return the signature of all that a build of *root* reads; "" where something changed just before *now* (ns)."""
    try:
        signature, youngest = _signature(_inputs(root))
    except OSError:  # told when it is read
        return ""
    return signature if now - youngest > SETTLED else ""


def keep_standing(root: Path, output: Path, asked: str, inputs: str, report: Report) -> None:
    """Keep the *report* of a build that read *inputs* and made *output*; without inputs, forget the last one."""
    with suppress(OSError):
        if leads_elsewhere((root / STATE).parent):
            return
        if inputs:
            state = {
                "asked": asked,
                "inputs": inputs,
                "outputs": _signature([output])[0],
                "claims": report.claims,
                "sources": report.sources,
                "files": report.output.written + report.output.unchanged,
                "problems": [problem.as_json() for problem in report.problems],
            }
            replace_file(root / STATE, json.dumps(state, indent=1).encode())
        else:
            (root / STATE).unlink(missing_ok=True)


def generator() -> str:
    """Return what tells whether Claimdeck, Python or a library is another one than before."""
    return _signature([PROJECT / "claimdeck"])[0]


def _inputs(root: Path) -> list[Path]:
    layers = dict.fromkeys([root.resolve(), PROJECT])
    return [
        *(root / name for name in SOURCES),
        *(layer / name for layer in layers for name in SOURCES[1:3]),
        PROJECT / "claimdeck",
    ]


def _signature(paths: list[Path]) -> tuple[str, int]:
    """Return the digest of what tells whether any file at or below *paths* changed, and when the youngest one did."""
    digest, youngest = hashlib.blake2b(_libraries().encode(), digest_size=16), 0
    for path in paths:
        for told in _files(str(path)):
            youngest = max([youngest, *(max(times) for _, _, _, *times in told)])
            digest.update(repr(told).encode(errors="surrogateescape"))
    return digest.hexdigest(), youngest


def _files(path: str) -> Iterator[list[tuple[str, int, int, int, int]]]:
    """Yield all files of each folder at or below *path*, in order, links followed; nothing where there is none.

    Of each there is the name, inode, size, and the times (ns) of its content and of itself.
    """
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield [_told(path, Path(path).stat())]
        return
    except FileNotFoundError:
        return
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    for entry in entries:
        (folders if entry.is_dir(follow_symlinks=False) else files).append(entry)
    yield [_told(file.path, file.stat()) for file in files]
    for folder in folders:
        if folder.name != "__pycache__":
            yield from _files(folder.path)


def _told(name: str, stat: os.stat_result) -> tuple[str, int, int, int, int]:
    return name, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _libraries() -> str:
    """Return the names of Python and of what is installed beside it, versions included."""
    folders = [Path(folder) for folder in sys.path if folder.endswith("site-packages")]
    installed = sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
    return "\n".join([sys.version, *installed])
