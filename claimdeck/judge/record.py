"""Follow the record day by day: what the sources published until then would have carried.  Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from claimdeck.judge.deck import Claim, Counts, Deck, Relationship
from claimdeck.judge.ladder import meets
from claimdeck.judge.origins import count_evidence
from claimdeck.model.dates import last_day
from claimdeck.model.settings import Rung


@dataclass(frozen=True)
class Standing:
    """How a claim stood on the record of a day: its counts, and the highest rung that these would have carried."""

    counts: Counts
    rung: Rung | None


@dataclass(frozen=True)
class Day:
    """A day on which sources were published: they, the record by then, and what of it was new or otherwise before.

    *record* is that of the day only until the next one is asked for.
    """

    date: str
    sources: tuple[str, ...]
    record: dict[str, Standing]
    carried: Counter[str]  # how many claims could have carried each rung, by its id
    before: dict[str, Standing | None]  # None: the claim is new


def days_of_record(deck: Deck) -> dict[str, list[str]]:
    """Return the dates on which sources were published, with their ids; a month counts as its last day."""
    published: dict[str, list[str]] = {}
    for source in deck.sources.values():
        if source.card.published:
            published.setdefault(source.card.published, []).append(source.id)
    return {date: sorted(published[date]) for date in sorted(published, key=lambda date: (last_day(date), date))}


def record_by_day(deck: Deck) -> Iterator[Day]:
    """Yield the record of each day on which a source of *deck* was published; an update is no day of its own.

    A claim is on the record from the first source that supports it; if none does, from its first source.
    """
    cited: dict[str, list[str]] = {}
    for claim in deck.claims.values():
        for id_ in dict.fromkeys(t.source.id for t in claim.testimonies):
            cited.setdefault(id_, []).append(claim.id)
    record: dict[str, Standing] = {}
    carried: Counter[str] = Counter()
    known: set[str] = set()
    rungs: dict[Counts, Rung | None] = {}  # many claims are carried by the same numbers
    for date, sources in days_of_record(deck).items():
        known.update(sources)
        touched = dict.fromkeys(claim for source in sources for claim in cited.get(source, ()))
        told = [id_ for id_ in touched if id_ in record or _is_on_record(deck.claims[id_], known)]
        overtaken = [id_ for claim in told for id_ in _related(deck.claims[claim], "supersedes") if id_ in record]
        before = {id_: record.get(id_) for id_ in (*told, *overtaken)}
        for id_, then in before.items():
            later = _related(deck.claims[id_], "superseded-by")
            superseded = any(other in record or other in told for other in later)
            counts = _counts(deck.claims[id_], known, superseded, deck)
            if counts not in rungs:
                rungs[counts] = highest_rung(counts, deck)
            record[id_] = now = Standing(counts, rungs[counts])
            carried.update({now.rung.id: 1} if now.rung else ())
            carried.subtract({then.rung.id: 1} if then and then.rung else ())
        yield Day(date, tuple(sources), record, carried, {i: then for i, then in before.items() if then != record[i]})


def highest_rung(counts: Counts, deck: Deck) -> Rung | None:
    """Return the first rung of the ladder whose needs *counts* meet; where they meet none, the first without needs."""
    carried = [rung for rung in deck.settings.ladder if rung.needs and meets(rung, counts)]
    free = [rung for rung in deck.settings.ladder if not rung.needs]
    return next(iter([*carried, *free]), None)


def _related(claim: Claim, relationship: Relationship) -> list[str]:
    return [relation.claim for relation in claim.relations if relation.relationship == relationship]


def _is_on_record(claim: Claim, known: set[str]) -> bool:
    supporting = [t for t in claim.testimonies if t.card.stance == "supports"]
    return any(t.source.id in known for t in supporting or claim.testimonies)


def _counts(claim: Claim, known: set[str], superseded: bool, deck: Deck) -> Counts:
    testimonies = [t for t in claim.testimonies if t.source.id in known]
    if len(testimonies) == len(claim.testimonies):
        return claim.counts._replace(superseded=superseded)
    counts, _, _ = count_evidence(testimonies, deck.claimants, superseded)
    return counts
