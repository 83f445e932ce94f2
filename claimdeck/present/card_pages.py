"""PLAN the pages of sources and claimants, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from claimdeck.judge.deck import Claimant, Source, Testimony
from claimdeck.model.dates import date_in_words, last_day
from claimdeck.model.urls import as_of_url, card_url
from claimdeck.present.markup import Prose
from claimdeck.present.pages import PAGE_LENGTH, Context, Page, Pager, left_out, paginated
from claimdeck.present.traces import Noting
from claimdeck.present.views import Entry, Views, grouped
from claimdeck.present.words import SOURCE_KINDS, STAKES, STANCES, sentence

CLAIMANT_KINDS = {
    "person": "person",
    "agency": "agency",
    "state": "state",
    "outlet": "outlet",
    "institute": "institute",
    "unnamed": "not named",
}
Cited = dict[str, list[Testimony]]  # by the id of a claim
Mentioned = dict[str, list[Testimony | None]]  # likewise; None: the claim's history names the source


class BackLinks(Noting):
    """From each source and claimant back to the claims that rest on it, the newest review first."""

    def __init__(self, views: Views) -> None:
        deck = views.deck
        self._of_source: dict[str, Mentioned] = {}
        self._as_origin: dict[str, Cited] = {}
        self._as_relay: dict[str, Cited] = {}
        for claim in views.newest:
            for testimony in claim.testimonies:
                self._note(claim.id, testimony)
            for named in dict.fromkeys(source for entry in claim.card.history for source in entry.sources):
                self._of_source.setdefault(named, {}).setdefault(claim.id, []).append(None)
        outlets = (
            (name, id_)
            for id_, source in deck.sources.items()
            for name in dict.fromkeys((source.card.outlet, source.card.carries, source.card.draws_on))
            if name
        )
        wholes = ((claimant.card.part_of, id_) for id_, claimant in deck.claimants.items() if claimant.card.part_of)
        said = ((claim.card.said.by, claim.id) for claim in views.newest if claim.card.said)
        self.of_source = views.traces.collection("of_source", self._of_source)
        self.as_origin = views.traces.collection("as_origin", self._as_origin)
        self.as_relay = views.traces.collection("as_relay", self._as_relay)
        self.put_by = views.traces.collection("put_by", grouped(said))
        self.read_in = views.traces.collection("read_in", grouped(outlets))
        self.parts = views.traces.collection("parts", grouped(wholes))

    def of_claimant(self, id_: str) -> list[str]:
        """Return the ids of the claims in which a claimant has a part: those it put first, then by its role."""
        roles = (self.put_by.get(id_, ()), self.as_origin.get(id_, ()), self.as_relay.get(id_, ()))
        return list(dict.fromkeys(claim for claims in roles for claim in claims))

    def _note(self, claim: str, testimony: Testimony) -> None:
        self._of_source.setdefault(testimony.source.id, {}).setdefault(claim, []).append(testimony)
        if testimony.card.via_from and testimony.card.via_from != testimony.source.id:
            self._of_source.setdefault(testimony.card.via_from, {}).setdefault(claim, []).append(testimony)
        *relays, last = testimony.chain.links
        if not testimony.chain.dark:
            self._as_origin.setdefault(last, {}).setdefault(claim, []).append(testimony)
            relays = [link for link in relays if link != last]
        else:
            relays.append(last)
        for link in relays:
            self._as_relay.setdefault(link, {}).setdefault(claim, []).append(testimony)


def plan_sources(views: Views, prose: Prose, back: BackLinks) -> Iterator[Page]:
    """Yield a page for each source, and the list of all."""
    sources = views.deck.sources.values()
    ordered = sorted(sources, key=lambda source: (last_day(source.card.published or "0001"), source.id), reverse=True)
    about = "The documents that were read, and what rests on them."
    for url, listed, pager in paginated(ordered, "sources/", views.home.base):
        context = partial(_all_sources, listed, pager, back, views, prose)
        yield Page(url, "sources.html", "Sources", about, context, section="sources")
    for source in sources:
        cited = back.of_source.get(source.id, {})
        title = source.card.title or views.source(source.id).text
        for url, shown, pager in paginated(list(cited.items()), card_url("source", source.id), views.home.base):
            context = partial(_one_source, source, shown, pager, len(cited), views)
            yield Page(url, "source.html", title, source.card.summary, context, source.file.path, "sources")


def plan_claimants(views: Views, prose: Prose, back: BackLinks) -> Iterator[Page]:
    """Yield a page for each claimant, and the list of all."""
    claimants = sorted(views.deck.claimants.values(), key=lambda claimant: (claimant.card.name.casefold(), claimant.id))
    about = "Who says things here, and what stake they have."
    for url, listed, pager in paginated(claimants, "claimants/", views.home.base):
        context = partial(_all_claimants, listed, pager, back, views, prose)
        yield Page(url, "claimants.html", "Claimants", about, context, section="claimants")
    for claimant in claimants:
        claims = back.of_claimant(claimant.id)
        name = claimant.card.name or claimant.id
        description = (
            f"{name}: {CLAIMANT_KINDS[claimant.card.kind]}, {STAKES[claimant.stake]}. What it said, and who relays it."
        )
        for url, shown, pager in paginated(claims, card_url("claimant", claimant.id), views.home.base):
            context = partial(_one_claimant, claimant, shown, pager, len(claims), back, views)
            yield Page(url, "claimant.html", name, description, context, claimant.file.path, "claimants")


def _all_sources(listed: list[Source], pager: Pager, back: BackLinks, views: Views, prose: Prose) -> Context:
    rows = [
        {
            "link": views.source(source.id),
            "title": source.card.title or source.card.summary,
            "kind": SOURCE_KINDS[source.card.kind][0],
            "language": source.card.language,
            "claims": len(back.of_source.get(source.id, ())),
        }
        for source in listed
    ]
    return {"sources": rows, "pager": pager, "intro": prose.get(("page", "sources"))}


def _all_claimants(listed: list[Claimant], pager: Pager, back: BackLinks, views: Views, prose: Prose) -> Context:
    rows = [
        {
            "link": views.claimant(claimant.id),
            "name": claimant.card.name,
            "kind": CLAIMANT_KINDS[claimant.card.kind],
            "stake": STAKES[claimant.stake],
            "origin": len(back.as_origin.get(claimant.id, ())),
            "relay": len(back.as_relay.get(claimant.id, ())),
        }
        for claimant in listed
    ]
    return {"claimants": rows, "pager": pager, "intro": prose.get(("page", "claimants"))}


def _one_source(
    source: Source, shown: list[tuple[str, list[Testimony | None]]], pager: Pager, total: int, views: Views
) -> Context:
    told = ((claim, [_part_of_source(t, source.id, views) for t in cited]) for claim, cited in shown)
    entries = [_entry(claim, parts, views) for claim, parts in told]
    return {**_source_context(source, views), "entries": entries, "pager": pager, "total": total}


def _one_claimant(
    claimant: Claimant, shown: list[str], pager: Pager, total: int, back: BackLinks, views: Views
) -> Context:
    entries = [_entry(claim, _parts_of_claimant(claimant.id, claim, back, views), views) for claim in shown]
    return {**_claimant_context(claimant.id, back, views), "entries": entries, "pager": pager, "total": total}


def _source_context(source: Source, views: Views) -> Context:
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


def _parts_of_claimant(id_: str, claim: str, back: BackLinks, views: Views) -> Iterator[str]:
    """Yield what a claimant has to do with a *claim*."""
    if claim in back.put_by.get(id_, ()):
        yield "said it"
    for role, cited in (("origin", back.as_origin), ("relay", back.as_relay)):
        for testimony in cited.get(id_, {}).get(claim, ()):
            read_in = views.source(testimony.source.id, short=True).text
            yield f"{role} in {read_in}, which {STANCES[testimony.card.stance].lower()} it"


def _entry(claim: str, parts: Iterable[str], views: Views) -> Entry:
    """Return *claim* as lists show it, with its *parts*, each once."""
    return views.entry(views.deck.claims[claim], sentence("; ".join(dict.fromkeys(parts))))


def _claimant_context(id_: str, back: BackLinks, views: Views) -> Context:
    claimant = views.deck.claimants[id_]
    card = claimant.card
    inherited = claimant.stake_from if claimant.stake_from != id_ else None
    says = views.deck.claimants[claimant.stake_from].card if claimant.stake_from else card
    notes = dict.fromkeys(note for note in (says.stake_note, card.stake_note) if note)
    parts, sources = back.parts.get(id_, []), back.read_in.get(id_, [])
    return {
        "id": id_,
        "name": card.name or id_,
        "short": card.short,
        "kind": CLAIMANT_KINDS[card.kind],
        "part_of": views.claimant(card.part_of) if card.part_of and card.part_of in views.deck.claimants else None,
        "parts": [views.claimant(part) for part in parts[:PAGE_LENGTH]],
        "more_parts": left_out(parts),
        "stake": STAKES[claimant.stake],
        "stake_from": views.claimant(inherited) if inherited else None,
        "stake_note": " ".join(notes),
        "also_known_as": card.also_known_as,
        "sources": [views.source(source) for source in sources[:PAGE_LENGTH]],
        "more_sources": left_out(sources),
        "draft": card.draft,
    }
