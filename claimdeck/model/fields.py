"""The kinds of value that a card's field can hold, each refused with what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from claimdeck.model.dates import DATE, is_date, is_day
from claimdeck.model.problems import shortened

ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
ID_LENGTH = 100
KEPT = re.compile("page|con|prn|aux|nul|(?:com|lpt)[0-9]")  # no id: all but the first are Windows's own
MOST_KNOWN = 4096  # ids and dates that are not checked again: the same ones stand in many cards
SHORT_LENGTH, LINE_LENGTH = 75, 5_000
QUOTE_WORDS = 25
MARKDOWN_LENGTH, MOST_TANGLED = 100_000, 200_000_000  # letters; units of `tangle_of`, some seconds at worst
MOST_NOTES = 1_000  # marks of footnotes in one text
BLANK_LINES = re.compile(r"\n[ \t]*\n")
NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?", re.ASCII)
BEHIND_SCHEME = r'[^\s<>"\\/?#@%{}|^`]+(?:[/?#][^\s<>"\\]*)?'  # no user: “https://bank.example@evil.example/” misleads
ADDRESS = re.compile(f"https?://{BEHIND_SCHEME}", re.IGNORECASE)
MAIL_ADDRESS = re.compile(r"""mailto:[^\s<>"\\/][^\s<>"\\]*""", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*", re.ASCII)


def refused(message: str, hint: str) -> PydanticCustomError:
    """Return the error that says *message* and, as what to do, *hint*."""
    return PydanticCustomError("claimdeck", "{message}", {"message": message, "hint": hint})


@lru_cache(maxsize=MOST_KNOWN)
def check_date(text: str) -> str:
    """Return *text* if it is a day, a month or a year that exists."""
    if not is_date(text):
        raise refused(f"“{shortened(text)}” is {_no(text, 'date')}.", "Write it as 2024-11-20, 2024-11 or 2024.")
    return text


@lru_cache(maxsize=MOST_KNOWN)
def check_day(text: str) -> str:
    """Return *text* if it is one whole day that exists."""
    if not is_day(text):
        raise refused(f"“{shortened(text)}” is {_no(text, 'day')}.", "Write the whole day, as 2024-11-20.")
    return text


def _no(text: str, noun: str) -> str:
    """Return what is wrong with *text* as a date: it does not exist, or is written otherwise."""
    return f"not a {noun} that exists" if DATE.fullmatch(text) and not is_date(text) else f"not written as a {noun}"


@lru_cache(maxsize=MOST_KNOWN)
def check_id(text: str) -> str:
    """Return *text* if it can be the id of a card: lower case, digits, hyphens; `page` is reserved."""
    if len(text) > ID_LENGTH or not ID.fullmatch(text):
        example = "-".join(re.findall(r"[a-z0-9]+", text[: 2 * ID_LENGTH].lower()))[:ID_LENGTH].strip("-")
        such = f", such as {example}" if example and "/" not in text else f", at most {ID_LENGTH}"
        hint = f"Use lower case letters, digits and hyphens{such}; a card’s id is its file name without the ending."
        raise refused(f"“{shortened(text)}” is not an id.", hint)
    if KEPT.fullmatch(text):
        raise refused(f"“{text}” is a reserved id.", f"Choose another one: {why_kept(text)}.")
    return text


def why_kept(id_: str) -> str:
    """Return why no card can be called *id_*, which KEPT matches."""
    return "/claims/page/2/ is the second page of a list" if id_ == "page" else "Windows knows no folder of that name"


def is_address(text: str) -> bool:
    """Whether *text* is an http or https address, and names no user."""
    if not ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # no host or port can be written like this
        return False


def check_address(text: str) -> str:
    """Return *text* if it is an http or https address."""
    if not is_address(text):
        raise refused(
            f"“{text}” is not a web address.",
            "Give it whole, from https:// or http:// on, without spaces or a user’s name.",
        )
    return text


def check_language(text: str) -> str:
    """Return *text* if it has the form of a language tag (BCP 47, https://www.rfc-editor.org/info/bcp47)."""
    if not LANGUAGE.fullmatch(text):
        raise refused(f"“{text}” is not a language tag.", "Write it as en, de, ko or pt-BR.")
    return text


def check_quote(text: str) -> str:
    """Return *text* if it has at most 25 words."""
    words = len(text.split())
    if words > QUOTE_WORDS:
        raise refused(
            f"This quote has {words} words; at most {QUOTE_WORDS} may be quoted.",
            "Quote only the words on which the claim turns.",
        )
    return text


def check_markdown(text: str) -> str:
    """Return *text* if rendering it takes bounded time: neither very long nor too tangled."""
    if len(text) > MARKDOWN_LENGTH:
        raise refused("This text is too long to be rendered.", f"Keep it under {MARKDOWN_LENGTH:,} characters.")
    if "[" * 50 in text or text.count("[^") > MOST_NOTES or tangle_of(text) > MOST_TANGLED:
        raise refused("This text is too tangled to be rendered.", "Set blank lines between its parts, or split it.")
    return text


def tangle_of(text: str) -> int:
    """Return how much work it may be to render the Markdown *text*, in about 10 ns each.

    The library looks through a paragraph, list or table anew for each of its lines, open brackets and escapes, and
    fills a table's rows up to the longest one.
    """
    return sum(_tangle_of_block(block) for block in BLANK_LINES.split(text))


def _tangle_of_block(block: str) -> int:
    lines, brackets, escapes = block.count("\n") + 1, block.count("["), block.count("\\")
    widest = max(line.count("|") for line in block.split("\n")) if "|" in block else 0
    return (lines + 15 * brackets + escapes // 8) * len(block) + 400 * lines * widest


def check_line(text: str) -> str:
    """Return *text* if it has at most 5,000 characters: it stands on many pages, not on that of its card alone."""
    if len(text) > LINE_LENGTH:
        raise refused(f"This text has {len(text):,} characters; it may have {LINE_LENGTH:,}.", "Say it in fewer words.")
    return text


def check_short(text: str) -> str:
    """Return *text* if it has at most 75 characters."""
    if len(text) > SHORT_LENGTH:
        raise refused(
            f"`short` has {len(text)} characters; it may have {SHORT_LENGTH}.",
            "Say it in fewer words: it is the page's title.",
        )
    return text


def parse_number(value: Any) -> Any:
    """Return the number that the text *value* spells: digits, with a point before decimals."""
    if not isinstance(value, str):
        return value
    if not NUMBER.fullmatch(value):
        raise refused(
            f"“{value}” is not a number.",
            "Write digits only, without signs or thousands marks: 10900 or 2.5.",
        )
    return Decimal(value)


def check_pair(value: Any) -> Any:
    """Return *value* if it is a list of two."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refused("`between` needs two numbers.", "Write between: [10000, 12000].")
    return value


def parse_days(value: Any) -> Any:
    """Return the number of days that the text *value* spells."""
    is_count = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 and int(value) > 0
    if not is_count:
        raise refused(f"“{value}” is not a number of days.", "Write a whole number, such as 365.")
    return int(value)


def parse_answer(value: Any) -> Any:
    """Return the yes or no that the text *value* spells: `true` or `false`."""
    if value not in ("true", "false"):  # a tuple: a group or a list, which someone may have written, has no hash
        raise refused(f"“{value}” is neither true nor false.", "Write true or false.")
    return value == "true"


Text = Annotated[str, StringConstraints(min_length=1)]
Markdown = Annotated[
    str, StringConstraints(strip_whitespace=False), AfterValidator(check_markdown)
]  # its lines are counted
Id = Annotated[str, AfterValidator(check_id)]
Date = Annotated[str, AfterValidator(check_date)]
Day = Annotated[str, AfterValidator(check_day)]
Address = Annotated[str, AfterValidator(check_address)]
Language = Annotated[str, AfterValidator(check_language)]
Quote = Annotated[str, AfterValidator(check_quote)]
Line = Annotated[str, AfterValidator(check_line)]
Short = Annotated[str, AfterValidator(check_short)]
Number = Annotated[Decimal, BeforeValidator(parse_number)]
Pair = Annotated[tuple[Number, Number], BeforeValidator(check_pair)]
Days = Annotated[int, BeforeValidator(parse_days)]
Answer = Annotated[bool, BeforeValidator(parse_answer)]


@dataclass(frozen=True)
class Fault:
    """What is wrong between the fields of one part: at its *field* ("": the part itself), and what to do.

    *lacking*: something is missing, which a field that was told already may have been meant to be.
    """

    field: str
    message: str
    hint: str
    lacking: bool = False


class Part(BaseModel):
    """A group of fields: unknown ones are refused, and nothing changes after reading."""

    REQUIRED: ClassVar[tuple[str, ...]] = ()
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong between the fields."""
        yield from ()
