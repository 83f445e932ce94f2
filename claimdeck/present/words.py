"""Say numbers, dates, figures and languages in words.  Makes no HTML."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from claimdeck.judge.deck import Range
from claimdeck.model.cards import Figure, Span, Stake
from claimdeck.model.dates import date_in_words
from claimdeck.model.settings import Settings

COMPARATORS = {
    "exactly": "exactly ",
    "about": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "over": "more than ",
}
SCOPES = {"incident": "one incident", "cumulative": "in total"}
STAKES: dict[Stake, str] = {
    "party": "a party to the events",
    "aligned": "aligned with a party",
    "none": "not a party",
    "unknown": "stake unknown",
}
STANCES = {"supports": "Supports", "disputes": "Disputes", "qualifies": "Qualifies", "mentions": "Mentions"}
RELATIONSHIPS = {
    "same-event": "same event",
    "contradicts": "contradicts",
    "context": "context",
    "narrows": "narrows",
    "narrowed-by": "narrowed by",
    "supersedes": "supersedes",
    "superseded-by": "superseded by",
}
RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"])
SOURCE_KINDS = {
    "article": ("article", "articles"),
    "wire": ("wire report", "wire reports"),
    "statement": ("statement", "statements"),
    "post": ("post", "posts"),
    "briefing": ("briefing", "briefings"),
    "video": ("video", "videos"),
}


def number_in_words(number: Decimal | int) -> str:
    """Return a number with thousands marks: “10,900”, “2.5”."""
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def counted(number: int, one: str, many: str) -> str:
    """Return “1 article”, “3 articles”."""
    return f"{number_in_words(number)} {one if number == 1 else many}"


def range_in_words(count: Range) -> str:
    """Return a range for a sentence: “2”, “1 or 2”, “1 to 4”."""
    if count.low == count.high:
        return number_in_words(count.low)
    joint = "or" if count.high == count.low + 1 else "to"
    return f"{number_in_words(count.low)} {joint} {number_in_words(count.high)}"


def origins_in_words(count: Range) -> str:
    """Return “1 origin”, “1 or 2 origins”."""
    return f"{range_in_words(count)} {'origin' if count.high == 1 else 'origins'}"


def span_in_words(span: Span, short: bool = False) -> str:
    """Return a time for readers: “20 November 2024”, “14 to 15 December 2024”, “since …”, “by …”, “around …”."""
    if span.around:
        return f"around {date_in_words(span.around, short)}"
    if span.from_ and span.to:
        if span.from_ == span.to:
            return date_in_words(span.to, short)
        return f"{_beginning(span.from_, span.to, short)} to {date_in_words(span.to, short)}"
    if span.from_:
        return f"since {date_in_words(span.from_, short)}"
    return f"by {date_in_words(span.to or '', short)}"


def amount_in_words(figure: Figure) -> str:
    """Return the bare number: “about 500”, “10,000 to 12,000”, “about 30 a day”."""
    return f"{_number_in_words(figure)} a {figure.per}" if figure.per else _number_in_words(figure)


def _number_in_words(figure: Figure) -> str:
    if figure.between:
        return " to ".join(number_in_words(end) for end in figure.between)
    return COMPARATORS[figure.comparator] + number_in_words(figure.value or Decimal(0))


def figure_in_words(figure: Figure, settings: Settings) -> str:
    """Return the whole figure: “about 500 killed (North Korean troops; one incident)”."""
    measure = settings.measures.get(figure.measure)
    details = [
        settings.populations[figure.of].label if figure.of in settings.populations else figure.of,
        SCOPES.get(figure.scope or ""),
        f"as of {date_in_words(figure.as_of)}" if figure.as_of else None,
        span_in_words(figure.period) if figure.period else None,
    ]
    told = "; ".join(detail for detail in details if detail)
    counted_things = measure.label if measure else figure.measure
    rate = f" a {figure.per}" if figure.per else ""
    return f"{_number_in_words(figure)} {counted_things}{rate}" + (f" ({told})" if told else "")


@lru_cache(maxsize=256)
def direction_of(language: str) -> str:
    """Return how the *language* is written: “rtl” or “ltr”."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def kinds_in_words(kinds: list[str]) -> str:
    """Return what sources of these *kinds* are together: “3 articles”; “2 sources” where they are of several."""
    one, many = SOURCE_KINDS[kinds[0]] if len(set(kinds)) == 1 else ("source", "sources")
    return counted(len(kinds), one, many)


def sentence(text: str) -> str:
    """Return *text* with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _beginning(first: str, last: str, short: bool) -> str:
    """Return *first* without what it shares with *last*: “14” before “15 December 2024”."""
    words, others = date_in_words(first, short).split(), date_in_words(last, short).split()
    while len(words) > 1 and len(words) == len(others) and words[-1] == others[-1]:
        words, others = words[:-1], others[:-1]
    return " ".join(words)
