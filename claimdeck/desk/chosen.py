"""Which files of a site a command was asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from claimdeck.model.problems import UsageError


def chosen_files(root: Path, files: Iterable[Path]) -> Callable[[str], bool]:
    """Return whether a path of the site in *root* is one of *files*, or in one that is a folder; of none, all are.

    Each is looked for where the command was called, then in *root*; UsageError where it is no file of the site.
    """
    names = {_name_in(root, file) for file in files} or {""}
    return lambda path: any(name in {"", path} or path.startswith(f"{name}/") for name in names)


def _name_in(root: Path, file: Path) -> str:
    """Return *file* as problems name it."""
    for path in (Path.cwd() / file, root / file):
        if path.exists() and path.resolve().is_relative_to(root.resolve()):
            name = path.resolve().relative_to(root.resolve()).as_posix()
            return "" if name == "." else name
    raise UsageError(f"there is no file {file} in {root}.")
