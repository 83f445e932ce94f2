"""Feeds of what changed: new reviews, new statuses, corrections; Atom (RFC 4287) and JSON Feed 1.1, per topic too.

The ids are made from `url` in site.yaml, so that a site built for another address keeps them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from typing import Any

from claimdeck.judge.deck import Claim
from claimdeck.model.urls import Home, card_url, topic_feed_url
from claimdeck.present.claim_pages import CORRECTION_KINDS
from claimdeck.present.pages import Context, Page
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
    settings = views.settings
    whole = partial(_atom, FEED, settings.title, settings.tagline or "", views.newest, views)
    yield Page(FEED, "feed.xml", settings.title, "", whole, listed=False)
    for id_, file in views.deck.topics.items():
        title = f"{settings.title}: {file.card.name}"
        claims, subtitle = views.by_topic.get(id_, []), file.card.description or ""
        context = partial(_atom, topic_feed_url(id_), title, subtitle, claims, views)
        for address in (id_, *file.card.aliases):
            yield Page(topic_feed_url(address), "feed.xml", title, "", context, listed=False)


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
            for each in latest_news(views.deck.claims.values(), views)
        ],
    }
    return json.dumps({name: value for name, value in feed.items() if value}, ensure_ascii=False, indent=1) + "\n"


def latest_news(claims: Iterable[Claim], views: Views) -> list[News]:
    """Return the last changes to the *claims*, the newest first; those of one day by the id of the claim."""
    by_id = sorted(claims, key=lambda claim: claim.id)
    changed_last = nlargest(ENTRIES, by_id, key=_last_change)  # of others, nothing can be among the last
    news = [each for claim in sorted(changed_last, key=lambda claim: claim.id) for each in _news_of_claim(claim, views)]
    return sorted(news, key=lambda each: each.on, reverse=True)[:ENTRIES]


def _last_change(claim: Claim) -> str:
    days = [*(entry.on for entry in claim.card.history), *(entry.on for entry in claim.card.corrections)]
    return max((day or NEVER for day in days), default="")


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


def _atom(lasting: str, title: str, subtitle: str, claims: Iterable[Claim], views: Views) -> Context:
    news = latest_news(claims, views)
    return {
        "id": Home.at(views.settings.url).absolute(lasting),
        "feed_title": title,
        "subtitle": subtitle,
        "updated": news[0].at if news else f"{NEVER}T00:00:00Z",
        "here": views.home.absolute(lasting),
        "home": views.home.absolute(""),
        "author": _author(views),
        "news": news,
    }


def _author(views: Views) -> dict[str, Any]:
    publisher = views.settings.publisher
    return {"name": publisher.name, "url": publisher.url} if publisher else {"name": views.settings.title, "url": None}
