"""CHECK rendered pages, one after the other as they are made: links and reviews, told once all are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from claimdeck.model.problems import Place, Problem
from claimdeck.model.urls import card_url, file_of
from claimdeck.present.markup import place_of_link
from claimdeck.present.site import SiteFiles
from claimdeck.read.content import Content
from claimdeck.write.links import LinkReader, PageLinks, check_links
from claimdeck.write.output import DIGESTS
from claimdeck.write.reviews import PageReview, check_reviews, read_review


@dataclass(frozen=True)
class Inspected:
    """What one page was found to be."""

    links: PageLinks
    review: PageReview


class Inspector:
    """Inspects the pages of *site*, which has *static* files too.

    Cards in the files *doubted* were not read whole: a review that rests on one is not judged.
    """

    def __init__(self, site: SiteFiles, static: Collection[str], content: Content, doubted: Collection[str]) -> None:
        self.site, self.content, self.doubted = site, content, set(doubted)
        self.home = site.views.home
        self.static = static
        self.links = LinkReader(self.exists, self.home)
        claims = site.views.whole.claims
        moved = {alias for claim in claims.values() for alias in claim.card.aliases}  # where two ids are one
        self.living = {file_of(card_url("claim", id_)) for id_ in claims.keys() - moved}

    def exists(self, name: str) -> bool:
        """Whether the site has a file *name*."""
        return name in self.static or name in self.site or name == DIGESTS

    def inspect(self, name: str, text: str) -> Inspected | None:
        """Return what the page *name* is found to be, as far as its *text* alone can tell; None for another file."""
        if not name.endswith(".html"):
            return None
        return Inspected(self.links.read(text), read_review(text, name in self.living, self.home))

    def problems(self, inspected: Mapping[str, Inspected | None]) -> Iterator[Problem]:
        """Yield what is wrong with the pages *inspected*: links that lead nowhere, reviews that break a rule."""
        pages = {name: page for name, page in inspected.items() if page}
        written = {name: planned.path for name in pages if (planned := self.site.page(name))}
        links = {name: page.links for name, page in pages.items()}
        yield from check_links(links, self.home, partial(place_of_link, self.content, self.home, written))
        if "site.yaml" not in self.doubted:
            reviews = {name: page.review for name, page in pages.items() if written.get(name) not in self.doubted}
            yield from check_reviews(reviews, partial(self._place_of_field, written))

    def _place_of_field(self, written: Mapping[str, str], name: str, field: str) -> Place:
        return self.content.place_of(written[name], field)
