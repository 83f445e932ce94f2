"""Make draft cards of reviews from elsewhere, beside what the dossier has already.  Writes no file.

A status is the desk's own judgement: theirs stands in a comment and a note, and `status` stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from urllib.parse import urlsplit

from claimdeck.desk.ids import new_id_fault, path_of
from claimdeck.desk.wild_fields import Actor, host_of, printable
from claimdeck.desk.wild_reviews import Review, Work
from claimdeck.desk.yaml_text import Yaml, yaml_text
from claimdeck.model.cards import Kind
from claimdeck.model.fields import SHORT_LENGTH
from claimdeck.model.lock import Lock
from claimdeck.pipeline import Judged

ID_LENGTH = 40  # of a new id, before a date or number: long enough to tell what it is
LISTED_AT_MOST = 20  # lines that tell what is wrong with one review, or one file
FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True)
class Draft:
    """A card to be written: its path below the site's root, and its text."""

    path: str
    text: str


class Drafts:
    """The cards that reviews become, one after the other; a source or claimant that there is already is used."""

    def __init__(self, judged: Judged, file: str) -> None:
        self.judged = judged
        self.file = file
        self.made: dict[tuple[Kind, str], Draft] = {}
        content = judged.content
        self.sources = {
            same_address(url): id_
            for id_, each in content.sources.items()
            for url in (each.card.url, *each.card.also_at)
            if url
        }
        self.claimants: dict[str, str] = {}
        for id_, claimant in content.claimants.items():
            self.claimants.setdefault(claimant.card.name.casefold(), id_)
        for id_, claimant in content.claimants.items():
            for name in (*claimant.card.also_known_as, claimant.card.short or ""):
                self.claimants.setdefault(name.casefold(), id_)

    def add(self, review: Review, number: int) -> str:
        """Make the draft of *review*, the *number*th of its file, and of what it names; return the claim's path."""
        fields: dict[str, Yaml] = {
            "draft": "true",
            "claim": review.claim,
            "short": shorten(review.claim),
            "status": None,
            "because": None,
            "reviewed": None,
        }
        if self._is_foreign(review.article.language):
            fields["language"] = review.article.language
        if review.said_by:
            said = {"by": self._claimant(review.said_by)}
            fields["said"] = said | ({"on": review.said_on} if review.said_on else {})
        fields |= {"topics": [], "evidence": list(self._evidence(review)), "history": []}
        return self._make("claim", slug(shorten(review.claim)) or "imported", fields, self._comments(review, number))

    def _comments(self, review: Review, number: int) -> Iterator[str]:
        path = f": {review.path}" if review.path else ""
        yield f"Imported from {self.file}, ClaimReview {number}{path}."
        if review.rating.words:
            yield f"Their verdict: {review.rating.words}. Whether it holds, and the status, is yours to judge."
        if review.rating.reason:
            yield f"Their reason: {review.rating.reason}"
        yield "Read the sources, say whom each cites (`via`), fill in what is empty; then delete `draft: true`."
        losses = list_losses(review)
        yield from ["Not mapped:", *(f"- {loss}" for loss in losses)] if losses else []

    def _evidence(self, review: Review) -> Iterator[dict[str, Yaml]]:
        """Yield a piece of evidence for each document, once: where the claim appeared, then the review."""
        article = self._source(review.article, "fact-check")
        seen = {article}
        for work in review.appearances:
            source = self._source(work, "appearance")
            if source not in seen:
                yield {"source": source, "stance": "supports"}
            seen.add(source)
        note = {"note": f"Their verdict: {review.rating.words}."} if review.rating.words else {}
        yield {"source": article, "stance": review.rating.stance, **note}

    def _source(self, work: Work, otherwise: str) -> str:
        """Return the id of the source that *work* is; a new one without an outlet and a host is called *otherwise*."""
        address = same_address(work.url) if work.url else ""
        if address in self.sources:
            return self.sources[address]
        outlet = work.outlet or (Actor(host_of(work.url)) if work.url else None)
        outlet_id = self._claimant(outlet, is_outlet=True) if outlet else None
        fields: dict[str, Yaml] = {
            "draft": "true",
            "outlet": outlet_id,
            "title": work.title,
            "url": work.url,
            "published": work.published,
        }
        if work.updated and work.updated != work.published:
            fields["updated"] = work.updated
        if work.authors:
            fields["authors"] = work.authors
        fields |= {"kind": work.kind, "language": work.language, "summary": None}
        base = "-".join(filter(None, [outlet_id or otherwise, work.published]))
        path = self._make("source", base, fields, [f"Imported from {self.file}."])
        id_ = _id_of(path)
        if address:
            self.sources[address] = id_
        return id_

    def _claimant(self, actor: Actor, is_outlet: bool = False) -> str:
        """Return the id of the claimant that *actor* is."""
        known = self.claimants.get(actor.name.casefold())
        if known:
            return known
        kind = "outlet" if is_outlet else "person" if actor.kind == "person" else None
        fields: dict[str, Yaml] = {"draft": "true", "name": actor.name, "kind": kind}
        path = self._make("claimant", slug(actor.name) or "claimant", fields, [f"Imported from {self.file}."])
        self.claimants[actor.name.casefold()] = _id_of(path)
        return self.claimants[actor.name.casefold()]

    def _make(self, kind: Kind, base: str, fields: dict[str, Yaml], comments: Sequence[str] | Iterator[str]) -> str:
        """Make the draft of a card whose id begins with *base*; return its path."""
        names = chain([base], (f"{base}-{number}" for number in count(2)))
        id_ = next(name for name in names if self._is_free(kind, name))
        path = path_of(kind, id_)
        self.made[kind, id_] = Draft(path, yaml_text(fields, [printable(line) for line in comments]))
        return path

    def _is_free(self, kind: Kind, id_: str) -> bool:
        """Whether no card has, had or will have the id."""
        if (kind, id_) in self.made:
            return False
        judged = self.judged
        return not new_id_fault(judged.root, judged.content, judged.lock or Lock(), kind, id_)

    def _is_foreign(self, language: str | None) -> bool:
        home = self.judged.settings.settings.language
        return bool(language) and str(language).partition("-")[0].lower() != home.partition("-")[0].lower()


def list_losses(review: Review) -> list[str]:
    """Return what no card could take of *review*, a line each."""
    told = [str(loss) for loss in review.lost]
    short = shorten(review.claim)
    if short != review.claim:
        told.insert(0, f"claimReviewed: it is longer than {SHORT_LENGTH} characters; `short` is cut at a word.")
    return cut_list(told)


def cut_list(lines: list[str]) -> list[str]:
    """Return *lines*, at most twenty of them in full."""
    more = len(lines) - LISTED_AT_MOST
    return lines if more <= 0 else [*lines[:LISTED_AT_MOST], f"… and {more} more."]


def same_address(url: str) -> str:
    """Return *url* without what does not tell two documents apart: scheme, “www.”, last slash, fragment."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def shorten(claim: str) -> str:
    """Return *claim* as `short` can hold it: cut at a word where it is too long."""
    if len(claim) <= SHORT_LENGTH:
        return claim
    room = claim[:SHORT_LENGTH]
    return f"{(room.rpartition(' ')[0] or room[:-1]).rstrip(' ,;:–—-')}…"


def slug(text: str) -> str:
    """Return *text* as an id: ASCII letters, digits, hyphens, cut at a word; "" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(FOLDED)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return words if len(words) <= ID_LENGTH else words[: ID_LENGTH + 1].rpartition("-")[0] or words[:ID_LENGTH]


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
