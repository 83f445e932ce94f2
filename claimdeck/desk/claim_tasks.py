"""What the desk can still do for one claim, seen from its own card and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claimdeck.desk.messages import counted
from claimdeck.desk.tasks import Task, named
from claimdeck.judge.deck import Claim, Deck, Source
from claimdeck.judge.ladder import meets, needs_in_words
from claimdeck.judge.origins import count_evidence
from claimdeck.judge.record import highest_rung
from claimdeck.model.cards import Stake
from claimdeck.model.dates import first_day
from claimdeck.model.settings import Rung
from claimdeck.present.words import STAKES

SUPPORTING = {"sources", "origins", "nonparty", "admissions"}  # needs that supporting evidence meets
WEAKEST_STAKES: tuple[Stake, ...] = ("party", "aligned", "unknown", "none")


def tasks_of_claim(claim: Claim, deck: Deck, today: str) -> Iterator[Task]:
    """Yield what is to be done for *claim* on the day *today*."""
    yield from retracted_tasks(claim, deck)
    yield from override_tasks(claim, deck)
    yield from history_tasks(claim, deck)
    yield from origin_tasks(claim, deck)
    yield from new_reporting_tasks(claim)
    yield from quote_tasks(claim)
    yield from review_tasks(claim, deck, today)
    yield from counterclaim_tasks(claim)
    yield from unknowns_tasks(claim, deck)


def retracted_tasks(claim: Claim, deck: Deck) -> Iterator[Task]:
    """Yield a task for each retracted source that the claim's counts still include."""
    counting = [t for t in claim.testimonies if t.source.card.retracted and t.card.stance in {"supports", "disputes"}]
    for source, first in {t.source.id: t for t in reversed(counting)}.items():
        rung = deck.rung_of(claim)
        falls = rung is not None and meets(rung, claim.counts) and not _carries_without(first.source, rung, claim, deck)
        on = first.source.card.retracted.on if first.source.card.retracted else ""
        why = f"{source} was retracted ({on}), and this card still counts it"
        why += f"; the rest does not carry “{claim.card.status}”." if falls else "."
        mend = "Take it out of the count (`stance: mentions`), and see which status the rest carries."
        yield _task("retracted", claim, ("evidence", first.number, "source"), why, mend, 0 if falls else 1)


def override_tasks(claim: Claim, deck: Deck) -> Iterator[Task]:
    """Yield a task where an override keeps the claim on its rung."""
    rung, override = deck.rung_of(claim), claim.card.override
    if not override or not rung:
        return
    carried = highest_rung(claim.counts, deck)
    if meets(rung, claim.counts):
        why = f"The evidence carries “{rung.id}” by itself; the override of {override.on} is no longer needed."
        mend = "Delete `override`, with an entry in `history` that says so."
    else:
        why = f"“{rung.id}” stands by the override of {override.on}; the evidence carries "
        why += f"“{carried.id}”." if carried else "no status."
        needs = ", or else ".join(needs_in_words(entry) for entry in rung.needs)
        mend = f"Find what the status needs ({needs}), or choose the one that the evidence carries."
    yield _task("override", claim, ("override",), why, mend, _height(rung, deck))


def history_tasks(claim: Claim, deck: Deck) -> Iterator[Task]:
    """Yield a task where the newest entry of the history names another status than the card."""
    entries = claim.card.history
    if not entries or not deck.rung_of(claim):
        return
    number, newest = max(enumerate(entries), key=lambda entry: (entry[1].on, entry[0]))
    if newest.status != claim.card.status:
        why = f"The newest entry of `history` ({newest.on}) says “{newest.status}”, the card “{claim.card.status}”."
        mend = "Add an entry with the day of the change, or correct the one that is wrong."
        yield _task("history", claim, ("history", number, "status"), why, mend)


def origin_tasks(claim: Claim, deck: Deck) -> Iterator[Task]:
    """Yield a task where all that carries the claim's status leads to one origin.

    The lowest rung that needs supporting evidence says no more than that; every other one does.
    """
    rung = deck.rung_of(claim)
    side = _side_of(rung) if rung else ""
    origins = claim.origins if side == "supports" else claim.disputing_origins
    known = claim.counts.origins if side == "supports" else claim.counts.against
    if not rung or not side or not origins or known.low > 1 or claim.card.override:
        return
    carrying = [t for t in claim.testimonies if t.card.stance == side]
    stake = min((deck.stake_of(origin) for origin in origins), key=WEAKEST_STAKES.index)
    is_admitted = any(t.card.admission for t in carrying)
    what = "admission, by" if is_admitted else "origin,"
    sources = named(sorted({t.source.id for t in carrying}))
    why = f"“{rung.id}” rests on one {what} {named(origins)} ({STAKES[stake]}), in {sources}."
    other = f"Look for an origin that does not lead back to {named(origins)}"
    if rung in [each for each in deck.settings.ladder if _side_of(each) == "supports"][-1:]:
        yield _task("single", claim, ("evidence",), why, f"{other}.", WEAKEST_STAKES.index(stake))
    else:
        mend = f"{other}; if there is none, a lower status may say it better."
        mend = "Read the admission in its own words, or find another source that has it." if is_admitted else mend
        yield _task("one-origin", claim, ("status",), why, mend, _height(rung, deck))


