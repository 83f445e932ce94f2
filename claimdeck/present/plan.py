"""PLAN every page of a deck.  Renders nothing, writes nothing."""

from __future__ import annotations

from claimdeck.judge.deck import Deck
from claimdeck.model.problems import Place, Problem, error
from claimdeck.model.urls import Home
from claimdeck.present.as_of import plan_as_of
from claimdeck.present.card_pages import plan_claimants, plan_sources
from claimdeck.present.claim_pages import plan_claim_lists, plan_claims, plan_topics
from claimdeck.present.desk_pages import (
    plan_corrections,
    plan_home,
    plan_methodology,
    plan_not_found,
    plan_prose,
    plan_redirects,
)
from claimdeck.present.embeds import plan_embeds
from claimdeck.present.feeds import plan_feeds
from claimdeck.present.figure_pages import plan_figures
from claimdeck.present.markup import Prose
from claimdeck.present.matrix import plan_matrix
from claimdeck.present.pages import Page
from claimdeck.present.search import plan_search
from claimdeck.present.timeline import plan_timeline
from claimdeck.present.views import Views
from claimdeck.read.content import Content


def plan_pages(deck: Deck, content: Content, home: Home, prose: Prose) -> list[Page]:
    """Return all pages of *deck*, *prose* being its Markdown texts as Markup."""
    views = Views(deck, home)
    return [
        *plan_home(views, prose),
        *plan_claims(views, prose),
        *plan_claim_lists(views, prose),
        *plan_sources(views, prose),
        *plan_claimants(views, prose),
        *plan_topics(views, prose),
        *plan_figures(views, prose),
        *plan_matrix(views, prose),
        *plan_timeline(views, prose),
        *plan_as_of(views),
        *plan_methodology(views, prose),
        *plan_corrections(views, prose),
        *plan_prose(views, prose),
        *plan_search(views, prose),
        *plan_embeds(views),
        *plan_feeds(views),
        *plan_not_found(views),
        *plan_redirects(views, content),
    ]


def find_collisions(pages: list[Page], static: set[str]) -> list[Problem]:
    """Return a problem for each page whose file a static file wants too."""
    return [
        error(
            Place(page.path),
            "CD072",
            f"/{page.url} is also wanted by a file of static/root/.",
            "Rename one of the two.",
        )
        for page in pages
        if page.file in static
    ]
