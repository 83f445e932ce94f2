"""The cards as editors write them: claims, sources, claimants, topics and prose pages.

Ids are plain text here; JOIN turns them into links.  Required fields have empty defaults, so that what
is left of a wrong or half-written part can still be joined: `REQUIRED` is what a published one must have.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, model_validator

from claimdeck.model.dates import DATE, first_day, last_day
from claimdeck.model.fields import (
    Address,
    Answer,
    Date,
    Day,
    Fault,
    Id,
    Language,
    Line,
    Markdown,
    Number,
    Pair,
    Part,
    Quote,
    Short,
    Text,
    refused,
)

Kind = Literal["claim", "source", "claimant", "topic", "page"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Stance = Literal["supports", "disputes", "qualifies", "mentions"]
STANCES: tuple[Stance, ...] = get_args(Stance)
Stake = Literal["party", "aligned", "none", "unknown"]
Comparator = Literal["exactly", "about", "at_least", "at_most", "over", "between"]
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
LONGEST_CHAIN = 20  # claimants between a source and the origin
TIMES = "Write 2024-11-20, {from: 2024-11-14, to: 2024-11-15} or {around: 2024-11}."
UNKNOWN = "unknown"  # the last word of a `via` whose trail ends in the dark


class Span(Part):
    """A time: a date, {from, to} of which one may be left out, or {around}."""

    from_: Date | None = Field(None, alias="from")
    to: Date | None = None
    around: Date | None = None

    @model_validator(mode="before")
    @classmethod
    def accept_a_date(cls, value: Any) -> Any:
        """Take a bare date for a span that begins and ends with it."""
        if isinstance(value, str) and not DATE.fullmatch(value.strip()):
            raise refused(f"“{value}” is not written as a date.", TIMES)
        return {"from": value, "to": value} if isinstance(value, str) else value

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with an empty span, one that ends before it begins, and `around` beside other dates."""
        if bool(self.around) == bool(self.from_ or self.to):
            yield Fault("", "This time is not a date.", TIMES, lacking=not self.around)
        elif self.from_ and self.to and first_day(self.from_) > last_day(self.to):
            message = f"This time ends ({self.to}) before it begins ({self.from_})."
            yield Fault("", message, "Swap or correct the two dates.")

    @property
    def first(self) -> str | None:
        """The first day covered; None where open."""
        start = self.around or self.from_
        return first_day(start) if start else None

    @property
    def last(self) -> str | None:
        """The last day covered; None where open."""
        end = self.around or self.to
        return last_day(end) if end else None


class Figure(Part):
    """A number as somebody gave it: what was counted, of whom, and how exactly."""

    REQUIRED: ClassVar = ("measure",)
    measure: Text = ""
    exactly: Number | None = None
    about: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    over: Number | None = None
    between: Pair | None = None
    of: Text | None = None
    scope: Literal["incident", "cumulative"] | None = None
    as_of: Date | None = None
    period: Span | None = None
    per: Literal["day"] | None = None

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with a figure of no comparator, of two, or whose range runs backwards."""
        given = [word for word in COMPARATORS if getattr(self, word) is not None]
        if len(given) != 1:
            count = f"has {len(given)} numbers ({', '.join(given)})" if given else "has no number"
            yield Fault(
                "", f"This figure {count}.", f"Give exactly one of {', '.join(COMPARATORS)}.", lacking=not given
            )
        elif self.between and self.between[0] > self.between[1]:
            yield Fault("between", "`between` runs backwards.", "Write the lower number first.")

    @property
    def comparator(self) -> Comparator:
        """The word before the number."""
        return next((word for word in COMPARATORS if getattr(self, word) is not None), "about")

    @property
    def value(self) -> Decimal | None:
        """The number itself; None for `between`, which has two."""
        return None if self.between else getattr(self, self.comparator)


class Said(Part):
    """Who put a claim into circulation, and when a given file dates it."""

    REQUIRED: ClassVar = ("by",)
    by: Id = ""
    on: Date | None = None


class Evidence(Part):
    """What one source has to say on a claim, and whom it had it from."""

    REQUIRED: ClassVar = ("source", "stance")
    source: Id = ""
    stance: Stance = "mentions"
    via: Annotated[tuple[Id, ...], Field(max_length=LONGEST_CHAIN)] = ()
    via_from: Id | None = None
    quote: Quote | None = None
    translation: Text | None = None
    note: Text | None = None
    figure: Figure | None = None
    happened: Span | None = None
    admission: Answer = False
    own: Answer = False

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with a translation of no quote."""
        if self.translation and not self.quote:
            hint = "Give the source's own words in `quote`, or leave both out."
            yield Fault("translation", "`translation` stands here without a `quote`.", hint, lacking=True)