def new_reporting_tasks(claim: Claim) -> Iterator[Task]:
    """Yield a task where a source of the claim appeared, or was updated, after the review."""
    reviewed = claim.card.reviewed
    if not reviewed:
        return
    newest: dict[str, str] = {}
    for source in [t.source for t in claim.testimonies]:
        later = [day for day in (source.card.published, source.card.updated) if day and first_day(day) > reviewed]
        newest |= {source.id: max(later, key=first_day)} if later else {}
    order = sorted(newest, key=lambda id_: (first_day(newest[id_]), id_), reverse=True)
    if order:
        why = f"The last review was on {reviewed}, before {named([f'{id_} ({newest[id_]})' for id_ in order])}."
        mend = "Read what is new against the card, then set `reviewed`."
        weight = -_days(reviewed, first_day(newest[order[0]]))
        yield _task("new-reporting", claim, ("reviewed",), why, mend, weight)


def quote_tasks(claim: Claim) -> Iterator[Task]:
    """Yield a task for each quote that was not held against the text of its article."""
    for testimony in claim.testimonies:
        if testimony.card.quote and not testimony.verified:
            source = testimony.source.id
            mend = f"Run `python build.py lock --articles DIR`, where DIR holds {source}.txt."
            where = ("evidence", testimony.number, "quote")
            yield _task("quote", claim, where, f"The quote from {source} is not verified.", mend)


def review_tasks(claim: Claim, deck: Deck, today: str) -> Iterator[Task]:
    """Yield a task where on the day *today* the claim's review is older than the desk's limit."""
    limit, reviewed = deck.settings.desk.review_after_days, claim.card.reviewed
    age = _days(reviewed, today) if reviewed else 0
    if age > limit:
        why = f"The last review was on {reviewed}, {counted(age, 'day')} ago; the desk’s limit is {limit}."
        mend = "Look for what was reported since, then set `reviewed`."
        yield _task("review-due", claim, ("reviewed",), why, mend, -age)


def counterclaim_tasks(claim: Claim) -> Iterator[Task]:
    """Yield a task where evidence disputes the claim, and no related card says what is so instead."""
    disputing = [t for t in claim.testimonies if t.card.stance == "disputes"]
    if disputing and not any(r.relationship in {"contradicts", "superseded-by"} for r in claim.relations):
        sources = list(dict.fromkeys(t.source.id for t in disputing))
        verb = "disputes" if len(sources) == 1 else "dispute"
        why = f"{named(sources)} {verb} this, and no related card holds what is said instead."
        mend = "Make that a claim of its own, and relate the two (`as: contradicts`)."
        yield _task("counterclaim", claim, ("evidence", disputing[0].number, "stance"), why, mend)


def unknowns_tasks(claim: Claim, deck: Deck) -> Iterator[Task]:
    """Yield a task where the claim names nothing that is unknown."""
    if not claim.card.unknowns:
        rung = deck.rung_of(claim)
        mend = "Add `unknowns`, such as who counted, and how."
        weight = _height(rung, deck) if rung else len(deck.settings.ladder)
        yield _task("no-unknowns", claim, ("unknowns",), "The card does not say what nobody knows.", mend, weight)


def _task(kind: str, claim: Claim, loc: tuple[str | int, ...], why: str, mend: str, weight: int = 0) -> Task:
    return Task(kind, "claim", claim.file, loc, why, mend, (weight,))


def _side_of(rung: Rung) -> str:
    """Return whose evidence carries *rung*: “supports”, “disputes”; "" where it is both or neither."""
    needed = {name for needs in rung.needs for name in needs if not name.startswith("max_")}
    if not needed or "superseded" in needed:
        return ""
    if needed <= SUPPORTING:
        return "supports"
    return "" if needed & SUPPORTING else "disputes"


def _carries_without(source: Source, rung: Rung, claim: Claim, deck: Deck) -> bool:
    rest = [t for t in claim.testimonies if t.source.id != source.id]
    return meets(rung, count_evidence(rest, deck.claimants, claim.counts.superseded)[0])


def _height(rung: Rung, deck: Deck) -> int:
    """Return the place of *rung* on the ladder, from above."""
    return deck.settings.ladder.index(rung)


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
