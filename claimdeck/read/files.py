"""Read one text file, or say why it cannot be read.  Knows nothing of cards."""

from __future__ import annotations

import re
from pathlib import Path

from claimdeck.model.problems import Place, Problem, error

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines
FILE_SIZE = 1_000_000  # bytes; a card is some kilobytes


def read_text(path: Path, name: str, at_most: int = FILE_SIZE) -> tuple[str | None, list[Problem]]:
    """Return the text of the file at *path*, called *name* in problems; None where it cannot be read.

    It may have *at_most* so many bytes.
    """
    place = Place(name)
    if not path.is_file():
        return None, [error(place, "CD005", "this is not a file.", "Put a text file in its place, or remove it.")]
    try:
        if path.stat().st_size > at_most:
            return None, [
                error(
                    place,
                    "CD005",
                    f"this file is larger than {at_most:,} bytes.",
                    "Split it, or shorten it.",
                )
            ]
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return None, [
            error(
                _byte_place(path, name, fault.start),
                "CD005",
                "this file is not UTF-8 text.",
                "Save it anew with the encoding UTF-8.",
            )
        ]
    except OSError as fault:
        return None, [error(place, "CD005", f"this file cannot be read ({fault.strerror}).", "Mend its permissions.")]
    return text, []


def place_behind(before: str, name: str, first_line: int = 1) -> Place:
    """Return the place in the file *name* that follows the text *before*, which begins on line *first_line*."""
    *lines, last = LINE_END.split(before)
    return Place(name, first_line + len(lines), len(last) + 1)


def leads_into(link: Path, folder: Path) -> bool:
    """Whether *link* leads to something in *folder*."""
    try:
        return link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # to nothing, or to itself
        return False


def _byte_place(path: Path, name: str, start: int) -> Place:
    return place_behind(path.read_bytes()[:start].decode("utf-8-sig"), name)
