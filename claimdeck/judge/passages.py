"""Find what an article has in the place of a quote that does not stand in it, and say how the two differ.

No whole text is ever compared: words that quote and article share lead to a few windows, which are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from claimdeck.judge.quotes import QUOTATION_MARKS, find_quote, fold, single_spaced
from claimdeck.model.problems import listed, shortened
from claimdeck.read.documents import FORBIDDEN

MOST_SEEDS = 3_000  # places of shared words that are looked at for one quote, the rarest words first
MOST_WINDOWS = 8  # of which so many are compared word by word
MOST_WORDS = 200  # of a quote; a text without spaces counts by letters
ENOUGH = 0.4  # of a quote's letters, and more, must stand in a passage that is near it, gaps counted off
GAP = 2  # letters that a word too many between two shared ones weighs
SHOWN, SHOWN_WORDS, MOST_TOLD = 150, 36, 2  # letters of a passage, of the words that differ, and how many of these

NO_SPACES = "\u0e00-\u109f\u1780-\u17ff\u3000-\u9fff\uf900-\ufaff"  # scripts that set none between words
WORD = re.compile(rf"[{NO_SPACES}]|[^\s\-‐‑–—…/{NO_SPACES}]+")
HIDDEN = re.compile(f"{FORBIDDEN.pattern}|[\u00ad\u200c-\u200f\u2060-\u2065]")
ELLIPSIS = re.compile(r" ?[\[(]?(?:…|\.\.\.+)[\])]? ?")
Span = tuple[int, int]


@dataclass(frozen=True)
class Words:
    """The words of a text in one case and without the marks around them, where each stands, and the places of each."""

    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    places: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Passage:
    """The words of an article from *start* to *end* of its single-spaced text: those nearest to a quote."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Fit:
    """A way to lay a quote over an article: its *score* in shared letters, and the first and last word there."""

    score: int
    first: int
    last: int


