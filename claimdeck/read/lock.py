"""READ the lock, and the article texts that quotes are held against."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from claimdeck.model.lock import Lock, parse_lock
from claimdeck.model.problems import Place, Problem, UsageError, error
from claimdeck.read.documents import find_forbidden
from claimdeck.read.files import read_text

LOCK_SIZE = 100_000_000  # bytes; some 1,500 for each claim
ARTICLE_SIZE = 5_000_000  # bytes; a novel has 1,000,000
ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u")  # of a character that `lock` writes as it is, or never


def read_lock(path: Path, name: str) -> tuple[Lock | None, list[Problem]]:
    """Return the lock at *path*, called *name* in problems; None where there is no file."""
    if not os.path.lexists(path):
        return None, []
    text, problems = read_text(path, name, at_most=LOCK_SIZE)
    try:
        if text and (("\\u" in text and ESCAPE.search(text)) or any(find_forbidden(text, name))):
            raise ValueError("a character that would be told, and cannot be seen")
        return (Lock() if text is None else parse_lock(text)), problems
    except (ValueError, RecursionError):
        hint = "Restore it from the repository (`git checkout content/desk.lock`); it is written by `lock` alone."
        return Lock(), [error(Place(name), "CD054", "the lock cannot be read.", hint)]


def read_articles(folder: Path | None, sources: Iterable[str]) -> dict[str, str]:
    """Return the texts of those *sources* for which *folder* holds a file `<source id>.txt`."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; --articles takes the one that holds <source id>.txt.")
    texts = {}
    for source in sources:
        path = folder / f"{source}.txt"
        if os.path.lexists(path):
            text, problems = read_text(path, str(path), ARTICLE_SIZE)
            if text is None:
                raise UsageError(str(problems[0]))
            texts[source] = text
    return texts
