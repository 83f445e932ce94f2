"""What a picture of provenance is made of: boxes with words, strokes, headings.  Numbers only, no SVG.

All lengths are in units of the drawing, which a page shows at about one pixel each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from claimdeck.model.cards import STANCES, Stance
from claimdeck.present.graph import Route
from claimdeck.present.lettering import lines_of, width_of

NAME, NAME_LINE, NOTE, NOTE_LINE, PAD = 15, 19, 11.5, 15, 10
BETWEEN, PORT = 12, 10  # between two boxes; between two stances that meet one
NODES_AT_MOST = 60
HEADINGS = {"unknown": "origin", "origin": "origin", "relay": "relayed by", "source": "read in", "claim": ""}


class Words(NamedTuple):
    """What stands in a box, in lines, and how high that makes the box."""

    name: tuple[str, ...]
    notes: tuple[str, ...]
    height: int


class Box(NamedTuple):
    """A drawn node: a frame and lines of words, each with its baseline."""

    x: int
    y: int
    width: int
    height: int
    role: str
    name: tuple[tuple[int, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width


class Stroke(NamedTuple):
    """The lines of one stance: an SVG path, and one of their arrowheads."""

    stance: str
    path: str
    heads: str


@dataclass
class Picture:
    """A drawing: its size, boxes, strokes by stance, and words above its columns."""

    width: int
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)


class Pen:
    """Collects the paths of the routes, one for each stance."""

    def __init__(self) -> None:
        self.paths: dict[str, list[str]] = {}
        self.heads: dict[str, dict[str, None]] = {}

    def draw(self, stance: str, path: str) -> None:
        """Add a line."""
        self.paths.setdefault(stance, []).append(path)

    def point(self, stance: str, x: float, y: float, towards: int = 1) -> None:
        """Add an arrowhead that ends at (*x*, *y*), pointing right, or left where *towards* is -1."""
        self.heads.setdefault(stance, {})[f"M{x:.0f} {y:.0f}l{-6 * towards}-4v8z"] = None

    def strokes(self) -> list[Stroke]:
        """Return what was drawn, by stance."""
        return [Stroke(s, "".join(self.paths[s]), "".join(self.heads.get(s, {}))) for s in STANCES if s in self.paths]


@lru_cache(maxsize=4096)  # the same claimants stand in the pictures of many claims
def words_in(width: int, name: str, notes: tuple[str, ...]) -> Words:
    """Return *name* and *notes* in lines for a box of *width*; the place of a route has neither."""
    room = width - 2 * PAD
    names = lines_of(name, room, NAME) if name else ()
    small = tuple(line for note in _joined(notes, room) for line in lines_of(note, room, NOTE, typed=True))
    return Words(names, small, 15 + NAME_LINE * len(names) + NOTE_LINE * len(small) if names else 8)


def box_of(role: str, words: Words, x: int, y: int, width: int) -> Box:
    """Return the box that *words* fill, its upper left corner at (*x*, *y*)."""
    first = y + 3 + NAME_LINE
    below = y + 5 + NAME_LINE * len(words.name) + NOTE_LINE
    name = tuple((first + NAME_LINE * number, line) for number, line in enumerate(words.name))
    notes = tuple((below + NOTE_LINE * number, line) for number, line in enumerate(words.notes))
    return Box(x, y, width, words.height, role, name, notes)


def _joined(notes: Iterable[str], room: float) -> list[str]:
    """Return *notes*, those that fit beside the one before on its line."""
    lines: list[str] = []
    for note in notes:
        if lines and width_of(longer := f"{lines[-1]} · {note}", NOTE, typed=True) <= room:
            lines[-1] = longer
        else:
            lines.append(note)
    return lines


def stances_of(routes: Iterable[Route]) -> list[Stance]:
    """Return the stances of *routes*, each once, in the order in which they stand everywhere."""
    found = {route.stance for route in routes}
    return [stance for stance in STANCES if stance in found]
