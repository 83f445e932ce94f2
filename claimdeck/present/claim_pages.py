"""PLAN the pages of claims: living, withdrawn, and lists of them by status and topic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from claimdeck.judge.deck import Claim
from claimdeck.judge.ladder import needs_in_words
from claimdeck.model.cards import TopicCard
from claimdeck.model.dates import date_in_words
from claimdeck.model.settings import Rung
from claimdeck.model.urls import card_url, status_url, topic_feed_url
from claimdeck.present.citation import cite_as_bibtex, cite_in_words
from claimdeck.present.claim_review import claim_review
from claimdeck.present.embeds import embed_snippet
from claimdeck.present.evidence import compared_figures, dates_beside, groups_of
from claimdeck.present.graph import provenance_of
from claimdeck.present.markup import Prose, json_block
from claimdeck.present.pages import PAGE_LENGTH, Context, Page, Pager, left_out, paginated, ready
from claimdeck.present.provenance import Phrase, recorded_in_words, trail_of, trees_of
from claimdeck.present.search import claims_filter
from claimdeck.present.share_files import picture_of
from claimdeck.present.upright import draw_upright
from claimdeck.present.views import Link, Views, named_in
from claimdeck.present.wide import draw_wide
from claimdeck.present.words import RELATIONSHIPS, figure_in_words, span_in_words
from claimdeck.read.content import CardFile

LINES = {"supports": "Solid line", "disputes": "Dashed line", "qualifies": "Dotted line"}
CORRECTION_KINDS = {"correction": "Correction", "update": "Update", "clarification": "Clarification"}


def plan_claims(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield a page for each claim, living or withdrawn."""
    for claim in views.deck.claims.values():
        yield plan_claim(claim, views, prose)
    for id_, file in views.deck.withdrawn.items():
        withdrawn = file.card.withdrawn
        if withdrawn:
            context = {
                "on": date_in_words(withdrawn.on),
                "note": withdrawn.note,
                "short": file.card.short,
                "id": id_,
            }
            title = f"{file.card.short} · Withdrawn"
            yield Page(
                card_url("claim", id_),
                "withdrawn.html",
                title,
                withdrawn.note,
                ready(**context),
                file.path,
                "claims",
                listed=False,
            )


def plan_claim(claim: Claim, views: Views, prose: Prose) -> Page:
    """Return the page of a living *claim*."""
    label = views.status(claim).label
    title = claim.card.short or claim.card.claim or claim.id
    return Page(
        card_url("claim", claim.id),
        "claim.html",
        f"{title} · {label}",
        f"{label}. {claim.card.because}".strip(),
        partial(_claim_context, claim, views, prose),
        path=claim.file.path,
        section="claims",
        picture=picture_of(claim, views.settings),
    )


