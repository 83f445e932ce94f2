"""Cite a claim: in words and as BibTeX, pinned to the day of its review, with the caveat that it may have changed."""

from __future__ import annotations

from claimdeck.judge.deck import Claim
from claimdeck.model.dates import date_in_words
from claimdeck.model.urls import card_url
from claimdeck.present.views import Views

CAVEAT = "The status may have changed since."
ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, those behind a backslash too
        "}": r"\textbraceright{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)


def cite_in_words(claim: Claim, views: Views) -> str:
    """Return the citation of *claim* as a sentence."""
    reviewed = f"reviewed {date_in_words(claim.card.reviewed)}" if claim.card.reviewed else "not yet reviewed"
    return (
        f"{_publisher(views)}, “{_title(claim)}”, status “{views.status(claim).label}”, {reviewed}, "
        f"{views.settings.title}, {_address(claim, views)}. {CAVEAT}"
    )


def cite_as_bibtex(claim: Claim, views: Views) -> str:
    """Return the citation of *claim* as a BibTeX entry; its key is the claim's id with the day of its review."""
    reviewed = claim.card.reviewed
    key = "-".join(part for part in (claim.id, reviewed) if part)
    standing = f"Status “{views.status(claim).label}”"
    standing += f" as reviewed on {date_in_words(reviewed)}" if reviewed else ", not yet reviewed"
    fields = {
        "author": f"{{{_publisher(views).translate(ESCAPES)}}}",
        "title": f"{{{_title(claim).translate(ESCAPES)}}}",
        "howpublished": views.settings.title.translate(ESCAPES),
        "year": reviewed[:4] if reviewed else "",
        "url": _address(claim, views),
        "note": f"{standing}. {CAVEAT}".translate(ESCAPES),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _publisher(views: Views) -> str:
    publisher = views.settings.publisher
    return publisher.name if publisher else views.settings.title


def _title(claim: Claim) -> str:
    return claim.card.short or claim.card.claim or claim.id


def _address(claim: Claim, views: Views) -> str:
    return views.home.absolute(card_url("claim", claim.id))
