"""Judge the deck against the lock: nothing published changes or vanishes without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claimdeck.judge.deck import Claim, Deck
from claimdeck.judge.passages import explain_missing
from claimdeck.judge.quotes import digest, find_quote, verified_quote, verify_quote
from claimdeck.model.cards import UNKNOWN, Figure, Kind
from claimdeck.model.lock import Lock, Quotes
from claimdeck.model.problems import Place, Problem, error, listed, warning
from claimdeck.model.urls import FOLDERS, card_url, status_url
from claimdeck.read.content import CardFile, Content

LOCK_PATH = "content/desk.lock"
BACK_TO_DRAFT = "CD053"
COUNTED = ("history", "corrections")
RUN_LOCK = "Run `python build.py lock` and commit content/desk.lock."


@dataclass(frozen=True)
class Change:
    """Something that readers of a claim will find changed: its *kind* (“added”, “status”, “correction” …), in words."""

    kind: str
    claim: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.claim}: {self.words}"


def record_deck(deck: Deck, quotes: Quotes) -> Lock:
    """Return the lock of *deck* as it stands, drafts left out, with the verified *quotes* that it still uses."""
    claims = {id_: record_claim(claim) for id_, claim in deck.claims.items() if not claim.card.draft}
    for id_, file in deck.withdrawn.items():
        claims[id_] = {
            "short": file.card.short,
            "withdrawn": file.card.withdrawn.on if file.card.withdrawn else "",
        }
    return Lock(claims, tuple(sorted(addresses_of(deck))), _kept_quotes(deck, quotes), redirects_of(deck))


def redirects_of(deck: Deck) -> tuple[str, ...]:
    """Return the addresses of old ids, which lead elsewhere now and belong to no card any more."""
    return tuple(sorted(card_url(kind, old) for kind, file in _published(deck) for old in file.card.aliases))


def record_claim(claim: Claim) -> dict[str, Any]:
    """Return what the lock keeps of a claim."""
    card = claim.card
    return {
        "claim": card.claim,
        "short": card.short,
        "status": card.status,
        "because": card.because,
        "figure": _plain(card.figure),
        "override": card.override.model_dump() if card.override else None,
        "evidence": sorted(
            " ".join([e.source, e.stance, *e.via, *(["admission"] if e.admission else [])]) for e in card.evidence
        ),
        "history": len(card.history),
        "corrections": len(card.corrections),
    }


def addresses_of(deck: Deck) -> set[str]:
    """Return the addresses that *deck* promises to keep: of its cards (drafts not), their old ids, the statuses."""
    found = {status_url(rung.id) for rung in deck.settings.ladder}
    for kind, file in _published(deck):
        found |= {card_url(kind, name) for name in (file.id, *file.card.aliases)}
    return found


def _published(deck: Deck) -> Iterator[tuple[Kind, CardFile[Any]]]:
    """Yield every card that is no draft, with its kind."""
    cards: dict[Kind, list[CardFile[Any]]] = {
        "claim": [*(claim.file for claim in deck.claims.values()), *deck.withdrawn.values()],
        "source": [source.file for source in deck.sources.values()],
        "claimant": [claimant.file for claimant in deck.claimants.values()],
        "topic": list(deck.topics.values()),
        "page": list(deck.pages.values()),
    }
    for kind, files in cards.items():
        yield from ((kind, file) for file in files if not file.card.draft)


def judge_lock(deck: Deck, content: Content, lock: Lock | None) -> Iterator[Problem]:
    """Yield what the lock has against *deck*; *lock* is None where there is no file."""
    if lock is None:
        yield warning(Place(LOCK_PATH), "CD060", "the published state is not yet recorded.", RUN_LOCK)
        return
    for claim in deck.claims.values():
        if not claim.file.damaged and not claim.card.draft:
            known = [id_ for id_ in (claim.id, *claim.card.aliases) if id_ in lock.claims]
            found = list(_judge_claim(claim, lock.claims[known[0]] if known else None, deck))
            if known and known[0] != claim.id and not found:  # renamed, and otherwise as it was
                found = [warning(claim.file.places.of(), "CD060", "this claim is not yet recorded.", RUN_LOCK)]
            yield from found
    for id_, file in deck.withdrawn.items():
        if "withdrawn" not in lock.claims.get(id_, {}):
            yield warning(file.places.of("withdrawn"), "CD061", "this withdrawal is not yet recorded.", RUN_LOCK)
    yield from _judge_addresses(deck, content, lock)


def judge_quotes(claim: Claim, quotes: Quotes, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the quotes of *claim* that neither *texts* (articles by source id) nor verified *quotes* bear out."""
    verified = quotes.get(claim.id, {})
    quoted = [(t, t.source.id, t.card.quote) for t in claim.testimonies if t.card.quote]
    for testimony, source, quote in quoted:
        recorded, number = verified.get(source, []), testimony.number
        if testimony.verified in recorded and source not in texts:
            continue
        if source in texts and find_quote(quote, texts[source]) is None:
            place = claim.file.places.of("evidence", number, "quote")
            yield error(place, "CD055", *explain_missing(quote, source, texts))
        elif verified_quote(quote, recorded):
            continue
        elif {old.quote for old in recorded} - {digest(words) for _, other, words in quoted if other == source}:
            hint = "Restore the words, or run `python build.py lock --articles DIR` with the article's text."
            place = claim.file.places.of("evidence", number, "quote")
            yield error(place, "CD052", f"this quote differs from the one verified in {source}.", hint)
        else:
            hint = "Run `python build.py lock --articles DIR`, where DIR holds " + f"{source}.txt."
            place = claim.file.places.of("evidence", number, "quote")
            yield warning(place, "CD062", "this quote is not verified.", hint)


