"""Verify quotes against the texts of their articles, and find the fragment that leads a reader there.

Both texts are folded alike: NFC, one kind of quotation mark, single spaces; nothing else.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote as percent_encoded

from claimdeck.model.lock import VerifiedQuote

QUOTATION_MARKS = str.maketrans(dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›", "'"))
CONTEXT_WORDS = 6
RANGE_WORDS = 3  # a long quote is addressed by its first and last words
SPACELESS = 0x0E00  # scripts from here on set no spaces between words


def fold(text: str) -> str:
    """Return *text* as quotes are compared; it has the length of `single_spaced(text)`."""
    return single_spaced(text).translate(QUOTATION_MARKS)


@lru_cache(maxsize=64)  # every quote of an article folds it anew
def single_spaced(text: str) -> str:
    """Return *text* in NFC, with one space for each run of white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(text: str) -> str:
    """Return the digest by which the lock knows the folded *text* (SHA-256, hexadecimal)."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


def verified_quote(quote: str, recorded: Iterable[VerifiedQuote]) -> VerifiedQuote | None:
    """Return the record of *quote* among those *recorded*; None if it was never verified."""
    known = digest(quote)
    return next((verified for verified in recorded if verified.quote == known), None)


def verify_quote(quote: str, article: str) -> VerifiedQuote | None:
    """Return the record of *quote* if it stands in *article*, whole words and letter for letter."""
    start = find_quote(quote, article)
    return (
        None if start is None else VerifiedQuote(digest(quote), digest(article), text_fragment(quote, article, start))
    )


def find_quote(quote: str, article: str) -> int | None:
    """Return where *quote* begins in the folded *article*; None where it does not stand there as whole words."""
    wanted, text = fold(quote), fold(article)
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not (_inside_word(text, start) or _inside_word(text, end)):
            return start
        start = text.find(wanted, start + 1)
    return None


def text_fragment(quote: str, article: str, start: int) -> str:
    """Return the shortest text directive that finds nothing but the *quote* that begins at *start*; "" if none can.

    Form and matching: https://wicg.github.io/scroll-to-text-fragment/ ([prefix-,]start[,end][,-suffix]).
    """
    shown, text = single_spaced(article), fold(article).casefold()
    end = start + len(fold(quote))
    words = shown[start:end].split(" ")
    directives = []
    if len(words) > 2 * RANGE_WORDS + 2:
        first, last = " ".join(words[:RANGE_WORDS]), " ".join(words[-RANGE_WORDS:])
        if _stands_once(first, text) and _stands_once(last, text):
            directives.append(f"{_encoded(first)},{_encoded(last)}")
    for before in _word_starts(shown, start):
        for after in _word_ends(shown, end):
            prefix, suffix = shown[before:start].strip(), shown[end:after].strip()
            has_words = all(any(map(str.isalnum, side)) for side in (prefix, suffix) if side)
            if has_words and _stands_once(shown[before:after], text):
                parts = [
                    f"{_encoded(prefix)}-" if prefix else "",
                    _encoded(shown[start:end]),
                    f"-{_encoded(suffix)}" if suffix else "",
                ]
                directives.append(",".join(part for part in parts if part))
    return min(directives, key=lambda directive: (len(directive), directive), default="")


def _stands_once(words: str, text: str) -> bool:
    """Whether *words* stand in the folded, casefolded *text* once, as browsers look for them: in any case."""
    wanted = fold(words).casefold()
    return text.find(wanted, text.find(wanted) + 1) < 0


def _word_starts(text: str, start: int) -> Iterator[int]:
    """Yield *start* and where the words before it begin, nearest first."""
    yield start
    for _ in range(CONTEXT_WORDS):
        if start == 0:
            return
        start = text.rfind(" ", 0, start - 1) + 1
        yield start


def _word_ends(text: str, end: int) -> Iterator[int]:
    """Yield *end* and where the words behind it end, nearest first."""
    yield end
    for _ in range(CONTEXT_WORDS):
        if end == len(text):
            return
        end = text.find(" ", end + 1)
        end = len(text) if end < 0 else end
        yield end


def _inside_word(text: str, index: int) -> bool:
    """Whether *index* parts two letters of one word."""
    pair = text[max(0, index - 1) : index + 1]
    return len(pair) == 2 and index > 0 and all(letter.isalnum() and ord(letter) < SPACELESS for letter in pair)


def _encoded(text: str) -> str:
    return percent_encoded(text, safe="").replace("-", "%2D")
