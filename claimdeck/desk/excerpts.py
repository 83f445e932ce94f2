"""Problems as a terminal shows them: the message, the line that it speaks of, a caret, the page of its code.

A card may hold anything: what would move the cursor, hide text or turn it round is shown as an escape.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from claimdeck.model.problems import Place, Problem, Severity
from claimdeck.read.documents import FORBIDDEN
from claimdeck.read.files import LINE_END, leads_into, read_text

ROOM = 72  # cells for a line of a file: with its number it fits a terminal of 80
REACH = 1000  # characters either side of the place that are looked at: a line may have a million
SHOWN_AS_ESCAPES = re.compile(f"[\t\n\r\u2028\u2029]|{FORBIDDEN.pattern}")
JAMO_BEHIND = range(0x1160, 0x1200)  # vowels and finals of Hangul: they join the letter before them
COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
BOLD = "1"


def page_of(code: str) -> str:
    """Return the file of the repository that explains *code*."""
    return f"docs/problems/{code}.md"


def tell_problem(problem: Problem, root: Path, *, colored: bool) -> str:
    """Return *problem* of the site in *root* with the line it speaks of, where that can be read, and its page."""
    place = shown(str(problem.place))
    told = shown(str(problem)).removeprefix(place)
    lines = [_painted(place, BOLD, colored) + told]
    page = f"{problem.code}, see {page_of(problem.code)}"
    color = COLORS[problem.severity]
    line = _read_line(root, problem.place)
    if line is None:
        return "\n".join([*lines, "    " + _painted(page, color, colored)])
    before, after = excerpt(line, problem.place.column)
    number = f"{problem.place.line:>3}"
    caret = " " * cells(before) + _painted(f"^ {page}", color, colored)
    return "\n".join([*lines, f"{number} | {before}{after}", f"{' ' * len(number)} | {caret}"])


def excerpt(line: str, column: int) -> tuple[str, str]:
    """Return what stands before and from *column* of *line*, both as shown; of a long line the part around it."""
    here = column - 1
    before, after = shown(line[max(0, here - REACH) : here]), shown(line[here : here + REACH])
    if cells(before) + cells(after) > ROOM:
        before = _cut(before[::-1], ROOM * 2 // 3)[::-1]
        after = _cut(after, ROOM - cells(before))
    return before, after


def shown(text: str) -> str:
    """Return *text* on one line, without anything that a terminal would obey: such characters become escapes, as \\x1b.

    GitHub obeys what begins a line of a workflow's log: “::add-mask::”.
    """
    return SHOWN_AS_ESCAPES.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def cells(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} or ord(character) in JAMO_BEHIND:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, room: int) -> str:
    """Return *text*, ending in “…” where it takes more than *room* cells."""
    if cells(text) <= room:
        return text
    end = 0
    while cells(text[: end + 1]) < room:
        end += 1
    return f"{text[:end]}…"


def _read_line(root: Path, place: Place) -> str | None:
    """Return the line at *place*; None where there is none, or nothing on it, or its file cannot be read."""
    path = root / place.path
    text = read_text(path, place.path)[0] if leads_into(path, root) else None
    lines = LINE_END.split(text or "")
    return (lines[place.line - 1] or None) if place.line <= len(lines) else None


def _painted(text: str, style: str, colored: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colored else text
