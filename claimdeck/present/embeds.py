"""PLAN the embeds: a small card for each claim that other sites can show in an iframe, and the snippet to copy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from claimdeck.judge.deck import Claim
from claimdeck.model.urls import card_url, embed_url
from claimdeck.present.pages import Context, Page, ready
from claimdeck.present.provenance import recorded_in_words, trail_of
from claimdeck.present.views import Views

HEIGHT = 520  # of the iframe, in pixels: room for a statement of 160 letters on a phone


def plan_embeds(views: Views) -> Iterator[Page]:
    """Yield the embed of each claim; one at an old id leads to the new."""
    for claim in views.deck.claims.values():
        title = claim.card.short or claim.card.claim or claim.id
        context = partial(_context, claim, title, views)
        url, path = embed_url(claim.id), claim.file.path
        yield Page(url, "embed.html", title, claim.card.because, context, path, listed=False)
        for alias in claim.card.aliases:
            moved = {"target": views.home.href(url), "absolute": views.home.absolute(url), "name": title}
            yield Page(
                embed_url(alias),
                "moved.html",
                "Moved",
                "This page has moved.",
                ready(**moved),
                path,
                listed=False,
            )


def _context(claim: Claim, title: str, views: Views) -> Context:
    return {
        "id": claim.id,
        "recorded": recorded_in_words(claim),
        "statement": views.statement(claim.card.claim or title, claim.card.language),
        "stamp": views.status(claim),
        "because": claim.card.because,
        "trail": trail_of(claim, views.deck),
        "full": views.home.absolute(card_url("claim", claim.id)),
    }


def embed_snippet(claim: Claim, views: Views) -> str:
    """Return the HTML that shows *claim* on another site."""
    address = views.home.absolute(embed_url(claim.id))
    title = escape(f"{views.settings.title}: {claim.card.short or claim.id}")
    return f'<iframe src="{escape(address)}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy"></iframe>'
