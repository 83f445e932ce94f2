"""Read one text file, or say why it cannot be read.  Knows nothing of cards."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from pathlib import Path

from claimdeck.model.problems import Place, Problem, error

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines
FILE_SIZE = 1_000_000  # bytes; a card is some kilobytes


def read_text(path: Path, name: str, at_most: int = FILE_SIZE) -> tuple[str | None, list[Problem]]:
    """Return the text of the file at *path*, called *name* in problems; None where it cannot be read.

    It may have *at_most* so many bytes.
    """
    content, problems = read_bytes(path, name, at_most)
    return (None, problems) if content is None else _decoded(content.removeprefix(BOM_UTF8), name)


def read_bytes(path: Path, name: str, at_most: int) -> tuple[bytes | None, list[Problem]]:
    """Return what is in the file at *path*, as read_text does."""
    try:
        if not path.is_file():
            hint = "Put a text file in its place, or remove it."
            return None, [error(Place(name), "CD005", "this is not a file.", hint)]
        with path.open("rb") as file:
            content = file.read(at_most + 1)  # it may grow while it is read
    except OSError as fault:
        return None, [unreadable(Place(name), fault)]
    if len(content) > at_most:
        hint = "Split it, or shorten it."
        return None, [error(Place(name), "CD005", f"this file is larger than {at_most:,} bytes.", hint)]
    return content, []


def unreadable(place: Place, fault: OSError) -> Problem:
    """Return that the file or folder at *place* cannot be read, and why."""
    return error(place, "CD005", f"this cannot be read ({fault.strerror}).", "Mend its permissions, or take it away.")


def _decoded(content: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """Return the text that *content* is in UTF-8; a NUL byte tells that it was written in UTF-16, or is no text."""
    try:
        text, wrong = content.decode(), content.find(0)
    except UnicodeDecodeError as fault:
        text, wrong = "", fault.start
    if wrong < 0:
        return text, []
    place = place_behind(content[:wrong].decode(), name)
    return None, [error(place, "CD005", "this file is not UTF-8 text.", "Save it anew with the encoding UTF-8.")]


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