class Related(Part):
    """How a claim stands to another one."""

    REQUIRED: ClassVar = ("claim", "as")
    claim: Id = ""
    as_: Literal["same-event", "contradicts", "context", "narrows", "supersedes"] = Field("context", alias="as")


class HistoryEntry(Part):
    """One day in a claim's life: the status from then on, and why."""

    REQUIRED: ClassVar = ("on", "status")
    on: Day = ""
    status: Text = ""
    note: str = ""
    sources: tuple[Id, ...] = ()


class Correction(Part):
    """One public change to what was published."""

    REQUIRED: ClassVar = ("on", "kind", "note")
    on: Day = ""
    kind: Literal["correction", "update", "clarification"] = "correction"
    note: Text = ""


class Override(Part):
    """Who let a card stand above its status ceiling, when and why."""

    REQUIRED: ClassVar = ("reason", "by", "on")
    reason: Text = ""
    by: Text = ""
    on: Day = ""


class DatedNote(Part):
    """A withdrawal or retraction: the day and the reason."""

    REQUIRED: ClassVar = ("on", "note")
    on: Date = ""
    note: Text = ""


class Card(Part):
    """What every kind of card may have."""

    draft: Answer = False
    aliases: tuple[Id, ...] = ()


class ClaimCard(Card):
    """One checkable statement, and what stands behind it."""

    REQUIRED: ClassVar = ("claim", "short", "status", "because", "reviewed", "topics", "evidence", "history")
    claim: Line = ""
    short: Short = ""
    status: str = ""
    because: str = ""
    why_selected: str | None = None
    reviewed: Day | None = None
    happened: Span | None = None
    said: Said | None = None
    topics: tuple[Id, ...] = ()
    places: tuple[Text, ...] = ()
    figure: Figure | None = None
    evidence: tuple[Evidence, ...] = ()
    unknowns: tuple[Text, ...] = ()
    would_change_if: tuple[Text, ...] = ()
    analysis: Markdown | None = None
    related: tuple[Related, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    override: Override | None = None
    language: Language | None = None
    withdrawn: DatedNote | None = None


class SourceCard(Card):
    """One document that was read."""

    REQUIRED: ClassVar = ("outlet", "url", "published", "kind", "language", "summary")
    outlet: Id = ""
    title: Line | None = None
    url: Address | None = None
    where: str | None = None
    also_at: tuple[Address, ...] = ()
    archive_url: Address | None = None
    published: Date = ""
    updated: Date | None = None
    authors: tuple[Text, ...] = ()
    kind: Literal["article", "wire", "statement", "post", "briefing", "video"] = "article"
    language: Language = "en"
    carries: Id | None = None
    draws_on: Id | None = None
    summary: str = ""
    retracted: DatedNote | None = None


class ClaimantCard(Card):
    """One actor who says things."""

    REQUIRED: ClassVar = ("name", "kind")
    name: Line = ""
    short: Line | None = None
    kind: Literal["person", "agency", "state", "outlet", "institute", "unnamed"] = "unnamed"
    part_of: Id | None = None
    stake: Stake | None = None
    stake_note: str | None = None
    also_known_as: tuple[Text, ...] = ()


class TopicCard(Card):
    """One subject that claims share."""

    REQUIRED: ClassVar = ("name",)
    name: Line = ""
    description: str | None = None


class PageCard(Card):
    """One prose page: Markdown under a title."""

    REQUIRED: ClassVar = ("title",)
    title: Line = ""
    body: Markdown = ""


MODELS: dict[Kind, type[Card]] = {
    "claim": ClaimCard,
    "source": SourceCard,
    "claimant": ClaimantCard,
    "topic": TopicCard,
    "page": PageCard,
}