def explain_missing(quote: str, source: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """Return what is wrong with a *quote* that does not stand in the text of *source*, and what to do.

    *texts* are the articles by source id; one that has the words is named.
    """
    missing = f"these words do not stand in the text of {source}"
    others = [id_ for id_, text in texts.items() if id_ != source and find_quote(quote, text) is not None]
    if others:
        there = listed(f"“{id_}”" for id_ in others[:3])
        return f"{missing}, but in that of {there}.", f"Write `source: {others[0]}`, if that is the one you mean."
    if skipped := _skipped_words(quote, texts[source]):
        message = f"{missing} together: where the quote has “…”, the article has “{_shown(skipped, SHOWN)}”."
        return message, "Quote one unbroken passage; what stands apart from it is evidence of its own."
    passage = nearest_passage(quote, texts[source])
    if passage is None:
        hint = f"Look whether {source}.txt holds the whole article, and quote its own words."
        return f"{missing}, and nothing there comes near them.", hint
    if FORBIDDEN.search(passage.text):
        hint = f"Delete it from {source}.txt; the passage reads “{_shown(passage.text, SHOWN)}”."
        return f"{missing}: the nearest passage there holds an invisible character.", hint
    hint = f"Quote letter for letter; the nearest passage reads “{_shown(passage.text, SHOWN)}”."
    return f"{missing}: {tell_difference(single_spaced(quote), passage.text)}.", hint


def nearest_passage(quote: str, article: str) -> Passage | None:
    """Return the words of *article* that come nearest to *quote*; None where nothing comes near."""
    wanted, words = words_of(single_spaced(quote)), words_of(single_spaced(article))
    keys = wanted.keys[:MOST_WORDS]
    found = [_fit(keys, words, window) for window in best_windows(keys, words)]
    best = max(found, default=None, key=lambda fit: fit.score)
    if best is None or best.score <= ENOUGH * _weight(keys):
        return None
    shown = single_spaced(article)
    start, end = words.spans[best.first][0], words.spans[best.last][1]
    before, behind = _marks_around(shown[start:end])
    before_quote, behind_quote = _marks_around(single_spaced(quote))
    start, end = start + max(0, before - before_quote), end - max(0, behind - behind_quote)
    return Passage(start, end, shown[start:end])


@lru_cache(maxsize=8)  # every quote of an article asks for its words anew
def words_of(text: str) -> Words:
    """Return the words of the single-spaced *text*."""
    keys: list[str] = []
    spans: list[Span] = []
    places: dict[str, list[int]] = {}
    for match in WORD.finditer(text):
        if key := _key(match[0]):
            places.setdefault(key, []).append(len(keys))
            keys.append(key)
            spans.append(match.span())
    return Words(tuple(keys), tuple(spans), places)


def seeds(keys: Sequence[str], words: Words) -> list[int]:
    """Return where in *words* a passage like *keys* may begin, as shared words tell: the rarest first."""
    found: dict[int, None] = {}
    shared = sorted((len(words.places[key]), number) for number, key in enumerate(keys) if key in words.places)
    for _, number in shared:
        room = MOST_SEEDS - len(found)
        found.update(dict.fromkeys(max(0, place - number) for place in words.places[keys[number]][:room]))
    return list(found)


def best_windows(keys: Sequence[str], words: Words) -> list[Span]:
    """Return from where to where *words* are worth comparing with *keys*: at most a few places."""
    slack = 3 + len(keys) // 3
    wanted = {key: len(key) for key in keys}
    scores = {}
    for start in seeds(keys, words):
        window = words.keys[max(0, start - slack) : start + len(keys) + slack]
        scores[start] = sum(wanted.get(key, 0) for key in set(window))
    kept: list[int] = []
    for start in sorted(scores, key=lambda start: (-scores[start], start)):
        if len(kept) < MOST_WINDOWS and all(abs(start - other) > slack for other in kept):
            kept.append(start)
    return [(max(0, start - 2 * slack), min(len(words.keys), start + len(keys) + 2 * slack)) for start in kept]


def _fit(keys: Sequence[str], words: Words, window: Span) -> _Fit:
    """Return the best way to lay *keys* over the *window* of *words*."""
    offset = window[0]
    blocks = SequenceMatcher(None, words.keys[offset : window[1]], keys, autojunk=False).get_matching_blocks()[:-1]
    best = _Fit(0, offset, offset)
    for number, first in enumerate(blocks):
        shared, gaps, before = 0, 0, first
        for block in blocks[number:]:
            shared += _weight(keys[block.b : block.b + block.size])
            gaps += max(0, (block.a - before.a - before.size) - (block.b - before.b - before.size))
            before = block
            start = max(0, offset + first.a - first.b)
            last = min(len(words.keys), offset + block.a + len(keys) - block.b) - 1
            best = max(_Fit(shared - GAP * gaps, start, last), best, key=lambda fit: fit.score)
    return best


def _weight(keys: Sequence[str]) -> int:
    """Return how much *keys* weigh: their letters, and one for each space."""
    return sum(len(key) + 1 for key in keys)


def tell_difference(quote: str, passage: str) -> str:
    """Return in words how *quote* differs from *passage*, both single-spaced."""
    ours, theirs = fold(quote), fold(passage)
    if _letters(ours).casefold() == _letters(theirs).casefold():
        return _tell_marks(quote, passage)
    told = list(_tell_words(quote, passage))
    more = len(told) - MOST_TOLD
    return "; ".join(told[:MOST_TOLD]) + (f"; and {more} more differences" if more > 0 else "")


def _tell_marks(quote: str, passage: str) -> str:
    """Return how two texts of the same letters differ."""
    ours, theirs = fold(quote), fold(passage)
    changes = _changes(ours, theirs)
    letters = "".join(ours[a:b] + theirs[c:d] for _, a, b, c, d in changes)
    kinds = sorted(set(map(_kind_of_letter, letters)))
    (_, start, _, start_there, _), (_, _, end, _, end_there) = changes[0], changes[-1]
    here, there = _whole_words(quote, start, end), _whole_words(passage, start_there, end_there)
    return f"only {listed(kinds)} differ: {_replaced(there, here)}"


def _tell_words(quote: str, passage: str) -> Iterator[str]:
    """Yield each difference in words, with a word beside it that both have."""
    ours, theirs = words_of(quote), words_of(passage)
    for kind, a, b, c, d in _changes(ours.keys, theirs.keys):
        if kind == "replace":
            before, after = (a > 0), (b < len(ours.keys) and d < len(theirs.keys))
            here, there = _cut(quote, ours, a - before, b + after), _cut(passage, theirs, c - before, d + after)
            if max(len(here), len(there)) > SHOWN_WORDS:
                here, there = _cut(quote, ours, a, b), _cut(passage, theirs, c, d)
            yield _replaced(there, here)
        elif kind == "delete":
            yield f"the quote adds ‘{_shown(_cut(quote, ours, a, b), SHOWN_WORDS)}’{_beside(quote, ours, a, b)}"
        else:
            left_out = _shown(_cut(passage, theirs, c, d), SHOWN_WORDS)
            yield f"the quote leaves out ‘{left_out}’{_beside(passage, theirs, c, d)}"


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [code for code in codes if code[0] != "equal"]


def _replaced(there: str, here: str) -> str:
    return f"the article has ‘{_shown(there, SHOWN_WORDS)}’ where the quote has ‘{_shown(here, SHOWN_WORDS)}’"


def _beside(text: str, words: Words, first: int, end: int) -> str:
    """Return which word stands before those from *first* to *end*, or else behind them."""
    if first > 0:
        return f" after ‘{_shown(_cut(text, words, first - 1, first), SHOWN_WORDS)}’"
    return f" before ‘{_shown(_cut(text, words, end, end + 1), SHOWN_WORDS)}’" if end < len(words.keys) else ""


def _cut(text: str, words: Words, first: int, end: int) -> str:
    """Return the words from *first* to *end* of *text*, without the marks around them."""
    cut = text[words.spans[first][0] : words.spans[end - 1][1]]
    before, behind = _marks_around(cut)
    return cut[before : len(cut) - behind]


def _whole_words(text: str, start: int, end: int) -> str:
    first = text.rfind(" ", 0, start) + 1
    last = text.find(" ", end)
    return text[first : last if last >= 0 else len(text)]


def _skipped_words(quote: str, article: str) -> str:
    """Return what *article* has where *quote* has “…”; "" where there is none, or the rest does not stand there."""
    parts = [fold(part) for part in ELLIPSIS.split(single_spaced(quote)) if part]
    text, shown = fold(article), single_spaced(article)
    ends: list[Span] = []
    for part in parts:
        start = find_quote(part, text[ends[-1][1] :] if ends else text)
        if start is None:
            return ""
        start += ends[-1][1] if ends else 0
        ends.append((start, start + len(part)))
    gaps = [shown[end:start].strip() for (_, end), (start, _) in pairwise(ends)]
    return " … ".join(gaps)


def _key(word: str) -> str:
    key = HIDDEN.sub("", word.casefold()).translate(QUOTATION_MARKS)
    before, behind = _marks_around(key)
    return key[before : len(key) - behind]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _kind_of_letter(letter: str) -> str:
    if letter.isalnum():
        return "capital letters"
    if HIDDEN.match(letter):
        return "invisible characters"
    if letter == "'":  # what all quotation marks are folded to
        return "quotation marks"
    if letter == " ":
        return "spaces"
    return "dashes" if unicodedata.category(letter) == "Pd" else "punctuation marks"


def _marks_around(text: str) -> Span:
    """Return how many marks stand before the first letter of *text*, and how many behind the last one."""
    letters = [number for number, letter in enumerate(text) if letter.isalnum()]
    return (letters[0], len(text) - letters[-1] - 1) if letters else (len(text), 0)


def _shown(text: str, length: int) -> str:
    return shortened(FORBIDDEN.sub("", text), length)
