"""The small things that many pages show: links, stamps, entries of lists.  Plain values, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from claimdeck.judge.deck import Claim, Deck, Source
from claimdeck.model.cards import Figure, Kind
from claimdeck.model.dates import date_in_words
from claimdeck.model.settings import Rung
from claimdeck.model.urls import Home, card_url, status_url
from claimdeck.present.traces import Noting, Traces
from claimdeck.present.words import direction_of, origins_in_words

K = TypeVar("K")
V = TypeVar("V")


class Link(NamedTuple):
    """A linked text."""

    text: str
    href: str
    note: str = ""


class Stamp(NamedTuple):
    """A status as it is stamped on a card."""

    id: str
    label: str
    mark: str
    color: str
    href: str


class Entry(NamedTuple):
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


class Statement(NamedTuple):
    """A text with its language, for `lang` and `dir`."""

    text: str
    language: str
    direction: str


class Views(Noting):
    """Makes views of the cards of one deck, with links from its place of publication.

    *marks* are words of doubt about a claim, for the desk's own eyes: only a preview has them.
    *traces* has all that was asked of the deck, and of what is made of the whole of it.
    """

    def __init__(self, deck: Deck, home: Home, marks: Callable[[Claim], tuple[str, ...]] | None = None) -> None:
        self.traces = Traces()
        self.whole = deck  # asked without a note: only for what is a collection itself
        self.deck = _noting(deck, self.traces)
        self.home = home
        self.doubts = marks
        self.settings = deck.settings
        self.rungs = {rung.id: self.stamp(rung) for rung in deck.settings.ladder}  # the stamp of each

    def ready_to_answer(self) -> Traces:
        """Return what was asked, and can be asked again: all collections are there, and all claims told."""
        for name, value in vars(Views).items():
            if isinstance(value, cached_property):
                getattr(self, name)
        for claim in self.whole.claims.values():
            self.traces.tell(claim)
        return self.traces

    @property
    def newest(self) -> Sequence[Claim]:
        """All claims, the newest review first."""
        return self._in_order["newest"]

    @cached_property
    def _in_order(self) -> Mapping[str, Sequence[Claim]]:
        return self.traces.collection("in_order", {"newest": newest_first(self.whole.claims.values())})

    @cached_property
    def by_status(self) -> Mapping[str, list[Claim]]:
        """The claims on each rung by its id, the newest review first."""
        return self.traces.collection("by_status", grouped((claim.card.status, claim) for claim in self.newest))

    @cached_property
    def by_topic(self) -> Mapping[str, list[Claim]]:
        """The claims on each topic by its id, the newest review first."""
        claims = ((topic, claim) for claim in self.newest for topic in dict.fromkeys(claim.card.topics))
        return self.traces.collection("by_topic", grouped(claims))

    @cached_property
    def totals(self) -> Mapping[tuple[str, str], int]:
        """How many claims stand on a rung, ("status", its id), or are on a topic, ("topic", its id)."""
        totals = {("status", id_): len(claims) for id_, claims in self.by_status.items()}
        totals |= {("topic", id_): len(claims) for id_, claims in self.by_topic.items()}
        return self.traces.collection("totals", totals)

    @cached_property
    def steps(self) -> Mapping[str, tuple[str, str]]:
        """Of each claim, by its id, those before and after it in the list of its first topic; "" for none."""
        lists = grouped((claim.card.topics[0], claim.id) for claim in self.newest if claim.card.topics)
        steps = {
            id_: (before, after)
            for ids in lists.values()
            for before, id_, after in zip(["", *ids], ids, [*ids[1:], ""], strict=False)
        }
        return self.traces.collection("steps", steps)

    @cached_property
    def counting(self) -> Mapping[tuple[str, str], list[str]]:
        """The ids of the claims with a figure, by its measure and each of their topics."""
        claims = ((claim, claim.card.figure) for claim in self.whole.claims.values())
        counting = (
            ((figure.measure, topic), claim.id) for claim, figure in claims if figure for topic in claim.card.topics
        )
        return self.traces.collection("counting", grouped(counting))

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of claims, by their ids."""
        figures = {id_: claim.card.figure for id_, claim in self.whole.claims.items() if claim.card.figure}
        return self.traces.collection("figures", figures)

    @cached_property
    def stamps(self) -> Mapping[str, Stamp]:
        """The stamps of claims, by their ids."""
        return self.traces.collection("stamps", {id_: self.status(claim) for id_, claim in self.whole.claims.items()})

    @cached_property
    def unstamped(self) -> Mapping[str, Stamp]:
        """What stands for a stamp on claims that have no status yet, by their ids: on drafts, in a preview."""
        without = {id_: self.status(claim) for id_, claim in self.whole.claims.items() if not self.whole.rung_of(claim)}
        return self.traces.collection("unstamped", without)

    @cached_property
    def _claim_links(self) -> Mapping[str, Link]:
        withdrawn = {
            id_: Link(file.card.short, self.href("claim", id_), "withdrawn")
            for id_, file in self.whole.withdrawn.items()
        }
        living = {
            id_: Link(claim.card.short or claim.card.claim or id_, self.href("claim", id_))
            for id_, claim in self.whole.claims.items()
        }
        return self.traces.collection("claim_links", living | withdrawn)

    @cached_property
    def _claimant_links(self) -> Mapping[str, Link]:
        claimants = self.whole.claimants.items()
        links = {id_: Link(claimant.name, self.href("claimant", id_)) for id_, claimant in claimants}
        return self.traces.collection("claimant_links", links)

    @cached_property
    def _source_links(self) -> Mapping[str, tuple[Link, Link]]:
        """The links to sources by their ids: the date in full, and in short."""
        links = {
            id_: (self._source_link(source), self._source_link(source, short=True))
            for id_, source in self.whole.sources.items()
        }
        return self.traces.collection("source_links", links)

    def _source_link(self, source: Source, short: bool = False) -> Link:
        outlet = self.whole.claimants.get(source.card.outlet)
        when = f", {date_in_words(source.card.published, short)}" if source.card.published else ""
        name = f"{outlet.name if outlet else source.card.outlet}{when}"
        return Link(name, self.href("source", source.id), source.card.title or "")

    @cached_property
    def _topic_links(self) -> Mapping[str, Link]:
        topics = self.whole.topics.items()
        links = {id_: Link(topic.card.name or id_, self.href("topic", id_)) for id_, topic in topics}
        return self.traces.collection("topic_links", links)

    def marks(self, claim: Claim) -> tuple[str, ...]:
        """Return the words of doubt about *claim*; none in what is published."""
        return self.doubts(claim) if self.doubts else ()

    def href(self, kind: Kind, id_: str) -> str:
        """Return the link to a card's page."""
        return self.home.base + card_url(kind, id_)

    def stamp(self, rung: Rung) -> Stamp:
        """Return the stamp of a *rung*."""
        return Stamp(rung.id, rung.label, rung.mark, rung.color, self.home.href(status_url(rung.id)))

    def status(self, claim: Claim) -> Stamp:
        """Return the stamp of a *claim*; of a draft without a status, the word “draft”."""
        stamp = self.rungs.get(claim.card.status)
        return stamp or Stamp("draft", "No status yet", "empty", "quiet", self.href("claim", claim.id))

    def claimant(self, id_: str) -> Link:
        """Return a claimant's short name, linked."""
        return self._claimant_links.get(id_) or _missing(id_)

    def source(self, id_: str, short: bool = False) -> Link:
        """Return a source as “Outlet, date”, linked."""
        links = self._source_links.get(id_)
        return links[short] if links else _missing(id_)

    def topic(self, id_: str) -> Link:
        """Return a topic's name, linked."""
        return self._topic_links.get(id_) or _missing(id_)

    def statement(self, text: str, language: str | None) -> Statement:
        """Return *text* with its language, the site's where none is given."""
        language = language or self.settings.language
        return Statement(text, language, direction_of(language))

    def claim_link(self, id_: str) -> Link:
        """Return a claim, living or withdrawn, by its short form."""
        return self._claim_links.get(id_) or _missing(id_)

    def entry(self, claim: Claim, note: str = "") -> Entry:
        """Return *claim* as lists show it."""
        card = claim.card
        language = card.language or self.settings.language
        sources = f"{claim.counts.sources} source{'' if claim.counts.sources == 1 else 's'}"
        reviewed = f" · reviewed {date_in_words(card.reviewed, short=True)}" if card.reviewed else ""
        return Entry(
            claim.id,
            card.short or card.claim or claim.id,
            self.href("claim", claim.id),
            self.status(claim),
            card.because,
            f"{sources} · {origins_in_words(claim.counts.origins)}{reviewed}",
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


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Return the second of *pairs* by the first, in their order."""
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _noting(deck: Deck, traces: Traces) -> Deck:
    """Return *deck* with collections that note what is asked of them."""
    kinds = ("claims", "withdrawn", "sources", "claimants", "topics", "pages")
    return replace(deck, **{kind: traces.collection(kind, getattr(deck, kind)) for kind in kinds})  # type: ignore[arg-type]


def _missing(id_: str) -> Link:
    """Return the name of a card that only a draft, in the preview, may lack."""
    return Link(id_, "", "missing")
