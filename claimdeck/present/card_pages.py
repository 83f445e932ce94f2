"""PLAN the pages of sources and claimants, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimdeck.judge.deck import Claim, Source, Testimony
from claimdeck.model.dates import date_in_words, last_day
from claimdeck.model.urls import as_of_url, card_url
from claimdeck.present.markup import Prose
from claimdeck.present.pages import Page, paginated
from claimdeck.present.views import Entry, Views, newest_first
from claimdeck.present.words import SOURCE_KINDS, STAKES, STANCES, sentence

CLAIMANT_KINDS = {
    "person": "person",
    "agency": "agency",
    "state": "state",
    "outlet": "outlet",
    "institute": "institute",
    "unnamed": "not named",
}
Cited = list[tuple[Claim, Testimony]]
Mentioned = list[tuple[Claim, Testimony | None]]  # None: the claim's history names the source


class BackLinks:
    """From each source and claimant back to the claims that rest on it."""

    def __init__(self, views: Views) -> None:
        deck = views.deck
        self.of_source: dict[str, Mentioned] = {}
        self.as_origin: dict[str, Cited] = {}
        self.as_relay: dict[str, Cited] = {}
        self.put_by: dict[str, list[Claim]] = {}
        self.read_in: dict[str, list[str]] = {}
        self.parts: dict[str, list[str]] = {}
        for claim in newest_first(deck.claims.values()):
            if claim.card.said:
                self.put_by.setdefault(claim.card.said.by, []).append(claim)
            for testimony in claim.testimonies:
                self._note(claim, testimony)
            for named in dict.fromkeys(source for entry in claim.card.history for source in entry.sources):
                self.of_source.setdefault(named, []).append((claim, None))
        for id_, source in deck.sources.items():
            for name in dict.fromkeys((source.card.outlet, source.card.carries, source.card.draws_on)):
                if name:
                    self.read_in.setdefault(name, []).append(id_)
        for id_, claimant in deck.claimants.items():
            if claimant.card.part_of:
                self.parts.setdefault(claimant.card.part_of, []).append(id_)

    def _note(self, claim: Claim, testimony: Testimony) -> None:
        self.of_source.setdefault(testimony.source.id, []).append((claim, testimony))
        if testimony.card.via_from and testimony.card.via_from != testimony.source.id:
            self.of_source.setdefault(testimony.card.via_from, []).append((claim, testimony))
        *relays, last = testimony.chain.links
        if not testimony.chain.dark:
            self.as_origin.setdefault(last, []).append((claim, testimony))
            relays = [link for link in relays if link != last]
        else:
            relays.append(last)
        for link in relays:
            self.as_relay.setdefault(link, []).append((claim, testimony))


def plan_sources(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield a page for each source, and the list of all."""
    back = BackLinks(views)
    deck = views.deck
    ordered = sorted(
        deck.sources.values(),
        key=lambda source: (last_day(source.card.published or "0001"), source.id),
        reverse=True,
    )
    rows = [_source_row(source, back, views) for source in ordered]
    for url, entries, pager in paginated(rows, "sources/", views.home.base):
        context = {"sources": entries, "pager": pager, "intro": prose.get(("page", "sources"))}
        yield Page(
            url,
            "sources.html",
            "Sources",
            "The documents that were read, and what rests on them.",
            context,
            section="sources",
        )
    for source in deck.sources.values():
        cited = back.of_source.get(source.id, [])
        entries = _entries(((claim, _part_of_source(testimony, source.id, views)) for claim, testimony in cited), views)
        title = source.card.title or views.source(source.id).text
        for url, shown, pager in paginated(entries, card_url("source", source.id), views.home.base):
            context = {
                **_source_context(source, views),
                "entries": shown,
                "pager": pager,
                "total": len(entries),
            }
            yield Page(url, "source.html", title, source.card.summary, context, source.file.path, "sources")


