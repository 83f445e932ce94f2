"""Feeds of what changed: new reviews, new statuses, corrections; Atom (RFC 4287) and JSON Feed 1.1, per topic too.

The ids are made from `url` in site.yaml, so that a site built for another address keeps them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claimdeck.judge.deck import Claim
from claimdeck.model.urls import Home, card_url, topic_feed_url
from claimdeck.present.claim_pages import CORRECTION_KINDS
from claimdeck.present.pages import Page
from claimdeck.present.views import Views

FEED, JSON_FEED = "feed.xml", "feed.json"
ENTRIES = 50  # of one feed
NEVER = "1970-01-01"  # when a feed changed in which nothing stands: it must have a date


@dataclass(frozen=True)
class News:
    """One change to a claim."""

    id: str
    on: str
    title: str
    text: str
    url: str
    status: str
    topics: tuple[str, ...]

    @property
    def at(self) -> str:
        """Its day as a moment, which both formats ask for."""
        return f"{self.on}T00:00:00Z"


def plan_feeds(views: Views) -> Iterator[Page]:
    """Yield the Atom feed of the site, and one for each topic, at its old addresses too."""
    news = news_of(views)
    settings = views.settings
    yield _atom(FEED, FEED, settings.title, settings.tagline or "", news, views)
    for id_, file in views.deck.topics.items():
        of_topic = [each for each in news if id_ in each.topics]
        name = f"{settings.title}: {file.card.name}"
        for address in (id_, *file.card.aliases):
            url = topic_feed_url(address)
            yield _atom(url, topic_feed_url(id_), name, file.card.description or "", of_topic, views)


def json_feed(views: Views) -> str:
    """Return the JSON Feed of the site (https://www.jsonfeed.org/version/1.1/)."""
    settings = views.settings
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title,
        "description": settings.tagline,
        "home_page_url": views.home.absolute(""),
        "feed_url": views.home.absolute(JSON_FEED),
        "language": settings.language,
        "authors": [{name: value for name, value in _author(views).items() if value}],
        "items": [
            {
                "id": each.id,
                "url": each.url,
                "title": each.title,
                "content_text": each.text,
                "date_published": each.at,
                "tags": [each.status, *each.topics],
            }
            for each in news_of(views)[:ENTRIES]
        ],
    }
    return json.dumps({name: value for name, value in feed.items() if value}, ensure_ascii=False, indent=1) + "\n"


def news_of(views: Views) -> list[News]:
    """Return every change to every claim, the newest first; those of one day by the id of the claim."""
    news = [each for claim in views.deck.claims.values() for each in _news_of_claim(claim, views)]
    return sorted(news, key=lambda each: each.on, reverse=True)


def _news_of_claim(claim: Claim, views: Views) -> Iterator[News]:
    """Yield the changes to *claim*, of statuses and of words."""
    known: Counter[str] = Counter()
    before = ""
    for entry in sorted(claim.card.history, key=lambda entry: entry.on):
        rung = views.settings.rung(entry.status)
        label = rung.label if rung else entry.status
        what = f"{label}, before {before}" if before and before != label else label
        before = label
        text = f"{entry.note or ''} {claim.card.because}".strip()
        yield _news(claim, entry.on, entry.status, what, text, known, views)
    for correction in sorted(claim.card.corrections, key=lambda entry: entry.on):
        what = CORRECTION_KINDS[correction.kind]
        yield _news(claim, correction.on, correction.kind, what, correction.note, known, views)


def _news(claim: Claim, on: str, kind: str, what: str, text: str, known: Counter[str], views: Views) -> News:
    """Return one change; its id holds as long as nobody rewrites the history of the claim."""
    key = f"{on}-{kind}"
    known[key] += 1
    anchor = key if known[key] == 1 else f"{key}-{known[key]}"
    url = card_url("claim", claim.id)
    return News(
        f"{Home.at(views.settings.url).absolute(url)}#{anchor}",
        on or NEVER,
        f"{what}: {claim.card.short or claim.card.claim or claim.id}",
        text or what,
        views.home.absolute(url),
        claim.card.status,
        claim.card.topics,
    )


def _atom(url: str, lasting: str, title: str, subtitle: str, news: list[News], views: Views) -> Page:
    context = {
        "id": Home.at(views.settings.url).absolute(lasting),
        "feed_title": title,
        "subtitle": subtitle,
        "updated": news[0].at if news else f"{NEVER}T00:00:00Z",
        "here": views.home.absolute(lasting),
        "home": views.home.absolute(""),
        "author": _author(views),
        "news": news[:ENTRIES],
    }
    return Page(url, "feed.xml", title, "", context, listed=False)


def _author(views: Views) -> dict[str, Any]:
    publisher = views.settings.publisher
    return {"name": publisher.name, "url": publisher.url} if publisher else {"name": views.settings.title, "url": None}
