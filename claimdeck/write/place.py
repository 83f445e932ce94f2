"""Refuse an output folder that a build must not touch.  Changes nothing."""

from __future__ import annotations

from pathlib import Path

from claimdeck.model.problems import UsageError
from claimdeck.model.store import telling
from claimdeck.write.move import next_to
from claimdeck.write.standing import PROJECT, SOURCES
from claimdeck.write.turns import LOCK

KEPT = (*SOURCES, "claimdeck", ".git", ".cache")


def refuse_unsafe(output: Path, root: Path) -> None:
    """Raise UsageError where *output* is, holds or lies in what the site in *root* is made from, or cannot be moved to.

    Neither may it be, or hold, the home folder.
    """
    with telling(output, "Nothing was changed."):
        staging = next_to(output)
        if _touches_sources(output.resolve(), root):
            raise UsageError(
                f"the output cannot be {output}: it would overwrite what the site is made from. Choose another folder."
            )
        if output.exists() and not output.is_dir():
            raise UsageError(f"the output {output} is a file. Choose a folder.")
        if output.exists() and output.stat().st_dev != output.resolve().parent.stat().st_dev:
            inside = output / "site"
            raise UsageError(f"the output {output} is a disk of its own. Choose a folder in it: --output {inside}.")
        _refuse_staging(staging)


def _touches_sources(place: Path, root: Path) -> bool:
    bases = [root, PROJECT]
    kept = [(base / name).resolve() for base in bases for name in KEPT]
    whole = [*kept, *(base.resolve() for base in bases), *_home()]
    holders = {_identity(folder) for path in whole for folder in (path, *path.parents)}
    inside = set(map(_identity, kept))
    return _identity(place) in holders or any(_identity(folder) in inside for folder in (place, *place.parents))


def _home() -> list[Path]:
    """Return the home folder; none for a user who has none, as in a container that was given a number."""
    try:
        return [Path.home().resolve()]
    except RuntimeError:
        return []


def _identity(path: Path) -> tuple[int, int] | str:
    """Return what tells the file or folder at *path* from all others, however it is spelt; its name where none is."""
    try:
        stat = path.stat()
    except OSError:
        return str(path).casefold()
    return stat.st_dev, stat.st_ino


def _refuse_staging(folder: Path) -> None:
    """Raise UsageError where *folder*, in which a build stages its pages, is not one that a build has made."""
    if folder.is_symlink():
        raise UsageError(f"{folder} is a link; a build stages its pages there. Remove it.")
    is_others = folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / LOCK).exists()))
    if is_others:
        raise UsageError(
            f"{folder} is in the way: a build stages its pages there. Rename it, or choose another output."
        )
