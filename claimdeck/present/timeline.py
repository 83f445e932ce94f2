"""PLAN the timeline: what happened, what was said and what was published, told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Literal

from claimdeck.model.cards import Span
from claimdeck.model.dates import date_in_words, first_day
from claimdeck.model.urls import as_of_url
from claimdeck.present.markup import Prose
from claimdeck.present.pages import STEPS, Context, Page, Pager, paginated
from claimdeck.present.views import Link, Stamp, Views
from claimdeck.present.words import span_in_words

TIMELINE = "timeline/"
Lane = Literal["happened", "said", "published"]
LANES: tuple[Lane, ...] = ("happened", "said", "published")
ENTRIES = 100  # of one page


@dataclass(frozen=True)
class Event:
    """Something with a date, as a card gives it."""

    date: str
    lane: Lane
    link: Link
    note: str = ""
    stamp: Stamp | None = None
    is_past: bool = False


@dataclass
class Day:
    """A date with its events by lane, and the page of what was on the record by then."""

    name: str
    date: str
    lanes: dict[Lane, list[Event]] = field(default_factory=dict)
    past: list[Event] = field(default_factory=list)  # what had happened by then, nobody says when
    as_of: str = ""


def plan_timeline(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the pages of the timeline, the earliest first."""
    for url, events, pager in paginated(_events(views), TIMELINE, views.home.base, length=ENTRIES, names=STEPS):
        context = partial(_context, events, pager, views, prose)
        description = "What happened, what was said and what was published, by day."
        yield Page(url, "timeline.html", "Timeline", description, context, section="timeline")


def _context(events: list[Event], pager: Pager, views: Views, prose: Prose) -> Context:
    return {"days": _days(events, views), "pager": pager, "intro": prose.get(("page", "timeline"))}


def _events(views: Views) -> list[Event]:
    """Return all events by date; the less exact a date, the earlier it stands."""
    events = []
    for claim in views.deck.claims.values():
        link, stamp = views.claim_link(claim.id), views.status(claim)
        if happened := claim.card.happened:
            date = happened.around or happened.from_ or happened.to or ""
            is_past = not (happened.around or happened.from_)
            events.append(Event(date, "happened", link, _span_unless_day(happened), stamp, is_past))
        if (said := claim.card.said) and said.on:
            events.append(Event(said.on, "said", link, views.claimant(said.by).text, stamp))
    for source in views.deck.sources.values():
        if published := source.card.published:
            outlet = views.claimant(source.card.outlet).text
            name = source.card.title or source.card.summary
            events.append(Event(published, "published", Link(name, views.href("source", source.id)), outlet))
    return sorted(events, key=lambda e: (first_day(e.date), len(e.date), LANES.index(e.lane), e.link.href))


def _span_unless_day(happened: Span) -> str:
    """Return the time in words where it is more or less than the day under which it stands."""
    is_exact = not happened.around and happened.from_ == happened.to
    return "" if is_exact else span_in_words(happened, short=True)


def _days(events: list[Event], views: Views) -> list[Day]:
    days = []
    for date, of_day in groupby(events, key=lambda event: event.date):
        day = Day(date_in_words(date), date)
        for event in of_day:
            (day.past if event.is_past else day.lanes.setdefault(event.lane, [])).append(event)
        if "published" in day.lanes:
            day.as_of = views.home.href(as_of_url(date))
        days.append(day)
    return days
