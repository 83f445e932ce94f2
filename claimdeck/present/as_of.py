"""PLAN the pages of the record as it was: by each day on which a source was published, and what was new that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from claimdeck.judge.deck import Claim, Counts, Deck
from claimdeck.judge.record import Day, Standing, days_of_record, record_by_day
from claimdeck.model.dates import date_in_words, last_day
from claimdeck.model.urls import as_of_url
from claimdeck.present.pages import Context, Page, left_out
from claimdeck.present.views import Link, Views
from claimdeck.present.words import counted, origins_in_words

WHOLE_RECORD = 200  # claims; a longer record is told by its changes and its tally
OF_A_DAY = 500  # sources shown, and changes


class Told(NamedTuple):
    """A claim on the record of a day, in words: the highest rung, what it rests on, and how it stood before."""

    id: str
    most: str
    now: str
    rests_on: str
    before: str = ""


class Shown(NamedTuple):
    """What the page of a day shows of the record."""

    sources: tuple[str, ...]
    total: int
    carried: tuple[int, ...]  # by the rungs of the ladder
    changes: tuple[Told, ...]
    record: tuple[Told, ...]


class Record(Mapping[str, Shown]):
    """What is shown of each day, by its date; followed from the first day as far as somebody asks."""

    def __init__(self, deck: Deck) -> None:
        self.deck, self.dates = deck, list(days_of_record(deck))
        self.shown: dict[str, Shown] = {}
        self.days = record_by_day(deck)

    def __getitem__(self, date: str) -> Shown:
        while date not in self.shown and (day := next(self.days, None)):
            self.shown[day.date] = self._shown(day)
        return self.shown[date]

    def __iter__(self) -> Iterator[str]:
        return iter(self.dates)

    def __len__(self) -> int:
        return len(self.dates)

    def _shown(self, day: Day) -> Shown:
        rows = day.record if len(day.record) <= WHOLE_RECORD else {}
        carried = tuple(day.carried[rung.id] for rung in self.deck.settings.ladder)
        record = tuple(_told(id_, day.record[id_]) for id_ in rows)
        return Shown(day.sources, len(day.record), carried, tuple(_changes(day)), record)


def plan_as_of(views: Views) -> Iterator[Page]:
    """Yield a page for each day on which a source was published."""
    record = Record(views.whole)
    days, kept = record.dates, views.traces.collection("record", record, partial(_basis, views))
    entries = [last_day(entry.on) for claim in views.whole.claims.values() for entry in claim.card.history if entry.on]
    first_review = min(entries, default="9999")
    for earlier, date, later in zip([None, *days], days, [*days[1:], None], strict=False):
        name = date_in_words(date)
        title = f"On the record by {name}"
        description = f"What the sources published until {name} carried, and what was new that day."
        is_reviewed = first_review <= last_day(date)
        context = partial(_context, kept, date, earlier, later, is_reviewed, views)
        yield Page(as_of_url(date), "as_of.html", title, description, context, section="timeline")


def _basis(views: Views) -> list[Any]:
    """Return all that the record follows from: the evidence of claims, and who is behind it."""
    claims = views.whole.claims.values()
    told = [(claim.id, claim.relations, claim.card.model_dump_json(include={"evidence"})) for claim in claims]
    return [told, views.whole.sources, views.whole.claimants]


def _context(
    record: Mapping[str, Shown], date: str, earlier: str | None, later: str | None, is_reviewed: bool, views: Views
) -> Context:
    day = record[date]
    return {
        "sources": [_source(id_, views) for id_ in day.sources[:OF_A_DAY]],
        "more_sources": left_out(day.sources, OF_A_DAY),
        "total": counted(day.total, "claim", "claims"),
        "tally": [
            {"stamp": views.stamp(rung), "total": total}
            for rung, total in zip(views.settings.ladder, day.carried, strict=True)
        ],
        "changes": [{**_row(told, date, views), "before": told.before} for told in day.changes[:OF_A_DAY]],
        "more_changes": left_out(day.changes, OF_A_DAY),
        "record": [_row(told, date, views) for told in day.record],
        "reviewed": is_reviewed,
        "earlier": _link(earlier, views),
        "later": _link(later, views),
    }


def _source(id_: str, views: Views) -> dict[str, Any]:
    card = views.deck.sources[id_].card
    updated = date_in_words(card.updated) if card.updated and last_day(card.updated) > last_day(card.published) else ""
    return {"link": views.source(id_), "title": card.title or card.summary, "updated": updated}


def _changes(day: Day) -> list[Told]:
    """Return the claims of which there is something new to say, those that were on record before first."""
    told = [_told(id_, day.record[id_], then) for id_, then in day.before.items()]
    return sorted((one for one in told if one.before != one.now), key=lambda one: not one.before)


def _told(id_: str, standing: Standing, before: Standing | None = None) -> Told:
    most = standing.rung.label.lower() if standing.rung else ""
    rests_on = _counts_in_words(standing.counts)
    return Told(id_, most, _in_words(standing), rests_on, _in_words(before) if before else "")


def _row(told: Told, date: str, views: Views) -> dict[str, Any]:
    rung = views.settings.rung(_desk_status(views.deck.claims[told.id], date))
    return {
        "link": views.claim_link(told.id),
        "most": told.most,
        "now": told.now,
        "rests_on": told.rests_on,
        "today": views.stamps[told.id],
        "desk": rung.label if rung else "",
    }


def _in_words(standing: Standing) -> str:
    """Return “at most attributed (2 sources, 1 origin)”."""
    most = f"at most {standing.rung.label.lower()}" if standing.rung else "no rung"
    return f"{most} ({_counts_in_words(standing.counts)})"


def _counts_in_words(counts: Counts) -> str:
    """Return “2 sources, 1 origin, 1 origin against”: the numbers by which the ladder goes."""
    told = [counted(counts.sources, "source", "sources")]
    told.append(origins_in_words(counts.origins))
    if counts.against.high:
        told.append(f"{origins_in_words(counts.against)} against")
    if counts.superseded:
        told.append("superseded")
    return ", ".join(told)


def _desk_status(claim: Claim, date: str) -> str:
    """Return the status that the desk had given *claim* by *date*; "" before its first review."""
    entries = [entry for entry in claim.card.history if entry.on and last_day(entry.on) <= last_day(date)]
    return max(entries, key=lambda entry: entry.on).status if entries else ""


def _link(date: str | None, views: Views) -> Link | None:
    return Link(date_in_words(date), views.home.href(as_of_url(date))) if date else None
