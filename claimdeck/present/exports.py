"""Export the deck for other programs: claims.json, claims/<id>.json, sources.json; the table of claims beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from json import JSONEncoder
from typing import Any

from claimdeck.judge.deck import Claim, Deck, Range
from claimdeck.judge.figures import interval_of
from claimdeck.model.cards import Figure, Span
from claimdeck.model.urls import Home, card_url
from claimdeck.present.table import claims_table, datapackage, row_of
from claimdeck.present.traces import Noting

Json = dict[str, Any]
OF_THE_SITE = ("claims.json", "claims.csv", "datapackage.json", "sources.json")
VERSION = 1  # of the schemas in docs/schemas: raised when a key is renamed or removed

_text = JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps makes it anew for each value


@dataclass(frozen=True)
class Record:
    """A claim as the exports hold it: an object of claims.json, and a row of claims.csv."""

    json: str
    row: str


def export_files(deck: Deck, home: Home) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the address of each export, and what makes its text, in the form that docs/exports.md describes."""
    site, records = _site(deck, home), _Records(home)
    more = _text({"version": VERSION, "site": site})
    yield "claims.json", partial(_all_claims, deck, records, site)
    yield "claims.csv", partial(_table, deck, records)
    yield "datapackage.json", partial(datapackage, deck, home)
    yield "sources.json", partial(_all_sources, deck, home, site)
    for id_, claim in deck.claims.items():
        yield f"claims/{id_}.json", partial(_claim_file, id_, deck, records, more)
        for alias in claim.card.aliases:
            yield f"claims/{alias}.json", partial(_whole, {"moved_to": home.absolute(f"claims/{id_}.json")})
    for id_, file in deck.withdrawn.items():
        if gone := file.card.withdrawn:
            fields = {"id": id_, "url": home.absolute(card_url("claim", id_)), "short": file.card.short}
            told = {"withdrawn": gone.model_dump(), "version": VERSION, "site": site}
            yield f"claims/{id_}.json", partial(_whole, fields | told)


class _Records(Noting):
    """The records of the claims of one deck, each made once for all exports that hold it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.made: dict[str, Record] = {}

    def of(self, claim: Claim) -> Record:
        if claim.id not in self.made:
            self.made[claim.id] = claim_record(claim, self.home)
        return self.made[claim.id]


def claim_record(claim: Claim, home: Home) -> Record:
    """Return what all exports say of a claim; rests on nothing but *claim* and *home*."""
    fields = claim_as_json(claim, home)
    return Record(_text(fields), row_of(fields))


def _all_claims(deck: Deck, records: _Records, site: Json) -> str:
    return _listing(site, "claims", (records.of(claim).json for claim in deck.claims.values()))


def _table(deck: Deck, records: _Records) -> str:
    return claims_table(records.of(claim).row for claim in deck.claims.values())


def _all_sources(deck: Deck, home: Home, site: Json) -> str:
    return _listing(site, "sources", map(_text, _sources(deck, home)))


def _claim_file(id_: str, deck: Deck, records: _Records, more: str) -> str:
    """Return the claim's object of claims.json with *more* keys, those of another object, at its end."""
    return f"{records.of(deck.claims[id_]).json[:-1]}, {more[1:]}\n"


def _whole(value: Json) -> str:
    return _text(value) + "\n"


def claim_as_json(claim: Claim, home: Home) -> Json:
    """Return a claim as the exports hold it."""
    card = claim.card
    return {
        "id": claim.id,
        "url": home.absolute(card_url("claim", claim.id)),
        "claim": card.claim,
        "short": card.short,
        "status": card.status,
        "because": card.because,
        "reviewed": card.reviewed,
        "language": card.language,
        "happened": _span(card.happened),
        "said": {"by": card.said.by, "on": card.said.on} if card.said else None,
        "topics": list(card.topics),
        "places": list(card.places),
        "figure": figure_as_json(card.figure),
        "counts": {
            name: {"low": count.low, "high": count.high} if isinstance(count, Range) else count
            for name, count in claim.counts._asdict().items()
        },
        "on_record_to": claim.on_record_to,
        "origins": list(claim.origins),
        "evidence": [_evidence(t) for t in claim.testimonies],
        "unknowns": list(card.unknowns),
        "would_change_if": list(card.would_change_if),
        "related": [{"claim": relation.claim, "as": relation.relationship} for relation in claim.relations],
        "history": [{"on": e.on, "status": e.status, "note": e.note, "sources": list(e.sources)} for e in card.history],
        "corrections": [{"on": e.on, "kind": e.kind, "note": e.note} for e in card.corrections],
        "override": card.override.model_dump() if card.override else None,
    }


def figure_as_json(figure: Figure | None) -> Json | None:
    """Return a figure with its interval; `value` is null for `between`, `high` where nothing limits it."""
    if figure is None:
        return None
    interval = interval_of(figure)
    return {
        "measure": figure.measure,
        "comparator": figure.comparator,
        "value": _number(figure.value),
        "low": _number(interval.low),
        "high": _number(interval.high),
        "of": figure.of,
        "scope": figure.scope,
        "as_of": figure.as_of,
        "period": _span(figure.period),
        "per": figure.per,
    }


def updated_on(deck: Deck) -> str | None:
    """Return the newest day of work on the deck: of a review or a history entry."""
    days = [
        day
        for claim in deck.claims.values()
        for day in (claim.card.reviewed, *(entry.on for entry in claim.card.history))
        if day
    ]
    return max(days, default=None)


def _site(deck: Deck, home: Home) -> Json:
    settings = deck.settings
    return {
        "title": settings.title,
        "url": home.absolute(""),
        "license": settings.license.name if settings.license else None,
        "updated": updated_on(deck),
    }


def _evidence(testimony: Any) -> Json:
    card = testimony.card
    return {
        "source": testimony.source.id,
        "url": testimony.source.card.url,
        "stance": card.stance,
        "via": list(card.via),
        "origin": testimony.chain.origin,
        "via_from": card.via_from,
        "quote": card.quote,
        "quote_verified": testimony.verified is not None,
        "translation": card.translation,
        "figure": figure_as_json(card.figure),
        "happened": _span(card.happened),
        "admission": card.admission,
        "own": card.own,
        "note": card.note,
    }


def _sources(deck: Deck, home: Home) -> Iterator[Json]:
    claims: dict[str, list[Json]] = {}
    for claim in deck.claims.values():
        for testimony in claim.testimonies:
            entry = {"claim": claim.id, "stance": testimony.card.stance, "origin": testimony.chain.origin}
            claims.setdefault(testimony.source.id, []).append(entry)
    for id_, source in deck.sources.items():
        fields = source.card.model_dump(exclude={"draft", "aliases", "url"})
        yield {
            "id": id_,
            "url": home.absolute(card_url("source", id_)),
            "address": source.card.url,
            **fields,
            "claims": claims.get(id_, []),
        }


def _span(span: Span | None) -> Json | None:
    if span is None:
        return None
    around = {"around": True} if span.around else {}
    return {"from": span.first, "to": span.last, **around}


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _listing(site: Json, name: str, entries: Iterable[str]) -> str:
    """Return an export of many *entries*, one a line."""
    lines = ",\n".join(entries)
    return f'{{"version": {VERSION},\n"site": {_text(site)},\n"{name}": [\n{lines}\n]}}\n'
