"""Index words: which numbers each word leads to, in one part or many.  Knows no cards.

static/search.js takes a query apart as `words_in` does and looks where `shard_of` says: change both or neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import sub
from unicodedata import category, normalize

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
UNSPACED += "\u3005-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"  # Japanese, Chinese, Korean
RUNS = re.compile(f"([{UNSPACED}]+)|[^{UNSPACED} ]{{2,}}")


class _Letters(dict[int, int | None]):
    """What becomes of a letter: accents go, and a space is put for all that is neither letter, number nor mark."""

    def __missing__(self, code: int) -> int:
        kept = self[code] = code if category(chr(code))[0] in "LNM" else ord(" ")
        return kept


class _Pieces(dict[str, list[str]]):
    """The words in what stands between two spaces; the same piece is taken apart once."""

    def __missing__(self, piece: str) -> list[str]:
        self[piece] = words_in(piece)
        return self[piece]

    def words_in(self, text: str) -> set[str]:
        return set().union(*map(self.__getitem__, set(text.split())))


LETTERS = _Letters.fromkeys(range(0x300, 0x370))


def words_in(text: str) -> list[str]:
    """Return the words by which *text* is found: in lower case, without accents, none of one letter.

    What is written without spaces (Chinese, Japanese, Korean, Thai …) is taken apart into pieces of two
    letters, and its last letter alone.
    """
    folded = normalize("NFC", normalize("NFKD", text).translate(LETTERS)).lower()
    words: list[str] = []
    for run in RUNS.finditer(folded):
        unspaced = run[1] or ""
        words += [unspaced[at : at + 2] for at in range(len(unspaced))] or [run[0]]
    return words


def index_words(texts: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """Return the words in *texts* (a name and the rest), each with the numbers of those that hold it.

    A number is doubled, and one more where the word stands in the name.
    """
    pieces = _Pieces()
    index: dict[str, list[int]] = defaultdict(list)
    for number, (title, text) in enumerate(texts):
        name = pieces.words_in(title)
        for word in name:
            index[word].append(2 * number + 1)
        for word in pieces.words_in(text) - name:
            index[word].append(2 * number)
    return index


def divide_words(index: dict[str, list[int]], shards: int) -> list[dict[str, list[int]]]:
    """Return *index* in so many parts, each word where its first letters place it, its numbers as differences."""
    parts: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for word in sorted(index):
        parts[shard_of(word, shards)][word] = deltas(index[word])
    return parts


def shard_of(word: str, shards: int) -> int:
    """Return the part that holds *word*: by two letters, or by one where words are pieces of two."""
    first, second = ord(word[0]), 0 if re.match(f"[{UNSPACED}]", word) else ord(word[1])
    return (31 * first + second) % shards


def deltas(numbers: list[int]) -> list[int]:
    """Return the first of the rising *numbers*, then how much each is above the one before."""
    return [*numbers[:1], *map(sub, numbers[1:], numbers)]
