"""JUDGE a deck: what its evidence does not carry, what changed in silence, what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimdeck.judge.deck import Claim, Deck
from claimdeck.judge.ladder import judge_rung
from claimdeck.judge.lock import judge_lock, judge_quotes
from claimdeck.model.cards import Kind
from claimdeck.model.lock import Lock, Quotes
from claimdeck.model.problems import Problem, warning
from claimdeck.read.content import Content

JudgeMemo = dict[str, Claim]  # the claims, by id, in which a preview's last judging found nothing by themselves


def judge_deck(
    deck: Deck,
    content: Content,
    lock: Lock | None,
    quotes: Quotes,
    texts: Mapping[str, str],
    memo: JudgeMemo | None = None,
) -> list[Problem]:
    """Return every problem of *deck*; quotes are held against *texts* (by source id) and verified *quotes*.

    Claims that stand in *memo* are not judged by themselves again.
    """
    memo = {} if memo is None else memo
    problems: list[Problem] = []
    for claim in deck.claims.values():
        if memo.get(claim.id) is not claim:
            found = [*judge_rung(claim, deck), *judge_quotes(claim, quotes, texts), *judge_wires(claim)]
            problems += found
            if not found:
                memo[claim.id] = claim
    return [
        *problems,
        *judge_lock(deck, content, lock),
        *judge_contradictions(deck),
        *judge_usage(deck, content),
    ]


def judge_wires(claim: Claim) -> Iterator[Problem]:
    """Yield a warning for each chain that leaves out the wire whose text its source carries."""
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
    for kind, used in _uses(deck, content).items():
        for id_, file in content.of_kind(kind).items():
            if id_ not in used and not file.card.draft:
                yield warning(
                    file.places.of(), "CD064", f"nothing uses this {kind}.", "Use it on a card, or delete it."
                )


def _uses(deck: Deck, content: Content) -> dict[Kind, set[str]]:
    """Return the ids of what some card uses, by kind; whoever is part of somebody uses them."""
    topics: set[str] = set()
    sources: set[str] = set()
    named: set[str] = set()
    for file in content.claims.values():
        card = file.card
        topics.update(card.topics)
        named.add(card.said.by if card.said else "")
        for evidence in card.evidence:
            sources.update((evidence.source, evidence.via_from or ""))
            named.update(evidence.via)
        for entry in card.history:
            sources.update(entry.sources)
    for source in deck.sources.values():
        named.update((source.card.outlet, source.card.carries or "", source.card.draws_on or ""))
    claimants = {claimant.id for id_ in named for claimant in deck.ancestry(id_)}
    return {"topic": topics, "source": sources, "claimant": claimants}
