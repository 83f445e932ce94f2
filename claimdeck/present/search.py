"""Make the index for the search and the filters, and plan the page of the search.  Reads no rendered page.

Everything that can be found has a number: claims as their list has them, then sources, claimants, topics and
pages.  `search/` holds what each of them shows, the numbers of each word, and those of each choice, in files of
bounded length; static/search.js loads those that a query needs.  The form tells it the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from json import JSONEncoder
from typing import Any

from claimdeck.judge.deck import Claim, Claimant, Deck, Source
from claimdeck.model.cards import Kind
from claimdeck.present.card_pages import CLAIMANT_KINDS
from claimdeck.present.markup import Prose
from claimdeck.present.pages import Context, Page
from claimdeck.present.views import Entry, Stamp, Views, named_in
from claimdeck.present.word_index import divide_words, index_words, member, packed
from claimdeck.present.words import SOURCE_KINDS, STAKES, counted, direction_of, sentence

FOLDER = "search/"
BLOCK = 10  # entries in one file: small, since results are spread over many
OFFERED = 300  # choices of one facet
EXCERPT = 160  # letters of a page's text that a result shows
KIND_NAMES: dict[str, str] = {
    "claim": "Claims",
    "source": "Sources",
    "claimant": "Claimants",
    "topic": "Topics",
    "page": "Pages",
}
FACETS = {
    "status": "Status",
    "topic": "Topic",
    "claimant": "Claimant",
    "source": "Source",
    "stake": "Stake of an origin",
}

_encoded = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Json = dict[str, Any]
Choice = tuple[str, str, list[int]]  # its id, its label, and the numbers it leaves


@dataclass(frozen=True)
class Found:
    """What can be found: what a result shows of it, the words of its name, and all others that lead to it."""

    shown: Json
    name: str
    text: str


def plan_search(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the page of the search."""
    description = "Search the claims, sources, claimants, topics and pages."
    yield Page(FOLDER, "search.html", "Search", description, partial(_context, views, prose), section="search")


def _context(views: Views, prose: Prose) -> Context:
    deck = views.deck
    total = len(deck.claims) + len(deck.sources) + len(deck.claimants) + len(deck.topics) + len(deck.pages)
    return {"search": _form(views, total, "pages", {"kind": "Kind"}), "intro": prose.get(("page", "search"))}


def claims_filter(views: Views) -> Json:
    """Return what the form above the list of claims needs to know."""
    total = len(views.deck.claims)
    return _form(views, total, "claims", _facets(views.deck)) | {"at_rest": counted(total, "claim", "claims")}


def _facets(deck: Deck) -> dict[str, str]:
    """Return the name of each facet, and where not all of its choices can be offered, which are."""
    totals = {"topic": len(deck.topics), "claimant": len(deck.claimants), "source": len(deck.sources)}
    note = f" (the {OFFERED} with most claims)"
    return {id_: name + note if totals.get(id_, 0) > OFFERED else name for id_, name in FACETS.items()}


def search_files(views: Views, prose: Prose) -> Iterator[tuple[str, str]]:
    """Yield the address and text of each file of the index; *prose* holds the texts of pages."""
    claims = views.newest
    found = list(_everything(claims, views, prose))
    for start in range(0, len(found), BLOCK):
        yield f"{FOLDER}entries-{start // BLOCK}.json", _text([one.shown for one in found[start : start + BLOCK]])
    words = divide_words(index_words((one.name, one.text) for one in found))
    yield f"{FOLDER}words.json", _text([beginning for beginning, _ in words])
    for number, (_, text) in enumerate(words):
        yield f"{FOLDER}words-{number}.json", text
    kinds = [one.shown["kind"] for one in found]
    for name, choices in [*_choices(claims, views), ("kind", choose(kinds, lambda kind: [kind], KIND_NAMES))]:
        yield from facet_files(name, choices)


