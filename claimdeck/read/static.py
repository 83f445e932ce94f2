"""READ static files, and find templates: a site's own override the project's, file by file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from claimdeck.model.problems import Place, Problem, error, escaped
from claimdeck.read.files import leads_into, read_bytes, unreadable

PROJECT = Path(__file__).resolve().parents[2]  # the folder of build.py
STYLESHEET = "static/site.css"
AT_ROOT = "root/"  # static/root/* is published at /
STATIC_SIZE = 500_000_000  # bytes of all files in one static/: they are held in memory
NOT_EVERYWHERE = re.compile(r"""[<>:"\\|?*]|[. ](?:/|$)|(?:^|/)(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:[./]|$)""", re.I)


def template_folders(root: Path) -> list[Path]:
    """Return where the templates of the site in *root* are looked for, the first first."""
    folders = [folder / "templates" for folder in _layers(root)]
    return [folder for folder in folders if folder.is_dir()]


def stylesheet(root: Path) -> Path:
    """Return the site.css in force for the site in *root*."""
    ways = (folder / STYLESHEET for folder in _layers(root))
    return next(filter(os.path.lexists, ways), root / STYLESHEET)


def read_static(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the static files of the site in *root* by their path in the output, and those that cannot be published."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for layer in reversed(_layers(root)):
        static, left = layer / "static", STATIC_SIZE
        for name, path in sorted(_files_below(static, problems).items()):
            place = Place(f"static/{escaped(name)}")
            if fault := _name_fault(name, path, static):
                problems.append(error(place, *fault))
                continue
            content, faults = read_bytes(path, place.path, left)
            problems += faults
            left -= len(content or b"")
            files[name.removeprefix(AT_ROOT) if name.startswith(AT_ROOT) else f"static/{name}"] = content or b""
    return files, [*problems, *_namesakes(files)]


def _files_below(static: Path, problems: list[Problem]) -> dict[str, Path]:
    """Return the files and links below *static* by their path there, but for hidden ones; note what cannot be read."""
    found: dict[str, Path] = {}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(static / folder) as entries:
                for entry in entries:
                    name = f"{folder}{entry.name}"
                    if entry.name == ".DS_Store" or (entry.name[0] == "." and not folder.startswith(AT_ROOT)):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{name}/")
                    else:
                        found[name] = Path(entry)
        except FileNotFoundError:  # taken away just now, or never there
            continue
        except OSError as fault:
            problems.append(unreadable(Place(f"static/{escaped(folder)}"), fault))
    return found


def _name_fault(name: str, path: Path, static: Path) -> tuple[str, str, str] | None:
    """Return why what is called *name* in *static* cannot be published: code, message, hint; None where it can."""
    if not name.isprintable() or NOT_EVERYWHERE.search(name):
        return "CD006", "not every system can have a file of this name.", "Rename it: letters, digits, hyphens, dots."
    if path.is_symlink() and not leads_into(path, static):
        return "CD006", "this link leads out of static/, or to nothing.", "Put the file itself there."
    return None


def _namesakes(files: Iterable[str]) -> Iterator[Problem]:
    """Yield those of *files* that are one file where case or accents do not tell names apart (macOS, Windows)."""
    seen: dict[str, str] = {}
    for path in files:
        other = seen.setdefault(normalize("NFC", path).casefold(), path)
        if other != path:
            yield error(
                Place(path), "CD072", f"on some systems this is the same file as {other}.", "Rename one of them."
            )


def _layers(root: Path) -> list[Path]:
    return list(dict.fromkeys([root.resolve(), PROJECT]))
