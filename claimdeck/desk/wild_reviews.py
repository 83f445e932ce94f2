"""Turn a ClaimReview as found into what cards can say of it, and list what they cannot.  Makes no cards.

Its properties: https://schema.org/ClaimReview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimdeck.desk.json_ld import Found, JsonLd
from claimdeck.desk.wild_fields import Actor, Fields, Lost
from claimdeck.model.cards import Stance
from claimdeck.model.fields import is_address

NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
END = 0.1  # of a scale: what lies within counts as its end
KINDS_OF_WORK = {
    **dict.fromkeys(("article", "newsarticle", "reportagenewsarticle", "blogposting", "claimreview"), "article"),
    **dict.fromkeys(("socialmediaposting", "discussionforumposting"), "post"),
    "videoobject": "video",
}


@dataclass(frozen=True)
class Work:
    """A document: the review itself, or one in which the claim appeared."""

    url: str | None = None
    title: str | None = None
    outlet: Actor | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Rating:
    """What a reviewer made of a claim: in words, why, and what that is for the claim on the reviewer's own scale."""

    words: str = ""
    reason: str = ""
    stance: Stance = "mentions"


@dataclass(frozen=True)
class Review:
    """One ClaimReview at *path* of its file: the *claim* ("" where none is told), who said it, and where."""

    path: str
    claim: str
    article: Work
    rating: Rating
    said_by: Actor | None
    said_on: str | None
    appearances: tuple[Work, ...]
    lost: tuple[Lost, ...]


def parse_review(found: Found, around: JsonLd) -> Review:
    """Return what the ClaimReview *found* says; *around* is the file that it stands in."""
    lost: list[Lost] = []
    fields = Fields(found.node, "", around, lost)
    said = list(_said(fields))
    claim = _claim(fields, said)
    article, rating = _work(fields), _rating(fields)
    speakers = [actor for each in said if (actor := each.actor("author"))]
    days = [day for each in said if (day := each.date("datePublished"))]
    works = [work for each in said for work in _appearances(each)]
    for part in [fields, *said]:
        part.lose_rest()
    speaker, day = speakers[0] if speakers else None, days[0] if days else None
    return Review(found.path, claim, article, rating, speaker, day, tuple(works), tuple(dict.fromkeys(lost)))


def _said(fields: Fields) -> Iterator[Fields]:
    """Yield what the review is of; a bare address or statement as a group that holds only it."""
    for at, value in fields.groups("itemReviewed"):
        if isinstance(value, str):
            yield Fields({"url" if is_address(value) else "text": value}, at, fields.around, fields.lost)
        else:
            yield value


def _claim(fields: Fields, said: list[Fields]) -> str:
    """Return the claim: `claimReviewed`, else what is reviewed by its own words."""
    claim = fields.text("claimReviewed")
    for each in said:
        for name in ("text", "name") if _is_claim(each) else ():
            words = each.text(name)
            if words and claim and words != claim:
                each.lose(name, words, "claimReviewed says it otherwise")
            claim = claim or words
    return claim


def _is_claim(fields: Fields) -> bool:
    """Whether *fields* are of the claim itself, and not of a document in which it appeared."""
    return not fields.types or "claim" in fields.types


def _appearances(fields: Fields) -> Iterator[Work]:
    """Yield the documents in which the claim that *fields* tell of appeared, the first first."""
    for name in ("firstAppearance", "appearance"):
        for at, value in fields.groups(name):
            if isinstance(value, str):
                work = Work(value if is_address(value) else None)
            else:
                work = _work(value)
                value.lose_rest()
            if work.url or work.title:
                yield work
            else:
                fields.lose(at, value, "it has neither a title nor a whole web address")
    work = Work(fields.address("url")) if _is_claim(fields) else _work(fields)
    if work.url or work.title:
        yield work


def _work(fields: Fields) -> Work:
    """Return the document that *fields* describe."""
    authors, publisher = list(fields.actors("author")), fields.actor("publisher")
    outlet = publisher or next((actor for actor in authors if actor.kind != "person"), None)
    names = dict.fromkeys(actor.name for actor in authors if outlet is None or actor.name != outlet.name)
    return Work(
        fields.address("url"),
        fields.text("headline") or fields.text("name") or None,
        outlet,
        tuple(names),
        fields.date("datePublished"),
        fields.date("dateModified"),
        fields.language(),
        next((KINDS_OF_WORK[type_] for type_ in sorted(fields.types) if type_ in KINDS_OF_WORK), None),
    )


def _rating(fields: Fields) -> Rating:
    """Return the rating; where its own scale cannot be told it is for nothing and against nothing."""
    for at, value in fields.groups("reviewRating"):
        if isinstance(value, str):
            fields.lose(at, value, "it has no scale")
            return Rating(value)
        words = value.text("alternateName") or value.text("name")
        numbers = [value.text(name) for name in ("ratingValue", "bestRating", "worstRating")]
        rating = Rating(_told(words, *numbers), value.text("ratingExplanation"), _stance(value, *numbers))
        value.lose_rest()
        return rating
    return Rating()


def _told(words: str, value: str, best: str, worst: str) -> str:
    scale = f"{value} on its scale from {worst or '?'} (worst) to {best or '?'} (best)" if value else ""
    return f"“{words}”, {scale}" if words and scale else f"“{words}”" if words else scale


def _stance(fields: Fields, value: str, best: str, worst: str) -> Stance:
    numbers = [float(text.replace(",", ".")) for text in (value, best, worst) if NUMBER.fullmatch(text)]
    if len(numbers) < 3 or numbers[1] == numbers[2]:
        why = "its scale cannot be told: it needs ratingValue, bestRating and worstRating as numbers"
        fields.lose("ratingValue", value, why)
        return "mentions"
    truth = (numbers[0] - numbers[2]) / (numbers[1] - numbers[2])
    if not 0 <= truth <= 1:
        fields.lose("ratingValue", value, f"it is off its scale from {worst} to {best}")
        return "mentions"
    return "disputes" if truth <= END else "supports" if truth >= 1 - END else "qualifies"
