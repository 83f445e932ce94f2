"""Lay out a claim's share picture: what it says, and where each line of it stands.  Draws nothing.

It is the claim's card in the light colours of the site: catalogue line, statement, stamp, the three numbers,
and below the card whose it is.  A statement in letters that the shipped fonts lack is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from claimdeck.judge.deck import Claim
from claimdeck.model.dates import date_in_words
from claimdeck.present.provenance import trail_in_short
from claimdeck.present.typeface import SERIF, TYPED, TYPED_BOLD, plain, typefaces
from claimdeck.present.views import Views

WIDTH, HEIGHT = 1200, 630  # what the networks ask for
CARD = (36, 32, 1164, 540)  # left, top, right, bottom
LEFT, RIGHT = 84, 1116  # of all words on the card
RED_RULE, HAIR_LINE = 92, 463
CATALOGUE_LINE, NUMBERS_LINE, FOOT_LINE = 70, 511, 596
STATEMENT = (120, 352)  # between which the statement stands
STAMP_MIDDLE, BARE_STAMP_MIDDLE = 408, 278
STAMP, BARE_STAMP = 30, 60  # its type; the second where there is no statement
SPREAD = 8  # hundredths of the size between the letters of a stamp
SIZES = range(72, 34, -2)  # of the statement; below, the short form says it better
SMALL_SIZES = range(34, 18, -2)
LEADING = 116  # hundredths of the size from line to line
HEAD, FOOT = 76, 26  # hundredths of the size that letters rise above and hang below their line
NUMBERS_SIZES = range(34, 16, -1)
TITLE_SIZES = range(32, 22, -1)
CATALOGUE = 23
GROUNDS = ("paper", "card")
COLORS = (*GROUNDS, "ink", "quiet", "rule", "rule-red")
COLOR = re.compile(
    r"(?<![a-z0-9-])--([a-z][a-z0-9-]*+)\s*+:\s*+(?:light-dark\(\s*+)?(#[0-9a-f]{6}|#[0-9a-f]{3})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class ShareText:
    """All that a picture says, and its colors by name, of which “status” is the stamp's."""

    id: str
    reviewed: str
    claim: str
    short: str
    mark: str
    labels: tuple[str, ...]  # of the status: the first that can be drawn is
    numbers: str
    title: str
    host: str
    colors: dict[str, str]


@dataclass(frozen=True)
class Line:
    """A line of type: where it begins, on which baseline, in which color, and on what."""

    text: str
    face: str
    size: int
    left: int
    baseline: int
    color: str = "ink"
    ground: str = "card"

    @property
    def right(self) -> int:
        """Where its last letter ends."""
        return self.left + typefaces()[self.face].width(self.text, self.size)


@dataclass(frozen=True)
class ShareStamp:
    """A status: its mark, its label in capitals, and where it stands."""

    mark: str
    label: str
    size: int
    left: int
    middle: int


@dataclass(frozen=True)
class ShareCard:
    """All that is drawn: lines of type, the stamp, the colors by name."""

    lines: tuple[Line, ...]
    stamp: ShareStamp
    colors: dict[str, str]
    has_statement: bool


def share_text(claim: Claim, views: Views, stylesheet: str) -> ShareText:
    """Return what the share picture of *claim* says, in the colors of the *stylesheet* in force."""
    card, stamp, numbers = claim.card, views.status(claim), trail_in_short(claim)
    return ShareText(
        claim.id,
        f"reviewed {date_in_words(card.reviewed, short=True)}" if card.reviewed else "",
        plain(card.claim),
        plain(card.short),
        stamp.mark,
        (plain(stamp.label), stamp.id),
        numbers[:1].upper() + numbers[1:],
        plain(views.settings.title),
        urlsplit(views.home.origin).netloc,
        _colors(stylesheet, stamp.color),
    )


