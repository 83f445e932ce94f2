"""PLAN the pages of the record as it was: by each day on which a source was published, and what was new that day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from claimdeck.judge.deck import Claim, Counts
from claimdeck.judge.record import Day, Standing, days_of_record, record_by_day
from claimdeck.model.dates import date_in_words, last_day
from claimdeck.model.urls import as_of_url
from claimdeck.present.pages import Context, Page
from claimdeck.present.views import Link, Views
from claimdeck.present.words import counted, range_in_words

WHOLE_RECORD = 200  # claims; a longer record is told by its changes and its tally


def plan_as_of(views: Views) -> Iterator[Page]:
    """Yield a page for each day on which a source was published."""
    days = list(days_of_record(views.deck))
    record = _Record(views)
    for earlier, date, later in zip([None, *days], days, [*days[1:], None], strict=False):
        name = date_in_words(date)
        title = f"On the record by {name}"
        description = f"What the sources published until {name} carried, and what was new that day."
        context = partial(_context, record, date, earlier, later, views)
        yield Page(as_of_url(date), "as_of.html", title, description, context, section="timeline")


class _Record:
    """The record, to be asked for one day after the other; an earlier day is followed anew from the first."""

    def __init__(self, views: Views) -> None:
        self.deck = views.deck
        self.days: Iterator[Day] = iter(())
        entries = [
            last_day(entry.on) for claim in self.deck.claims.values() for entry in claim.card.history if entry.on
        ]
        self.first_review = min(entries, default="9999")

    def of(self, date: str) -> Day:
        """Return the record of the day *date*, good until the next one is asked for."""
        day = next((day for day in self.days if day.date == date), None)
        if day is None:
            self.days = record_by_day(self.deck)
            day = next(day for day in self.days if day.date == date)
        return day


def _context(record: _Record, date: str, earlier: str | None, later: str | None, views: Views) -> Context:
    day = record.of(date)
    rows = day.record if len(day.record) <= WHOLE_RECORD else {}
    return {
        "sources": [_source(id_, views) for id_ in day.sources],
        "total": counted(len(day.record), "claim", "claims"),
        "tally": [{"stamp": views.stamp(rung), "total": day.carried[rung.id]} for rung in views.settings.ladder],
        "changes": [_change(id_, then, day, views) for id_, then in _changed_first(day)],
        "record": [_row(id_, day, views) for id_ in rows],
        "reviewed": record.first_review <= last_day(day.date),
        "earlier": _link(earlier, views),
        "later": _link(later, views),
    }


def _source(id_: str, views: Views) -> dict[str, Any]:
    card = views.deck.sources[id_].card
    updated = date_in_words(card.updated) if card.updated and last_day(card.updated) > last_day(card.published) else ""
    return {"link": views.source(id_), "title": card.title or card.summary, "updated": updated}


def _changed_first(day: Day) -> list[tuple[str, Standing | None]]:
    """Return the claims of which there is something new to say, those that were on record before first."""
    told = [
        (id_, then) for id_, then in day.before.items() if not then or _in_words(then) != _in_words(day.record[id_])
    ]
    return sorted(told, key=lambda change: change[1] is None)


def _change(id_: str, before: Standing | None, day: Day, views: Views) -> dict[str, Any]:
    return {**_row(id_, day, views), "before": _in_words(before) if before else ""}


def _row(id_: str, day: Day, views: Views) -> dict[str, Any]:
    standing = day.record[id_]
    rung = views.settings.rung(_desk_status(views.deck.claims[id_], day.date))
    return {
        "link": views.claim_link(id_),
        "most": standing.rung.label.lower() if standing.rung else "",
        "now": _in_words(standing),
        "rests_on": _counts_in_words(standing.counts),
        "today": views.status(views.deck.claims[id_]),
        "desk": rung.label if rung else "",
    }


def _in_words(standing: Standing) -> str:
    """Return “at most attributed (2 sources, 1 origin)”."""
    most = f"at most {standing.rung.label.lower()}" if standing.rung else "no rung"
    return f"{most} ({_counts_in_words(standing.counts)})"


def _counts_in_words(counts: Counts) -> str:
    """Return “2 sources, 1 origin, 1 origin against”: the numbers by which the ladder goes."""
    told = [counted(counts.sources, "source", "sources")]
    told.append(f"{range_in_words(counts.origins)} {'origin' if counts.origins.high == 1 else 'origins'}")
    if counts.against.high:
        told.append(f"{range_in_words(counts.against)} {'origin' if counts.against.high == 1 else 'origins'} against")
    if counts.superseded:
        told.append("superseded")
    return ", ".join(told)


def _desk_status(claim: Claim, date: str) -> str:
    """Return the status that the desk had given *claim* by *date*; "" before its first review."""
    entries = [entry for entry in claim.card.history if entry.on and last_day(entry.on) <= last_day(date)]
    return max(entries, key=lambda entry: entry.on).status if entries else ""


def _link(date: str | None, views: Views) -> Link | None:
    return Link(date_in_words(date), views.home.href(as_of_url(date))) if date else None