def plan_claimants(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield a page for each claimant, and the list of all."""
    back = BackLinks(views)
    claimants = sorted(views.deck.claimants.values(), key=lambda claimant: (claimant.card.name.casefold(), claimant.id))
    rows = [
        {
            "link": views.claimant(claimant.id),
            "name": claimant.card.name,
            "kind": CLAIMANT_KINDS[claimant.card.kind],
            "stake": STAKES[claimant.stake],
            "origin": len({claim.id for claim, _ in back.as_origin.get(claimant.id, [])}),
            "relay": len({claim.id for claim, _ in back.as_relay.get(claimant.id, [])}),
        }
        for claimant in claimants
    ]
    for url, entries, pager in paginated(rows, "claimants/", views.home.base):
        context = {"claimants": entries, "pager": pager, "intro": prose.get(("page", "claimants"))}
        yield Page(
            url,
            "claimants.html",
            "Claimants",
            "Who says things here, and what stake they have.",
            context,
            section="claimants",
        )
    for claimant in claimants:
        entries = _entries(_parts_of_claimant(claimant.id, back, views), views)
        name = claimant.card.name or claimant.id
        description = (
            f"{name}: {CLAIMANT_KINDS[claimant.card.kind]}, {STAKES[claimant.stake]}. What it said, and who relays it."
        )
        for url, shown, pager in paginated(entries, card_url("claimant", claimant.id), views.home.base):
            context = {
                **_claimant_context(claimant.id, back, views),
                "entries": shown,
                "pager": pager,
                "total": len(entries),
            }
            yield Page(url, "claimant.html", name, description, context, claimant.file.path, "claimants")


def _source_row(source: Source, back: BackLinks, views: Views) -> dict[str, Any]:
    return {
        "link": views.source(source.id),
        "title": source.card.title or source.card.summary,
        "kind": SOURCE_KINDS[source.card.kind][0],
        "language": source.card.language,
        "claims": len({claim.id for claim, _ in back.of_source.get(source.id, [])}),
    }


def _source_context(source: Source, views: Views) -> dict[str, Any]:
    card = source.card
    known = views.deck.claimants
    return {
        "id": source.id,
        "outlet": views.claimant(card.outlet) if card.outlet in known else None,
        "title": views.statement(card.title, card.language) if card.title else None,
        "address": card.url,
        "where": card.where,
        "also_at": card.also_at,
        "archive": card.archive_url,
        "published": date_in_words(card.published) if card.published else "",
        "updated": date_in_words(card.updated) if card.updated else "",
        "as_of": views.home.href(as_of_url(card.published)) if card.published else "",
        "authors": ", ".join(card.authors),
        "kind": SOURCE_KINDS[card.kind][0],
        "language": card.language,
        "carries": views.claimant(card.carries) if card.carries else None,
        "draws_on": views.claimant(card.draws_on) if card.draws_on else None,
        "summary": card.summary,
        "retracted": {"on": date_in_words(card.retracted.on), "note": card.retracted.note} if card.retracted else None,
        "draft": card.draft,
    }


def _part_of_source(testimony: Testimony | None, source: str, views: Views) -> str:
    """Return what *source* has to do with a claim: its stance, and whose words it relays."""
    if testimony is None:
        return "named in its history"
    if testimony.source.id != source:
        return f"shows a link of the chain of {views.source(testimony.source.id).text}"
    stance = STANCES[testimony.card.stance].lower()
    if testimony.card.stance == "mentions":
        return stance
    names = [views.claimant(link).text for link in testimony.chain.links if link != testimony.source.card.outlet]
    how = f", relaying {' citing '.join(names)}" if names else ", on its own account"
    return stance + how + (", whose source nobody names" if testimony.chain.dark else "")


def _parts_of_claimant(id_: str, back: BackLinks, views: Views) -> Iterator[tuple[Claim, str]]:
    """Yield the claims in which a claimant has a part, with what that part is."""
    yield from ((claim, "said it") for claim in back.put_by.get(id_, []))
    for role, cited in (("origin", back.as_origin.get(id_, [])), ("relay", back.as_relay.get(id_, []))):
        for claim, testimony in cited:
            read_in = views.source(testimony.source.id, short=True).text
            yield claim, f"{role} in {read_in}, which {STANCES[testimony.card.stance].lower()} it"


def _entries(parts: Iterable[tuple[Claim, str]], views: Views) -> list[Entry]:
    """Return each claim of *parts* once, with all its parts."""
    claims: dict[str, Claim] = {}
    told: dict[str, dict[str, None]] = {}
    for claim, part in parts:
        claims[claim.id] = claim
        told.setdefault(claim.id, {})[part] = None
    return [views.entry(claims[id_], sentence("; ".join(found))) for id_, found in told.items()]


def _claimant_context(id_: str, back: BackLinks, views: Views) -> dict[str, Any]:
    claimant = views.deck.claimants[id_]
    card = claimant.card
    inherited = claimant.stake_from if claimant.stake_from != id_ else None
    says = views.deck.claimants[claimant.stake_from].card if claimant.stake_from else card
    notes = dict.fromkeys(note for note in (says.stake_note, card.stake_note) if note)
    return {
        "id": id_,
        "name": card.name or id_,
        "short": card.short,
        "kind": CLAIMANT_KINDS[card.kind],
        "part_of": views.claimant(card.part_of) if card.part_of in views.deck.claimants else None,
        "parts": [views.claimant(part) for part in back.parts.get(id_, [])],
        "stake": STAKES[claimant.stake],
        "stake_from": views.claimant(inherited) if inherited else None,
        "stake_note": " ".join(notes),
        "also_known_as": card.also_known_as,
        "sources": [views.source(source) for source in back.read_in.get(id_, [])],
        "draft": card.draft,
    }
