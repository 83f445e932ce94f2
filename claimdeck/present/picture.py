"""What a picture of provenance is made of: boxes with words, strokes, headings.  Numbers only, no SVG.

All lengths are in units of the drawing, which a page shows at about one pixel each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claimdeck.model.cards import STANCES, Stance
from claimdeck.present.graph import Node, Provenance, Route
from claimdeck.present.lettering import lines_of, width_of

NAME, NAME_LINE, NOTE, NOTE_LINE, PAD = 15, 19, 11.5, 15, 10
BETWEEN, PORT = 12, 10  # between two boxes; between two stances that meet one
NODES_AT_MOST = 60
HEADINGS = {"unknown": "origin", "origin": "origin", "relay": "relayed by", "source": "read in", "claim": ""}


@dataclass(frozen=True)
class Box:
    """A drawn node: a frame and lines of words, each with its baseline."""

    x: int
    y: int
    width: int
    height: int
    role: str
    name: list[tuple[int, str]]
    notes: list[tuple[int, str]]

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Stroke:
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


def box_of(node: Node, notes: Iterable[str], x: int, y: int, width: int) -> Box:
    """Return *node* as a box with its words in lines, all that they need in height; a place of a route has none."""
    room = width - 2 * PAD
    names = lines_of(node.name, room, NAME) if node.name else []
    small = [line for note in _joined(notes, room) for line in lines_of(note, room, NOTE, typed=True)]
    height = 15 + NAME_LINE * len(names) + NOTE_LINE * len(small) if names else 8
    baselines = [y + 3 + NAME_LINE * (number + 1) for number in range(len(names))]
    below = [y + 5 + NAME_LINE * len(names) + NOTE_LINE * (number + 1) for number in range(len(small))]
    return Box(
        x,
        y,
        width,
        height,
        node.role,
        list(zip(baselines, names, strict=True)),
        list(zip(below, small, strict=True)),
    )


def _joined(notes: Iterable[str], room: float) -> list[str]:
    """Return *notes*, those that fit beside the one before on its line."""
    lines: list[str] = []
    for note in notes:
        if lines and width_of(longer := f"{lines[-1]} · {note}", NOTE, typed=True) <= room:
            lines[-1] = longer
        else:
            lines.append(note)
    return lines


def downwards(provenance: Provenance) -> list[str]:
    """Return the nodes so that each follows all it had its words from, and follows them soon."""
    order: dict[str, None] = {}

    def visit(key: str) -> None:
        if key not in order and all(route.start in order for route in provenance.routes_into(key)):
            order[key] = None
            for route in provenance.routes_from(key):
                visit(route.end)

    for key in provenance.nodes:
        visit(key)
    return list(order)


def rank_of(stance: Stance, routes: list[Route]) -> int:
    """Return the place of *stance* among those of *routes*."""
    return [known for known in STANCES if any(route.stance == known for route in routes)].index(stance)
