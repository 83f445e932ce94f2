"""JUDGE a deck: what its evidence does not carry, what changed in silence, what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimdeck.judge.deck import Deck
from claimdeck.judge.ladder import judge_ladder
from claimdeck.judge.lock import judge_lock, judge_quotes
from claimdeck.model.cards import UNKNOWN, Kind
from claimdeck.model.lock import Lock, Quotes
from claimdeck.model.problems import Problem, warning
from claimdeck.read.content import Content


def judge_deck(
    deck: Deck, content: Content, lock: Lock | None, quotes: Quotes, texts: Mapping[str, str]
) -> list[Problem]:
    """Return every problem of *deck*; quotes are held against *texts* (by source id) and verified *quotes*."""
    return [
        *judge_ladder(deck),
        *judge_lock(deck, content, lock),
        *judge_quotes(deck, quotes, texts),
        *judge_wires(deck),
        *judge_contradictions(deck),
        *judge_usage(deck, content),
    ]


def judge_wires(deck: Deck) -> Iterator[Problem]:
    """Yield a warning for each chain that leaves out the wire whose text its source carries."""
    for claim in deck.claims.values():
        for testimony in claim.testimonies:
            evidence, wire = testimony.card, testimony.source.card.carries
            if wire and evidence.via and evidence.via[0] != wire and not evidence.own:
                place = claim.file.places.of("evidence", testimony.number, "via")
                hint = f"Begin `via` with {wire}, or say `own: true` where the outlet added the passage itself."
                yield warning(place, "CD063", f"{testimony.source.id} carries {wire}, and this chain does not.", hint)


def judge_contradictions(deck: Deck) -> Iterator[Problem]:
    """Yield a warning for each `contradicts` between claims of which neither has disputing evidence."""
    for claim in deck.claims.values():
        for number, related in enumerate(claim.card.related):
            pair = [deck.claims[id_] for id_ in (claim.id, related.claim) if id_ in deck.claims]
            are_read = all(each.sound for each in pair)
            if related.as_ == "contradicts" and are_read and not any(each.counts.disputing_sources for each in pair):
                message = f"this contradicts “{related.claim}”, and neither card has evidence that disputes it."
                hint = "Enter what disputes it as evidence (`stance: disputes`), or choose another relation."
                yield warning(claim.file.places.of("related", number, "as"), "CD065", message, hint)


def judge_usage(deck: Deck, content: Content) -> Iterator[Problem]:
    """Yield a warning for each source, claimant and topic that nothing uses."""
    if content.unread or any(file.damaged for _, file in content.files()):
        return  # what could not be read may use it
    used = set(_uses(deck, content))
    kinds: tuple[Kind, ...] = ("source", "claimant", "topic")
    for kind in kinds:
        for id_, file in content.of_kind(kind).items():
            if (kind, id_) not in used and not file.card.draft:
                yield warning(
                    file.places.of(), "CD064", f"nothing uses this {kind}.", "Use it on a card, or delete it."
                )


def _uses(deck: Deck, content: Content) -> Iterator[tuple[Kind, str]]:
    for file in content.claims.values():
        card = file.card
        yield from (("topic", topic) for topic in card.topics)
        if card.said:
            yield from (("claimant", claimant.id) for claimant in deck.ancestry(card.said.by))
        for evidence in card.evidence:
            yield "source", evidence.source
            yield "source", evidence.via_from or ""
            for link in evidence.via:
                if link != UNKNOWN:
                    yield from (("claimant", claimant.id) for claimant in deck.ancestry(link))
        for entry in card.history:
            yield from (("source", source) for source in entry.sources)
    for source in deck.sources.values():
        for claimant_id in (source.card.outlet, source.card.carries, source.card.draws_on):
            yield from (("claimant", claimant.id) for claimant in deck.ancestry(claimant_id or ""))
