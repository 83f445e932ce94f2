"""PLAN every page of a deck.  Renders nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from claimdeck.model.problems import Place, Problem, error
from claimdeck.present.as_of import plan_as_of
from claimdeck.present.card_pages import BackLinks, plan_claimants, plan_sources
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
from claimdeck.present.figure_pages import Figures, plan_figures
from claimdeck.present.markup import Prose
from claimdeck.present.matrix import plan_matrix
from claimdeck.present.pages import Page
from claimdeck.present.search import plan_search
from claimdeck.present.timeline import plan_timeline
from claimdeck.present.views import Views
from claimdeck.read.content import Content
from claimdeck.read.static import AT_ROOT


def plan_pages(views: Views, content: Content, prose: Prose) -> Iterator[Page]:
    """Yield all pages of a deck, *prose* being its Markdown texts as Markup; what a page shows is made when asked."""
    figures = Figures(views)
    yield from plan_home(views, prose, figures)
    yield from plan_claims(views, prose)
    yield from plan_claim_lists(views, prose)
    back = BackLinks(views)
    yield from plan_sources(views, prose, back)
    yield from plan_claimants(views, prose, back)
    yield from plan_topics(views, prose)
    yield from plan_methodology(views, prose)
    yield from plan_corrections(views, prose)
    yield from plan_prose(views, prose)
    yield from plan_search(views, prose)
    yield from plan_not_found(views)
    yield from plan_redirects(views, content)
    yield from plan_feeds(views)
    yield from plan_as_of(views)
    yield from plan_embeds(views)
    yield from plan_figures(views, prose, figures)  # from here on, what there is depends on all that is in it
    yield from plan_matrix(views, prose)
    yield from plan_timeline(views, prose)


def find_collisions(pages: list[Page], static: Iterable[str]) -> list[Problem]:
    """Return a problem for each page whose file a static file wants too."""
    static = set(static)
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


def find_useless(static: Iterable[str], is_made: Callable[[str], bool]) -> list[Problem]:
    """Return a problem for each static file at whose address stands what *is_made*: an export, robots.txt."""
    hint = "Take it away, or rename it."
    return [
        error(Place(f"static/{AT_ROOT}{name}"), "CD072", f"/{name} is made by the build, which overwrites it.", hint)
        for name in static
        if is_made(name)
    ]