def verify_quotes(deck: Deck, lock: Lock, texts: Mapping[str, str]) -> Quotes:
    """Return the verified quotes of *deck*: those found in *texts* (by source id) now, and those recorded before."""
    quotes: Quotes = {}
    for claim in deck.claims.values():
        said: dict[str, list[str]] = {}
        for testimony in claim.testimonies:
            if testimony.card.quote and not claim.card.draft:
                said.setdefault(testimony.source.id, []).append(testimony.card.quote)
        for source, current in said.items():
            recorded = lock.verified(claim.id, source)
            if source in texts:
                found = [verify_quote(quote, texts[source]) for quote in current]
            else:
                found = [verified_quote(quote, recorded) for quote in current]
                found = found if all(found) else [*found, *recorded]  # one that differs is still to be judged
            quotes.setdefault(claim.id, {})[source] = list(dict.fromkeys(quote for quote in found if quote))
    return quotes


def changes_since(deck: Deck, content: Content, lock: Lock) -> list[Change]:
    """Return what changed for readers since *lock*: claims added, withdrawn, statuses, corrections.

    Of a card that cannot be read, whole or in part, nothing is told.
    """
    lock = lock.under_new_ids(content.renamed)
    changes: list[Change] = []
    renamed: set[str] = set()
    damaged = {id_ for id_, claim in deck.claims.items() if claim.file.damaged}
    for id_, now in record_deck(deck, {}).claims.items():
        if id_ in damaged:
            continue
        old = [old for old in deck.claims[id_].card.aliases if old in lock.claims] if id_ in deck.claims else []
        before = lock.claims.get(id_, lock.claims[old[0]] if old else None)
        if id_ not in lock.claims and old:
            renamed.update(old)
            changes.append(Change("renamed", old[0], f"now {id_}"))
        if before is None:
            changes.append(Change("added", id_, now["short"] + (f" ({now['status']})" if "status" in now else "")))
        elif "withdrawn" in now:
            changes += [] if "withdrawn" in before else [Change("withdrawn", id_, now["short"])]
        else:
            if now["status"] != before.get("status"):
                changes.append(Change("status", id_, f"{before.get('status', 'withdrawn')} → {now['status']}"))
            fresh = deck.claims[id_].card.corrections[before.get("corrections", 0) :]
            changes += [Change(entry.kind, id_, entry.note) for entry in fresh]
            changed = _changed_fields(now, before, leave_out=("status", *COUNTED))
            changes += [Change("changed", id_, listed(changed))] if changed else []
    unread = {id_ for kind, id_ in content.unread if kind == "claim"}
    known = {*deck.claims, *deck.withdrawn, *renamed, *unread}
    gone = ((id_, before) for id_, before in sorted(lock.claims.items()) if id_ not in known)
    return changes + [Change("removed", id_, before.get("short", "")) for id_, before in gone]


