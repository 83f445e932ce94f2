"""Read dates as strangers write them.  What could mean two days is not guessed."""

from __future__ import annotations

import re

from claimdeck.model.dates import MONTHS, is_date

ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:(?<=-\d\d-\d\d)[T ]\d.*)?", re.ASCII)  # a time may follow a day
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
MONTH_FIRST = re.compile(r"([A-Za-z]+)\.?,? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (?:at )?\d.*)?", re.ASCII)
DAY_FIRST = re.compile(  # RFC 2822 among them, https://www.rfc-editor.org/info/rfc2822
    r"(?:[A-Za-z]+\.?, )?(\d{1,2})(?:st|nd|rd|th|\.)? ([A-Za-z]+)\.?,? (\d{4})(?:,? (?:at )?\d.*)?", re.ASCII
)
MONTH_LETTERS = 3


def parse_wild_date(text: str) -> str | None:
    """Return the date that *text* tells as cards write it, a time of day left off; None where it is no sure date."""
    text = " ".join(text.split())
    if match := ISO.fullmatch(text):
        found = match[1]
    elif match := YEAR_FIRST.fullmatch(text):
        found = _iso(match[1], match[2], match[3])
    elif match := MONTH_FIRST.fullmatch(text):
        found = _iso(match[3], _month(match[1]), match[2])
    elif match := DAY_FIRST.fullmatch(text):
        found = _iso(match[3], _month(match[2]), match[1])
    else:
        return None
    return found if is_date(found) else None


def _month(word: str) -> str:
    """Return the number of the English month that *word* is or abbreviates; "0" where it is none."""
    names = (name for name in MONTHS if len(word) >= MONTH_LETTERS and name.lower().startswith(word.lower()))
    name = next(names, "")
    return str(MONTHS.index(name) + 1) if name else "0"


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{month:0>2}-{day:0>2}"