def facet_files(facet: str, choices: list[Choice]) -> Iterator[tuple[str, str]]:
    """Yield the files of the numbers that each choice leaves, and the list of those offered: how many, and in which."""
    most = {id_ for id_, _, _ in nlargest(OFFERED, choices, key=lambda choice: len(choice[2]))}
    offered = [choice for choice in choices if choice[0] in most]
    places: dict[str, int] = {}
    for place, (ids, text) in enumerate(packed((id_, member(id_, numbers)) for id_, _, numbers in offered)):
        places |= dict.fromkeys(ids, place)
        yield f"{FOLDER}{facet}-{place}.json", text
    yield f"{FOLDER}{facet}.json", _text([(id_, label, len(numbers), places[id_]) for id_, label, numbers in offered])


def choose(things: Iterable[Any], of: Callable[[Any], Iterable[str]], labels: dict[str, str]) -> list[Choice]:
    """Return the choices in the order of *labels*, each with the numbers of the *things* that are *of* it."""
    numbers: dict[str, list[int]] = {}
    for number, thing in enumerate(things):
        for id_ in set(of(thing)):
            numbers.setdefault(id_, []).append(number)
    return [(id_, label, numbers[id_]) for id_, label in labels.items() if id_ in numbers]


def _choices(claims: Sequence[Claim], views: Views) -> Iterator[tuple[str, list[Choice]]]:
    """Yield the name of each facet with its choices: statuses as on the ladder, others by label."""
    deck = views.deck
    dated = sorted(deck.sources.values(), key=lambda source: (source.card.published, source.id))
    topics = {id_: views.topic(id_).text for id_ in deck.topics}
    claimants = {id_: claimant.name for id_, claimant in deck.claimants.items()}
    outlets = {source.id: views.claimant(source.card.outlet).text for source in dated}
    stakes: dict[str, str] = {stake: sentence(words) for stake, words in STAKES.items()}
    yield "status", choose(claims, _statuses, {rung.id: rung.label for rung in deck.settings.ladder})
    yield "topic", choose(claims, lambda claim: claim.card.topics, _in_order(topics))
    yield "claimant", choose(claims, named_in, _in_order(claimants))
    yield "source", choose(claims, _sources, _source_labels(_in_order(outlets), views))
    yield "stake", choose(claims, lambda claim: _stakes(claim, deck), stakes)


def _statuses(claim: Claim) -> list[str]:
    return [claim.card.status]


def _sources(claim: Claim) -> list[str]:
    return [testimony.source.id for testimony in claim.testimonies]


def _stakes(claim: Claim, deck: Deck) -> list[str]:
    """Return the stakes of a claim's origins; a trail that ends in the dark ends with somebody of unknown stake."""
    dark = ["unknown"] if claim.counts.origins.high > claim.counts.origins.low else []
    return [*(deck.stake_of(leaf) for leaf in claim.origins), *dark]


def _source_labels(ids: Iterable[str], views: Views) -> dict[str, str]:
    """Return each source as “Outlet, date”, with its title where another one has the same."""
    links = {id_: views.source(id_, short=True) for id_ in ids}
    shared = Counter(link.text for link in links.values())
    return {
        id_: f"{link.text}: {link.note}" if shared[link.text] > 1 and link.note else link.text
        for id_, link in links.items()
    }


def _in_order(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda pair: pair[1].casefold()))


