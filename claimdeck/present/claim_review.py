"""Say a claim and its status in the words of schema.org's ClaimReview.  Makes no HTML.

What machines may rely on: https://schema.org/ClaimReview, and the rules that Google documents at
https://developers.google.com/search/docs/appearance/structured-data/factcheck; CHECK holds the pages against them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claimdeck.judge.deck import Claim, Source
from claimdeck.model.dates import first_day
from claimdeck.model.fields import is_address
from claimdeck.model.urls import card_url
from claimdeck.present.views import Views

Json = dict[str, Any]
FUNDING_PAGES = ("funding", "ownership", "about")  # the first that exists tells who pays
APPEARANCES = 5  # besides the first: a claim page has to stay light


def claim_review(claim: Claim, views: Views) -> Json:
    """Return the ClaimReview of a published *claim*; what its cards do not tell is left out."""
    card, settings = claim.card, views.settings
    publisher = _publisher(views)
    published = [entry.on for entry in card.history]
    changed = [*published, *(entry.on for entry in card.corrections), *([card.reviewed] if card.reviewed else [])]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": views.home.absolute(card_url("claim", claim.id)),
            "claimReviewed": card.short,
            "author": publisher,
            "publisher": {**publisher, **_policies(views)},
            "datePublished": min(published, default=""),
            "dateModified": max(changed, default=""),
            "inLanguage": settings.language,
            "license": settings.license.url if settings.license else None,
            "reviewRating": _rating(claim, views),
            "itemReviewed": _item(claim, views),
        }
    )


def _publisher(views: Views) -> Json:
    """Return who runs the site; under its title where site.yaml names nobody."""
    home, publisher = views.home, views.settings.publisher
    logo = (publisher.logo if publisher else None) or ""
    return _filled(
        {
            "@type": "Organization",
            "name": publisher.name if publisher else views.settings.title,
            "url": (publisher.url if publisher else None) or home.absolute(""),
            "logo": logo if not logo or is_address(logo) else home.absolute(logo.lstrip("/")),
        }
    )


def _policies(views: Views) -> Json:
    page = next((id_ for id_ in FUNDING_PAGES if id_ in views.deck.pages), None)
    return _filled(
        {
            "correctionsPolicy": views.home.absolute("corrections/"),
            "publishingPrinciples": views.home.absolute("methodology/"),
            "ownershipFundingInfo": views.home.absolute(card_url("page", page)) if page else None,
        }
    )


def _rating(claim: Claim, views: Views) -> Json:
    """Return the status in words, and as a number only where its rung lies on a true–false axis."""
    rung = views.deck.rung_of(claim)
    scale = rung.rating if rung else None
    numbers = {"ratingValue": scale.value, "bestRating": scale.best, "worstRating": scale.worst} if scale else {}
    return _filled(
        {
            "@type": "Rating",
            "alternateName": rung.label if rung else None,
            "ratingExplanation": claim.card.because,
            **{name: _number(number) for name, number in numbers.items()},
        }
    )


def _item(claim: Claim, views: Views) -> Json:
    """Return the claim itself: who made it, when, and where it can be read."""
    said = claim.card.said
    sources = {t.source.id: t.source for t in claim.testimonies if t.card.stance == "supports"}
    earliest_first = sorted(sources.values(), key=lambda source: (first_day(source.card.published), source.id))
    dates = [said.on if said else None, *(source.card.published for source in earliest_first)]
    works = [_work(source, views) for source in earliest_first if _is_elsewhere(source, views)]
    return _filled(
        {
            "@type": "Claim",
            "author": _actor(_claimant_of(claim), views),
            "datePublished": next((date for date in dates if date), None),
            "firstAppearance": works[0] if works else None,
            "appearance": works[1 : APPEARANCES + 1],
        }
    )


def _claimant_of(claim: Claim) -> str:
    """Return the id of who put *claim* into circulation, else of its one known origin; "" where there are several."""
    if claim.card.said:
        return claim.card.said.by
    return claim.origins[0] if len(claim.origins) == 1 else ""


def _is_elsewhere(source: Source, views: Views) -> bool:
    """Whether *source* can be read, and not only on this site: a document that the desk keeps is no appearance."""
    return bool(source.card.url) and not views.home.holds(source.card.url or "")


def _work(source: Source, views: Views) -> Json:
    return _filled(
        {
            "@type": "CreativeWork",
            "url": source.card.url,
            "headline": source.card.title,
            "datePublished": source.card.published,
            "publisher": _actor(source.card.outlet, views),
        }
    )


def _actor(id_: str, views: Views) -> Json | None:
    """Return a claimant as a person or an organization; None of one unnamed, who may be either."""
    claimant = views.deck.claimants.get(id_)
    if claimant is None or claimant.card.kind == "unnamed":
        return None
    kind = "Person" if claimant.card.kind == "person" else "Organization"
    return {"@type": kind, "name": claimant.card.name or id_}


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _filled(properties: Json) -> Json:
    """Return *properties* without those that are empty."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}