def plan_claim_lists(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the list of all claims, and those by status and topic."""
    deck = views.deck
    about = f"All {len(deck.claims)} claims, newest review first."
    for url, shown, pager in paginated(views.newest, "claims/", views.home.base):
        context = partial(_all_claims, shown, pager, views, prose)
        yield Page(url, "claims.html", "All claims", about, context, section="claims")
    for rung in deck.settings.ladder:
        claims = views.by_status.get(rung.id, [])
        for url, shown, pager in paginated(claims, status_url(rung.id), views.home.base):
            context = partial(_claims_of_rung, rung, shown, pager, len(claims), views)
            yield Page(url, "status.html", f"{rung.label}: claims", rung.meaning, context, section="claims")
    for id_, file in deck.topics.items():
        claims = views.by_topic.get(id_, [])
        for url, shown, pager in paginated(claims, card_url("topic", id_), views.home.base):
            context = partial(_claims_of_topic, file, shown, pager, len(claims), views)
            description = file.card.description or f"Claims on {file.card.name}."
            yield Page(url, "topic.html", file.card.name, description, context, file.path, "topics")


def plan_topics(views: Views, prose: Prose) -> Iterator[Page]:
    """Yield the list of all topics."""
    topics = sorted(views.deck.topics.values(), key=lambda file: file.card.name.casefold())
    for url, shown, pager in paginated(topics, "topics/", views.home.base):
        context = partial(_all_topics, shown, pager, views, prose)
        yield Page(url, "topics.html", "Topics", "The subjects that claims share.", context, section="topics")


def tally_of(views: Views) -> list[dict[str, Any]]:
    """Return how many claims stand on each rung of the ladder."""
    return [
        {"stamp": views.rungs[rung.id], "total": views.totals.get(("status", rung.id), 0)}
        for rung in views.settings.ladder
    ]


def corrections_of(claim: Claim) -> list[dict[str, str]]:
    """Return a claim's corrections, the newest first."""
    newest = sorted(claim.card.corrections, key=lambda entry: entry.on, reverse=True)
    return [
        {"on": date_in_words(entry.on), "kind": CORRECTION_KINDS[entry.kind], "note": entry.note} for entry in newest
    ]


def _all_claims(shown: list[Claim], pager: Pager, views: Views, prose: Prose) -> Context:
    topics = list(views.deck.topics)
    return {
        "entries": [views.entry(claim) for claim in shown],
        "pager": pager,
        "tally": tally_of(views),
        "topics": [(views.topic(id_), views.totals.get(("topic", id_), 0)) for id_ in topics[:PAGE_LENGTH]],
        "more_topics": left_out(topics),
        "intro": prose.get(("page", "claims")),
        "search": claims_filter(views),
    }


def _claims_of_rung(rung: Rung, shown: list[Claim], pager: Pager, total: int, views: Views) -> Context:
    return {
        "stamp": views.stamp(rung),
        "meaning": rung.meaning,
        "needs": [needs_in_words(entry) for entry in rung.needs],
        "entries": [views.entry(claim) for claim in shown],
        "pager": pager,
        "total": total,
    }


def _claims_of_topic(file: CardFile[TopicCard], shown: list[Claim], pager: Pager, total: int, views: Views) -> Context:
    return {
        "name": file.card.name,
        "about": file.card.description,
        "entries": [views.entry(claim) for claim in shown],
        "pager": pager,
        "total": total,
        "draft": file.card.draft,
        "feed": views.home.href(topic_feed_url(file.id)),
    }


def _all_topics(shown: list[CardFile[TopicCard]], pager: Pager, views: Views, prose: Prose) -> Context:
    topics = [
        {
            "link": views.topic(file.id),
            "about": file.card.description,
            "total": views.totals.get(("topic", file.id), 0),
        }
        for file in shown
    ]
    return {"topics": topics, "pager": pager, "intro": prose.get(("page", "topics"))}


def _claim_context(claim: Claim, views: Views, prose: Prose) -> Context:
    card = claim.card
    trail = trail_of(claim, views.deck)
    where = " · ".join([*card.places, *([span_in_words(card.happened, short=True)] if card.happened else [])])
    return {
        "id": claim.id,
        "where": where,
        "recorded": recorded_in_words(claim),
        "statement": views.statement(card.claim or card.short or claim.id, card.language),
        "stamp": views.status(claim),
        "because": card.because,
        "trail": trail,
        "draft": card.draft,
        "marks": views.marks(claim),
        "override": card.override
        and {"reason": card.override.reason, "by": card.override.by, "on": date_in_words(card.override.on)},
        "corrections": corrections_of(claim),
        "picture": _picture(claim, trail, views),
        "trees": trees_of(claim, views),
        "groups": groups_of(claim, views),
        "figure": figure_in_words(card.figure, views.settings) if card.figure else "",
        "figures": compared_figures(claim, views),
        "dates": dates_beside(claim, views),
        "analysis": prose.get(("claim", claim.id)),
        "unknowns": card.unknowns,
        "would_change_if": card.would_change_if,
        "related": _related(claim, views),
        "more_related": left_out(claim.relations),
        "topics": [views.topic(id_) for id_ in dict.fromkeys(card.topics)],
        "claimants": _claimants(claim, views),
        "said": _said(claim, views),
        "happened": span_in_words(card.happened) if card.happened else "",
        "why_selected": card.why_selected,
        "history": _history(claim, views),
        "formerly": card.aliases,
        "json": views.home.href(f"claims/{claim.id}.json"),
        "tools": _tools(claim, views),
        "cite": cite_in_words(claim, views),
        "bibtex": cite_as_bibtex(claim, views),
        "review": None if card.draft else json_block(claim_review(claim, views)),
        "embed": embed_snippet(claim, views),
        "steps": _steps(claim, views),
    }


def _steps(claim: Claim, views: Views) -> dict[str, Any] | None:
    """Return the claims before and after *claim* in the list of its first topic."""
    if claim.id not in views.steps:
        return None
    before, after = views.steps[claim.id]
    return {
        "label": f"Claims on {views.topic(claim.card.topics[0]).text}",
        "back": views.claim_link(before) if before else None,
        "forth": views.claim_link(after) if after else None,
    }


def _picture(claim: Claim, trail: list[Phrase], views: Views) -> dict[str, Any] | None:
    """Return the drawings of where *claim* comes from, and what their lines mean."""
    provenance = provenance_of(claim, views)
    wide, upright = (draw_wide(provenance), draw_upright(provenance)) if provenance else (None, None)
    if not (drawn := wide or upright):
        return None
    legend = [f"{LINES[stroke.stance]}: {stroke.stance}." for stroke in drawn.strokes]
    if (
        sum(box.role == "origin" for box in drawn.boxes)
        > claim.counts.origins.high + claim.counts.disputing_origins.high
    ):
        legend.append("Those that are part of one whole count as one origin.")
    story = "".join(words for words, _ in trail)
    return {"wide": wide, "upright": upright, "legend": " ".join(legend), "story": story}


def _related(claim: Claim, views: Views) -> list[dict[str, Any]]:
    return [
        {
            "link": views.claim_link(relation.claim),
            "stamp": views.stamps.get(relation.claim),
            "as": RELATIONSHIPS[relation.relationship],
        }
        for relation in claim.relations[:PAGE_LENGTH]
    ]


def _claimants(claim: Claim, views: Views) -> list[Link]:
    return sorted((views.claimant(id_) for id_ in named_in(claim)), key=lambda link: link.text.casefold())


def _said(claim: Claim, views: Views) -> dict[str, Any] | None:
    said = claim.card.said
    return {"by": views.claimant(said.by), "on": date_in_words(said.on) if said.on else ""} if said else None


def _history(claim: Claim, views: Views) -> list[dict[str, Any]]:
    entries = []
    for entry in sorted(claim.card.history, key=lambda entry: entry.on, reverse=True):
        rung = views.settings.rung(entry.status)
        sources = [views.source(id_, short=True) for id_ in entry.sources]
        entries.append(
            {
                "on": date_in_words(entry.on, short=True),
                "date": entry.on,
                "status": rung.label if rung else entry.status,
                "note": entry.note,
                "sources": sources,
            }
        )
    return entries


def _tools(claim: Claim, views: Views) -> list[Link]:
    repository = (views.settings.repository or "").rstrip("/")
    if not repository:
        return []
    page = views.home.absolute(card_url("claim", claim.id))
    form = urlencode({"template": "report-an-error.yml", "title": f"Error on {claim.id}", "page": page})
    return [
        Link("Card source", f"{repository}/blob/main/{claim.file.path}"),
        Link("Report an error", f"{repository}/issues/new?{form}"),
    ]