def _judge_claim(claim: Claim, recorded: Mapping[str, Any] | None, deck: Deck) -> Iterator[Problem]:
    here = claim.file.places
    now = record_claim(claim)
    if recorded is None:
        yield warning(here.of(), "CD060", "this claim is not yet recorded.", RUN_LOCK)
        return
    lost = [name for name in COUNTED if now[name] < recorded.get(name, 0)]
    if lost:
        message = f"{listed(lost)} {'has' if len(lost) == 1 else 'have'} fewer entries than when last published."
        yield error(here.of_key(lost[0]), "CD050", message, "Restore the old entries: the record only grows.")
    changed = _changed_fields(now, recorded, leave_out=COUNTED)
    grown = any(now[name] > recorded.get(name, 0) for name in COUNTED)
    if grown and not lost:
        yield warning(here.of(), "CD061", "this claim has changed since it was last recorded.", RUN_LOCK)
    elif not lost and (changed := [name for name in changed if not _is_mistaken(name, claim, deck)]):
        hint = "Add an entry to `history` or `corrections` that says so, or undo the change."
        message = f"{listed(f'`{name}`' for name in changed)} changed since it was last published, and nothing says so."
        yield error(here.of_key(changed[0]), "CD050", message, hint)


def _is_mistaken(name: str, claim: Claim, deck: Deck) -> bool:
    """Whether the field *name* of *claim* names something that does not exist, which is told already."""
    card, figure = claim.card, claim.card.figure
    settings = deck.settings
    if name == "evidence":
        links = {link for evidence in card.evidence for link in evidence.via} - {UNKNOWN}
        return not ({e.source for e in card.evidence} <= deck.sources.keys() and links <= deck.claimants.keys())
    if name == "figure" and figure:
        return not (figure.measure in settings.measures and (not figure.of or figure.of in settings.populations))
    return name == "status" and not deck.rung_of(claim)


def _changed_fields(now: Mapping[str, Any], before: Mapping[str, Any], leave_out: tuple[str, ...]) -> list[str]:
    return [name for name in now if name not in leave_out and now[name] != before.get(name)]


def _judge_addresses(deck: Deck, content: Content, lock: Lock) -> Iterator[Problem]:
    promised = addresses_of(deck)
    unread = {card_url(kind, id_) for kind, id_ in content.unread}
    cards = {card_url(kind, file.id): file for kind, file in content.files()}
    old_ids = {card_url(kind, old): file for kind, file in content.files() for old in file.card.aliases}
    doubted = any(file.damaged for _, file in content.files())  # its aliases may be among what was lost
    for address in sorted(set(lock.addresses) - promised - unread):
        line = lock.lines.get(address, 1)
        if address in cards:
            hint = "Delete `draft: true`; to take a published card back, add `withdrawn` with a note."
            yield error(
                cards[address].places.of("draft"),
                BACK_TO_DRAFT,
                "this card was published and is set back to draft.",
                hint,
            )
        elif not doubted:
            yield error(Place(LOCK_PATH, line), "CD051", f"/{address} was published and is gone.", _way_back(address))
    for address in sorted(set(lock.redirects) & set(cards)):
        message = f"“{_old_id(address)}” was the id of another card."
        yield error(cards[address].places.of(), "CD023", message, "Ids are never reused: give this card another one.")
    for address in sorted(promised - set(lock.addresses)):
        if address in old_ids:
            yield warning(old_ids[address].places.of("aliases"), "CD061", "an alias is not yet recorded.", RUN_LOCK)
        elif address in cards and not address.startswith(f"{FOLDERS['claim']}/"):
            yield warning(cards[address].places.of(), "CD060", "this card is not yet recorded.", RUN_LOCK)


def _way_back(address: str) -> str:
    """Return what to do about a published *address* that is gone."""
    if address.startswith("status/"):
        return "Put its rung back on the ladder."
    if address.startswith(f"{FOLDERS['claim']}/"):
        return (
            f"Restore its card, withdraw it, or add “{_old_id(address)}” to the `aliases` of the card that replaces it."
        )
    return f"Restore its card, or add “{_old_id(address)}” to the `aliases` of the one that replaces it."


def _old_id(address: str) -> str:
    return re.sub(r".*?([^/]+)/$", r"\1", address)


def _kept_quotes(deck: Deck, quotes: Quotes) -> Quotes:
    kept = {
        claim: {source: found for source, found in by_source.items() if found} for claim, by_source in quotes.items()
    }
    return {claim: by_source for claim, by_source in kept.items() if by_source and claim in deck.claims}


def _plain(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    fields = figure.model_dump(by_alias=True, exclude_none=True)
    return {name: _plain_value(value) for name, value in fields.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return [str(part) for part in value] if isinstance(value, tuple) else value