def lay_out(text: ShareText) -> ShareCard:
    """Return where everything that *text* says has its place."""
    statement = _statement(text.claim, text.short)
    size, middle = (STAMP, STAMP_MIDDLE) if statement else (BARE_STAMP, BARE_STAMP_MIDDLE)
    bold = typefaces()[TYPED_BOLD]
    label = next(label for label in text.labels if label and bold.has(label.upper()))  # an id is ASCII
    label = bold.cut(label.upper(), size, RIGHT - LEFT - 4 * size, SPREAD)
    numbers = Line("", SERIF, 0, LEFT, NUMBERS_LINE)
    lines = (
        *_catalogue(text.id, text.reviewed),
        *statement,
        _fitting(text.numbers, NUMBERS_SIZES, RIGHT - LEFT, numbers),
        *_foot(text.title, text.host),
    )
    stamp = ShareStamp(text.mark, label, size, LEFT + size // 5, middle)  # its outer frame stands out on the left
    return ShareCard(lines, stamp, text.colors, bool(statement))


def _statement(claim: str, short: str) -> list[Line]:
    """Return *claim* as large as it fits, or *short* where that is too small to be read; [] if it cannot be drawn."""
    face, room = typefaces()[SERIF], RIGHT - LEFT
    drawable = [text for text in (claim, short) if text and face.has(claim + short)]
    for text, sizes in [(text, sizes) for sizes in (SIZES, SMALL_SIZES) for text in drawable]:
        for size in sizes:
            if _fits(text, size, whole_words=sizes is SIZES):
                return _set(face.balanced(text, size, room), size)
    size = SMALL_SIZES[-1]
    return [line for text in drawable[:1] for line in _set(face.lines(text, size, room)[: _lines_at(size)], size)]


def _fits(text: str, size: int, whole_words: bool) -> bool:
    """Whether *text* has room in type of *size*, none of its words broken if *whole_words*."""
    face, room = typefaces()[SERIF], RIGHT - LEFT
    if whole_words and max(face.width(word, size) for word in text.split(" ")) > room:
        return False
    return len(face.lines(text, size, room)) <= _lines_at(size)


def _lines_at(size: int) -> int:
    """Return how many lines of type of *size* have room."""
    top, bottom = STATEMENT
    return 1 + ((bottom - top) * 100 - (HEAD + FOOT) * size) // (LEADING * size)


def _set(texts: list[str], size: int) -> list[Line]:
    """Return *texts* as lines below each other."""
    first = STATEMENT[0] + HEAD * size // 100
    return [Line(text, SERIF, size, LEFT, first + number * LEADING * size // 100) for number, text in enumerate(texts)]


def _catalogue(id_: str, reviewed: str) -> list[Line]:
    """Return the line above the red rule: the id and, where it has room, the day of the review."""
    face = typefaces()[TYPED]
    begins = Line(face.cut(id_, CATALOGUE, RIGHT - LEFT), TYPED, CATALOGUE, LEFT, CATALOGUE_LINE, "quiet")
    left = RIGHT - face.width(reviewed, CATALOGUE)
    ends = Line(reviewed, TYPED, CATALOGUE, left, CATALOGUE_LINE, "quiet")
    return [begins, ends] if reviewed and begins.right + 2 * CATALOGUE < left else [begins]


def _foot(title: str, host: str) -> list[Line]:
    """Return the line below the card: the site's title and its host, whichever can be drawn and has room."""
    faces, lines = typefaces(), []
    room = CARD[2] - CARD[0]
    if title and faces[SERIF].has(title):
        place = Line("", SERIF, 0, CARD[0], FOOT_LINE, "ink", "paper")
        lines.append(_fitting(title, TITLE_SIZES, room, place))
        room -= lines[0].right - CARD[0] + 2 * CATALOGUE
    if faces[TYPED].has(host) and (lines == [] or faces[TYPED].width(host, CATALOGUE) <= room):
        host = faces[TYPED].cut(host, CATALOGUE, room)
        left = CARD[2] - faces[TYPED].width(host, CATALOGUE) if lines else CARD[0]
        lines.append(Line(host, TYPED, CATALOGUE, left, FOOT_LINE, "quiet", "paper"))
    return lines


def _fitting(text: str, sizes: range, room: int, place: Line) -> Line:
    """Return *text* at *place*, in the largest of *sizes* in which *room* has width for it."""
    face = typefaces()[place.face]
    size = next((size for size in sizes if face.width(text, size) <= room), sizes[-1])
    text = face.cut(text, size, room)
    return Line(text, place.face, size, place.left, place.baseline, place.color, place.ground)


def _colors(stylesheet: str, status: str) -> dict[str, str]:
    """Return the colors of a picture by name; one not written as #rrggbb is black, a ground white."""
    tokens = _tokens(stylesheet)
    names = {name: name for name in COLORS} | {"status": status}
    return {name: tokens.get(token, "#ffffff" if name in GROUNDS else "#000000") for name, token in names.items()}


@lru_cache(maxsize=1)
def _tokens(stylesheet: str) -> dict[str, str]:
    """Return the light colors of *stylesheet* by the names of their tokens; of several the first."""
    return {name: color.lower() for name, color in reversed(COLOR.findall(stylesheet))}
