"""The small things that many pages show: links, stamps, entries of lists.  Plain values, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from claimdeck.judge.deck import Claim, Deck
from claimdeck.model.cards import Kind
from claimdeck.model.dates import date_in_words
from claimdeck.model.settings import Rung
from claimdeck.model.urls import Home, card_url, status_url
from claimdeck.present.words import direction_of, range_in_words

K = TypeVar("K")


@dataclass(frozen=True)
class Link:
    """A linked text."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Stamp:
    """A status as it is stamped on a card."""

    id: str
    label: str
    mark: str
    color: str
    href: str


@dataclass(frozen=True)
class Entry:
    """A claim in a list."""

    id: str
    title: str
    href: str
    stamp: Stamp
    because: str
    meta: str
    language: str
    direction: str
    draft: bool
    note: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A text with its language, for `lang` and `dir`."""

    text: str
    language: str
    direction: str


class Views:
    """Makes views of the cards of one deck, with links from its place of publication.

    *marks* are words of doubt about a claim, for the desk's own eyes: only a preview has them.
    """

    def __init__(self, deck: Deck, home: Home, marks: Callable[[Claim], tuple[str, ...]] | None = None) -> None:
        self.deck = deck
        self.home = home
        self.doubts = marks
        self.settings = deck.settings

    @cached_property
    def newest(self) -> list[Claim]:
        """All claims, the newest review first."""
        return newest_first(self.deck.claims.values())

    @cached_property
    def by_status(self) -> dict[str, list[Claim]]:
        """The claims on each rung by its id, the newest review first."""
        return _grouped((claim.card.status, claim) for claim in self.newest)

    @cached_property
    def by_topic(self) -> dict[str, list[Claim]]:
        """The claims on each topic by its id, the newest review first."""
        return _grouped((topic, claim) for claim in self.newest for topic in dict.fromkeys(claim.card.topics))

    @cached_property
    def steps(self) -> dict[str, tuple[Claim | None, Claim | None]]:
        """Of each claim, by its id, those before and after it in the list of its first topic."""
        lists = _grouped((claim.card.topics[0], claim) for claim in self.newest if claim.card.topics)
        return {
            claim.id: (before, after)
            for claims in lists.values()
            for before, claim, after in zip([None, *claims], claims, [*claims[1:], None], strict=False)
        }

    @cached_property
    def counting(self) -> dict[tuple[str, str], list[Claim]]:
        """The claims with a figure by its measure and each of their topics, in order of their ids."""
        claims = ((claim, claim.card.figure) for claim in self.deck.claims.values())
        return _grouped(
            ((figure.measure, topic), claim) for claim, figure in claims if figure for topic in claim.card.topics
        )

    def marks(self, claim: Claim) -> tuple[str, ...]:
        """Return the words of doubt about *claim*; none in what is published."""
        return self.doubts(claim) if self.doubts else ()

    def href(self, kind: Kind, id_: str) -> str:
        """Return the link to a card's page."""
        return self.home.href(card_url(kind, id_))

    def stamp(self, rung: Rung) -> Stamp:
        """Return the stamp of a *rung*."""
        return Stamp(rung.id, rung.label, rung.mark, rung.color, self.home.href(status_url(rung.id)))

    def status(self, claim: Claim) -> Stamp:
        """Return the stamp of a *claim*; of a draft without a status, the word “draft”."""
        rung = self.deck.rung_of(claim)
        return (
            self.stamp(rung)
            if rung
            else Stamp("draft", "No status yet", "empty", "quiet", self.href("claim", claim.id))
        )

    def claimant(self, id_: str) -> Link:
        """Return a claimant's short name, linked."""
        claimant = self.deck.claimants.get(id_)
        return Link(claimant.name, self.href("claimant", id_)) if claimant else _missing(id_)

    def source(self, id_: str, short: bool = False) -> Link:
        """Return a source as “Outlet, date”, linked."""
        if id_ not in self.deck.sources:
            return _missing(id_)
        card = self.deck.sources[id_].card
        outlet = self.claimant(card.outlet).text
        when = f", {date_in_words(card.published, short)}" if card.published else ""
        return Link(f"{outlet}{when}", self.href("source", id_), card.title or "")

    def topic(self, id_: str) -> Link:
        """Return a topic's name, linked."""
        topic = self.deck.topics.get(id_)
        return Link(topic.card.name or id_, self.href("topic", id_)) if topic else _missing(id_)

    def statement(self, text: str, language: str | None) -> Statement:
        """Return *text* with its language, the site's where none is given."""
        language = language or self.settings.language
        return Statement(text, language, direction_of(language))

    def claim_link(self, id_: str) -> Link:
        """Return a claim, living or withdrawn, by its short form."""
        if id_ in self.deck.withdrawn:
            return Link(self.deck.withdrawn[id_].card.short, self.href("claim", id_), "withdrawn")
        claim = self.deck.claims.get(id_)
        return Link(claim.card.short or claim.card.claim or id_, self.href("claim", id_)) if claim else _missing(id_)

    def entry(self, claim: Claim, note: str = "") -> Entry:
        """Return *claim* as lists show it."""
        card = claim.card
        language = card.language or self.settings.language
        sources = f"{claim.counts.sources} source{'' if claim.counts.sources == 1 else 's'}"
        origins = f"{range_in_words(claim.counts.origins)} origin{'' if claim.counts.origins.high == 1 else 's'}"
        reviewed = f" · reviewed {date_in_words(card.reviewed, short=True)}" if card.reviewed else ""
        return Entry(
            claim.id,
            card.short or card.claim or claim.id,
            self.href("claim", claim.id),
            self.status(claim),
            card.because,
            f"{sources} · {origins}{reviewed}",
            language,
            direction_of(language),
            card.draft,
            note,
            self.marks(claim),
        )


def named_in(claim: Claim) -> list[str]:
    """Return everybody through whom a claim came, by id: who put it, origins, relays, the outlets of its sources."""
    named = [claim.card.said.by] if claim.card.said else []
    named += [name for t in claim.testimonies for name in (t.source.card.outlet, *t.chain.links)]
    return list(dict.fromkeys(named))


def newest_first(claims: Iterable[Claim]) -> list[Claim]:
    """Return *claims* by review, the newest first; those of one day by id."""
    return sorted(sorted(claims, key=lambda claim: claim.id), key=lambda claim: claim.card.reviewed or "", reverse=True)


def _grouped(pairs: Iterable[tuple[K, Claim]]) -> dict[K, list[Claim]]:
    groups: dict[K, list[Claim]] = {}
    for key, claim in pairs:
        groups.setdefault(key, []).append(claim)
    return groups


def _missing(id_: str) -> Link:
    """Return the name of a card that only a draft, in the preview, may lack."""
    return Link(id_, "", "missing")