def _everything(claims: Sequence[Claim], views: Views, prose: Prose) -> Iterator[Found]:
    """Yield all that can be found, in the order of its numbers."""
    deck = views.deck
    totals = dict.fromkeys(deck.topics, 0)
    for claim in claims:
        yield _claim(claim, views)
        totals |= {id_: totals[id_] + 1 for id_ in set(claim.card.topics) if id_ in totals}
    newest = sorted(deck.sources.values(), key=lambda source: (source.card.published, source.id), reverse=True)
    yield from (_source(source, views) for source in newest)
    for id_ in _in_order({id_: claimant.card.name for id_, claimant in deck.claimants.items()}):
        yield _claimant(deck.claimants[id_], views)
    for id_ in _in_order({id_: file.card.name for id_, file in deck.topics.items()}):
        card = deck.topics[id_].card
        meta = counted(totals[id_], "claim", "claims")
        yield Found(_shown("topic", id_, card.name, card.description, meta, views), card.name, card.description or "")
    for id_, page in deck.pages.items():
        text = prose[("page", id_)].striptags() if ("page", id_) in prose else ""
        shown = _shown("page", id_, page.card.title, _excerpt(text), "", views)
        yield Found(shown, page.card.title, text)


def _claim(claim: Claim, views: Views) -> Found:
    entry, card, deck = views.entry(claim), claim.card, views.deck
    shown = {
        "kind": "claim",
        "status": entry.stamp.id,
        "href": entry.href,
        "title": entry.title,
        "language": entry.language,
        "direction": entry.direction,
        "because": entry.because,
        "meta": f"draft · {entry.meta}" if entry.draft else entry.meta,
    }
    quotes = [words for evidence in card.evidence for words in (evidence.quote, evidence.translation) if words]
    topics = [views.topic(id_).text for id_ in card.topics]
    claimants = [deck.claimants[id_] for id_ in named_in(claim) if id_ in deck.claimants]
    names = [name for claimant in claimants for name in (claimant.card.name, claimant.name)]
    text = [claim.id, card.because, *quotes, *card.places, *topics, *names]
    return Found(shown, f"{card.short} {card.claim}", " ".join(text))


def _source(source: Source, views: Views) -> Found:
    card, link = source.card, views.source(source.id, short=True)
    title = card.title or link.text
    meta = f"{link.text} · {SOURCE_KINDS[card.kind][0]}"
    language = card.language if card.title else None
    shown = _shown("source", source.id, title, card.summary, meta, views, language=language)
    outlet = views.deck.claimants.get(card.outlet)
    names = [outlet.card.name, outlet.name] if outlet else []
    return Found(shown, title, " ".join([card.summary, *names, *card.authors]))


def _claimant(claimant: Claimant, views: Views) -> Found:
    card = claimant.card
    meta = f"{CLAIMANT_KINDS[card.kind]} · {STAKES[claimant.stake]}"
    shown = _shown("claimant", claimant.id, card.name or claimant.id, card.stake_note, meta, views)
    return Found(shown, " ".join([card.name, card.short or "", *card.also_known_as]), "")


def _shown(
    kind: Kind, id_: str, title: str, because: str | None, meta: str, views: Views, *, language: str | None = None
) -> Json:
    """Return what a result shows of anything but a claim."""
    language = language or views.settings.language
    return {
        "kind": kind,
        "href": views.href(kind, id_),
        "title": title,
        "language": language,
        "direction": direction_of(language),
        "because": because or "",
        "meta": meta,
    }


def _text(value: Any) -> str:
    return _encoded(value) + "\n"


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rpartition(" ")[0] + " …"


def _form(views: Views, total: int, noun: str, facets: dict[str, str]) -> Json:
    """Return what the script must know of the index, and a blank for each kind of result that it fills in."""
    stamps = [views.stamp(rung) for rung in views.settings.ladder]
    stamps += list(views.unstamped.values())[:1]
    return {
        "index": views.home.href(FOLDER),
        "total": total,
        "noun": noun,
        "at_rest": "",
        "block": BLOCK,
        "facets": facets,
        "blanks": [_blank(stamp, views) for stamp in stamps],
        "kinds": [kind for kind in KIND_NAMES if kind != "claim"],
    }


def _blank(stamp: Stamp, views: Views) -> Entry:
    language = views.settings.language
    return Entry(stamp.id, "…", stamp.href, stamp, "", "", language, direction_of(language), draft=False)
