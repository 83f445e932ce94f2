"""Index words: which numbers each word leads to, in as many files of bounded length as it takes.  Knows no cards.

static/search.js takes a query apart as `words_in` does, and finds its file as `divide_words` lays them out: change both
or neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from operator import sub
from unicodedata import category, normalize

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
UNSPACED += "\u3005-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"  # Japanese, Chinese, Korean
RUNS = re.compile(f"([{UNSPACED}]+)|[^{UNSPACED} ]{{2,}}")


LENGTH = 30_000  # letters in one file, about 12 kB compressed; a single list of numbers may be longer
Index = dict[str, list[int]]


class _Letters(dict[int, int | None]):
    """What becomes of a letter: accents go, and a space is put for all that is neither letter, number nor mark."""

    def __missing__(self, code: int) -> int:
        kept = self[code] = code if category(chr(code))[0] in "LNM" else ord(" ")
        return kept


LETTERS = _Letters.fromkeys(range(0x300, 0x370))


def words_in(text: str) -> list[str]:
    """Return the words by which *text* is found: in lower case, without accents, none of one letter.

    What is written without spaces (Chinese, Japanese, Korean, Thai …) is taken apart into pieces of two
    letters, and its last letter alone.
    """
    folded = normalize("NFC", normalize("NFKD", text).translate(LETTERS)).lower()
    if folded.isascii():
        return [word for word in folded.split() if len(word) > 1]
    words: list[str] = []
    for run in RUNS.finditer(folded):
        unspaced = run[1] or ""
        words += [unspaced[at : at + 2] for at in range(len(unspaced))] or [run[0]]
    return words


def index_words(texts: Iterable[tuple[str, str]]) -> Index:
    """Return the words in *texts* (a name and the rest), each with the numbers of those that hold it.

    A number is doubled, and one more where the word stands in the name; it may be there both ways.
    """
    pieces: Index = defaultdict(list)  # what stands between two spaces: taken apart once, wherever it stands
    for number, (title, text) in enumerate(texts):
        name = set(title.split())
        for numbers in map(pieces.__getitem__, set(text.split()) - name):
            numbers.append(2 * number)
        for numbers in map(pieces.__getitem__, name):
            numbers.append(2 * number + 1)
    lists: dict[str, list[list[int]]] = defaultdict(list)
    for piece, numbers in pieces.items():
        for word in set(words_in(piece)):
            lists[word].append(numbers)
    return {word: found[0] if len(found) == 1 else _united(found) for word, found in lists.items()}


def _united(lists: Iterable[list[int]]) -> list[int]:
    return sorted(set().union(*lists))


def divide_words(index: Index) -> list[tuple[str, str]]:
    """Return the files that hold *index*: the letters with which each begins (the first with none), and its text.

    Words stand in the order of JavaScript's letters.  All that begin with what was typed stand in one file, the last
    one whose beginning is not above it.  Where they would fill more than a file, what they begin with stands for
    them all: “br” leads to all that “bridge” and “breach” lead to.
    """
    written = {word: member(word, numbers) for word, numbers in index.items()}
    words = sorted(index, key=lambda word: word.encode("utf-16-be"))
    files = list(packed(_groups(words, 1, index, written)))
    return [("" if place == 0 else names[0], text) for place, (names, text) in enumerate(files)]


def _groups(words: list[str], length: int, index: Index, written: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the letters with which some of *words* begin, so many that a file can hold these, and their text."""
    for letters, group in groupby(words, lambda word: word[:length]):
        alike = list(group)
        if sum(len(written[word]) + 1 for word in alike) <= LENGTH:  # with its comma
            yield letters, ",".join(map(written.__getitem__, alike))
            continue
        shared = _shared(alike[0], alike[-1])
        if words_in(shared):  # of one Latin letter there is no query
            yield letters, member(shared, _united(map(index.__getitem__, alike)))
        yield from _groups([word for word in alike if word != shared], len(shared) + 1, index, written)


def _shared(one: str, other: str) -> str:
    """Return what both words begin with."""
    return "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def packed(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[list[str], str]]:
    """Yield the texts of files of bounded length that hold *parts* (name, members of a JSON object), and whose."""
    names: list[str] = []
    texts: list[str] = []
    free = LENGTH
    for name, text in parts:
        if names and len(text) + 1 > free:
            yield names, _object(texts)
            names, texts, free = [], [], LENGTH
        names.append(name)
        texts.append(text)
        free -= len(text) + 1
    yield names, _object(texts)


def _object(members: list[str]) -> str:
    return f"{{{','.join(members)}}}\n"


def member(name: str, numbers: list[int]) -> str:
    """Return a member of a JSON object: *numbers* under *name*, a word or an id, each as the step that leads to it."""
    steps = ",".join(map(str, steps_to(numbers)))
    return f'"{name}":[{steps}]'


def steps_to(numbers: list[int]) -> list[int]:
    """Return the first of the rising *numbers*, then how much each is above the one before."""
    return list(map(sub, numbers, [0, *numbers]))
