"""Break words into lines that fit a drawn box.  SVG breaks none by itself, and no browser is at hand to measure."""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from unicodedata import combining, east_asian_width

NARROW = frozenset("iljtfrI.,:;'’!|()[] ·-")
BROAD = frozenset("mwMW@%—")
TYPED_WIDTH = 0.6  # of the type size, for every letter: it is a monospaced face


def width_of(text: str, size: float, typed: bool = False) -> float:
    """Return about how wide *text* is in type of *size*: a little more than it will be, in the serif face."""
    return size * sum(map(_letter, text, repeat(typed)))


@lru_cache(maxsize=20_000)  # the same names stand in the pictures of many claims
def lines_of(text: str, room: float, size: float, *, typed: bool = False, at_most: int = 3) -> tuple[str, ...]:
    """Return *text* in lines no wider than *room*; words too long are cut, what is beyond *at_most* lines left out."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, typed) <= room:
            lines[-1] = longer
            continue
        pieces = _pieces(word, room, size, typed)
        lines += pieces if lines[-1] else []
        lines = lines if lines[-1] else pieces
    if len(lines) > at_most:
        last = lines[at_most - 1]
        while last and width_of(f"{last}…", size, typed) > room:
            last = last[:-1]
        lines = [*lines[: at_most - 1], f"{last}…"]
    return tuple(lines)


@lru_cache(maxsize=20_000)
def _letter(character: str, typed: bool) -> float:
    """Return the width of one letter in units of its size."""
    if combining(character):
        return 0
    if east_asian_width(character) in {"W", "F"}:
        return 1
    if typed:
        return TYPED_WIDTH
    if character in NARROW:
        return 0.31
    if character in BROAD:
        return 0.9
    return 0.76 if character.isupper() or not character.isascii() else 0.53


def _pieces(word: str, room: float, size: float, typed: bool) -> list[str]:
    """Return *word* in pieces no wider than *room*."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size, typed) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
