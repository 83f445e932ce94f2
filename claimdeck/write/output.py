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


def write_site(files: Mapping[str, bytes], output: Path, force: bool = False) -> Written:
    """Make *output* hold exactly *files* (contents by path), and return what that took.

    UsageError where *output* holds files that Claimdeck did not make, unless *force*.
    """
    whole = {**files, DIGESTS: _digests(files)}
    mine = known_files(output)
    foreign = sorted(_existing(output) - mine)
    if foreign and not force:
        shown = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        raise UsageError(
            f"{output} holds files that Claimdeck did not make ({shown}). "
            "Choose another folder, or add --force to replace them."
        )
    changed = [path for path, content in whole.items() if not _holds(output / path, content)]
    stale = sorted((mine | set(foreign)) - set(whole))
    if changed or stale:
        _stage({path: whole[path] for path in changed}, stale, output)
        finish_move(output)
    return Written(len(changed), len(whole) - len(changed), len(stale))


def known_files(output: Path) -> set[str]:
    """Return the paths in *output* that an earlier build listed as its own and that still exist."""
    try:
        listed = json.loads((output / DIGESTS).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        listed = None
    if not isinstance(listed, dict):
        return set()
    return {DIGESTS, *listed} & _existing(output)


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
    place, home = output.resolve(), Path.home().resolve()
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


def _read_journal(staging: Path) -> dict[str, list[str]]:
    """Return what is still to be moved and removed; nothing where the journal was damaged after it was made."""
    try:
        journal = json.loads((staging / "journal").read_text(encoding="utf-8"))
        return {name: [str(path) for path in journal[name]] for name in ("write", "remove")}
    except (ValueError, KeyError, TypeError):
        return {"write": [], "remove": []}


def _stage(changed: Mapping[str, bytes], stale: list[str], output: Path) -> None:
    staging = _next(output)
    if staging.exists():
        shutil.rmtree(staging)
    for path, content in changed.items():
        staged = staging / "files" / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(content)
    staging.mkdir(parents=True, exist_ok=True)
    half = staging / "journal.half"
    with half.open("w", encoding="utf-8") as file:
        json.dump({"write": sorted(changed), "remove": stale}, file)
        file.flush()
        os.fsync(file.fileno())
    half.replace(staging / "journal")


def _existing(output: Path) -> set[str]:
    return (
        {path.relative_to(output).as_posix() for path in output.rglob("*") if not path.is_dir()}
        if output.exists()
        else set()
    )


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


def _digests(files: Mapping[str, bytes]) -> bytes:
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}
    return (json.dumps({"algorithm": "sha256", "files": digests}, ensure_ascii=False, indent=1) + "\n").encode()


def _next(output: Path) -> Path:
    return output.with_name(output.name + ".next")
