"""PLAN the desk's own pages: home, methodology, corrections, prose, 404, and redirects of old ids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from claimdeck.judge.deck import Claim
from claimdeck.judge.ladder import needs_in_words
from claimdeck.model.cards import Kind
from claimdeck.model.dates import date_in_words
from claimdeck.model.urls import HOME, INTRODUCED, NOT_FOUND, card_url
from claimdeck.present.claim_pages import CORRECTION_KINDS, tally_of
from claimdeck.present.figure_pages import Figures
from claimdeck.present.markup import Prose
from claimdeck.present.pages import PAGE_LENGTH, Context, Page, Pager, left_out, paginated, ready
from claimdeck.present.views import Link, Views
from claimdeck.present.words import number_in_words
from claimdeck.read.content import Content

LATEST = 8
START_HERE = 3


def plan_home(views: Views, prose: Prose, figures: Figures) -> Iterator[Page]:
    """Yield the home page."""
    deck, settings = views.deck, views.settings
    description = settings.tagline or f"{len(deck.claims)} claims, each followed back to whoever first made it."
    yield Page(HOME, "home.html", settings.title, description, partial(_home, views, prose, figures))


def _home(views: Views, prose: Prose, figures: Figures) -> Context:
    deck, settings = views.deck, views.settings
    first = [deck.claims[id_] for id_ in settings.start_here if id_ in deck.claims]
    return {
        "headline": settings.tagline or settings.title,
        "intro": prose.get(("page", "home")),
        "tally": tally_of(views),
        "figures": dict(figures.at_home),
        "start": [views.entry(claim) for claim in first or views.newest[:START_HERE]],
        "latest": _latest(views),
        "topics": [views.topic(id_) for id_ in list(deck.topics)[:PAGE_LENGTH]],
        "more_topics": left_out(deck.topics),
        "totals": [
            Link(number_in_words(len(deck.claims)) + " claims", views.home.href("claims/")),
            Link(number_in_words(len(deck.sources)) + " sources", views.home.href("sources/")),
            Link(number_in_words(len(deck.claimants)) + " claimants", views.home.href("claimants/")),
        ],
    }


def plan_methodology(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the methodology, printed from the ladder in force."""
    title = _title("methodology", "Methodology", views)
    about = "The ladder of statuses, and the rules by which a card may carry one."
    context = partial(_methodology, views, prose)
    yield Page("methodology/", "methodology.html", title, about, context, section="methodology")


def _methodology(views: Views, prose: Prose) -> Context:
    rungs = [
        {
            "stamp": row["stamp"],
            "total": row["total"],
            "meaning": rung.meaning,
            "needs": [needs_in_words(entry) for entry in rung.needs],
            "rating": f"{number_in_words(rung.rating.value)} of {number_in_words(rung.rating.best)}"
            if rung.rating
            else "",
        }
        for rung, row in zip(views.settings.ladder, tally_of(views), strict=True)
    ]
    return {
        "intro": prose.get(("page", "methodology")),
        "rungs": rungs,
        "review_after": views.settings.desk.review_after_days,
    }


def plan_corrections(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the log of corrections, withdrawals and retracted sources."""
    rows = [
        (entry.on, views.claim_link(claim.id), CORRECTION_KINDS[entry.kind], entry.note)
        for claim in views.deck.claims.values()
        for entry in claim.card.corrections
    ]
    for id_, file in views.deck.withdrawn.items():
        if gone := file.card.withdrawn:
            rows.append((gone.on, views.claim_link(id_), "Withdrawal", gone.note))
    for id_, source in views.deck.sources.items():
        if taken_back := source.card.retracted:
            rows.append((taken_back.on, views.source(id_), "Retracted source", taken_back.note))
    log = [
        {"on": date_in_words(on), "date": on, "kind": kind, "note": note, "link": link}
        for on, link, kind, note in sorted(rows, key=lambda row: (row[0], row[1].href), reverse=True)
    ]
    title = _title("corrections", "Corrections", views)
    for url, entries, pager in paginated(log, "corrections/", views.home.base):
        context = partial(_corrections, entries, pager, prose)
        yield Page(
            url,
            "corrections.html",
            title,
            "Every correction, update, withdrawal and retracted source, the newest first.",
            context,
            section="corrections",
        )


def plan_prose(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the prose pages that are not the introduction of another page."""
    for id_, file in views.deck.pages.items():
        if id_ not in INTRODUCED and id_ != "home":
            context = partial(_prose, id_, file.card.draft, prose)
            description = f"{file.card.title}: {views.settings.title}."
            yield Page(
                card_url("page", id_),
                "prose.html",
                file.card.title or id_,
                description,
                context,
                file.path,
                section=id_,
            )


def _corrections(entries: list[dict[str, Any]], pager: Pager, prose: Prose) -> Context:
    return {"intro": prose.get(("page", "corrections")), "entries": entries, "pager": pager}


def _prose(id_: str, draft: bool, prose: Prose) -> Context:
    return {"body": prose.get(("page", id_)), "draft": draft}


def plan_not_found(views: Views) -> Iterator[Page]:
    """Yield the page that GitHub Pages serves for every missing address."""
    yield Page(
        NOT_FOUND,
        "not_found.html",
        "Not found",
        "There is no page at this address.",
        partial(_not_found, views),
        listed=False,
    )


def _not_found(views: Views) -> Context:
    return {"tally": tally_of(views)}


def plan_redirects(views: Views, content: Content) -> Iterator[Page]:
    """Yield a page at each old id that leads to the card's address now."""
    for kind, file in content.files():
        for alias in file.card.aliases:
            target = card_url(kind, file.id)
            to = {"target": views.home.href(target), "absolute": views.home.absolute(target)}
            context = ready(**to, name=_name(kind, file.id, views))
            yield Page(
                card_url(kind, alias),
                "moved.html",
                "Moved",
                "This page has moved.",
                context,
                file.path,
                listed=False,
            )


def _title(id_: str, otherwise: str, views: Views) -> str:
    page = views.deck.pages.get(id_)
    return page.card.title if page and page.card.title else otherwise


def _name(kind: Kind, id_: str, views: Views) -> str:
    match kind:
        case "claim":
            return views.claim_link(id_).text
        case "source":
            return views.source(id_).text
        case "claimant":
            return views.claimant(id_).text
        case "topic":
            return views.topic(id_).text
        case _:
            return _title(id_, id_, views)


def _latest(views: Views) -> list[dict[str, Any]]:
    """Return what changed last: the newest history and correction entries of all claims."""
    changes: list[tuple[str, Claim, str]] = []
    for claim in views.deck.claims.values():
        for entry in claim.card.history:
            rung = views.settings.rung(entry.status)
            changes.append((entry.on, claim, f"{rung.label if rung else entry.status}. {entry.note}".strip()))
        changes += [
            (entry.on, claim, f"{CORRECTION_KINDS[entry.kind]}: {entry.note}") for entry in claim.card.corrections
        ]
    newest = sorted(sorted(changes, key=lambda change: change[1].id), key=lambda change: change[0], reverse=True)[
        :LATEST
    ]
    return [
        {"on": date_in_words(on, short=True), "date": on, "link": views.claim_link(claim.id), "note": note}
        for on, claim, note in newest
    ]
