"""Measure and break lines in the faces of the share pictures.  Whole numbers from a table only: no font is opened.

`make fonts` wrote the table, so a line breaks at the same word on every machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from unicodedata import category, normalize

FONTS = Path(__file__).with_name("fonts")
SERIF, TYPED, TYPED_BOLD = "newsreader.ttf", "typed-400.ttf", "typed-600.ttf"
ALIKE = {"\u2011": "-", "\u202f": "\u00a0", "\u00ad": ""}  # hyphens and spaces that only say where a line may break


@dataclass(frozen=True)
class Typeface:
    """How wide its letters are, in *units* of which its size has so many, and which pairs stand closer."""

    units: int
    widths: dict[str, int]
    pairs: dict[str, dict[str, int]]

    def has(self, text: str) -> bool:
        """Whether every letter of *text* can be drawn."""
        return all(letter in self.widths for letter in text)

    def places(self, text: str, size: int, spread: int = 0) -> list[int]:
        """Return where each letter of *text* begins in type of *size*, and where the last one ends.

        *spread* hundredths of the size stand behind each letter.
        """
        units, ends = 0, [0]
        for letter, following in zip(text, f"{text[1:]} ", strict=False):
            units += self.widths[letter] + self.pairs.get(letter, {}).get(following, 0) + spread * self.units // 100
            ends.append(self._scaled(units, size))
        return ends

    def width(self, text: str, size: int, spread: int = 0) -> int:
        """Return how wide *text* is in type of *size*."""
        return self.places(text, size, spread)[-1]

    def cut(self, text: str, size: int, room: int, spread: int = 0) -> str:
        """Return as much of *text* as *room* has width for, an ellipsis for the rest."""
        if self.width(text, size, spread) <= room:
            return text
        while text and self.width(f"{text}…", size, spread) > room:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def lines(self, text: str, size: int, room: int) -> list[str]:
        """Return *text* in lines no wider than *room*, each as long as it can be; a word that is too long is broken."""
        return self._filled(self._measured(text, size, room), size, room)

    def balanced(self, text: str, size: int, room: int) -> list[str]:
        """Return *text* in as few lines as *room* allows, all about as long."""
        pieces = self._measured(text, size, room)
        fewest = len(self._filled(pieces, size, room))
        low, high = max(self._scaled(units, size) for _, units in pieces), room
        while low < high:
            middle = (low + high) // 2
            fits = len(self._filled(pieces, size, middle)) <= fewest
            low, high = (low, middle) if fits else (middle + 1, high)
        return self._filled(pieces, size, high)

    def _filled(self, pieces: list[tuple[str, int]], size: int, room: int) -> list[str]:
        """Return *pieces* in lines no wider than *room*; no pair stands closer across a space, so widths add up."""
        lines: list[str] = []
        reached = 0
        for piece, units in pieces:
            longer = reached + self.widths[" "] + units
            if lines and self._scaled(longer, size) <= room:
                lines[-1], reached = f"{lines[-1]} {piece}", longer
            else:
                lines.append(piece)
                reached = units
        return lines

    def _measured(self, text: str, size: int, room: int) -> list[tuple[str, int]]:
        """Return the words of *text* with their widths in units, those wider than *room* in pieces."""
        words = [(word, self._units(word)) for word in text.split(" ")]
        return [
            (piece, self._units(piece))
            for word, units in words
            for piece in ([word] if self._scaled(units, size) <= room else self._pieces(word, size, room))
        ]

    def _pieces(self, word: str, size: int, room: int) -> list[str]:
        """Return *word* in pieces no wider than *room*."""
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width(pieces[-1] + letter, size) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def _units(self, text: str) -> int:
        """Return how wide *text* is in units."""
        pairs = sum(self.pairs[first].get(second, 0) for first, second in pairwise(text) if first in self.pairs)
        return sum(self.widths[letter] for letter in text) + pairs

    def _scaled(self, units: int, size: int) -> int:
        """Return *units* in type of *size*, rounded."""
        return (2 * units * size + self.units) // (2 * self.units)


@lru_cache(maxsize=1)
def typefaces() -> dict[str, Typeface]:
    """Return the faces by the names of their files."""
    table = json.loads((FONTS / "metrics.json").read_text(encoding="utf-8"))
    return {name: Typeface(**metrics) for name, metrics in table.items()}


def plain(text: str) -> str:
    """Return *text* as it can be drawn: composed letters, single spaces, no marks that are never seen."""
    for letter, other in ALIKE.items():
        text = text.replace(letter, other)
    seen = "".join(letter for letter in normalize("NFC", text) if category(letter) != "Cf")
    return " ".join(word for word in seen.replace("\n", " ").replace("\t", " ").split(" ") if word)
