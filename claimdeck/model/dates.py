"""Dates as cards write them: ISO days, months and years, kept as text.  Asks no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
DAY_LENGTH = len("2024-11-20")
DAYS = 4096  # dates of which the words are kept: the same few hundred stand on all pages
MONTHS = (  # not calendar.month_name, which follows the machine's language
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_date(text: str) -> bool:
    """Whether *text* is a day, a month or a year that exists: 2024-11-20, 2024-11, 2024."""
    match = DATE.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Whether *text* is a whole day that exists: 2024-11-20."""
    return len(text) == DAY_LENGTH and is_date(text)


def first_day(text: str) -> str:
    """Return the first day that the date *text* covers: “2024-11” gives “2024-11-01”."""
    return text + "-01-01"[len(text) - len("2024") :]


@lru_cache(maxsize=DAYS)
def last_day(text: str) -> str:
    """Return the last day that the date *text* covers: “2024-11” gives “2024-11-30”."""
    year, month, day = [*text.split("-"), "", ""][:3]
    month = month or "12"
    return f"{year}-{month}-{day or monthrange(int(year), int(month))[1]}"


@lru_cache(maxsize=DAYS)
def date_in_words(text: str, short: bool = False) -> str:
    """Return a date for readers: “20 November 2024”, *short* “20 Nov 2024”; “November 2024”; “2024”."""
    year, month, day = [*text.split("-"), "", ""][:3]
    name = MONTHS[int(month) - 1] if month else ""
    return " ".join(part for part in (day.lstrip("0"), name[:3] if short else name, year) if part)
